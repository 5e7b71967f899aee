"""Checks against the people of a dealership: is there anybody, are there enough different ones, today and while some are away."""

from collections.abc import Iterator
from datetime import datetime

from cuiban.engine.definition import Definition, everything_in, transition_element
from cuiban.engine.duty import Duty
from cuiban.engine.language import Signers, Transition
from cuiban.engine.problems import Problem, problem
from cuiban.engine.roster import Roster
from cuiban.engine.who import AnyOf, Chaser, Doer, Holder, Opener, Person, Role, Superior, System, Who

Eyes = frozenset[str]  # one person, or an absent one with who stands in


def people(d: Definition, roster: Roster, at: datetime) -> Iterator[Problem]:
    """All that today's people, and the absences that are known, cannot do."""
    yield from _somebody(d, roster, at)
    for step in d.process.transitions:
        for other in step.unlike:
            yield from _four_eyes(d, step, other, roster, at)
        if step.signs is not None:
            yield from _signatures(d, step, step.signs, roster, at)


def doers(duty: Duty, roster: Roster, at: datetime) -> Iterator[Problem]:
    """A duty whose doer or chaser is nobody."""
    for role in (duty.doer, duty.chaser):
        if role is not None and not roster.holders(role, at):
            yield problem("role_nobody_has", duty.name, f"duty:{duty.name}", roles=role)


def able(who: Who, d: Definition, roster: Roster, at: datetime) -> set[str]:
    """Everybody who may turn out to be `who`."""
    everybody = {id for id in roster.members if roster.active(id, at)}
    match who:
        case Role():
            return set(roster.holders(who.id, at))
        case Person():
            field = d.fields.get(who.field)
            return set(roster.holders(field.role, at)) if field is not None and field.role else everybody
        case Opener():
            return able(d.process.opening.who, d, roster, at) or everybody
        case Doer():
            named = [step for step in d.process.transitions if step.name == who.of]
            return {p for step in named for p in able(step.who, d, roster, at)}
        case Superior():
            below = able(who.of, d, roster, at)
            return {above for p in below if (above := roster.superior(p, who.levels)) is not None} & everybody
        case AnyOf():
            return {p for one in who.of for p in able(one, d, roster, at)}
        case Chaser() | Holder():
            return everybody
        case System():
            return set()


def _somebody(d: Definition, roster: Roster, at: datetime) -> Iterator[Problem]:
    told: set[str] = set()
    for element, part in d.parts:
        for name in ("who", "owner", "chaser", "supplier"):
            who = getattr(part, name, None)
            if who is None or isinstance(who, System) or able(who, d, roster, at):
                continue
            roles = ", ".join(sorted({thing.id for thing in everything_in(who) if isinstance(thing, Role)}))
            if roles and roles not in told:
                told.add(roles)
                yield problem("role_nobody_has", d.name, element, roles=roles)


def eyes(who: Who, d: Definition, roster: Roster, at: datetime) -> list[Eyes]:
    """Those who can act as `who` at `at` (UTC); an absent one only together with who stands in."""
    found = []
    for one in sorted(able(who, d, roster, at)):
        if roster.absence(one, at) is None:
            found.append(frozenset({one}))
        elif (deputy := roster.substitute(one, at)) is not None:
            found.append(frozenset({one, deputy}))
    return found


def _four_eyes(d: Definition, step: Transition, other: str, roster: Roster, at: datetime) -> Iterator[Problem]:
    before = [pair for t in d.process.transitions if t.name == other for pair in eyes(t.who, d, roster, at)]
    now = eyes(step.who, d, roster, at)
    alone = [pair for pair in before if not any(pair.isdisjoint(mine) for mine in now)]
    if not before or not now or not alone:
        return
    element = transition_element(step)
    if len(alone) == len(before):
        yield problem("four_eyes_impossible", d.name, element, action=step.label)
    else:
        name = ", ".join(roster.name(one) for one in sorted(alone[0]))
        yield problem("four_eyes_tight", d.name, element, action=step.label, person=name)


def _signatures(d: Definition, step: Transition, signs: Signers, roster: Roster, at: datetime) -> Iterator[Problem]:
    """Told once, for the first moment at which signers are lacking."""
    k = signs.k or len(signs.of)
    for moment in [at, *sorted({a.since for a in roster.absences if a.since > at})]:
        if not _enough(sorted((eyes(one, d, roster, moment) for one in signs.of), key=len), k, frozenset()):
            day = moment.date().isoformat()
            yield problem("signatures_impossible", d.name, transition_element(step), action=step.label, k=k, day=day)
            return


def _enough(places: list[list[Eyes]], k: int, taken: Eyes) -> bool:
    """Whether different people can fill `k` of the places; those that few can fill come first, so that a dead end is soon met."""
    if k <= 0 or k > len(places):
        return k <= 0
    first, *rest = places
    return any(_enough(rest, k - 1, taken | pair) for pair in first if pair.isdisjoint(taken)) or _enough(rest, k, taken)

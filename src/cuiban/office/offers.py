"""What a person may try next on a case: read off the definition, without asking guards."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from cuiban.engine.authority import matches
from cuiban.engine.case import Case
from cuiban.engine.language import Transition
from cuiban.engine.program import CANCEL, KEEP, Program
from cuiban.engine.roster import Roster
from cuiban.engine.who import AnyOf, Role, System, Who
from cuiban.office.views import Action

May = Callable[[Who], bool]


def offers(program: Program, case: Case, actor: str | None, roster: Roster, now: datetime) -> list[Action]:
    """The steps that `actor` (None: anybody) may try on `case` at `now` (UTC), in the definition's order."""
    if not case.open:
        return []
    if actor is None:
        return _offered(program, case.state, case.data.cancelling, lambda who: True, cancels=False)
    absent = roster.stands_in_for(actor, now)
    if case.state in program.by_role:
        own = roster.roles(actor, now)
        roles = own.union(*(roster.roles(person, now) for person in absent)) if absent else own
        return list(_by_roles(program, case.state, case.data.cancelling, roles, own))
    people, fields = [actor, *absent], case.data.fields

    def may(who: Who) -> bool:
        return any(matches(who, person, case, fields, roster, now) for person in people)

    def himself(who: Who) -> bool:
        return matches(who, actor, case, fields, roster, now)

    return _offered(program, case.state, case.data.cancelling, may, himself)


@lru_cache(maxsize=4096)
def _by_roles(program: Program, state: str, cancelling: bool, roles: frozenset[str], own: frozenset[str]) -> list[Action]:
    """What somebody who has `roles`, some of them only in another's place, may try where nothing else counts: of every case."""

    def having(held: frozenset[str]) -> May:
        def may(who: Who) -> bool:
            return any(map(may, who.of)) if isinstance(who, AnyOf) else isinstance(who, Role) and who.id in held

        return may

    return _offered(program, state, cancelling, having(roles), having(own))


def _offered(program: Program, state: str, cancelling: bool, may: May, himself: May | None = None, *, cancels: bool = True
             ) -> list[Action]:  # fmt: skip
    """The steps; `himself` says who may do what nobody can do for an absent person (None: the same as `may`)."""
    in_person = himself or may
    steps = (t for t in program.offered(state).values() if _open(t, cancelling))
    found = [Action(t.name, t.label) for t in steps if (in_person if t.in_person else may)(t.who)]
    cancel = program.process.cancel
    if cancel is None or not may(cancel.who):
        return found
    if cancelling:
        found.append(Action(KEEP, program.label_of(KEEP)))
    elif cancels and state not in cancel.never and program.find(state, CANCEL) is None:
        found.append(Action(CANCEL, program.label_of(CANCEL)))
    return found


def _open(step: Transition, cancelling: bool) -> bool:
    """Whether a person may do it by hand; of a case that is to be cancelled only undos."""
    return not isinstance(step.who, System) and step.at is None and (not cancelling or step.undoes is not None)

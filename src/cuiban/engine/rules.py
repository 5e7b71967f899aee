"""The rules that every step must pass. Each finds blockers; the tuples give the order in which people read them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from cuiban.engine.attempt import Attempt
from cuiban.engine.authority import eyes, ids, matches
from cuiban.engine.blockers import Blocker, blocker, plain
from cuiban.engine.case import Case, Signature
from cuiban.engine.clocks import instant_of
from cuiban.engine.comparing import CONTRADICTIONS
from cuiban.engine.conditions import Agree, Attempts, Guard, PapersComplete
from cuiban.engine.entry import misplaced
from cuiban.engine.facts import Facts, Fire
from cuiban.engine.fields import in_yuan, instant_text
from cuiban.engine.judge import missing_papers
from cuiban.engine.labels import L, Named, listing
from cuiban.engine.language import Opening, Paper, Signers, Transition
from cuiban.engine.roster import AUDITOR
from cuiban.engine.who import Person, Role, Who

Rule = Iterator[Blocker]
Found = Iterable[Blocker]
TOLD = 20  # differences between registers that a refusal tells one by one


def may_act(a: Attempt) -> Found:
    """The actor works here, may do the step, himself or for an absent person, and nobody else has claimed it."""
    if not a.by_hand:
        return ()
    fire = a.fire
    plainly = a.allowed and fire.for_ is None and (a.case is None or a.case.assignee in (None, fire.actor))
    return () if plainly and a.facts.roster.active(fire.actor, fire.now) else _may_not(a)


def _may_not(a: Attempt) -> Rule:
    fire, roster = a.fire, a.facts.roster
    if not roster.active(fire.actor, fire.now):
        yield blocker("not_active", [], actor=roster.named(fire.actor))
        return
    if fire.for_ is not None and fire.for_ not in roster.stands_in_for(fire.actor, fire.at):
        yield blocker("not_substitute", [fire.for_], actor=roster.named(fire.actor), person=roster.named(fire.for_))
    if not a.allowed:
        yield _not_allowed(a)
        return
    holder = a.case.assignee if a.case is not None else None
    if holder is not None and holder not in eyes(fire.actor, a.for_) and _claimable(a):
        yield blocker("claimed", [holder], holder=roster.named(holder))


def _claimable(a: Attempt) -> bool:
    """Whether the step belongs to the role out of which the case was claimed."""
    return a.case is not None and a.step.who == Role(a.case.role or "")


def _not_allowed(a: Attempt) -> Blocker:
    roles = a.facts.roster.roles(a.fire.actor, a.fire.at)
    if AUDITOR in roles and len(roles) == 1:
        return blocker("reads_only")
    if a.transition is not None and a.step.who.__class__.__name__ == "System":
        return blocker("timed_only" if a.transition.at is not None else "duty_only")
    who = ids(a.step.who, a.case, a.values, a.facts.roster, a.fire.at)
    return blocker("not_allowed", who, who=_named(who, a), actor=a.facts.roster.named(a.fire.actor))


def _named(who: Iterable[str], a: Attempt) -> list[Named]:
    return [a.facts.roster.named(one) for one in who]


def fields_fit(a: Attempt) -> Found:
    """Every value that came fits its field."""
    return a.faults


def fields_complete(a: Attempt) -> Found:
    """Every required field is given, or known in this cycle."""
    missing = () if a.lenient else a.missing()
    return _told_missing(a, missing) if missing else ()


def _told_missing(a: Attempt, missing: Iterable[str]) -> Rule:
    faulty = {fault.params.get("field") for fault in a.faults}
    for name in missing:
        spec = a.program.fields[name]
        if name not in faulty:
            yield blocker("field_missing", _doers(a), field=spec)


def _doers(a: Attempt) -> list[str]:
    return ids(a.step.who, a.case, a.values, a.facts.roster, a.fire.at)


def papers_there(a: Attempt) -> Rule:
    """The papers that the step requires are present or waived; an outside party's act has its proof."""
    step = a.transition
    if step is None or not step.papers or a.lenient:
        return
    have = a.case.data.documents if a.case is not None else {}
    labels = {paper.name: paper for paper in a.program.process.papers}
    for name in step.papers:
        if name in a.fire.papers or (name in have and have[name].status != "void"):
            continue
        paper = labels[name]
        who = ids(paper.supplier, a.case, a.values, a.facts.roster, a.fire.at) if paper.supplier else _doers(a)
        if step.outside:
            yield blocker("proof_missing", who, outside=step.outside, paper=paper)
        else:
            yield blocker("paper_missing", who, paper=paper)


def papers_known(a: Attempt) -> Found:
    """Every paper that came is on the checklist, or is a free attachment (`other`)."""
    return _unknown_papers(a) if a.fire.papers else ()


def _unknown_papers(a: Attempt) -> Rule:
    known = {paper.name for paper in a.program.process.papers} | {"other"}
    for name, file in a.fire.papers.items():
        if file is not None and not file.content:
            yield blocker("paper_empty", paper=name)
        if name not in known:
            yield blocker("unknown_paper", paper=name, papers=listing(a.program.process.papers))


def reason_given(a: Attempt) -> Rule:
    """A step that asks for a reason has one, if a person does it."""
    if a.by_hand and a.transition is not None and a.transition.reason and not a.fire.reason:
        yield blocker("reason_missing", _doers(a))


def not_too_early(a: Attempt) -> Rule:
    """The step's time has come."""
    step = a.transition
    if step is None or step.not_before is None or a.case is None:
        return
    case = a.case
    entered = case.data.start or case.state_since
    at = instant_of(step.not_before, entered, case.opened_at, a.values, case.data.pauses, a.facts.calendar)[1]
    if at is not None and a.fire.at < at:
        yield blocker("not_before", at=instant_text(at))


def not_too_late(a: Attempt) -> Rule:
    """The step's time is not over."""
    step = a.transition
    if step is None or step.until is None or a.case is None:
        return
    case = a.case
    entered = case.data.start or case.state_since
    at = instant_of(step.until, entered, case.opened_at, a.values, case.data.pauses, a.facts.calendar)[1]
    if at is not None and a.fire.at > at:
        yield blocker("too_late", at=instant_text(at))


def time_fits(a: Attempt) -> Found:
    """The effective time has come, is not before the state began, and a late entry is within the limit, with a reason."""
    if a.lenient or a.fire.at == a.fire.now:
        return ()
    return misplaced(a.program, a.case, a.fire, a.facts)


def different_people(a: Attempt) -> Found:
    """Four eyes: whoever did an earlier step does not do this one."""
    step, case = a.transition, a.case
    if step is None or not step.unlike or not a.by_hand or case is None:
        return ()
    mine, doers = eyes(a.fire.actor, a.for_), case.data.doers
    both = [name for name in step.unlike if not mine.isdisjoint(doers.get(name, ()))]
    return _told_same(a, case, both) if both else ()


def _told_same(a: Attempt, case: Case, names: list[str]) -> Rule:
    for name in names:
        before = case.data.doers[name]
        label = next((t.label for t in a.program.process.transitions if t.name == name), L(name, name))
        yield blocker("four_eyes", _others(a, set(before)), action=Named(name, label), person=a.facts.roster.named(before[0]))


def _others(a: Attempt, before: set[str]) -> list[str]:
    """Who else may do the step."""
    roster, at = a.facts.roster, a.fire.at
    return [p for p in roster.members if p not in before and matches(a.step.who, p, a.case, a.values, roster, at)]


def signature_counts(a: Attempt) -> Rule:
    """The actor is a signer who has not signed this version yet, and it is his turn."""
    step = a.transition
    if step is None or step.signs is None or a.case is None or not a.by_hand or not a.allowed:
        return
    mine = eyes(a.fire.actor, a.for_)
    for signature in signatures_on(a.case, step.name):
        if mine & eyes(signature.by, signature.for_):
            yield blocker("already_signed", person=a.facts.roster.named(signature.by))
            return
    if signer(a) is None:
        todo = open_signers(step, a.case, a.values)
        who = [i for one in todo[:1] for i in ids(one, a.case, a.values, a.facts.roster, a.fire.at)]
        code = "not_your_turn" if step.signs.sequence and _signs_at_all(a, step.signs) else "not_a_signer"
        params: dict[str, Any] = (
            {"who": _named(who, a)} if code == "not_your_turn" else {"actor": a.facts.roster.named(a.fire.actor)}
        )
        yield blocker(code, who, **params)


def _signs_at_all(a: Attempt, signs: Signers) -> bool:
    me = a.for_ or a.fire.actor
    return any(matches(one, me, a.case, a.values, a.facts.roster, a.fire.at) for one in signs.of)


def signatures_on(case: Case, step: str | None) -> list[Signature]:
    """The signatures that count for `step` (None: for any): those on the present version of the content."""
    return [s for s in case.data.signatures if s.content == case.data.content and step in (None, s.step)]


def signers_of(signs: Signers, values: Mapping[str, Any]) -> list[Who]:
    """The signers of a case with the fields `values`; one whose field is empty falls away."""
    return [one for one in signs.of if not isinstance(one, Person) or one.field in values]


def open_signers(step: Transition, case: Case, values: Mapping[str, Any]) -> list[Who]:
    """The signers of `step` who have not signed the present version, in order."""
    assert step.signs is not None
    done = [s.role for s in signatures_on(case, step.name)]
    rest = []
    for one in signers_of(step.signs, values):
        name = signer_name(one)
        if name in done:
            done.remove(name)
        else:
            rest.append(one)
    return rest


def signer_name(who: Who) -> str:
    """Under which name a signer signs: the role, or the field of the person."""
    return str(getattr(who, "id", None) or getattr(who, "field", None) or who.__class__.__name__.lower())


def signer(a: Attempt) -> Who | None:
    """As which signer the actor signs."""
    assert a.transition is not None and a.transition.signs is not None and a.case is not None
    rest = open_signers(a.transition, a.case, a.values)
    me = a.for_ or a.fire.actor
    roster, at = a.facts.roster, a.fire.at
    for one in rest[:1] if a.transition.signs.sequence else rest:
        if matches(one, me, a.case, a.values, roster, at):
            return one
    return None


def guards_hold(a: Attempt) -> Found:
    """Every guard of the step holds, or is overridden by a role that may, with a reason."""
    for guard in a.step.guards:
        if not a.scene.holds(guard.test):
            return _not_held(a)
    return ()


def _not_held(a: Attempt) -> Rule:
    unknown = _unknown(a)
    for guard in a.step.guards:
        if a.scene.holds(guard.test) or _overridden(a, guard.override):
            continue
        looked = a.scene.seen_by(guard.test)
        if not unknown.isdisjoint(path.split(".")[0] for path in looked):
            continue  # the missing field is told already
        seen = {path.replace(".", "_"): "-" if value is None else value for path, value in looked.items()}
        if isinstance(guard.test, Attempts):
            seen |= _attempted(a, guard.test)
        who = ids(guard.clears, a.case, a.values, a.facts.roster, a.fire.at) if guard.clears else []
        if isinstance(guard.test, PapersComplete):
            yield from _papers_owed(a, guard, who)
        elif isinstance(guard.test, Agree):
            yield from _differing(guard, _differences(a, guard.test.check), who)
        else:
            yield Blocker(guard.code, guard.message.fill(**_spoken(a, seen)), plain(seen), who)


def _attempted(a: Attempt, test: Attempts) -> dict[str, object]:
    """How often it was tried and on how many days; how often and on how many it has to be."""
    days = a.case.data.attempts.get(test.action, []) if a.case is not None else []
    return {"tried": len(days), "tried_days": len(set(days)), "times": test.times, "days": test.days}


def _spoken(a: Attempt, seen: dict[str, object]) -> dict[str, object]:
    """What fills a sentence as people write it: money in yuan."""
    fields = a.program.fields
    return {
        name: in_yuan(value) if name in fields and fields[name].type == "money" and isinstance(value, int) else value
        for name, value in seen.items()
    }


def _unknown(a: Attempt) -> set[str]:
    """The fields that are still to be given, and the links and checks that nobody can look up before."""
    missing = set(a.missing()) if a.step.needs and not a.lenient else set()
    links = [link.name for link in a.program.process.links if link.by in missing]
    checks = [one.name for one in a.program.process.checks if not missing.isdisjoint((one.of, one.by, one.until))]
    return missing.union(links, checks)


def _papers_owed(a: Attempt, guard: Guard, who: list[str]) -> Rule:
    """What papers are missing, a reason for each who owes some: whoever hands them in clears it."""
    missing = missing_papers(a.program, a.case, a.fire.papers)
    owed: dict[tuple[str, ...], list[Paper]] = {}
    for paper in (one for one in a.program.process.papers if one.name in missing):
        whose = ids(paper.supplier, a.case, a.values, a.facts.roster, a.fire.at) if paper.supplier else who
        owed.setdefault(tuple(whose), []).append(paper)
    for owes, papers in owed.items():
        named = L(", ".join(one.label.zh for one in papers), ", ".join(one.label.en for one in papers))
        yield Blocker(guard.code, guard.message.fill(papers=named), {"papers": [one.name for one in papers]}, [*owes])


def _differences(a: Attempt, check: str) -> list[tuple[dict[str, Any], L]]:
    """Each difference between registers, or contradiction in lists, and in words what was found."""
    rule = a.program.compares.get(check)
    if rule is None:
        return [*zip(a.facts.checked.get(check, []), a.facts.said.get(check, []), strict=True)]
    return [(row, CONTRADICTIONS[row["found"]]) for row in a.scene.contradictions(rule) or []]


def _differing(guard: Guard, found: list[tuple[dict[str, Any], L]], who: list[str]) -> Rule:
    """A reason for each difference; of very many, how many more there are."""
    for row, words in found[:TOLD]:
        yield Blocker(guard.code, guard.message.fill(**{**row, "found": words}), {**row}, who)
    if len(found) > TOLD:
        yield blocker("more_differences", who, n=len(found) - TOLD)


def _overridden(a: Attempt, role: str | None) -> bool:
    return bool(role and a.fire.override and a.fire.reason and role in a.facts.roster.roles(a.for_ or a.fire.actor, a.fire.at))


def things_free(a: Attempt) -> Rule:
    """What the case is to have alone, nobody else has. [D2 B]"""
    if a.lenient:
        return
    mine = a.case.ref if a.case is not None else None
    for name in a.step.holds:
        thing = (name, str(a.values.get(name)))
        ref = a.facts.held.get(thing)
        if ref is not None and ref != mine:
            yield blocker(
                "held",
                [],
                thing=Named(
                    thing[1], L("{field} {value}", "{field} {value}").fill(field=a.program.fields[name].label, value=thing[1])
                ),
                ref=ref,
            )


def links_found(a: Attempt) -> Rule:
    """Every case that the step drives is there."""
    if a.lenient:
        return
    for drive in a.step.drives:
        if drive.open_only or (drive.when is not None and not a.scene.holds(drive.when)):
            continue
        if not a.facts.links.get(drive.link) and drive.link not in _unknown(a):
            by = next((link.by for link in a.program.process.links if link.name == drive.link), None)
            label = a.program.fields[by].label if by else L(drive.link, drive.link)
            yield blocker("no_linked_case", [], link=Named(drive.link, label), key=str(a.values.get(by or "", "-")))


def not_open_yet(a: Attempt) -> Found:
    """No other case has the same key."""
    if not a.facts.open_keys:
        return ()
    key = a.program.key_of(a.values)
    ref = a.facts.open_keys.get((a.program.name, key)) if key is not None else None
    if ref is None or (a.case is not None and ref == a.case.ref):
        return ()
    return [blocker("already_open", [], ref=ref)]


def assignee_fits(a: Attempt) -> Found:
    """Whoever is to have the case that is opened works here, and is who does its first step: has the role, stands in the field."""
    person = a.fire.assignee
    if person is None or not a.by_hand:
        return ()
    owner = a.program.owner(a.program.states[a.program.first])
    found = cannot_have(person, owner.id if isinstance(owner, Role) else None, a.facts, a.fire)
    if not found and isinstance(owner, Person) and not matches(owner, person, None, a.values, a.facts.roster, a.fire.at):
        named = a.facts.roster.named(person)
        return [blocker("another_named", [], field=a.program.fields[owner.field], person=named)]
    return found


def cannot_have(person: str, role: str | None, facts: Facts, fire: Fire) -> list[Blocker]:
    """What stands against it that `person` gets a case which is `role`'s; None: no role's."""
    roster = facts.roster
    if person not in roster.members:
        return [blocker("unknown_person", field=L("转给", "To"), person=person)]
    if not roster.active(person, fire.now):
        return [blocker("not_active", actor=roster.named(person))]
    if not roster.acts(person, fire.now):
        return [blocker("reads_only")]
    if role is not None and role not in roster.roles(person, fire.at):
        return [blocker("lacks_role", [], person=roster.named(person), role=f"role:{role}")]
    return []


STEP_RULES = (
    may_act, fields_fit, fields_complete, papers_known, papers_there, reason_given, not_too_early, not_too_late,
    time_fits, different_people, signature_counts, not_open_yet, guards_hold, things_free, links_found,
)  # fmt: skip
OPENING_RULES = (
    may_act, assignee_fits, fields_fit, fields_complete, papers_known, time_fits, not_open_yet, guards_hold, things_free,
    links_found,
)  # fmt: skip


# What a rule looks at in a step: one that has nothing of it cannot be objected to, and is not asked.
LOOKS_AT = {
    papers_there: "papers", reason_given: "reason", not_too_early: "not_before", not_too_late: "until",
    different_people: "unlike", signature_counts: "signs", guards_hold: "guards", things_free: "holds", links_found: "drives",
    fields_complete: "needs",
}  # fmt: skip


def blockers_of(a: Attempt) -> list[Blocker]:
    """All that stands against the step; empty: it may be done."""
    rules = a.ready.rules
    if rules is None:
        rules = a.ready.rules = rules_of(a.step)
    return [found for rule in rules for found in rule(a)]


def rules_of(step: Transition | Opening) -> tuple[Callable[[Attempt], Found], ...]:
    """The rules that can object to a step, in the order in which people read them."""
    rules: tuple[Callable[[Attempt], Found], ...] = STEP_RULES if isinstance(step, Transition) else OPENING_RULES
    return tuple(rule for rule in rules if rule not in LOOKS_AT or getattr(step, LOOKS_AT[rule]))

"""What may be done with a case beside its steps: note, attach, copy, correct, waive, withdraw, claim, release, hand over, chase.

None of them moves a case through its states; `withdraw` takes the last step back.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from msgspec.structs import replace

from cuiban.engine.attempt import find_field, read_value
from cuiban.engine.authority import matches
from cuiban.engine.blockers import Blocker, blocker
from cuiban.engine.case import NOBODY, Case, Document, Event, Holder, Restored
from cuiban.engine.clocks import fields_of_due, reclocked
from cuiban.engine.correcting import rows_corrected
from cuiban.engine.decide import wrong_state
from cuiban.engine.decision import Decision, document_of, keep
from cuiban.engine.entry import days_back, misplaced
from cuiban.engine.evolve import fold
from cuiban.engine.facts import Facts, Fire
from cuiban.engine.fields import WrongValue, instant_text, reader
from cuiban.engine.labels import L, Named, listing
from cuiban.engine.language import Field, Transition
from cuiban.engine.moving import signers_left
from cuiban.engine.program import ACT_LABELS, CANCEL, Program
from cuiban.engine.register import Row
from cuiban.engine.roster import AUDITOR, Roster
from cuiban.engine.rules import cannot_have
from cuiban.engine.who import AnyOf, Person, System

Answer = Decision | list[Blocker]
CHASE_EVERY = timedelta(hours=1)


def decide_act(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    """Say what the act `fire.action` would do to `case`: every blocker, or the event."""
    found = [*_actor(fire, facts), *misplaced(program, case, fire, facts)]
    answer = ACTS[fire.action](program, case, fire, facts)
    if found or isinstance(answer, list):
        return [*found, *(answer if isinstance(answer, list) else [])]
    _common(answer, fire, facts)
    return answer


def _actor(fire: Fire, facts: Facts) -> list[Blocker]:
    if fire.source == "calendar":
        return []
    if not facts.roster.active(fire.actor, fire.now):
        return [blocker("not_active", actor=facts.roster.named(fire.actor))]
    roles = facts.roster.roles(fire.actor, fire.now)
    return [blocker("reads_only")] if roles == {AUDITOR} else []


def _common(decision: Decision, fire: Fire, facts: Facts) -> None:
    changes = decision.changes
    changes.update(at=fire.at, recorded_at=fire.now, by=fire.actor)
    if fire.via is not None:
        changes["via"] = fire.via
    if fire.command is not None:
        changes["command"] = fire.command
    if fire.reason and "reason" not in changes:
        changes["reason"] = keep(decision, "reason", fire.reason, facts)
    if fire.note:
        changes["note"] = keep(decision, "note", fire.note, facts)
    if days_back(fire, facts) > 0:
        changes["late"] = True


def _note(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    return Decision("note", {}) if fire.note else [blocker("nothing_given")]


def _attach(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    known = {paper.name: paper for paper in program.process.papers}
    unknown = [name for name in fire.papers if name not in known and name != "other"]
    if unknown or not fire.papers:
        papers = [*known.values(), OTHER]
        return [blocker("unknown_paper", paper=name, papers=listing(papers)) for name in unknown] or [blocker("nothing_given")]
    empty = [blocker("paper_empty", paper=name) for name, file in fire.papers.items() if file is not None and not file.content]
    if empty:
        return empty
    decision = Decision("attach", {})
    documents = {kind: document_of(decision, kind, file, facts, fire) for kind, file in fire.papers.items()}
    decision.changes["documents"] = documents
    return decision


def _waive(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    known = {paper.name: paper for paper in program.process.papers}
    found: list[Blocker] = [] if fire.reason else [blocker("reason_missing")]
    for name in fire.papers:
        paper = known.get(name)
        if paper is None:
            found.append(blocker("unknown_paper", paper=name, papers=listing(known.values())))
        elif paper.waiver is None:
            found.append(blocker("no_waiver", paper=paper))
        elif paper.waiver not in facts.roster.roles(fire.actor, fire.at):
            who = f"role:{paper.waiver}"
            found.append(blocker("not_allowed", [who], who=[facts.roster.named(who)], actor=facts.roster.named(fire.actor)))
    if found or not fire.papers:
        return found or [blocker("nothing_given")]
    waived = Document(status="waived", at=fire.at, by=fire.actor)
    return Decision("waive", {"documents": dict.fromkeys(fire.papers, waived)})


OTHER = Named("other", L("其他", "anything else"))
COPY_TO = Field("to", L("抄送", "Copy to"), "persons")


def _cc(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    try:
        named = reader(COPY_TO)(fire.fields.get("to") or [])
    except WrongValue as error:
        return [blocker("wrong_value", field=COPY_TO, why=error.message)]
    people = [p for text in named for p in (facts.roster.find(text) or [text])]
    unknown = [p for p in people if not facts.roster.active(p, fire.now)]
    if unknown or not people:
        return [blocker("unknown_person", field="cc", person=p) for p in unknown] or [blocker("nothing_given")]
    return Decision("cc", {"cc": sorted(people)})


def _correct(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    """New values for old fields, with a reason; the clocks that rest on them are computed anew."""
    found: list[Blocker] = [] if fire.reason else [blocker("reason_missing")]
    if not involved(program, case, fire, facts):
        found.append(blocker("not_involved", actor=facts.roster.named(fire.actor)))
    decision = Decision("correct", {"fields": {}})
    governed = _governed(program, case) if case.open else {}
    for name, raw in fire.fields.items():
        spec = find_field(program, name)
        if spec is None:
            found.append(blocker("unknown_field", field=name, fields=listing(program.fields.values())))
        elif spec.name in case.data.holds or case.data.fields.get(spec.name) in case.data.numbers.values():
            found.append(blocker("field_held", field=spec))
        elif spec.name in governed:
            action = governed[spec.name]
            found.append(blocker("field_by_step", field=spec, action=Named(action, program.label_of(action, case.state))))
        elif spec.name in program.states[case.state].fixes:
            found.append(blocker("field_fixed", field=spec, state=program.states[case.state]))
        else:
            value = read_value(program, spec, raw, facts, fire, found)
            if value is not None:
                kept = keep(decision, spec.name, value, facts) if spec.kept_aside else value
                decision.changes["fields"][spec.name] = kept
                decision.plain_values[spec.name] = value
    if not found and not decision.changes["fields"]:
        found.append(blocker("nothing_to_correct"))
    values = {**case.data.fields, **decision.plain_values}
    ref = facts.open_keys.get((program.name, program.key_of(values) or ""))
    if ref is not None and ref != case.ref:
        found.append(blocker("already_open", ref=ref))
    rows = rows_corrected(program, case, fire, decision.plain_values, facts) if facts.past else []
    found += [one for one in rows if isinstance(one, Blocker)]
    if found:
        return found
    decision.rows = [one for one in rows if isinstance(one, Row)]
    if case.open:
        pauses = [p for p in case.data.pauses if p[1] is not None]
        decision.changes["clock"] = reclocked(program, case, values, facts.calendar, pauses)
        if (signing := program.signing.get(case.state)) is not None:
            decision.changes["content"] = case.data.content + 1
            if program.states[case.state].owner is None:
                left = signers_left(case, signing, values, decision.changes, facts.roster, fire.at)
                decision.changes["holder"] = left
    return decision


def _governed(program: Program, case: Case) -> dict[str, str]:
    """The fields that a step or act of their own moves where the case stands, with its name.

    Those on which a clock rests, and for which a step that stays there asks; those that name who has it, who hands over.
    """
    state, steps = program.states[case.state], program.offered(case.state).values()
    dues = [state.due, *(due for step in steps for due in (step.at, step.not_before))]
    resting = {name for due in dues for name in fields_of_due(due)}
    stay = [step for step in steps if step.to in ("=", state.name) and not isinstance(step.who, System)]
    found = {name: step.name for step in stay for name in program.ready(step).asked & resting}
    return found | {one.field: "assign" for one in _persons(program, case)}


def _persons(program: Program, case: Case) -> list[Person]:
    """The fields that name who has a case where it stands."""
    owner = program.owner(program.states[case.state])
    return [one for one in (owner.of if isinstance(owner, AnyOf) else [owner]) if isinstance(one, Person)]


def involved(program: Program, case: Case, fire: Fire, facts: Facts) -> bool:
    """Whether the actor has a part in the case: its holder, opener or chaser, or somebody who may do one of its steps."""
    roster, at = facts.roster, fire.at
    if fire.actor in (case.assignee, case.opener, case.chaser):
        return True
    owners = [t.who for t in program.process.transitions]
    return any(matches(who, fire.actor, case, case.data.fields, roster, at) for who in owners)


def _withdraw(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    """Take the last step back: the case as it stood before it, but for what was added to it since."""
    action, _, by = case.data.last.partition(":")
    before = facts.before
    if before is None or not action:
        return [blocker("nothing_to_withdraw")]
    if by != fire.actor:
        return [blocker("not_your_step", [by], person=facts.roster.named(by))]
    step = program.find(before.state, action)
    if step is None or isinstance(step.who, System) or _reaches_out(step):
        undo = [t for t in program.offered(case.state).values() if t.undoes == action][:1]
        return [blocker("not_withdrawable", undo=listing(undo) or _way_back(program, case))]
    return Decision("withdraw", {"restore": _as_before(case, before)})


def _way_back(program: Program, case: Case) -> Named:
    """What is left where a step has no inverse: cancelling, unless that is over; then putting right what is wrong."""
    cancel = program.process.cancel
    name = CANCEL if case.open and cancel is not None and case.state not in cancel.never else "correct"
    label = ACT_LABELS[name]
    return Named(name, L(f"{name} {label.zh}", name))


def _as_before(case: Case, before: Case) -> Restored:
    """The case as it stood, but for what was added to it since."""
    restored, now = before.__copy__(), case.data
    restored.data = before.data.__copy__()
    restored.data.documents, restored.data.cc = now.documents, now.cc
    restored.data.chased, restored.data.chased_at = now.chased, now.chased_at
    return Restored(restored)


def _reaches_out(step: Transition) -> bool:
    """Whether the step did more than move its own case: that is undone by a step of its own."""
    reaches = (step.opens, step.drives, step.draws, step.holds, step.frees, step.voids, step.enters)
    return bool(step.undoes) or any(reaches)


# What may follow a step that is taken back all the same.
ADDED = frozenset({"note", "attach", "waive", "cc", "chase", "claim", "release", "assign"})


def _is_added(program: Program, event: Event) -> bool:
    """Whether an event leaves what a step did as it is; a case that was handed over may have taken rows along."""
    return event.action in ADDED and (event.action != "assign" or program.written_from.isdisjoint(event.fields))


def before_last_step(program: Program, history: Sequence[tuple[Event, str]]) -> Case | None:
    """The case as it was before its last step; None if it was only opened, or if that step is settled by what followed."""
    steps = [number for number, (event, _) in enumerate(history) if event.to is not None]
    if not steps or not all(_is_added(program, event) for event, _ in history[steps[-1] + 1 :]):
        return None
    return fold(program, history[: steps[-1]])


def before_early_steps(program: Program, case: Case, history: Sequence[tuple[Event, str]], after: datetime) -> Case | None:
    """The case as it was before the timed steps at its end whose time is later than `after`.

    None if there are none, or if they are settled: by a person's step that followed, by what they did elsewhere.
    """

    def goes_back(event: Event) -> bool:
        return _is_early(program, event, after) and not _reached_out(program, case, event)

    first = len(history)
    while first > 1 and (_is_added(program, history[first - 1][0]) or goes_back(history[first - 1][0])):
        first -= 1
    if not any(goes_back(event) for event, _ in history[first:]):
        return None
    return fold(program, history[:first])


def stays_early(program: Program, case: Case, history: Sequence[tuple[Event, str]], after: datetime) -> bool:
    """Whether a timed step later than `after` moved other cases too, or wrote elsewhere: it is not taken back."""
    return any(_is_early(program, event, after) and _reached_out(program, case, event) for event, _ in history)


def _is_early(program: Program, event: Event, after: datetime) -> bool:
    """Whether an event is a timed step later than `after`."""
    step = program.find(event.from_ or "", event.action)
    return step is not None and step.at is not None and event.by == NOBODY and event.at > after


def _reached_out(program: Program, case: Case, event: Event) -> bool:
    """Whether a step did more than move its own case; one that would drive others does not where there are none."""
    step = program.find(event.from_ or "", event.action)
    assert step is not None
    named = {link.name for link in program.process.links if case.data.fields.get(link.by) is not None}
    others = [drive for drive in step.drives if drive.link in named or case.data.links.get(drive.link)]
    return bool(others) or _reaches_out(replace(step, drives=[]))


def _claim(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    if not case.open:
        return [wrong_state(program, case)]
    if case.role is None:
        return [blocker("not_claimable", [case.assignee] if case.assignee else [])]
    if case.assignee is not None and case.assignee != fire.actor:
        return [blocker("claimed", [case.assignee], holder=facts.roster.named(case.assignee))]
    if case.role not in facts.roster.roles(fire.actor, fire.at):
        who = f"role:{case.role}"
        return [blocker("not_allowed", [who], who=[facts.roster.named(who)], actor=facts.roster.named(fire.actor))]
    return Decision("claim", {"holder": Holder(case.role, fire.actor, case.data.also)})


def _release(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    if not case.open:
        return [wrong_state(program, case)]
    if case.assignee != fire.actor:
        return [blocker("not_yours", [case.assignee] if case.assignee else [], actor=facts.roster.named(fire.actor))]
    if case.role is None:
        return [blocker("not_claimable", [fire.actor])]
    return Decision("release", {"holder": Holder(case.role, None, case.data.also)})


def _assign(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    """Hand a case over for good; a person field follows, and what was written into registers from it."""
    roster, person = facts.roster, fire.assignee or ""
    if not case.open:
        return [wrong_state(program, case)]
    found = [] if may_assign(case, fire.actor, roster, fire.at) else [_cannot_assign(case, fire, facts)]
    found += cannot_have(person, case.role, facts, fire)
    fields = assigned(program, case, person)
    for name in fields:
        needed = program.fields[name].role
        if needed and needed not in roster.roles(person, fire.at):
            found.append(blocker("lacks_role", [], person=roster.named(person), role=f"role:{needed}"))
    rows = rows_corrected(program, case, fire, fields, facts) if facts.past else []
    found += [one for one in rows if isinstance(one, Blocker)]
    if found:
        return found
    decision = Decision("assign", {"holder": Holder(case.role, person, case.data.also)})
    if fields:
        decision.changes["fields"] = fields
    decision.rows = [one for one in rows if isinstance(one, Row)]
    return decision


def assigned(program: Program, case: Case, person: str) -> dict[str, str]:
    """The field that names who has the case where it stands, as it is when `person` is to have it; of several his who has it."""
    several = isinstance(program.owner(program.states[case.state]), AnyOf)
    named = [one.field for one in _persons(program, case)]
    return {name: person for name in named if not several or case.data.fields.get(name) == case.assignee}


def may_assign(case: Case, me: str, roster: Roster, at: datetime) -> bool:
    """Whether `me` is the case's holder, its chaser, or a superior of who holds it, at `at` (UTC)."""
    if me in (case.assignee, case.chaser):
        return True
    chaser = case.chaser or ""
    if chaser.startswith("role:") and chaser[5:] in roster.roles(me, at):
        return True
    holders = [case.assignee] if case.assignee else roster.holders(case.role or "", at)
    above = {roster.superior(h, n) for h in holders for n in (1, 2)}
    claimable = case.assignee is None and case.role in roster.roles(me, at)
    return me in above or claimable


def _cannot_assign(case: Case, fire: Fire, facts: Facts) -> Blocker:
    who = [i for i in (case.holder, case.chaser) if i]
    return blocker("cannot_assign", who, actor=facts.roster.named(fire.actor))


def _chase(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    if not case.open:
        return [wrong_state(program, case)]
    to = [i for i in (case.holder, *case.data.also) if i and i != fire.actor]
    if not to:
        return [blocker("nobody_to_chase")]
    # before or after: a clock that goes back and forth reminds nobody twice in an hour of it, and silences nobody for longer
    near = [at for at, _ in facts.reminders if abs(fire.at - at) < CHASE_EVERY]
    if fire.at != fire.now:  # entered late: it goes out now all the same
        near += [entered for _, entered in facts.reminders if abs(fire.now - entered) < CHASE_EVERY]
    if near:
        return [blocker("chased_lately", at=instant_text(max(near)))]
    return Decision("chase", {"chased": to})


def _adopt(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    """A case that was opened by hand is the occurrence of a duty whose day has come."""
    if fire.source != "calendar":
        return [blocker("duty_only")]
    return Decision("adopt", {"duty": fire.duty, "nominal": fire.nominal})


def _recompute(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    """The calendar changed: the clocks of the case come out otherwise."""
    if fire.source != "calendar":
        return [blocker("duty_only")]
    pauses = [p for p in case.data.pauses if p[1] is not None]
    return Decision("recompute", {"clock": reclocked(program, case, case.data.fields, facts.calendar, pauses)})


def _rewind(program: Program, case: Case, fire: Fire, facts: Facts) -> Answer:
    """A clock that was ahead has fired timed steps: the case as it stood before them; they come again when they are due."""
    if fire.source != "calendar":
        return [blocker("duty_only")]
    if facts.before is None:
        return [blocker("nothing_to_withdraw")]
    return Decision("rewind", {"restore": _as_before(case, facts.before)})


ACTS: dict[str, Callable[[Program, Case, Fire, Facts], Answer]] = {
    "adopt": _adopt,
    "recompute": _recompute,
    "rewind": _rewind,
    "note": _note,
    "attach": _attach,
    "waive": _waive,
    "cc": _cc,
    "correct": _correct,
    "withdraw": _withdraw,
    "claim": _claim,
    "release": _release,
    "assign": _assign,
    "chase": _chase,
}

BY_THE_CLOCK = frozenset({"adopt", "recompute", "rewind"})  # what no person does

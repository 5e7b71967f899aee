"""What a wish does to a case: all the blockers, or the event that it causes. Pure: values in, values out.

A fact from a log moves its own case and nothing else: no clock, no holder, no number, hold, case beside it.

Start at `decide`. It lays out the attempt, asks the rules (rules.py), lets the `transitions` machine say where the step
leads, and writes down everything that follows: fields, clocks, holder, numbers, holds, papers. `evolve` alone applies it.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from cuiban.engine.attempt import Attempt, attempt
from cuiban.engine.authority import holder_of, ids
from cuiban.engine.blockers import Blocker, blocker
from cuiban.engine.case import Case, Clock, Document, Holder, Signature, canonical
from cuiban.engine.clocks import NO_CLOCK, clock_of, fields_of_due
from cuiban.engine.entry import days_back, local_day
from cuiban.engine.facts import Facts, File, Fire
from cuiban.engine.labels import L, Named
from cuiban.engine.language import Drive, Open, Opening, State, Transition
from cuiban.engine.program import CANCEL, KEEP, OPEN, Program, needed
from cuiban.engine.register import Row
from cuiban.engine.roster import Roster
from cuiban.engine.rows import entries, rows_of, scene_of
from cuiban.engine.rules import blockers_of, open_signers, signatures_on, signer, signer_name, signers_of
from cuiban.engine.who import Who

NOTHING = Holder()
ASIDE = ("case", "resource")  # what a log calls its case, and who did it there, may name a person


@dataclass(slots=True)
class Kept:
    """A personal value that stands beside the history; the event holds its salted commitment."""

    slot: str
    salt: bytes
    value: Any


class Decision(msgspec.Struct, gc=False):
    """What a wish causes in one case.

    Attributes:
        changes: the event, as the keyword arguments of `Event` (the plan adds the hash of the one before).
        kept, files: what is kept aside, by slot.
        opens, drives: what follows in other cases, with the values for them.
        rows: what it writes into registers.
    """

    action: str
    changes: dict[str, Any]
    kept: list[Kept] = []
    files: dict[str, tuple[File, bytes]] = {}
    opens: list[tuple[Open, dict[str, Any]]] = []
    drives: list[tuple[Drive, dict[str, Any]]] = []
    rows: list[Row] = []
    plain_values: dict[str, Any] = {}


def decide(program: Program, case: Case, fire: Fire, facts: Facts) -> Decision | list[Blocker]:
    """Say what the step `fire` would do to `case`: every blocker, or the event.

    Args:
        program: the definition that the case runs under.
        case: as it stands.
        fire: the wish; `fire.at` and `fire.now` in UTC.
        facts: what `facts.wants` said is needed.
    """
    if fire.action in (CANCEL, KEEP) and program.process.cancel is not None and program.find(case.state, fire.action) is None:
        return _cancel(program, case, fire, facts)
    step = program.find(case.state, fire.action)
    if step is None:
        return [wrong_state(program, case)]
    if case.data.cancelling and step.undoes is None and fire.source == "hand":
        return [blocker("cancelling", offered=_labels([t for t in program.offered(case.state).values() if t.undoes]))]
    tried = attempt(program, case, step, fire, facts)
    found = blockers_of(tried)
    return found or _step(tried, case, step)


def decide_opening(program: Program, fire: Fire, facts: Facts) -> Decision | list[Blocker]:
    """Say what opening a case of `program` takes: every blocker, or the first event."""
    opening = program.process.opening
    tried = attempt(program, None, opening, fire, facts)
    found = blockers_of(tried)
    return found or _opening(tried, opening)


def wrong_state(program: Program, case: Case) -> Blocker:
    """The step is not open where the case stands; says what is."""
    state = program.states[case.state]
    if state.final:
        return blocker("closed", state=state)
    steps = [t for t in program.offered(case.state).values() if t.at is None]
    return blocker("wrong_state", state=state, offered=_labels(steps))


def _labels(steps: list[Transition]) -> list[Named]:
    return [Named(t.name, L(f"{t.name} {t.label.zh}", f"{t.name} ({t.label.en})")) for t in steps]


def _opening(a: Attempt, opening: Opening) -> Decision:
    program, fire = a.program, a.fire
    decision = Decision(OPEN, {"to": program.first, "process": program.name, "definition": program.hash})
    _give(a, decision, {**opening.sets, **a.given})
    if a.lenient:
        _common(a, decision)
        return decision
    _draw(a, decision)
    state = program.states[program.first]
    values = a.values
    entered = fire.at
    clock = clock_of(program, state, entered, entered, values, [], a.facts.calendar)
    if clock != NO_CLOCK:
        decision.changes["clock"] = clock
    decision.changes["holder"] = _first_holder(a, state)
    chaser = program.process.chaser
    decision.changes["chaser"] = fire.actor if chaser is None else next(
        iter(ids(chaser, None, values, a.facts.roster, fire.at)), fire.actor)  # fmt: skip
    if state.waits is not None:
        decision.changes["pauses"] = [(entered, None)]
    if fire.duty is not None:
        decision.changes.update(duty=fire.duty, nominal=fire.nominal)
    _common(a, decision)
    _follow(a, opening, decision)
    if opening.enters:
        decision.rows = rows_of(a, decision.plain_values)
    return decision


def _first_holder(a: Attempt, state: State) -> Holder:
    if a.fire.assignee is not None:
        who = a.program.owner(state)
        role = getattr(who, "id", None)
        return Holder(role=role, assignee=a.fire.assignee)
    who = a.program.owner(state)
    return NOTHING if who is None else _holder(who, None, a.values, a.facts.roster, a.fire)


def _holder(who: Who, case: Case | None, values: dict[str, Any], roster: Roster, fire: Fire) -> Holder:
    """Who holds the case; an opener who is meant is not known to an opening yet."""
    if case is None and who.__class__.__name__ == "Opener":
        return Holder(assignee=fire.actor)
    return holder_of(who, case, values, roster, fire.at)


def _step(a: Attempt, case: Case, step: Transition) -> Decision:
    """Everything that follows from a step that may be done."""
    program, fire = a.program, a.fire
    decision = Decision(fire.action, {"from_": case.state})
    changes = decision.changes
    to = case.state
    if step.signs is None or _sign(a, case, decision):
        to = program.step(case.state, step.name)
    changes["to"] = to
    given = {**step.sets, **a.given} if step.sets else a.given
    if step.clears:
        given = {**given, **dict.fromkeys(name for name in step.clears if name in case.data.fields)}
    if step.signed:
        changes["signature"] = _signature(a, case, signer_name(step.who))
    if step.content:
        changes["content"] = case.data.content + 1
    if step.undoes is not None:
        given = {**given, **_undo(a, case, step, decision)}
    if given:
        _give(a, decision, given)
    if step.to == "=" and step.signs is None:
        changes["attempt"] = local_day(fire.at, a.facts)
    if step.cycle or step.undoes is not None:
        changes["cycle"] = case.data.cycle + 1
        changes["stale"] = _stale(a, case, step)
    if (step.holds or step.frees or step.draws or step.voids) and not a.lenient:
        _things(a, case, step, decision)
    _move(a, case, to, changes)
    if step.claims and not case.data.imported:
        holder = changes.get("holder") or Holder(case.role, case.assignee, case.data.also)
        changes["holder"] = Holder(holder.role, a.for_ or fire.actor, holder.also)
    _common(a, decision)
    if (step.opens or step.drives) and not a.lenient:
        _follow(a, step, decision)
    if step.enters:
        decision.rows = rows_of(a, decision.plain_values)
    return decision


def _stale(a: Attempt, case: Case, step: Transition) -> list[str]:
    """What the new cycle asks anew; what this step itself asked for belongs to the old one."""
    own = needed(step)
    known = {*case.data.fields, *a.given} - set(step.clears)
    return [name for name in a.program.asked_anew if name in known and (name not in a.given or name in own)]


def _move(a: Attempt, case: Case, to: str, changes: dict[str, Any]) -> None:
    """The clocks, pauses and holder that follow from where the case now stands; none of an imported one, nobody has it."""
    if case.data.imported and not case.data.holds:
        return
    program, fire, calendar = a.program, a.fire, a.facts.calendar
    state = program.states[to]
    if state.final:
        changes["clock"], changes["holder"] = NO_CLOCK, NOTHING
        if case.data.holds:
            changes["frees"] = sorted({*case.data.holds, *changes.get("frees", [])})
        if case.paused:
            changes["pauses"] = _closed(case.data.pauses, fire.at)
        return
    values = _after(a, changes)
    if to == case.state:
        if to in program.signing or "fields" in changes:
            if "fields" in changes and _rests_on(program, state, changes["fields"]):
                entered = case.data.start or case.state_since
                pauses = [p for p in case.data.pauses if p[1] is not None] if case.paused else case.data.pauses
                changes["clock"] = clock_of(program, state, entered, case.opened_at, values, pauses, calendar)
            holder = _next_holder(a, case, state, values, changes)
            if holder.id != case.holder or holder.also != case.data.also:
                changes["holder"] = holder
        return
    entered, pauses = fire.at, case.data.pauses
    if case.paused or state.waits is not None:
        entered, pauses = _pauses(program, case, state, fire.at, changes)
    changes["clock"] = clock_of(program, state, entered, case.opened_at, values, pauses, calendar)
    changes["holder"] = _next_holder(a, case, state, values, changes)


def _after(a: Attempt, changes: dict[str, Any]) -> dict[str, Any]:
    """The fields as they will be, those drawn or emptied by the step too."""
    fields = changes.get("fields")
    if not fields or fields.keys() == a.given.keys():
        return a.values
    values = {**a.values, **{k: v for k, v in fields.items() if k not in a.given}}
    return {k: v for k, v in values.items() if v is not None}


def _rests_on(program: Program, state: State, fields: dict[str, Any]) -> bool:
    """Whether a clock of the state counts from one of `fields`."""
    dues = [state.due, *(d for t in program.offered(state.name).values() for d in (t.at, t.not_before))]
    return any(name in fields for due in dues for name in fields_of_due(due))


def _pauses(program: Program, case: Case, state: State, at: datetime, changes: dict[str, Any]
            ) -> tuple[datetime, list[tuple[datetime, datetime | None]]]:  # fmt: skip
    """Begin or end a pause; say from when the new state counts, and by which pauses it is moved."""
    pauses = case.data.pauses
    entered = at
    if case.paused and state.waits is None:
        pauses = changes["pauses"] = _closed(pauses, at)
        entered = case.data.resume.get(state.name, at)
        changes["resume"] = {}
    elif state.waits is not None and not case.paused:
        if case.data.start is not None or program.states[case.state].due is not None:
            changes["resume"] = {case.state: case.data.start or case.state_since}
        changes["pauses"] = [*pauses, (at, None)]
    elif state.waits is not None:
        pauses = [p for p in pauses if p[1] is not None]
    return entered, pauses


def _closed(pauses: list[tuple[datetime, datetime | None]], at: datetime) -> list[tuple[datetime, datetime | None]]:
    # a clock that went back makes no pause that ends before it began
    return [(since, until if until is not None else max(since, at)) for since, until in pauses]


def _next_holder(a: Attempt, case: Case, state: State, values: dict[str, Any], changes: dict[str, Any]) -> Holder:
    """Who holds the case in `state`: who may undo, if it is to be cancelled; signers; whoever held it for the role; the owner."""
    program, fire, roster = a.program, a.fire, a.facts.roster
    undoer = program.undoer(state) if changes.get("cancelling", case.data.cancelling) else None
    if undoer is not None:
        return holder_of(undoer, case, values, roster, fire.at)
    signing = program.signing.get(state.name)
    if signing is not None and signing.signs is not None and state.owner is None:
        return signers_left(case, signing, values, changes, roster, fire.at)
    who = program.owner(state)
    if who is None:
        return NOTHING
    holder = holder_of(who, case, values, roster, fire.at)
    kept = case.assignee
    if holder.role is not None and kept is not None and holder.role in roster.roles(kept, fire.at) and case.role == holder.role:
        return Holder(role=holder.role, assignee=kept, also=holder.also)
    return holder


def signers_left(
    case: Case, signing: Transition, values: dict[str, Any], changes: dict[str, Any], roster: Roster, at: datetime
) -> Holder:
    """Who holds a case that waits for signatures: those who have not signed the version that it has after `changes`."""
    assert signing.signs is not None
    content = changes.get("content", case.data.content)
    signature = changes.get("signature")
    seen = case.__copy__()
    seen.data = case.data.__copy__()
    seen.data.content = content
    if signature is not None:
        seen.data.signatures = [*case.data.signatures, signature]
    left = open_signers(signing, seen, values)
    left = left[:1] if signing.signs.sequence else left
    found = [i for one in left for i in ids(one, case, values, roster, at)]
    if not found:
        return NOTHING
    first, *also = found
    return Holder(role=first[5:], also=also) if first.startswith("role:") else Holder(assignee=first, also=also)


def _sign(a: Attempt, case: Case, decision: Decision) -> bool:
    """Record the signature; whether it was the last one needed."""
    assert a.transition is not None and a.transition.signs is not None
    step, signs = a.transition, a.transition.signs
    as_whom = next(iter(open_signers(step, case, a.values)), None) if a.lenient else signer(a)
    if as_whom is not None:
        decision.changes["signature"] = _signature(a, case, signer_name(as_whom))
    return len(signatures_on(case, step.name)) + 1 >= (signs.k or len(signers_of(signs, a.values)))


def _signature(a: Attempt, case: Case, name: str) -> Signature:
    return Signature(role=name, by=a.fire.actor, at=a.fire.at, content=case.data.content, step=a.fire.action, for_=a.for_)


def _give(a: Attempt, decision: Decision, given: dict[str, Any]) -> None:
    """Put values into the event; personal ones as commitments, the values aside."""
    fields = decision.changes.setdefault("fields", {})
    fields.update(given)
    decision.plain_values.update(given)
    sensitive = a.program.sensitive
    if sensitive.isdisjoint(given):
        return
    for name, value in given.items():
        if value is not None and name in sensitive:
            fields[name] = keep(decision, name, value, a.facts)


def keep(decision: Decision, slot: str, value: Any, facts: Facts) -> dict[str, str]:
    """Keep a personal value aside; what the event holds instead."""
    salt = facts.salt()
    decision.kept.append(Kept(slot, salt, value))
    return {"#": commitment(salt, value)}


def commitment(salt: bytes, value: Any) -> str:
    """The salted SHA-256 of a value, in hexadecimal: it proves the value and tells nothing of it."""
    return sha256(salt + canonical(value)).hexdigest()


def _draw(a: Attempt, decision: Decision) -> None:
    for draw in a.step.draws:
        if draw.when is not None and not a.scene.holds(draw.when):
            continue
        number = f"{a.facts.books[draw.book]:0{draw.digits}d}"
        a.facts.books[draw.book] += 1
        decision.changes.setdefault("numbers", {})[draw.book] = number
        decision.changes.setdefault("fields", {})[draw.field] = number
        decision.plain_values = {**decision.plain_values, draw.field: number}
    for name in a.step.holds:
        decision.changes.setdefault("holds", {})[name] = str(a.values[name])


def _things(a: Attempt, case: Case, step: Transition, decision: Decision) -> None:
    for book in step.voids:
        if book in case.data.numbers:
            decision.changes.setdefault("voided", {})[book] = case.data.numbers[book]
    _draw(a, decision)
    frees = [name for name in step.frees if name in case.data.holds]
    if frees:
        decision.changes["frees"] = sorted({*decision.changes.get("frees", []), *frees})


def _undo(a: Attempt, case: Case, step: Transition, decision: Decision) -> dict[str, Any]:
    """Free what the undone step held, void the numbers and papers that it made; return the fields that it empties."""
    undone = a.program.undone(step)
    assert undone is not None
    changes = decision.changes
    frees = [name for name in undone.holds if name in case.data.holds]
    if frees:
        changes["frees"] = frees
    emptied: dict[str, Any] = {}
    for draw in undone.draws:
        if draw.book in case.data.numbers:
            changes.setdefault("voided", {})[draw.book] = case.data.numbers[draw.book]
            emptied[draw.field] = None
    for paper in a.program.process.papers:
        if paper.step == undone.name and paper.name in case.data.documents:
            document = Document(status="void", at=a.fire.at, by=a.fire.actor)
            changes.setdefault("documents", {})[paper.name] = document
    return emptied


def _common(a: Attempt, decision: Decision) -> None:
    """What every event carries."""
    fire, changes = a.fire, decision.changes
    changes.update(at=fire.at, recorded_at=fire.now, by=fire.actor)
    if a.for_ is not None:
        changes["for_"] = a.for_
    if fire.via is not None:
        changes["via"] = fire.via
    if fire.command is not None:
        changes["command"] = fire.command
    if a.lenient:
        changes["source"] = "log"
        changes["origin"] = {k: keep(decision, f"origin.{k}", v, a.facts) if k in ASIDE else v for k, v in fire.origin.items()}
    elif fire.at != fire.now and a.by_hand and days_back(fire, a.facts) > 0:
        changes["late"] = True
    if fire.reason:
        changes["reason"] = keep(decision, "reason", fire.reason, a.facts)
    if fire.note:
        changes["note"] = keep(decision, "note", fire.note, a.facts)
    for kind, file in fire.papers.items():
        changes.setdefault("documents", {})[kind] = document_of(decision, kind, file, a.facts, fire)
    if a.scene.inputs:
        changes["inputs"] = {k: v for k, v in a.scene.inputs.items() if isinstance(v, str | int | bool)}


def document_of(decision: Decision, kind: str, file: File | None, facts: Facts, fire: Fire) -> Document:
    """A paper that is there; its scan is kept aside under a salted commitment."""
    if file is None:
        return Document(status="present", at=fire.at, by=fire.actor)
    salt = facts.salt()
    decision.files[kind] = (file, salt)
    digest = sha256(salt + sha256(file.content).digest()).hexdigest()
    return Document(status="present", at=fire.at, by=fire.actor, file=digest, name=commitment(salt, file.name))


def _follow(a: Attempt, step: Transition | Opening, decision: Decision) -> None:
    """What the step opens and drives."""
    if not (step.opens or step.drives):
        return
    values = {**a.values, **decision.plain_values, **a.facts.personal, **a.given}
    for opening in step.opens:
        for each in entries(values.get(opening.each) or []) if opening.each else [{}]:
            if opening.when is None or scene_of(a, each).holds(opening.when):
                decision.opens.append((opening, _mapped(opening.sets, {**values, **each})))
    for drive in step.drives:
        if drive.when is None or a.scene.holds(drive.when):
            decision.drives.append((drive, _mapped(drive.sets, values)))


def _mapped(sets: dict[str, Any], values: dict[str, Any]) -> dict[str, Any]:
    found = {name: values.get(path) if isinstance(path, str) else path[0] for name, path in sets.items()}
    return {name: value for name, value in found.items() if value is not None}


def _cancel(program: Program, case: Case, fire: Fire, facts: Facts) -> Decision | list[Blocker]:
    """Cancel at once where nothing is to be undone; else ask for it, or take the asking back."""
    cancel = program.process.cancel
    assert cancel is not None
    at_once = case.state in cancel.at_once
    step = Transition(
        fire.action, L("作废", "Cancel"), case.state, cancel.to if at_once else "=", cancel.who, reason=fire.action == CANCEL,
        enters=cancel.enters,
    )  # fmt: skip
    tried = attempt(program, case, step, fire, facts)
    found = blockers_of(tried)
    if not case.open:
        found = [wrong_state(program, case)]
    elif fire.action == KEEP and not case.data.cancelling:
        found = [blocker("not_cancelling"), *found]
    elif case.state in cancel.never:
        found = [blocker("cannot_cancel", state=program.states[case.state]), *found]
    if found:
        return found
    if fire.action == CANCEL and at_once:
        decision = Decision(CANCEL, {"from_": case.state, "to": cancel.to})
        _move(tried, case, cancel.to, decision.changes)
        decision.rows = rows_of(tried, {})
    else:
        decision = Decision(fire.action, {"cancelling": fire.action == CANCEL})
        if not case.data.imported:
            decision.changes["holder"] = _next_holder(tried, case, program.states[case.state], tried.values, decision.changes)
    _common(tried, decision)
    return decision


__all__ = ["Clock", "Decision", "Kept", "commitment", "decide", "decide_opening"]

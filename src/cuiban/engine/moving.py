"""Where a case stands after a step, and what follows from that: its clocks, its pauses, who holds it.

Must never enter: whether the step may be done (rules.py), what it writes beside that (decide.py).   Start at: move
"""

from datetime import datetime
from typing import Any

from cuiban.engine.attempt import Attempt
from cuiban.engine.authority import holder_of, ids
from cuiban.engine.case import Case, Holder
from cuiban.engine.clocks import NO_CLOCK, clock_of, fields_of_due
from cuiban.engine.facts import Fire
from cuiban.engine.language import State, Transition
from cuiban.engine.program import Program
from cuiban.engine.roster import Roster
from cuiban.engine.rules import open_signers
from cuiban.engine.who import Who

NOTHING = Holder()


def move(a: Attempt, case: Case, to: str, changes: dict[str, Any]) -> None:
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
            changes["pauses"] = closed(case.data.pauses, fire.at)
        return
    values = _after(a, changes)
    if to == case.state:
        if to in program.signing or "fields" in changes:
            if "fields" in changes and _rests_on(program, state, changes["fields"]):
                entered = case.data.start or case.state_since
                pauses = [p for p in case.data.pauses if p[1] is not None] if case.paused else case.data.pauses
                changes["clock"] = clock_of(program, state, entered, case.opened_at, values, pauses, calendar)
            holder = next_holder(a, case, state, values, changes)
            if holder.id != case.holder or holder.also != case.data.also:
                changes["holder"] = holder
        return
    entered, pauses = fire.at, case.data.pauses
    if case.paused or state.waits is not None:
        entered, pauses = _pauses(program, case, state, fire.at, changes)
    changes["clock"] = clock_of(program, state, entered, case.opened_at, values, pauses, calendar)
    changes["holder"] = next_holder(a, case, state, values, changes)


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
        pauses = changes["pauses"] = closed(pauses, at)
        entered = case.data.resume.get(state.name, at)
        changes["resume"] = {}
    elif state.waits is not None and not case.paused:
        if case.data.start is not None or program.states[case.state].due is not None:
            changes["resume"] = {case.state: case.data.start or case.state_since}
        changes["pauses"] = [*pauses, (at, None)]
    elif state.waits is not None:
        pauses = [p for p in pauses if p[1] is not None]
    return entered, pauses


def closed(pauses: list[tuple[datetime, datetime | None]], at: datetime) -> list[tuple[datetime, datetime | None]]:
    """The pauses, the one that lasts ended at `at`: not before it began, should a clock have gone back."""
    return [(since, until if until is not None else max(since, at)) for since, until in pauses]


def next_holder(a: Attempt, case: Case, state: State, values: dict[str, Any], changes: dict[str, Any]) -> Holder:
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


def first_holder(a: Attempt, state: State) -> Holder:
    """Who holds a case that is being opened: whom its opener names, else the first state's owner."""
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

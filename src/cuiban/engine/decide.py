"""What a wish does to a case: all the blockers, or the event that it causes. Pure: values in, values out.

A fact from a log moves its own case and nothing else: no clock, no holder, no number, hold, case beside it.

Start at `decide`. It lays out the attempt, asks the rules (rules.py), lets the `transitions` machine say where the step
leads, and writes down all that follows: fields, clocks and holder (moving.py), numbers, holds, papers. `evolve` applies it.
"""

from typing import Any

from cuiban.engine.attempt import Attempt, attempt
from cuiban.engine.authority import ids
from cuiban.engine.blockers import Blocker, blocker
from cuiban.engine.case import Case, Document, Holder, Signature
from cuiban.engine.clocks import NO_CLOCK, clock_of
from cuiban.engine.decision import Decision, document_of, keep
from cuiban.engine.entry import days_back, local_day
from cuiban.engine.facts import Facts, Fire
from cuiban.engine.labels import L, Named
from cuiban.engine.language import Opening, Transition
from cuiban.engine.moving import first_holder, move, next_holder
from cuiban.engine.program import CANCEL, KEEP, OPEN, Program, needed
from cuiban.engine.rows import entries, rows_of, scene_of
from cuiban.engine.rules import blockers_of, open_signers, signatures_on, signer, signer_name, signers_of

ASIDE = ("case", "resource")  # what a log calls its case, and who did it there, may name a person


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
        return [only_undo(program, case)]
    tried = attempt(program, case, step, fire, facts)
    found = blockers_of(tried)
    return found or _step(tried, case, step)


def decide_opening(program: Program, fire: Fire, facts: Facts) -> Decision | list[Blocker]:
    """Say what opening a case of `program` takes: every blocker, or the first event."""
    opening = program.process.opening
    tried = attempt(program, None, opening, fire, facts)
    found = blockers_of(tried)
    return found or _opening(tried, opening)


def only_undo(program: Program, case: Case) -> Blocker:
    """The case is being cancelled: only what takes a step back is open; says which."""
    return blocker("cancelling", offered=_labels([t for t in program.offered(case.state).values() if t.undoes]))


def wrong_state(program: Program, case: Case) -> Blocker:
    """The step is not open where the case stands; says what is: while it is being cancelled, what takes a step back."""
    state = program.states[case.state]
    if state.final:
        return blocker("closed", state=state)
    steps = [t for t in program.offered(case.state).values() if t.at is None and (t.undoes or not case.data.cancelling)]
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
    decision.changes["holder"] = first_holder(a, state)
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
    move(a, case, to, changes)
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
        move(tried, case, cancel.to, decision.changes)
        decision.rows = rows_of(tried, {})
    else:
        decision = Decision(fire.action, {"cancelling": fire.action == CANCEL})
        if not case.data.imported:
            decision.changes["holder"] = next_holder(tried, case, program.states[case.state], tried.values, decision.changes)
    _common(tried, decision)
    return decision

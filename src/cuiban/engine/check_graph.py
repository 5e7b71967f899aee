"""Checks of the topology: states, ways, ends, owners, clocks, undos, cancelling, openings in a circle."""

from collections.abc import Iterable, Iterator

from cuiban.engine.definition import Definition, opens_of, transition_element
from cuiban.engine.language import Process, Transition
from cuiban.engine.problems import Problem, problem
from cuiban.engine.program import joined
from cuiban.engine.who import System


def graph(d: Definition) -> Iterator[Problem]:
    """All that is wrong with the states and the ways between them."""
    yield from _states_known(d)
    yield from _one_step_a_trigger(d)
    yield from _reachable(d)
    yield from _held_and_timed(d)
    yield from _undos(d)
    yield from _cancelling(d)
    yield from _children(d)


def _states_known(d: Definition) -> Iterator[Problem]:
    named = [(transition_element(t), s) for t in d.process.transitions for s in (*t.sources, t.to) if s not in "*="]
    named += [("opening", d.process.opening.to)] if d.process.opening.to else []
    cancel = d.process.cancel
    if cancel is not None:
        named += [("cancel", state) for state in (cancel.to, *cancel.at_once, *cancel.never)]
    for element, name in named:
        if name not in d.program.states:
            yield problem("unknown_state", d.name, element, name=name)


def _one_step_a_trigger(d: Definition) -> Iterator[Problem]:
    seen: set[tuple[str, str]] = set()
    for step in d.process.transitions:
        for source in d.program.sources(step):
            if (source, step.name) in seen:
                yield problem("two_steps_one_trigger", d.name, transition_element(step), state=source, name=step.name)
            seen.add((source, step.name))


def reached(d: Definition) -> set[str]:
    """Every state that a case may come to."""
    ways = [(source, _target(step, source)) for step in d.process.transitions for source in d.program.sources(step)]
    if d.process.cancel is not None:
        ways += [(state, d.process.cancel.to) for state in d.process.cancel.at_once]
    return _closure({d.program.first}, ways)


def _target(step: Transition, source: str) -> str:
    return source if step.to == "=" else step.to


def _closure(start: set[str], ways: list[tuple[str, str]]) -> set[str]:
    found = set(start)
    while more := {to for frm, to in ways if frm in found} - found:
        found |= more
    return found


def _reachable(d: Definition) -> Iterator[Problem]:
    found = reached(d)
    back = [(_target(step, source), source) for step in d.process.transitions for source in d.program.sources(step)]
    ending = _closure(set(d.program.finals), back)
    for state in d.process.states:
        if state.name not in found:
            yield problem("unreachable_state", d.name, f"state:{state.name}", state=state.label)
        elif state.name not in ending:
            yield problem("no_way_to_end", d.name, f"state:{state.name}", state=state.label)
    for step in d.process.transitions:
        if found.isdisjoint(d.program.sources(step)):
            yield problem("dead_transition", d.name, transition_element(step), action=step.label)


def _held_and_timed(d: Definition) -> Iterator[Problem]:
    """Every open state has somebody who holds it and a clock. One that rests (owner System) needs neither.

    One that waits for others should say when to ask again: without a clock it is a warning.
    """
    for state in d.process.states:
        element = f"state:{state.name}"
        if state.final or isinstance(state.owner, System):
            continue
        if d.program.owner(state) is None:
            yield problem("no_owner", d.name, element, state=state.label)
        fires = any(step.at is not None for step in d.program.offered(state.name).values())
        if state.due is None and not fires:
            yield problem("no_clock_waiting" if state.waits else "no_clock", d.name, element, state=state.label)


def _undos(d: Definition) -> Iterator[Problem]:
    undos = {step.undoes: step for step in d.process.transitions if step.undoes}
    freed = {name for step in d.process.transitions for name in step.frees}
    freed |= {name for step in d.process.transitions if step.name in undos for name in step.holds}
    voided = {book for step in d.process.transitions for book in step.voids}
    for step in d.process.transitions:
        element = transition_element(step)
        if any(draw.book not in voided for draw in step.draws) and step.name not in undos:
            yield problem("number_not_undone", d.name, element, action=step.label)
        for name in step.holds:
            if name not in freed:
                yield problem("hold_not_freed", d.name, element, action=step.label, field=name)
        if step.undoes in d.steps:
            yield from _inverse(d, step, [t for t in d.process.transitions if t.name == step.undoes])


def _inverse(d: Definition, undo: Transition, undone: list[Transition]) -> Iterator[Problem]:
    element, first = transition_element(undo), undone[0]
    sources = {source for step in undone for source in d.program.sources(step)}
    if not set(d.program.sources(undo)) <= {step.to for step in undone} or undo.to not in sources:
        yield problem("undo_not_inverse", d.name, element, action=undo.label, undone=first.label)
    if any(step.drives for step in undone) and not undo.drives:
        yield problem("undo_drives_nothing", d.name, element, action=undo.label, undone=first.label)


def _cancelling(d: Definition) -> Iterator[Problem]:
    cancel = d.process.cancel
    if cancel is None:
        return
    if cancel.to in d.program.states and cancel.to not in d.program.finals:
        yield problem("cancel_not_final", d.name, "cancel", name=cancel.to)
    back = [(step.to, source) for step in d.process.transitions if step.undoes for source in d.program.sources(step)]
    safe = _closure(set(cancel.at_once), back)
    for state in d.process.states:
        if not state.final and state.name not in safe and state.name not in cancel.never:
            yield problem("cancel_stuck", d.name, "cancel", state=state.label)


def _children(d: Definition) -> Iterator[Problem]:
    """What a step opened for each entry of a list is settled, called off or cancelled before the case ends or begins anew."""
    cancel = d.process.cancel
    for relation, name in d.program.children.items():
        ways = [(source, _target(step, source)) for step in d.process.transitions if not _settles(step, relation)
                for source in d.program.sources(step)]  # fmt: skip
        having = _closure({s for step in d.process.transitions if _opens(step, relation) for s in _targets(d, step)}, ways)
        for step in d.process.transitions:
            ends = step.to in d.program.finals or step.cycle or step.undoes is not None
            if ends and not _settles(step, relation) and not having.isdisjoint(d.program.sources(step)):
                yield problem("children_left", d.name, transition_element(step), action=step.label, name=relation)
        child = d.known.get(name)
        asked = having - d.program.finals - set(cancel.never) if cancel is not None else set()
        if asked and child is not None and not _cancellable(child):
            yield problem("child_not_cancelled", d.name, "cancel", process=child.label)


def _targets(d: Definition, step: Transition) -> list[str]:
    return [_target(step, source) for source in d.program.sources(step)]


def _opens(step: Transition, relation: str) -> bool:
    return any(opening.relation == relation and opening.each is not None for opening in step.opens)


def _settles(step: Transition, relation: str) -> bool:
    """Whether no case of the relation is left open by the step: it waits for them, or ends them."""
    waits = any(relation in joined(guard.test) for guard in step.guards)
    return waits or any(drive.link == relation and drive.open_only for drive in step.drives if drive.action != "extend")


def _cancellable(process: Process) -> bool:
    """Whether a case of the process can be cancelled wherever it stands."""
    cancel = process.cancel
    return cancel is not None and all(state.final or state.name in cancel.at_once for state in process.states)


def circles(processes: Iterable[Process]) -> Iterator[Problem]:
    """Processes whose cases open each other without end."""
    opens = {process.name: sorted({opening.process for opening in opens_of(process)}) for process in processes}
    told: set[frozenset[str]] = set()
    for name in opens:
        circle = _circle(name, opens)
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            yield problem("circular_openings", name, "process", names=" -> ".join([*circle, name]))


def _circle(name: str, opens: dict[str, list[str]]) -> list[str]:
    """A way along the openings from `name` back to itself."""
    ways = [[name]]
    seen = {name}
    while ways:
        way = ways.pop(0)
        for following in opens.get(way[-1], []):
            if following == name:
                return way
            if following not in seen:
                seen.add(following)
                ways.append([*way, following])
    return []

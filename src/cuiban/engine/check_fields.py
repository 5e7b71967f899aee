"""Checks of the fields: used, filled, known when a clock rests on them, and never compared if they are personal."""

from collections.abc import Iterator

from cuiban.engine import conditions as c
from cuiban.engine.check_graph import reached
from cuiban.engine.definition import Definition, everything_in, field_of_due, transition_element
from cuiban.engine.language import After, At, Before, On, Open, Process
from cuiban.engine.problems import Problem, problem
from cuiban.engine.who import Person, System

LOOKS = (c.Is, c.Has, c.Same, c.AtLeast, c.Count, c.Listed, c.Later, c.InMonth, c.Within)


def fields(d: Definition) -> Iterator[Problem]:
    """All that is wrong with fields that are known by their names."""
    yield from _used(d)
    yield from _clocks(d)
    yield from _personal(d)
    for name in d.process.key:
        if name in d.process.opening.appoints and name in d.fields:
            yield problem("key_appointed", d.name, "process", field=d.fields[name].label)


def _used(d: Definition) -> Iterator[Problem]:
    given = {name for _, step in d.stepping for name in d.given_by(step)} | d.driven
    read = _read(d)
    for name, field in d.fields.items():
        if name not in given:
            code = "field_never_set" if name in read else "field_never_used"
            yield problem(code, d.name, f"field:{name}", field=field.label)


def _read(d: Definition) -> set[str]:
    """The fields that something asks about."""
    found = {*d.process.subject, *d.process.key, *(link.by for link in d.process.links)}
    for _, part in d.parts:
        for thing in everything_in(part):
            match thing:
                case Person(field=name) | At(field=name) | On(field=name) | Before(field=name) | Open(each=str() as name):
                    found.add(name)
                case After(since=str() as name):
                    found.add(name)
                case _ if isinstance(thing, LOOKS):
                    found |= {path.split(".")[0] for path in c.paths_of(thing)}
    return found


def _clocks(d: Definition) -> Iterator[Problem]:
    """A clock that rests on a field needs it known: never, or only perhaps."""
    may, must = known(d)
    for state in d.process.states:
        name = field_of_due(state.due)
        if state.name in must:
            yield from _rests(d, f"state:{state.name}", name, may[state.name], must[state.name])
    for step in d.process.transitions:
        for source in (s for s in d.program.sources(step) if s in must):
            own = d.program.states[source]
            needed = must if own.due is None and not isinstance(own.owner, System) else may  # nothing else moves the case
            yield from _rests(d, transition_element(step), field_of_due(step.at), may[source], needed[source])
            for gate in (step.not_before, step.until):  # a gate that is not known is open
                yield from _rests(d, transition_element(step), field_of_due(gate), may[source], may[source])


def _rests(d: Definition, element: str, name: str | None, may: set[str], must: set[str]) -> Iterator[Problem]:
    if name is None or name not in d.fields:
        return
    if name not in may:
        yield problem("deadline_never", d.name, element, field=d.fields[name].label)
    elif name not in must:
        yield problem("deadline_unsure", d.name, element, field=d.fields[name].label)


def known(d: Definition) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """By state: the fields that may be known there, and those that are for certain."""
    first = d.program.first
    states = reached(d) & set(d.program.states)
    may: dict[str, set[str]] = {name: set() for name in states}
    must: dict[str, set[str]] = {name: set(d.fields) for name in states}
    if first in states:
        may[first], must[first] = d.given_by(d.process.opening) | d.driven, d.always_given_by(d.process.opening)
    changed = True
    while changed:
        changed = False
        for step in d.process.transitions:
            for source in (s for s in d.program.sources(step) if s in states):
                to = source if step.to == "=" else step.to
                if to in states:
                    wider = may[to] | may[source] | d.given_by(step)
                    surer = must[to] & ((must[source] - set(step.clears)) | d.always_given_by(step))
                    changed |= (wider, surer) != (may[to], must[to])
                    may[to], must[to] = wider, surer
    return may, must


def _personal(d: Definition) -> Iterator[Problem]:
    """History holds only a commitment to a personal value: nothing can be compared with it, or found by it."""
    for element, part in d.parts:
        for thing in everything_in(part):
            for path in _compared(thing):
                for field in d.fields_at(path) or []:
                    if field.kept_aside:
                        yield problem("personal_in_test", d.name, element, field=field.label)


def _compared(thing: object) -> list[str]:
    if isinstance(thing, LOOKS) and not isinstance(thing, c.Has):
        return c.paths_of(thing)
    if isinstance(thing, Process):
        return [*thing.key, *(link.by for link in thing.links)]
    if isinstance(thing, At | On | Before):
        return [thing.field]
    holds = getattr(thing, "holds", None)
    taken = [p for paths in getattr(thing, "takes", {}).values() for p in ([paths] if isinstance(paths, str) else paths)]
    return [*holds, *taken] if holds is not None else []

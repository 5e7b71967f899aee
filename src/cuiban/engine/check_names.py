"""Checks of every name in a definition: fields, papers, steps, links, processes, roles, settings; and of its words."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any

from cuiban.engine import conditions as c
from cuiban.engine.definition import Definition, everything_in, field_of_due
from cuiban.engine.fields import WrongValue, reader
from cuiban.engine.labels import L
from cuiban.engine.language import (
    After,
    At,
    Before,
    Drive,
    Field,
    Link,
    On,
    Open,
    Opening,
    Paper,
    Process,
    Setting,
    State,
    Transition,
)
from cuiban.engine.problems import Problem, problem
from cuiban.engine.program import needed
from cuiban.engine.who import Doer, Person, Role


@dataclass(frozen=True)
class World:
    """What the names of a definition may mean. None: not checked."""

    processes: Mapping[str, Process]
    roles: Container[str]
    outside: Container[str]
    settings: Container[str]
    books: Container[str] | None = None


def names(d: Definition, world: World) -> Iterator[Problem]:
    """Every name that means nothing, and every label that is not there."""
    yield from _doubles(d)
    for element, part in d.parts:
        for thing in everything_in(part):
            for code, params in _wrong(d, world, thing):
                yield problem(code, d.name, element, **params)
    for element, step in d.stepping:
        yield from _constants(d, element, step)
        if isinstance(step, Transition):
            yield from _brought(d, world, element, step)
        for opening in step.opens:
            yield from _opened(d, world, element, opening)
        for drive in step.drives:
            yield from _driven(d, world, element, drive)


def _doubles(d: Definition) -> Iterator[Problem]:
    kinds: dict[str, list[Any]] = {
        "state": d.process.states, "field": d.process.fields, "paper": d.process.papers, "link": d.process.links,
    }  # fmt: skip
    for kind, items in kinds.items():
        seen: set[str] = set()
        for item in items:
            if item.name in seen:
                yield problem("double_name", d.name, f"{kind}:{item.name}", what=kind, name=item.name)
            seen.add(item.name)


def _wrong(d: Definition, world: World, thing: Any) -> Iterator[tuple[str, dict[str, object]]]:
    """What is wrong with one thing of a definition: (code, parameters)."""
    yield from words(thing)
    for name in _field_names(thing):
        if name not in d.fields:
            yield "unknown_field", {"name": name}
    for path in _paths(thing):
        if d.fields_at(path) is None:
            relation, dot, _ = path.partition(".")
            code = "unknown_link" if dot and relation not in d.relations else "unknown_field"
            yield code, {"name": relation if code == "unknown_link" else path}
    for name in _step_names(thing):
        if name not in d.steps:
            yield "unknown_step", {"name": name}
    for name in _paper_names(thing):
        if name not in d.papers:
            yield "unknown_paper", {"name": name}
    yield from _of_the_house(world, thing)
    match thing:
        case c.Linked(relation=relation) | Drive(link=relation) if relation not in d.relations:
            yield "unknown_link", {"name": relation}
        case c.Agree(check=name) if name not in {one.name for one in d.process.checks} | {one.name for one in d.process.compares}:
            yield "unknown_check", {"name": name}
        case c.Guard():
            yield from _placeholders(thing)
        case c.Is(path=path, values=values):
            yield from _choices(d, path, values)
        case c.Within():
            yield from _columns(d, thing)


def words(thing: Any) -> Iterator[tuple[str, dict[str, object]]]:
    """What is wrong with a label: (code, parameters)."""
    if isinstance(thing, L):
        if not thing.zh.strip() or not thing.en.strip():
            yield "label_missing", {"text": thing.zh or thing.en}
        try:
            (thing.zh + thing.en).encode("gbk")
        except UnicodeEncodeError:
            yield "label_not_gbk", {"text": thing.zh}


def _of_the_house(world: World, thing: Any) -> Iterator[tuple[str, dict[str, object]]]:
    """Roles, outside parties, processes, settings, books."""
    match thing:
        case Role(id=name) | Field(role=str() as name) | Paper(waiver=str() as name) | c.Guard(override=str() as name) if (
            name not in world.roles
        ):
            yield "unknown_role", {"name": name}
        case Transition(outside=str() as name) if name not in world.outside:
            yield "unknown_outside", {"name": name}
        case Setting(name=name) if name not in world.settings:
            yield "unknown_setting", {"name": name}
        case Link(process=name) | Open(process=name) if name not in world.processes:
            yield "unknown_process", {"name": name}
    if isinstance(thing, Transition | Opening) and world.books is not None:
        for name in [draw.book for draw in thing.draws] + (thing.voids if isinstance(thing, Transition) else []):
            if name not in world.books:
                yield "unknown_book", {"name": name}


def _field_names(thing: Any) -> list[str]:
    """The fields of the case itself that a thing names."""
    match thing:
        case Transition() | Opening():
            cleared = [*thing.clears, *thing.frees] if isinstance(thing, Transition) else []
            drawn = [draw.field for draw in thing.draws]
            return [*needed(thing), *thing.asks, *thing.sets, *thing.takes, *thing.appoints, *thing.holds, *drawn, *cleared]
        case Process():
            return [*thing.subject, *thing.key]
        case State(fixes=fixed):
            return fixed
        case Person(field=name) | Link(by=name) | Open(each=str() as name):
            return [name]
        case At(field=name) | On(field=name) | Before(field=name):
            return [name]
        case After():
            since = field_of_due(thing)
            return [since] if since else []
        case _:
            return []


def _paths(thing: Any) -> list[str]:
    match thing:
        case c.Not() | c.Both() | c.Either():
            return []  # their parts come by themselves
        case c.Is() | c.Has() | c.Same() | c.AtLeast() | c.Count() | c.Listed() | c.Later() | c.InMonth() | c.Within():
            return c.paths_of(thing)
        case Transition(takes=takes) | Opening(takes=takes):
            return [path for paths in takes.values() for path in ([paths] if isinstance(paths, str) else paths)]
        case Open():
            own = [path for path in thing.sets.values() if isinstance(path, str)]
            return [path for path in own if path.split(".")[0] != "each" or thing.each is None]
        case Drive():
            return [path for path in thing.sets.values() if isinstance(path, str)]
        case _:
            return []


def _step_names(thing: Any) -> list[str]:
    match thing:
        case Transition():
            return [*thing.unlike, *([thing.undoes] if thing.undoes else [])]
        case Doer(of=name) | c.Attempts(action=name) | Paper(step=str() as name):
            return [name]
        case _:
            return []


def _paper_names(thing: Any) -> list[str]:
    match thing:
        case Transition():
            return [*thing.papers, *thing.brings]
        case Open():
            return thing.papers
        case _:
            return []


def _placeholders(guard: c.Guard) -> Iterator[tuple[str, dict[str, object]]]:
    """What a refusal says has to be what its guard looked at."""
    known = {path.replace(".", "_") for path in c.paths_of(guard.test)}
    if isinstance(guard.test, c.Attempts):
        known |= {"tried", "tried_days", "times", "days"}
    for thing in everything_in(guard.test):
        match thing:
            case c.PapersComplete():
                known.add("papers")
            case c.Agree(check=check):
                known |= {"found", "vin", "remark"} if thing is guard.test else {f"{check}_differences"}
            case c.Attempts(action=action):
                known.add(f"attempts {action}")
            case c.Linked(relation=relation):
                known.add(relation)
    for text in (guard.message.zh, guard.message.en):
        for _, name, _, _ in Formatter().parse(text):
            if name is not None and name not in known:
                yield "unknown_placeholder", {"name": name}


def _choices(d: Definition, path: str, values: list[Any]) -> Iterator[tuple[str, dict[str, object]]]:
    for field in d.fields_at(path) or []:
        for value in values:
            yield from _value(field, value)


def _value(field: Field, value: Any) -> Iterator[tuple[str, dict[str, object]]]:
    """A constant that its field would not take, or not keep as it stands."""
    try:
        kept = reader(field)(value)
    except WrongValue as error:
        yield "wrong_constant", {"field": field.label, "value": value, "why": error.message}
    else:
        if kept != value:
            yield "wrong_constant", {"field": field.label, "value": value, "why": L(f"应写作 {kept}", f"write {kept}")}


def _columns(d: Definition, test: c.Within) -> Iterator[tuple[str, dict[str, object]]]:
    for path in c.paths_of(test):
        for field in d.fields_at(path) or []:
            for name in test.by:
                if name not in {column.name for column in field.columns}:
                    yield "unknown_column", {"field": field.label, "name": name}


def _constants(d: Definition, element: str, step: Transition | Opening) -> Iterator[Problem]:
    for name, value in step.sets.items():
        if name in d.fields:
            for code, params in _value(d.fields[name], value):
                yield problem(code, d.name, element, **params)


def _brought(d: Definition, world: World, element: str, step: Transition) -> Iterator[Problem]:
    """The papers that come along from a linked case are on its checklist."""
    for path in step.brings.values():
        relation, _, paper = path.partition(".")
        if relation not in d.relations:
            yield problem("unknown_link", d.name, element, name=relation)
            continue
        there = [world.processes[name].papers for name in d.relations[relation] if name in world.processes]
        if paper not in {one.name for papers in there for one in papers}:
            yield problem("unknown_paper", d.name, element, name=path)


def _opened(d: Definition, world: World, element: str, opening: Open) -> Iterator[Problem]:
    """The case that a step opens takes what it is given, and is given what it takes."""
    child = world.processes.get(opening.process)
    if child is None:
        return
    fields = {field.name: field for field in child.fields}
    yield from _handed(d, element, fields, opening.sets)
    for name in opening.papers:
        if name not in {paper.name for paper in child.papers}:
            yield problem("unknown_paper", d.name, element, name=f"{child.name}.{name}")
    given = {*opening.sets, *child.opening.sets, *child.opening.takes, *child.opening.appoints}
    for name in (item for item in child.opening.needs if isinstance(item, str)):
        if name not in given and name in fields:
            yield problem("opening_lacks", d.name, element, process=child.label, field=fields[name].label)
    columns = {column.name for column in d.fields[opening.each].columns} if opening.each in d.fields else set()
    for path in (path for path in opening.sets.values() if isinstance(path, str) and path.startswith("each.")):
        if path[5:] not in columns:
            yield problem("unknown_column", d.name, element, field=opening.each, name=path[5:])


def _driven(d: Definition, world: World, element: str, drive: Drive) -> Iterator[Problem]:
    for name in d.relations.get(drive.link, []):
        linked = world.processes.get(name)
        if linked is None:
            continue
        if drive.action not in {step.name for step in linked.transitions}:
            yield problem("unknown_action", d.name, element, process=linked.label, name=drive.action)
        yield from _handed(d, element, {field.name: field for field in linked.fields}, drive.sets)


def _handed(d: Definition, element: str, fields: Mapping[str, Field], sets: Mapping[str, Any]) -> Iterator[Problem]:
    for name, path in sets.items():
        if name not in fields:
            yield problem("unknown_field", d.name, element, name=name)
        elif not isinstance(path, str):
            for code, params in _value(fields[name], path[0]):
                yield problem(code, d.name, element, **params)

"""What is wrong with definitions, found before a case runs through them: names, ways, fields, people, duties, words.

Start at: check. Each family of checks has its own file: check_graph, check_names, check_fields, check_people. The codes
and their words: problems.py. Must never enter: the files in which definitions stand, the store.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from cuiban.calendar import CalendarError, standard
from cuiban.engine.books import Book
from cuiban.engine.calendars import NamedCalendar, made
from cuiban.engine.check_fields import fields
from cuiban.engine.check_graph import circles, graph
from cuiban.engine.check_names import World, names, words
from cuiban.engine.check_people import doers, people
from cuiban.engine.check_rows import checks, matches, openings, rows, sheets
from cuiban.engine.check_types import types
from cuiban.engine.conditions import paths_of
from cuiban.engine.definition import Definition, everything_in
from cuiban.engine.duty import Duty, bind_duty, occurrences, period_of
from cuiban.engine.fields import WrongValue, reader
from cuiban.engine.labels import L
from cuiban.engine.language import Preset, Process, Setting
from cuiban.engine.matching import Rule
from cuiban.engine.problems import Problem, problem
from cuiban.engine.register import Register
from cuiban.engine.roster import Roster
from cuiban.engine.subjects import Departments, Rows


def check(
    processes: Iterable[Process], duties: Iterable[Duty], roles: Mapping[str, L], outside: Mapping[str, L],
    roster: Roster | None, choices: Iterable[Preset], *, books: Mapping[str, Book] | None = None,
    registers: Iterable[Register] = (), rules: Collection[Rule] = (),
    calendars: Iterable[NamedCalendar] = (), at: datetime | None = None,
) -> list[Problem]:  # fmt: skip
    """Everything that is wrong with these definitions, by process, errors first.

    Args:
        processes, duties: as declared, settings not yet filled in.
        roles, outside: what may be named, with labels; books: likewise, with who keeps them.
        roster: of a dealership, to see whether its people can do all this; None: not asked.
        choices: every setting there is; registers: every register; rules: every matching rule; calendars: those beside the house's.
        at: from when the roster is asked (UTC); None: from its youngest change on.
    """
    known, declared, settings = {p.name: p for p in processes}, list(processes), list(choices)
    world = World(known, roles, outside, {one.key for one in settings}, books)
    at = at or _youngest(roster)
    every = list(duties)
    all_of_it: list[Process | Duty | Preset] = [*declared, *every, *settings]
    if misshapen := [one for thing in all_of_it for one in types(thing)]:
        return misshapen
    found = [one for process in declared for one in _process(process, known, world, roster, at)]
    kept = {one.name: one for one in registers}
    for d in (Definition(process, known) for process in declared if process.states):
        found += [*rows(d, kept), *openings(d, kept), *checks(d, {rule.name for rule in rules}), *sheets(d, kept)]
    found += matches(rules, kept)
    found += _doubles(declared)
    found += circles(known.values())
    found += [one for duty in every for one in _duty(duty, world, roster, at, {s.key: s.default for s in settings})]
    found += [one for duty in every for one in _per(duty, kept, world)]
    found += [one for duty in every for one in _agree(duty, {rule.name for rule in rules}, world)]
    found += _ledgers(every, {process.ledger for process in declared})
    found += _calendars(every, {one.name: one for one in calendars}, {s.key: s.default for s in settings})
    found += [one for preset in settings for one in _preset(preset)]
    found += [one for group in (roles, outside) for id, label in group.items() for one in _label(id, label)]
    found += [one for id, book in (books or {}).items() for one in _book(id, book, world)]
    return sorted(dict.fromkeys(found), key=lambda p: (p.severity != "error", p.process))


def _youngest(roster: Roster | None) -> datetime:
    """The moment of the last grant: what is true then is true today."""
    grants = [grant.since for member in (roster.members.values() if roster else ()) for grant in member.grants]
    return max(grants, default=datetime(2000, 1, 1, tzinfo=UTC))


def _process(
    process: Process, known: Mapping[str, Process], world: World, roster: Roster | None, at: datetime
) -> Iterator[Problem]:
    if not process.states:
        yield problem("no_states", process.name, "process")
        return
    d = Definition(process, known)
    yield from graph(d)
    yield from names(d, world)
    yield from fields(d)
    if roster is not None:
        yield from people(d, roster, at)


def _doubles(processes: list[Process]) -> Iterator[Problem]:
    """Two processes of one name, or whose references would begin alike."""
    for index, process in enumerate(processes):
        for other in processes[:index]:
            if other.name == process.name:
                yield problem("double_name", process.name, "process", what="process", name=process.name)
            elif other.prefix == process.prefix:
                yield problem("double_name", process.name, "process", what="prefix", name=process.prefix)


def _duty(duty: Duty, world: World, roster: Roster | None, at: datetime, settings: Mapping[str, object]) -> Iterator[Problem]:
    element = f"duty:{duty.name}"
    for thing in everything_in(duty):
        for code, params in words(thing):
            yield problem(code, duty.name, element, **params)
        if isinstance(thing, Setting) and thing.name not in world.settings:
            yield problem("unknown_setting", duty.name, element, name=thing.name)
    for role in (duty.doer, duty.chaser):
        if role is not None and role not in world.roles:
            yield problem("unknown_role", duty.name, element, name=role)
    for party in duty.to:
        if party not in world.roles and party not in world.outside:
            yield problem("unknown_outside", duty.name, element, name=party)
    yield from _rule(duty, element, settings)
    if duty.opens is not None:
        yield from _opens(duty, element, world, settings)
    if roster is not None:
        yield from doers(duty, roster, at)


def _per(duty: Duty, registers: Mapping[str, Register], world: World) -> Iterator[Problem]:
    """What it comes round for is kept somewhere, and has the fields that it asks for."""
    element = f"duty:{duty.name}"
    if isinstance(duty.per, Departments) and duty.per.head is not None and duty.per.head not in world.roles:
        yield problem("unknown_role", duty.name, element, name=duty.per.head)
    if not isinstance(duty.per, Rows):
        return
    register = registers.get(duty.per.register)
    if register is None:
        yield problem("unknown_register", duty.name, element, name=duty.per.register)
        return
    known = {field.name: field.type for field in register.fields}
    for path in paths_of(duty.per.when) if duty.per.when is not None else ():
        if path not in known:
            yield problem("unknown_field", duty.name, element, name=path)
    if duty.per.doer is not None and known.get(duty.per.doer) != "person":
        yield problem("unknown_field", duty.name, element, name=duty.per.doer)


def _agree(duty: Duty, rules: set[str], world: World) -> Iterator[Problem]:
    """What has to agree before it is done is a rule; a case that it opens looks for itself."""
    element = f"duty:{duty.name}"
    for name in duty.agree:
        if name not in rules:
            yield problem("unknown_rule", duty.name, element, name=name)
    opened = world.processes.get(duty.opens or "")
    if duty.agree and opened is not None:
        yield problem("agree_elsewhere", duty.name, element, process=opened.label)


def _ledgers(duties: list[Duty], known: set[str | None]) -> Iterator[Problem]:
    """A duty closes a ledger that processes write to; theirs is closed by a duty."""
    for duty in duties:
        if duty.closes is not None and duty.closes not in known:
            yield problem("unknown_ledger", duty.name, f"duty:{duty.name}", name=duty.closes)


def _calendars(duties: list[Duty], known: Mapping[str, NamedCalendar], settings: Mapping[str, Any]) -> Iterator[Problem]:
    """Those that duties follow are there; each can be made of its settings, and is worded."""
    for duty in duties:
        if duty.calendar is not None and duty.calendar not in known:
            yield problem("unknown_calendar", duty.name, f"duty:{duty.name}", name=duty.calendar)
    for named in known.values():
        yield from _label(named.name, named.label)
        lacking = [name for name in (named.hours, named.holidays) if name not in settings]
        for name in lacking:
            yield problem("unknown_setting", named.name, "process", name=name)
        if not lacking:
            try:
                made(named, standard(), settings, {})
            except CalendarError as error:
                yield problem("wrong_default", named.name, "process", name=named.label, why=L(error.zh, error.en))


def _rule(duty: Duty, element: str, settings: Mapping[str, object]) -> Iterator[Problem]:
    """Its dates can be worked out."""
    try:
        occurrences(bind_duty(duty, settings), date(2026, 1, 1), date(2026, 1, 1) + timedelta(days=7), standard())
    except KeyError:
        return  # an unknown setting, told already
    except CalendarError as error:
        yield problem("duty_rule", duty.name, element, name=duty.label, why=L(error.zh, error.en))


def _opens(duty: Duty, element: str, world: World, settings: Mapping[str, object]) -> Iterator[Problem]:
    """The case that it opens takes the period that the duty is about."""
    process = world.processes.get(duty.opens or "")
    about = settings.get(duty.about.name) if isinstance(duty.about, Setting) else duty.about
    if process is None:
        yield problem("unknown_process", duty.name, element, name=duty.opens)
    elif about is not None and (period := period_of(str(about))) not in process.opening.needs:
        yield problem("duty_without_period", duty.name, element, process=process.label, period=period)


def _preset(preset: Preset) -> Iterator[Problem]:
    element = f"setting:{preset.key}"
    for thing in everything_in(preset):
        for code, params in words(thing):
            yield problem(code, preset.key, element, **params)
    try:
        reader(preset.field)(preset.default)
    except WrongValue as error:
        yield problem("wrong_default", preset.key, element, name=preset.label, why=error.message)


def _label(id: str, label: L) -> Iterator[Problem]:
    for code, params in words(label):
        yield problem(code, id, "process", **params)


def _book(id: str, book: Book, world: World) -> Iterator[Problem]:
    yield from _label(id, book.label)
    for role in book.keepers:
        if role not in world.roles:
            yield problem("unknown_role", id, "process", name=role)


__all__ = ["Problem", "check"]

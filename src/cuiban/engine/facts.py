"""What a decision looks at beside the case: loaded once, in the transaction, and only what the step declares that it needs."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

import msgspec

from cuiban.calendar import Calendar
from cuiban.engine.case import Case, Event
from cuiban.engine.labels import L, Named
from cuiban.engine.language import Open, Opening, Sheet, Transition
from cuiban.engine.program import Program
from cuiban.engine.roster import Roster

Thing = tuple[str, str]  # (kind of object, which one)
Key = tuple[str, str]  # (process, key)
Salt = Callable[[], bytes]


class File(msgspec.Struct, gc=False):
    """A file that comes with a command: its name and its bytes. None where only the paper was seen."""

    name: str
    content: bytes


class Fire(msgspec.Struct, gc=False):
    """The wish to do `action` on a case.

    Attributes:
        at: effective time (UTC); now: time of entry (UTC).
        for_: the absent person to act for; None: found out.
        source: hand, timer (its time has come), drive (a step of another case), log (a fact from elsewhere).
        via: login and host; command: commitment of the idempotency key.
        origin: of a fact from elsewhere, what its log calls it: activity, and (personal) case, resource.
        duty, nominal: of an opening by the calendar.
    """

    action: str
    actor: str
    at: datetime
    now: datetime
    fields: Mapping[str, Any] = {}
    papers: Mapping[str, File | None] = {}
    reason: str | None = None
    note: str | None = None
    for_: str | None = None
    assignee: str | None = None
    source: str = "hand"
    origin: Mapping[str, str] = {}
    via: str | None = None
    command: str | None = None
    override: bool = False
    duty: str | None = None
    nominal: str | None = None
    key: str | None = None


class Wants(msgspec.Struct, gc=False):
    """What has to be loaded for a step: refs, keys, things, books, serials (by prefix), personal fields, the past.

    Attributes:
        past: the whole history; rows: it writes into registers, which have to be asked.
        checks: name -> (matching rules, period or first day, last day) of what it looks at; sheets: rows of registers.
    """

    refs: dict[str, list[str]] = {}
    keys: dict[str, Key] = {}
    opens: list[Key] = []
    things: list[Thing] = []
    books: list[str] = []
    prefixes: list[str] = []
    personal: list[str] = []
    history: bool = False
    past: bool = False
    reminders: bool = False
    rows: bool = False
    checks: dict[str, tuple[list[str], str | None, str | None]] = {}
    sheets: list[Sheet] = []
    children: bool = False

    @property
    def nothing(self) -> bool:
        """Whether the case itself is enough."""
        return not (
            self.refs or self.keys or self.opens or self.things or self.books or self.prefixes or self.personal
            or self.history or self.reminders or self.rows or self.checks or self.sheets or self.children
        )  # fmt: skip


class Facts(msgspec.Struct, gc=False):
    """What the decision may look at.

    Attributes:
        links: cases linked as a relation, with their programs.
        checked: name of a check -> the differences that its rules find; of a sheet -> its rows.
        said: name of a check -> each of these differences in words.
        held: which case has a thing; open_keys: which open case has a key.
        books, serials: the next number; a plan counts them up.
        personal: values kept aside, of this case.
        before: the case as it was before its last step, for `withdraw`.
        past: every event, with the case before and after it, for `correct` where rows follow.
        registers: what they are called, for the same.
        reminders: when it was chased before, and when that was entered.
        salt: chance, passed in.
        children: of a case that may be cancelled, and of each of these, those that end with it, by the parent's reference.
        closed: the months (2026-03) of a ledger that are closed.
    """

    roster: Roster
    calendar: Calendar
    programs: Mapping[str, Program]
    salt: Salt
    links: dict[str, list[tuple[Program, Case]]] = {}
    checked: dict[str, list[dict[str, Any]]] = {}
    said: dict[str, list[L]] = {}
    held: dict[Thing, str] = {}
    open_keys: dict[Key, str] = {}
    books: dict[str, int] = {}
    serials: dict[str, int] = {}
    personal: dict[str, Any] = {}
    before: Case | None = None
    past: list[tuple[Case | None, Event, Case]] = []
    registers: dict[str, Named] = {}
    reminders: list[tuple[datetime, datetime]] = []
    children: dict[str, list[tuple[Program, Case]]] = {}
    closed: Mapping[str, frozenset[str]] = {}

    def reference(self, prefix: str, now: datetime) -> str:
        """The next reference `TS-260311-004` of a day in the dealership's zone; raises KeyError if it was not loaded."""
        serial = self.serials[prefix]
        self.serials[prefix] = serial + 1
        return f"{prefix}-{now.astimezone(self.calendar.zone):%y%m%d}-{serial:03}"


def wants(program: Program, case: Case | None, step: Transition | Opening, given: Mapping[str, Any],
          programs: Mapping[str, Program]) -> Wants:  # fmt: skip
    """What the step needs to look at; `given` are the fields that come with the command."""
    found = Wants()
    _collect(found, program, case, step, program.read(given), programs, depth=0)
    return found


def _collect(found: Wants, program: Program, case: Case | None, step: Transition | Opening, given: Mapping[str, Any],
             programs: Mapping[str, Program], depth: int) -> None:  # fmt: skip
    values = {**(case.data.fields if case is not None else {}), **given, **step.sets}
    relations = program.reads_links(step)
    for link in program.process.links:
        value = values.get(link.by)
        if link.name in relations and isinstance(value, str):
            found.keys[link.name] = (link.process, later_week(value, link.weeks) if link.weeks else value)
    for check in program.process.checks if depth == 0 else ():
        rules = [check.rule] if check.rule is not None else values.get(check.of or "")
        if check.name in relations and rules:
            found.checks[check.name] = (list(rules), values.get(check.by or ""), values.get(check.until or ""))
    found.sheets += [sheet for sheet in program.process.sheets if depth == 0 and sheet.name in relations]
    if case is not None:
        found.refs.update({name: refs for name, refs in case.data.links.items() if name in relations})
    found.things += [(name, str(values[name])) for name in step.holds if values.get(name) is not None]
    found.books += [draw.book for draw in step.draws]
    key = program.key_of(values) if isinstance(step, Opening) or program.may_rekey(step) else None
    found.opens += [(program.name, key)] if key is not None else []
    if isinstance(step, Opening):
        found.prefixes.append(program.process.prefix)
    elif program.subject_of(step):
        found.personal += [name for name in program.process.subject if name in program.sensitive]
    found.personal += [p for drive in step.drives for p in drive.sets.values() if isinstance(p, str) and p in program.sensitive]
    found.rows = found.rows or bool(step.enters)
    found.personal += [p for enter in step.enters for p in enter.sets.values() if isinstance(p, str) and p in program.sensitive]
    for opening in step.opens:
        _collect_open(found, program, opening, values, programs, depth)


def later_week(week: str, weeks: int) -> str:
    """The ISO week `weeks` after `week`."""
    day = date.fromisocalendar(int(week[:4]), int(week[6:]), 1) + timedelta(weeks=weeks)
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def _collect_open(found: Wants, program: Program, opening: Open, values: Mapping[str, Any],
                  programs: Mapping[str, Program], depth: int) -> None:  # fmt: skip
    child = programs[opening.process]
    paths = [path for path in opening.sets.values() if isinstance(path, str)]
    found.personal += [path for path in paths if path in program.sensitive]
    if depth < 5:
        given = {name: values.get(path) if isinstance(path, str) else path[0] for name, path in opening.sets.items()}
        _collect(found, child, None, child.process.opening, given, programs, depth + 1)


__all__ = ["Facts", "File", "Fire", "Wants", "wants"]

"""Whether what stands beside the history is what it says: the columns of events, values and scans kept aside, numbers, holds.

Belongs here: what an event makes of every table but `cases`.   Start at: Beside
Must never enter: the chain and the fold of a case (replaying.py), registers' tables (registers/replaying.py), SQL.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import filterfalse, groupby
from operator import itemgetter
from typing import Any

import msgspec

from cuiban.engine.case import Case, Event
from cuiban.engine.decision import commitment
from cuiban.engine.program import SOURCE, Program
from cuiban.office.views import Difference
from cuiban.store import beside as b
from cuiban.store.database import Connection
from cuiban.store.types import micros

Names = dict[str, set[str]]
Said = dict[str, dict[Any, Any]]  # table -> key -> what stands under it
EVENT = ("seq", "process", "action", "from_state", "to_state", "at", "recorded_at", "actor", "stay_s")
COMMITTED = b'{"#":'
# What few events have, of all that stands in tables beside them.
SELDOM = re.compile(rb'"(?:documents|command|numbers|voided|links|chased|cc)":|"action":"(?:cancel|number_void)"')
COMMITMENT = {"#"}
NOT_PROVED = "another value"
NONE: tuple[str, Iterator[Any]] = ("", iter(()))


@dataclass(slots=True)
class Told:
    """One reference: its events, the rows they were read from (beside.EVENTS), and of a case what they add up to."""

    ref: str
    events: list[tuple[Event, str]]
    rows: list[Any]
    process: str | None = None
    case: Case | None = None
    program: Program | None = None


class _Along:
    """The rows of a table, taken by reference in the order of the history; those of which no event speaks are passed over."""

    def __init__(self, rows: Iterator[Any], stray: set[str]) -> None:
        known = filterfalse(lambda row: row[0] in stray, rows) if stray else rows
        self._groups = groupby(known, itemgetter(0))
        self.ref: str
        self._rows: Iterator[Any]
        self.ref, self._rows = next(self._groups, NONE)

    def of(self, ref: str) -> list[Any]:
        """The rows of a reference, each beginning with it."""
        if ref != self.ref:
            return []
        found = list(self._rows)
        self.ref, self._rows = next(self._groups, NONE)
        return found


@dataclass(slots=True)
class Beside:
    """Goes along the history and compares what stands beside it.

    Attributes:
        one: the only reference that is looked at; None: all.
        names: every name that a person ever had, by id.
        erased: (reference, which value): what was kept aside and is gone, which is no difference.
        drawn: (book, number): what the events so far drew.
    """

    connection: Connection
    dealership: int
    one: str | None
    names: Names
    stray: dict[str, dict[str, int]] = field(default_factory=dict)
    erased: list[tuple[str, str]] = field(default_factory=list)
    drawn: list[tuple[str, int]] = field(default_factory=list)
    cases: _Along = field(init=False)
    _tables: list[tuple[str, _Along]] = field(init=False)
    _forged: str = ""  # the last reference of which a personal value is not the one that was committed to

    def __post_init__(self) -> None:
        c, d = self.connection, self.dealership
        ref: str | None = self.one
        if ref is None:
            for table, stray, count in c.all(b.STRAY, dealership=d):
                self.stray.setdefault(table, {})[stray] = count
        made = b.OF_ALL if ref is None else b.OF_ONE
        along = {name: _Along(b.rows(c, made[name], d, ref), {*self.stray.get(name, ())}) for name in made}
        self.cases = _Along(b.rows(c, b.CASES[ref is not None], d, ref), {*self.stray.get("cases", ())})
        self._tables = list(along.items())

    def differences(self, told: Told) -> list[Difference]:
        """Where what stands beside a reference is not what its events say."""
        found = _columns(told)
        said = _said(told, self.drawn)
        plain: dict[str, bytes] = {}
        ref = told.ref
        for name, along in self._tables:
            if along.ref == ref:
                rows = along.of(ref)
                if name != "personal" or not _proved(rows, said.get(name, {}), plain):
                    found += self._compared(told, name, said.get(name, {}), rows, plain)
            elif name in said:
                found += self._compared(told, name, said[name], [], plain)
        return found

    def passed_over(self, ref: str) -> list[Difference]:
        """Go on behind a reference whose history does not hold: nothing is to be compared with."""
        for _, along in self._tables:
            along.of(ref)
        return []

    def _compared(self, told: Told, name: str, said: dict[Any, Any], rows: list[Any], plain: dict[str, bytes]
                  ) -> Iterator[Difference]:  # fmt: skip
        if name == "subjects":
            yield from self._subject(told, rows, plain)
            return
        there: dict[Any, Any] = dict(map(READ.get(name, _split(name)), rows))
        if name == "personal":
            plain.update((there[row[1], row[2]], row[4]) for row in rows)
        if there == said:
            return
        for key in sorted({*there, *said}, key=str):
            stored, replayed = there.get(key), said.get(key)
            if stored == replayed or (name == "files" and _fits(stored, replayed)):
                continue
            what = f"{name} {' '.join(map(str, key))}"
            if stored is None and name in READ:
                self.erased.append((told.ref, what))
            elif name in READ:
                self._forged = told.ref
                yield Difference(key=what, stored=NOT_PROVED, replayed=replayed if name == "personal" else replayed and replayed[0])
            else:
                yield Difference(key=what, stored=_shown(stored), replayed=_shown(replayed))

    def _subject(self, told: Told, rows: list[Any], plain: dict[str, Any]) -> Iterator[Difference]:
        """What lists call a case: of a log's the log decides, which no event tells."""
        case, program = told.case, told.program
        if case is None or program is None:
            if rows:
                yield Difference(key="subjects", stored=NOT_PROVED, replayed=None)
            return
        if self._forged == told.ref:
            return  # told already
        wanted, whole = _parts(program, case, plain, self.names)
        if not rows:
            if whole:
                yield Difference(key="subjects", stored=None, replayed=len(wanted))
            else:
                self.erased.append((told.ref, "subjects"))
            return
        try:
            parts = msgspec.json.decode(rows[0][1], type=list[Any])
        except (msgspec.DecodeError, TypeError):
            parts = None
        if case.data.imported and parts is not None:
            return
        if parts is None or len(parts) != len(wanted) or not all(map(list.__contains__, wanted, parts)):
            yield Difference(key="subjects", stored=NOT_PROVED, replayed=len(wanted))


# the columns of an event -----------------------------------------------------------------------------------------------


def _columns(told: Told) -> list[Difference]:
    """Where a column of an event is not what its text says: lists read the columns."""
    found: list[Difference] = []
    process, ref, state, since = told.process, told.ref, None, 0
    for (event, _), row in zip(told.events, told.rows, strict=True):
        at, entered, to, stay = micros(event.at), event.recorded_at, event.to, None
        if to is not None and to != state:
            if state is not None and event.source != "log":
                stay = max(0, (at - since) // 1_000_000)
            state, since = to, at
        elif event.restore is not None:
            state, since = event.restore.case.state, micros(event.restore.case.state_since)
        entered_us = at if entered == event.at else micros(entered)
        said = (event.seq, process, event.action, event.from_, to, at, entered_us, event.by, stay)
        if said != row[3:] or event.ref != ref:
            found += _differing(ref, event, row, said)
    return found


def _differing(ref: str, event: Event, row: Any, said: tuple[Any, ...]) -> Iterator[Difference]:
    for name, stored, replayed in zip(EVENT, row[3:], said, strict=True):
        if stored != replayed:
            yield Difference(key=f"event {event.seq} {name}", stored=_shown(stored), replayed=replayed)
    if event.ref != ref:
        yield Difference(key=f"event {event.seq} ref", stored=ref, replayed=event.ref)


# what events say of the tables beside them -----------------------------------------------------------------------------


def _said(told: Told, drawn: list[tuple[str, int]]) -> Said:
    """What ought to stand beside the events of one reference."""
    said: Said = defaultdict(dict)
    links: dict[str, list[str]] = {}
    things = told.program.things if told.program is not None else ()
    has_more = SELDOM.search
    for (event, _), row in zip(told.events, told.rows, strict=True):
        seq = event.seq
        if COMMITTED in row[1]:
            _commit(said["personal"], event)
        if things and event.fields:
            for name in things:
                if event.fields.get(name) is not None:
                    said["mentions"][(str(event.fields[name]),)] = ()
        if not has_more(row[1]):
            continue
        if event.documents:
            for kind, document in event.documents.items():
                if document.file is not None:
                    said["files"][seq, kind] = (document.file, document.name)
        if event.command is not None:
            said["keys"][event.command, seq] = ()
        if event.numbers or event.voided or event.action == "number_void":
            _numbers(said["numbers"], event, drawn)
        if event.links:
            for relation, refs in event.links.items():
                links.setdefault(relation, []).extend(refs)
        if event.chased or event.cc or event.action == "cancel":
            _notices(said["outbox"], event, told.program, links)
    case = told.case
    if case is not None:
        data = case.data
        said["subjects"] = {}
        if data.holds:
            said["holds"] = dict.fromkeys(data.holds.items(), ())
        if data.also:
            said["also_held"] = dict.fromkeys(((holder,) for holder in data.also), ())
    return said


def _commit(said: dict[Any, Any], event: Event) -> None:
    """The personal values of an event: by seq and slot their commitments."""
    seq = event.seq
    for name, value in event.fields.items():
        if type(value) is dict and value.keys() == COMMITMENT:
            said[seq, name] = value["#"]
    for name, value in event.origin.items() if event.origin else ():
        if type(value) is dict:
            said[seq, f"origin.{name}"] = value["#"]
    if type(event.reason) is dict:
        said[seq, "reason"] = event.reason["#"]
    if type(event.note) is dict:
        said[seq, "note"] = event.note["#"]


def _numbers(said: dict[Any, Any], event: Event, drawn: list[tuple[str, int]]) -> None:
    entered = micros(event.recorded_at)
    for book, number in event.voided.items():
        said[book, number] = ("void", event.seq, entered, event.by)
    for book, number in event.numbers.items():
        said[book, number] = ("used", event.seq, entered, event.by)
        drawn.append((book, int(number)))
    if event.action == "number_void" and event.ref == b.NUMBERS:
        said[event.fields["book"], event.fields["number"]] = ("void", event.seq, entered, event.by)
        drawn.append((event.fields["book"], int(event.fields["number"])))


def _notices(said: dict[Any, Any], event: Event, program: Program | None, links: dict[str, list[str]]) -> None:
    kind, told = ("chase", event.chased) if event.chased else ("cc", event.cc)
    if not told and event.to is not None and program is not None and program.states[event.to].final:
        kind, told = "source_cancelled", [f"case:{ref}" for name, refs in links.items() if name != SOURCE for ref in refs]
    for recipient in told:
        said[event.seq, recipient] = (kind, micros(event.recorded_at), event.by)


def _parts(program: Program, case: Case, plain: dict[str, Any], names: Names) -> tuple[list[list[Any]], bool]:
    """For each part of what lists call a case all that it may say, and whether nothing of it was erased."""
    wanted: list[list[Any]] = []
    whole = True
    for name in program.process.subject:
        value = case.data.fields.get(name)
        if isinstance(value, dict):
            kept = plain.get(value["#"])
            whole = whole and kept is not None
            value = None if kept is None else msgspec.json.decode(kept)
        if value is None:
            continue
        spec = program.fields[name]
        if spec.type == "label":
            wanted.append([value])
        elif spec.type == "person":
            wanted.append([value, *names.get(value, ())])
        else:
            label = next((c.label for c in spec.choices if c.name == value), None)
            wanted.append([str(value)] if label is None else [[label.zh, label.en]])
    return wanted, whole


# what stands in a table ------------------------------------------------------------------------------------------------


def _proved(rows: list[Any], said: dict[Any, Any], plain: dict[str, bytes]) -> bool:
    """Whether each value is the one that was committed to; then it is also told by its commitment."""
    if len(rows) != len(said):
        return False
    for _, seq, slot, salt, value in rows:
        digest = said.get((seq, slot))
        if type(salt) is not bytes or sha256(salt + value).hexdigest() != digest:
            return False
        plain[digest] = value
    return True


def _value(row: Any) -> tuple[Any, Any]:
    _, seq, slot, salt, value = row
    return (seq, slot), sha256(_bytes(salt) + value).hexdigest()


def _file(row: Any) -> tuple[Any, Any]:
    """A scan: what proves its bytes and its name, and whether hash and size beside it are theirs."""
    _, seq, kind, name, salt, digest, size, content = row
    held, salted = _bytes(content), _bytes(salt)
    real = sha256(held)
    right = real.hexdigest() == digest and len(held) == size
    return (seq, kind), (sha256(salted + real.digest()).hexdigest(), commitment(salted, name), right)


def _fits(stored: Any, said: Any) -> bool:
    """Whether a scan is the one that the event speaks of; of old ones the event does not hold the name."""
    return bool(stored and said and stored[0] == said[0] and said[1] in (None, stored[1]) and stored[2])


def _bytes(value: Any) -> bytes:
    return value if type(value) is bytes else str(value).encode()  # what else a hand may have put there


READ: dict[str, Callable[[Any], tuple[Any, Any]]] = {"personal": _value, "files": _file}
KEYS = {"numbers": 2, "holds": 2, "also_held": 1, "keys": 2, "outbox": 2, "mentions": 1}  # columns that tell rows apart


def _split(name: str) -> Callable[[Any], tuple[Any, Any]]:
    """How a row of a table is told apart, and what it says beside that."""
    last = 1 + KEYS.get(name, 0)
    return lambda row: (row[1:last], row[last:])


def _shown(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int) else [*map(str, value)] or "there"


def names_of(events: Iterable[Event]) -> Names:
    """Every name that a person ever had, from the history of @people."""
    found: Names = defaultdict(set)
    for event in events:
        if isinstance(event.fields.get("name"), str):
            found[event.fields["id"]].add(event.fields["name"])
    return found

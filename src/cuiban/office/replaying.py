"""Replay: what is stored must be what the events say, byte for byte, and each event hashed onto the one before.

Belongs here: the chain, the fold of a case, a row, a stream, and the passage through all of them.   Start at: replay_all
Must never enter: the tables beside them (beside.py), what is missing as a whole (census.py), SQL.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import msgspec

from cuiban.engine import reference
from cuiban.engine.case import Case, Event, event_hash, is_row, read_event
from cuiban.engine.evolve import Impossible, fold
from cuiban.engine.labels import L
from cuiban.errors import NotFound, VerificationFailed
from cuiban.office.beside import Beside, Told, names_of
from cuiban.office.census import Census
from cuiban.office.collecting import no_collecting
from cuiban.office.views import Difference, Replayed
from cuiban.store import beside as b, sql
from cuiban.store.rows import STORED, stored

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.store.database import Connection

Progress = Callable[[int], None]
Events = list[tuple[Event, str]]


@dataclass(slots=True)
class Verdict:
    """The outcome of replaying everything; `unequal`: what differs, by reference, with how.

    Attributes:
        erased: (reference, which value): what was kept aside and is gone; the history has its commitment and knows no more.
        rows: of each register, how many have a history.
    """

    cases: int = 0
    events: int = 0
    unequal: list[Replayed] = field(default_factory=list)
    erased: list[tuple[str, str]] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)


def replay(office: "Office", ref: str) -> Replayed:
    """Replay one case, row of a register or stream; differences between what is stored and what its history says.

    Raises:
        NotFound: neither a history nor anything stored has this reference.
    """
    with office.store.database.moment() as connection:
        going = _Going(office, connection, ref)
        rows = list(b.rows(connection, b.EVENTS[True], office.store.dealership, ref))
        if not rows:
            return _without_events(going, ref)
        differences, case = going.judge(ref, rows)
    return Replayed(
        ref=ref, as_of=None, state=case.state if case else "", fields=dict(case.data.fields) if case else {}, events=len(rows),
        definition=case.definition if case else "", equal=not differences, differences=differences,
    )  # fmt: skip


def replay_all(office: "Office", progress: Progress | None = None) -> Verdict:
    """Replay every case, every row of a register and every stream of reference data, and see whether any is missing."""
    with office.store.database.moment() as connection, no_collecting():
        going, d = _Going(office, connection, None), office.store.dealership
        verdict, census = going.verdict, Census()
        for ref, rows in groupby(b.rows(connection, b.EVENTS[False], d, None), itemgetter(0)):
            listed = list(rows)
            differences, _ = going.judge(ref, listed, census)
            if differences:
                verdict.unequal.append(_bare(ref, differences, len(listed)))
            if progress is not None and verdict.cases % 500 == 0:
                progress(verdict.events)
        verdict.erased = going.beside.erased
        _add(verdict, _stray(going.beside))
        _add(verdict, _rows_without_history(office, connection, verdict.rows))
        _add(verdict, census.missing(connection, d, going.beside.drawn))
    return verdict


def _add(verdict: Verdict, found: Iterable[tuple[str, Difference]]) -> None:
    """Note what was found beside the passage through the events, once."""
    told = {one.ref: one for one in verdict.unequal}
    for ref, difference in found:
        if ref not in told:
            told[ref] = _bare(ref, [], 0)
            verdict.unequal.append(told[ref])
        told[ref].differences.append(difference)
        told[ref].equal = False


def _stray(beside: Beside) -> Iterable[tuple[str, Difference]]:
    for table, refs in beside.stray.items():
        for ref, count in refs.items():
            yield ref, Difference(key="events" if table == "cases" else table, stored=count, replayed=0)


def _without_events(going: "_Going", ref: str) -> Replayed:
    """What is stored under a reference that has no event."""
    if not going.beside.cases.of(ref):
        raise NotFound("not_found", L(f"没有 {ref} 这件事", f"there is no case {ref}"))
    return _bare(ref, [Difference(key="events", stored=1, replayed=0)], 0)


class _Going:
    """One passage through the history, and through everything beside it.

    Args:
        one: the only reference that is looked at; None: all.
    """

    def __init__(self, office: "Office", connection: "Connection", one: str | None) -> None:
        self.office, self.connection, self.verdict = office, connection, Verdict()
        d = office.store.dealership
        people = _chain(connection.all(sql.EVENTS, dealership=d, ref="@people"))[1]
        self.beside = Beside(connection, d, one, names_of(event for event, _ in people))

    def judge(self, ref: str, rows: list[Any], census: Census | None = None) -> tuple[list[Difference], Case | None]:
        """What of one reference (rows of beside.EVENTS) is not as its events say; of a case what they add up to."""
        self.verdict.events += len(rows)
        if ref.startswith("@"):
            differences, told = self._stream(ref, rows)
        elif is_row(ref):
            differences, told = self._row(ref, rows)
        else:
            differences, told = self._case(ref, rows)
        differences += self.beside.differences(told) if told is not None else self.beside.passed_over(ref)
        if census is not None:
            census.count(ref, told.events if told is not None else (), told.case if told is not None else None)
        return differences, told.case if told is not None else None

    def _case(self, ref: str, rows: list[Any]) -> tuple[list[Difference], Told | None]:
        self.verdict.cases += 1
        row = next(iter(self.beside.cases.of(ref)), None)
        replayed, events = _quick(self.office, rows)
        if replayed is None:
            found = _judged(self.office, rows)
            return found + ([] if row is not None else [Difference(key="case", stored=None, replayed=len(rows))]), None
        program = self.office.store.program(replayed.definition)
        told = Told(ref, events, rows, program.name, replayed, program)
        if row is None:
            return [Difference(key="case", stored=None, replayed=replayed.state)], told
        wanted = stored(replayed)
        return ([] if wanted == row else list(_columns(row, wanted))), told

    def _stream(self, ref: str, rows: list[Any]) -> tuple[list[Difference], Told | None]:
        """Replay a stream of reference data."""
        differences, events = _chain(_texts(rows))
        if differences:
            return differences, None
        found = {name: rest for name, *rest in self.connection.all(sql.REFERENCE, dealership=self.office.store.dealership)}
        version, head, data = found.get(ref, (0, "", ""))
        try:
            folded = reference.text_of(reference.fold(ref, [event for event, _ in events]))
        except (KeyError, TypeError, ValueError) as error:
            return [Difference(key="data", stored=data, replayed=f"{type(error).__name__}: {error}")], None
        if folded != data:
            differences.append(Difference(key="data", stored=data, replayed=folded))
        if (version, head) != (len(rows), events[-1][1]):
            differences.append(Difference(key="head", stored=head, replayed=events[-1][1]))
        return differences, Told(ref, events, rows)

    def _row(self, ref: str, rows: list[Any]) -> tuple[list[Difference], Told | None]:
        """Replay a row of a register."""
        from cuiban.registers import declared
        from cuiban.registers.replaying import differences_of, name_of

        texts = _texts(rows)
        differences, events = _chain(texts)
        name = name_of(texts)
        if name is None or declared(name) is None:
            return [*differences, Difference(key="register", stored=name, replayed=None)], None
        self.verdict.rows[name] = self.verdict.rows.get(name, 0) + 1
        if differences:
            return differences, None
        found = differences_of(self.office.shelf(name), self.connection, events)
        differences = [Difference(key=key, stored=stored, replayed=replayed) for key, stored, replayed in found]
        return differences, Told(ref, events, rows, events[0][0].process)


def _texts(rows: list[Any]) -> list[tuple[str, str]]:
    """Text and hash of each event."""
    return [(bytes(row[1]).decode(errors="replace"), row[2]) for row in rows]


def _columns(row: tuple[Any, ...], wanted: tuple[Any, ...]) -> Iterable[Difference]:
    """Where the row of a case differs from the fold of its events, column by column, what it holds key by key."""
    for name, one, other in zip(STORED, row, wanted, strict=True):
        if one == other:
            continue
        inner: list[Difference] = []
        if name == "data":
            try:
                inner = _data_differences(json.loads(one), json.loads(other))
            except (ValueError, TypeError, AttributeError):
                inner = []
        yield from inner or [Difference(key=name, stored=_shown(one), replayed=_shown(other))]


def _shown(value: Any) -> Any:
    return value.decode(errors="replace") if isinstance(value, bytes) else value


def _quick(office: "Office", rows: list[Any]) -> tuple[Case | None, Events]:
    """The fold of the events if their chain holds, else None."""
    events: Events = []
    prev = ""
    try:
        for row in rows:
            raw, digest = row[1], row[2]
            event = read_event(raw)
            if event.prev != prev or sha256(raw).hexdigest() != digest:
                return None, []
            events.append((event, digest))
            prev = digest
        return fold(office.store.program(events[0][0].definition or ""), events), events
    except (msgspec.DecodeError, Impossible, NotFound, VerificationFailed):
        return None, []


def _judged(office: "Office", rows: list[Any]) -> list[Difference]:
    """Where the history of a case does not hold."""
    differences, events = _chain(_texts(rows))
    if events and not differences:
        try:
            fold(office.store.program(events[0][0].definition or ""), events)
        except (Impossible, NotFound, VerificationFailed) as error:
            differences.append(Difference(key="step", stored=None, replayed=str(error)))
    return differences


def _chain(rows: list[Any]) -> tuple[list[Difference], Events]:
    """The events of rows of text and hash, and where their chain does not hold."""
    found: list[Difference] = []
    events: Events = []
    prev = ""
    for number, (text, digest) in enumerate(rows, 1):
        key = f"event {number}"
        try:
            event = read_event(text)
        except (msgspec.DecodeError, msgspec.ValidationError):
            found.append(Difference(key=key, stored="unreadable", replayed=None))
            continue
        real = event_hash(text.encode() if isinstance(text, str) else text)
        if real != digest:
            found.append(Difference(key=f"{key} hash", stored=_shown(digest), replayed=real))
        if event.prev != prev:
            found.append(Difference(key=f"{key} prev", stored=event.prev, replayed=prev))
        if event.seq != number:
            found.append(Difference(key=f"{key} seq", stored=event.seq, replayed=number))
        events.append((event, digest))
        prev = digest
    return found, events


def _data_differences(one: dict[str, Any], other: dict[str, Any]) -> list[Difference]:
    keys = sorted({*one, *other})
    return [Difference(key=k, stored=one.get(k), replayed=other.get(k)) for k in keys if one.get(k) != other.get(k)]


def _rows_without_history(office: "Office", connection: "Connection", known: dict[str, int]) -> Iterable[tuple[str, Difference]]:
    """The rows of registers of which no event speaks."""
    from cuiban.registers import MODULES
    from cuiban.registers.replaying import ids_without_history

    for name in MODULES:
        for ref, version in ids_without_history(office.shelf(name), connection, known.get(name, 0)):
            yield ref, Difference(key="events", stored=version, replayed=0)


def _bare(ref: str, differences: list[Difference], events: int) -> Replayed:
    return Replayed(ref=ref, as_of=None, state="", fields={}, events=events, definition="", equal=not differences,
                    differences=differences)  # fmt: skip

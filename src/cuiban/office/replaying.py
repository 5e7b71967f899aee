"""Replay: the stored case must be the fold of its events, byte for byte, each hashed onto the one before."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import msgspec

from cuiban.engine import reference
from cuiban.engine.case import Case, Event, case_text, data_text, event_hash, read_event
from cuiban.engine.evolve import Impossible, fold
from cuiban.errors import NotFound, VerificationFailed
from cuiban.office.collecting import no_collecting
from cuiban.office.views import Difference, Replayed
from cuiban.store import questions as q
from cuiban.store import sql
from cuiban.store.rows import STORED, stored

if TYPE_CHECKING:
    from cuiban.office import Office

Progress = Callable[[int], None]


@dataclass(slots=True)
class Verdict:
    """The outcome of replaying everything; `unequal`: the cases that differ, with how."""

    cases: int = 0
    events: int = 0
    unequal: list[Replayed] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)  # of each register, how many have a history


def replay(office: "Office", ref: str) -> Replayed:
    """Replay one case; differences between what is stored and what its history says."""
    connection = office.store.database.connection()
    rows = connection.all(sql.EVENTS, dealership=office.store.dealership, ref=ref)
    if rows and _is_row(ref):
        return _row(office, Verdict(), ref, rows)
    loaded = office.store.load(ref)
    return _judged(office, ref, loaded.case, rows)


def replay_all(office: "Office", progress: Progress | None = None) -> Verdict:
    """Replay every case, every row of a register and every stream of reference data."""
    verdict = Verdict()
    connection = office.store.database.connection()
    params = {"dealership": office.store.dealership}
    stored_rows = _stored(office)
    row = next(stored_rows, None)
    with no_collecting():
        for ref, events in groupby(q.stream(connection, q.EVENTS_OF_ALL, params), itemgetter(0)):
            row = _close(office, verdict, ref, list(events), row, stored_rows)
            if progress is not None and verdict.cases % 500 == 0:
                progress(verdict.events)
    while row is not None:
        verdict.unequal.append(_without_history(row))
        row = next(stored_rows, None)
    _rows_without_history(office, verdict)
    return verdict


def _stored(office: "Office") -> Iterator[Any]:
    """The row of every case in order, on a connection of its own."""
    from cuiban.store.database import Connection

    database = office.store.database
    fairy = database.engine.raw_connection()
    try:
        connection = Connection(fairy, database.dialect, database.shown)
        yield from q.stream(connection, q.CASES_OF_ALL, {"dealership": office.store.dealership})
    finally:
        fairy.close()


def _close(office: "Office", verdict: Verdict, ref: str, rows: list[Any], row: Any, following: Iterator[Any]) -> Any:
    """Judge the events of one ref, as (ref, text, hash), against the row of its case; the next row."""
    verdict.events += len(rows)
    if ref.startswith("@") or _is_row(ref):
        told = _texts(rows)
        found = _stream(office, ref, told) if ref.startswith("@") else _row(office, verdict, ref, told)
        if found.differences:
            verdict.unequal.append(found)
        return row
    verdict.cases += 1
    while row is not None and row[0] < ref:
        verdict.unequal.append(_without_history(row))
        row = next(following, None)
    if row is None or row[0] != ref:
        verdict.unequal.append(_judged(office, ref, None, _texts(rows)))
        return row
    replayed = _quick(office, rows)
    if replayed is None or stored(replayed) != row:
        verdict.unequal.append(_told(office, ref, row, _texts(rows), replayed))
    return next(following, None)


def _texts(rows: list[Any]) -> list[tuple[str, str]]:
    """Text and hash of each event."""
    return [(bytes(raw).decode(errors="replace"), digest) for _, raw, digest in rows]


def _without_history(row: Any) -> Replayed:
    """A case whose events are gone."""
    return _bare(row[0], [Difference(key="events", stored=row[STORED.index("version")], replayed=0)], 0)


def _told(office: "Office", ref: str, row: Any, rows: list[Any], replayed: Case | None) -> Replayed:
    """How a case differs; where its history holds, column by column."""
    found = _judged(office, ref, None, rows)
    found.differences = [one for one in found.differences if one.key != "case"]
    if replayed is not None:
        pairs = zip(STORED, row, stored(replayed), strict=True)
        for name, one, other in pairs:
            inner = _data_differences(json.loads(one), json.loads(other)) if name == "data" and one != other else []
            found.differences += inner or ([Difference(key=name, stored=one, replayed=other)] if one != other else [])
    found.equal = False
    return found


def _quick(office: "Office", rows: list[Any]) -> Case | None:
    """The fold of the events if their chain holds, else None."""
    events = []
    prev = ""
    try:
        for _, raw, digest in rows:
            event = read_event(raw)
            if event.prev != prev or sha256(raw).hexdigest() != digest:
                return None
            events.append((event, digest))
            prev = digest
        return fold(office.store.program(events[0][0].definition or ""), events)
    except (msgspec.DecodeError, Impossible, NotFound, VerificationFailed):
        return None


def _judged(office: "Office", ref: str, case: Case | None, rows: list[Any]) -> Replayed:
    """What differs, key by key."""
    differences, events = _chain(rows)
    replayed: Case | None = None
    if events and not differences:
        try:
            replayed = fold(office.store.program(events[0][0].definition or ""), events)
        except (Impossible, NotFound, VerificationFailed) as error:
            differences.append(Difference(key="step", stored=None, replayed=str(error)))
    if replayed is not None and case is None:
        differences.append(Difference(key="case", stored=None, replayed=replayed.state))
    elif replayed is not None and case is not None:
        differences += compare(case, replayed)
        if not differences and case_text(case) != case_text(replayed):
            differences.append(Difference(key="text", stored=case_text(case).decode(), replayed=case_text(replayed).decode()))
    shown = replayed or case
    return Replayed(
        ref=ref, as_of=None, state=shown.state if shown else "", fields=dict(shown.data.fields) if shown else {},
        events=len(rows), definition=shown.definition if shown else "", equal=not differences, differences=differences,
    )  # fmt: skip


def _chain(rows: list[Any]) -> tuple[list[Difference], list[tuple[Event, str]]]:
    """The events, and where their chain does not hold."""
    found: list[Difference] = []
    events: list[tuple[Event, str]] = []
    prev = ""
    for number, (text, digest) in enumerate(rows, 1):
        key = f"event {number}"
        try:
            event = read_event(text)
        except (msgspec.DecodeError, msgspec.ValidationError):
            found.append(Difference(key=key, stored="unreadable", replayed=None))
            continue
        real = event_hash(text.encode())
        if real != digest:
            found.append(Difference(key=f"{key} hash", stored=digest, replayed=real))
        if event.prev != prev:
            found.append(Difference(key=f"{key} prev", stored=event.prev, replayed=prev))
        if event.seq != number:
            found.append(Difference(key=f"{key} seq", stored=event.seq, replayed=number))
        events.append((event, digest))
        prev = digest
    return found, events


def compare(stored: Case, replayed: Case) -> list[Difference]:
    """Where two cases differ."""
    found = []
    for name in stored.__struct_fields__:
        one, other = getattr(stored, name), getattr(replayed, name)
        if name == "data":
            if data_text(one) != data_text(other):
                found += _data_differences(msgspec.to_builtins(one), msgspec.to_builtins(other))
        elif one != other:
            found.append(Difference(key=name, stored=msgspec.to_builtins(one), replayed=msgspec.to_builtins(other)))
    return found


def _data_differences(one: dict[str, Any], other: dict[str, Any]) -> list[Difference]:
    keys = sorted({*one, *other})
    return [Difference(key=k, stored=one.get(k), replayed=other.get(k)) for k in keys if one.get(k) != other.get(k)]


def _stream(office: "Office", ref: str, rows: list[Any]) -> Replayed:
    """Replay a stream of reference data."""
    differences, events = _chain(rows)
    connection = office.store.database.connection()
    found = {name: (version, head, data) for name, version, head, data in connection.all(
        sql.REFERENCE, dealership=office.store.dealership)}  # fmt: skip
    version, head, data = found.get(ref, (0, "", ""))
    if not differences:
        folded = reference.text_of(reference.fold(ref, [event for event, _ in events]))
        if folded != data:
            differences.append(Difference(key="data", stored=data, replayed=folded))
        if (version, head) != (len(rows), events[-1][1] if events else ""):
            differences.append(Difference(key="head", stored=head, replayed=events[-1][1] if events else ""))
    return _bare(ref, differences, len(rows))


def _is_row(ref: str) -> bool:
    """Whether it is that of a row of a register; said here once more, for lists load this room and no register."""
    return ref.count("-") == 1 and not ref.startswith("@")


def _row(office: "Office", verdict: Verdict, ref: str, rows: list[Any]) -> Replayed:
    """Replay a row of a register."""
    from cuiban.registers import declared
    from cuiban.registers.replaying import differences_of, name_of

    differences, events = _chain(rows)
    name = name_of(rows)
    if name is None or declared(name) is None:
        differences.append(Difference(key="register", stored=name, replayed=None))
    else:
        verdict.rows[name] = verdict.rows.get(name, 0) + 1
        if not differences:
            found = differences_of(office.shelf(name), office.database.connection(), events)
            differences += [Difference(key=key, stored=stored, replayed=replayed) for key, stored, replayed in found]
    return _bare(ref, differences, len(rows))


def _rows_without_history(office: "Office", verdict: Verdict) -> None:
    """Note the rows of registers of which no event speaks."""
    from cuiban.registers import MODULES
    from cuiban.registers.replaying import ids_without_history

    connection = office.database.connection()
    for name in MODULES:
        for ref, version in ids_without_history(office.shelf(name), connection, verdict.rows.get(name, 0)):
            verdict.unequal.append(_bare(ref, [Difference(key="events", stored=version, replayed=0)], 0))


def _bare(ref: str, differences: list[Difference], events: int) -> Replayed:
    return Replayed(ref=ref, as_of=None, state="", fields={}, events=events, definition="", equal=not differences,
                    differences=differences)  # fmt: skip

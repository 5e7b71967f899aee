"""Whether a row is what its events say: each of its values, of personal ones the commitment that the history holds."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from cuiban.engine.case import Event, read_event
from cuiban.engine.decision import commitment
from cuiban.engine.register import Record, Unfit, applied, register_of
from cuiban.store import sql
from cuiban.store.database import Connection
from cuiban.store.registers import Shelf

Found = Iterator[tuple[str, Any, Any]]  # key, stored, replayed


def name_of(rows: Sequence[Any]) -> str | None:
    """The register whose row these events (text, hash) tell of; None where the first cannot be read."""
    try:
        return register_of(read_event(rows[0][0]))
    except (msgspec.DecodeError, msgspec.ValidationError):
        return None


def differences_of(shelf: Shelf, connection: Connection, events: Sequence[tuple[Event, str]]) -> Found:
    """Where a row differs from the fold of its events; a personal value that was erased on both sides does not."""
    record: Record | None = None
    try:
        for event, digest in events:
            record = applied(record, event, digest)
    except Unfit as error:
        yield "event", None, str(error)
        return
    assert record is not None
    row = shelf.by(connection, ["id"], [record.id])
    if row is None:
        yield "row", None, record.id
        return
    for key in ("version", "head", "ended", "recorded_at"):
        if getattr(row, key) != getattr(record, key):
            yield key, str(getattr(row, key)), str(getattr(record, key))
    yield from _values(shelf, connection, row, record)


def _values(shelf: Shelf, connection: Connection, row: Record, record: Record) -> Found:
    d = shelf.store.dealership
    aside = [value for value in record.values.values() if isinstance(value, dict)]
    salts = [bytes(salt) for salt, _ in connection.all(sql.KEPT_WITH_SALT, dealership=d, ref=row.id)] if aside else []
    for name in sorted({*row.values, *record.values}):
        stored, said = row.values.get(name), record.values.get(name)
        if isinstance(said, dict):
            proved = any(commitment(salt, stored) == said["#"] for salt in salts)
            erased = stored is None and not _kept(connection, d, row.id, name)
            if not proved and not erased:
                yield name, "another value" if stored is not None else None, said["#"]
        elif stored != said:
            yield name, stored, said


def _kept(connection: Connection, dealership: int, ref: str, slot: str) -> bool:
    return any(name == slot for _, name, _ in connection.all(sql.KEPT, dealership=dealership, ref=ref))


def ids_without_history(shelf: Shelf, connection: Connection, known: int) -> Iterator[tuple[str, int]]:
    """The rows of a register of which no event speaks, where there are more than the `known` ones."""
    if shelf.count(connection) == known:
        return
    for row in list(shelf.all(connection)):
        if not connection.all(sql.EVENTS, dealership=shelf.store.dealership, ref=row.id):
            yield row.id, row.version

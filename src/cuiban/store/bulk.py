"""Many cases in one transaction, a statement a table and not a row: new ones of imports, old ones of many steps at once."""

from collections.abc import Collection
from typing import Any

from cuiban.engine.case import canonical
from cuiban.engine.plan import Change
from cuiban.store import sql
from cuiban.store.database import Connection
from cuiban.store.mentions import mention
from cuiban.store.rows import appended, moves_little, placed, seldom, stepped
from cuiban.store.store import Store
from cuiban.store.troubles import Retry


def place(store: Store, connection: Connection, changes: list[Change]) -> None:
    """Write cases that begin, with all their events, in the transaction that is open; they move nothing beside them."""
    cases: list[tuple[Any, ...]] = []
    events: list[tuple[Any, ...]] = []
    aside: list[dict[str, Any]] = []
    names: list[dict[str, Any]] = []
    d = store.dealership
    for program in {change.program.hash: change.program for change in changes}.values():
        store.keep_definition(connection, program, changes[0].events[0].event.recorded_at)
    for change in changes:
        ref, process = change.after.ref, change.program.name
        cases.append(placed(d, change.after))
        events += [appended(d, process, sealed) for sealed in change.events]
        for seq, kept in change.kept:
            value = canonical(kept.value).decode()
            aside.append({"dealership": d, "ref": ref, "seq": seq, "slot": kept.slot, "salt": kept.salt, "value": value})
        if change.subject is not None:
            names.append({"dealership": d, "ref": ref, "parts": canonical(change.subject).decode()})
    connection.many(sql.PLACE, cases)
    connection.many(sql.APPEND, events)
    connection.many(sql.KEEP, aside)
    connection.many(sql.NAME, names)
    mention(connection, d, changes)


def advance(store: Store, connection: Connection, changes: Collection[Change], seen: int) -> None:
    """Write cases that went on, which `Store.load_many` kept from others, with all their events.

    Raises:
        Retry: the reference data (version `seen`) changed meanwhile; decide again.
    """
    usual: list[tuple[Any, ...]] = []
    other: list[tuple[Any, ...]] = []
    events: list[tuple[Any, ...]] = []
    d = store.dealership
    for change in changes:
        before, after = change.before, change.after
        assert before is not None
        row = (d, before.ref, before.version, before.head, seen, *stepped(after))
        if moves_little(before, after):
            usual.append(row)
        else:
            other.append((*row, *seldom(after)))
        events += [appended(d, change.program.name, sealed) for sealed in change.events]
    if connection.many(sql.STEP, usual) + connection.many(sql.ADVANCE, other) != len(changes):
        raise Retry
    connection.many(sql.APPEND, events)
    for change in changes:
        if change.beside:
            store.save_beside(connection, change)

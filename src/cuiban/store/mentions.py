"""Which cases speak of a car: each plate and VIN that a case was ever given, so that a card finds its cases without reading them.

An index of what events say, and of no personal value; written with them, never changed.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, bindparam, select
from sqlalchemy.sql import ClauseElement

from cuiban.engine.plan import Change
from cuiban.store import schema as t
from cuiban.store.database import Connection
from cuiban.store.questions import LISTED
from cuiban.store.statements import statement

p = bindparam


@statement
def MENTION() -> ClauseElement:  # noqa: N802 - a statement is a constant that builds itself
    """A case speaks of a car."""
    from sqlalchemy.dialects import postgresql  # SQLite spells it so too

    return postgresql.insert(t.mentions).values({c.name: p(c.name) for c in t.mentions.c}).on_conflict_do_nothing()


@statement
def MENTIONED() -> ClauseElement:  # noqa: N802
    """The cases that speak of a car, by its VIN or plate."""
    m, c, s = t.mentions.c, t.cases.c, t.subjects.c
    named = t.mentions.join(t.cases, and_(c.dealership == m.dealership, c.ref == m.ref))
    named = named.outerjoin(t.subjects, and_(s.dealership == m.dealership, s.ref == m.ref))
    return select(*LISTED).select_from(named).where(m.dealership == p("dealership"), m.thing == p("thing"))


def mention(connection: Connection, dealership: int, changes: Iterable[Change]) -> None:
    """Write down of which cars the events of cases speak, in the transaction that is open."""
    rows: list[dict[str, Any]] = [
        {"dealership": dealership, "thing": str(value), "ref": change.after.ref}
        for change in changes
        for sealed in change.events
        for name in change.program.things
        if (value := sealed.event.fields.get(name)) is not None
    ]
    connection.many(MENTION, rows)

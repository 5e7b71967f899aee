"""The partial indexes, apart: naming PostgreSQL's options loads its whole dialect, which a list on SQLite does not need.

Imported by whoever compares the schema with what the migrations make.
"""

from sqlalchemy import Index, text

from cuiban.store import schema as t

metadata = t.metadata
OPEN, OPEN_ON_SQLITE = text("open"), text("open = 1")  # word for word as queries ask, else SQLite does not use it

PARTIAL = [
    Index("cases_held", t.cases.c.dealership, t.cases.c.holder, t.cases.c.due,
          postgresql_where=text("holder IS NOT NULL"), sqlite_where=text("holder IS NOT NULL")),
    # No column of it moves with a usual step, so that a step leaves it alone: nobody needs these in order.
    Index("cases_chased", t.cases.c.dealership, t.cases.c.chaser, postgresql_where=OPEN, sqlite_where=OPEN_ON_SQLITE),
    Index("cases_state", t.cases.c.dealership, t.cases.c.process, t.cases.c.state, t.cases.c.state_since,
          postgresql_where=OPEN, sqlite_where=OPEN_ON_SQLITE),
    Index("cases_timer", t.cases.c.dealership, t.cases.c.timer,
          postgresql_where=text("timer IS NOT NULL"), sqlite_where=text("timer IS NOT NULL")),
    Index("cases_key", t.cases.c.dealership, t.cases.c.process, t.cases.c.key, unique=True,
          postgresql_where=text("key IS NOT NULL"), sqlite_where=text("key IS NOT NULL")),
    Index("cases_duty", t.cases.c.dealership, t.cases.c.duty, t.cases.c.nominal, unique=True,
          postgresql_where=text("duty IS NOT NULL"), sqlite_where=text("duty IS NOT NULL")),
    Index("events_stay", t.events.c.dealership, t.events.c.process, t.events.c.from_state, t.events.c.at, t.events.c.stay_s,
          postgresql_where=text("stay_s IS NOT NULL"), sqlite_where=text("stay_s IS NOT NULL")),
    Index("outbox_unsent", t.outbox.c.dealership, t.outbox.c.at,
          postgresql_where=text("sent_at IS NULL"), sqlite_where=text("sent_at IS NULL")),
]  # fmt: skip

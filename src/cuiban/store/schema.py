"""The tables. Every row carries its dealership, first in every key and index that matters.

Migrations build the same (a test compares). `cases` is a cache of `events`: replay proves it.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
)

from cuiban.store.types import Instant

metadata = MetaData()


def _dealership() -> Column[int]:
    return Column("dealership", Integer, nullable=False)


def _needed(name: str, type_: type | object = Text) -> Column[object]:
    return Column(name, type_, nullable=False)  # type: ignore[arg-type]


dealerships = Table(
    "dealerships",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    _needed("name"),
    _needed("zone"),
    _needed("lang"),
    _needed("reference_version", BigInteger),  # counts every change of reference data: what a roster was read at
    Column("caught_up_at", Instant),
    _needed("sandbox", Boolean),
    _needed("created_at", Instant),
    Column("demo", Text),
)

definitions = Table(
    "definitions",
    metadata,
    _dealership(),
    _needed("hash"),
    _needed("process"),
    _needed("since", Instant),
    _needed("text"),
    PrimaryKeyConstraint("dealership", "hash"),
)

# Reference data: people, calendar, duties, settings, numbers. Each is a stream of events too; `data` is their fold.
reference = Table(
    "reference",
    metadata,
    _dealership(),
    _needed("name"),
    _needed("version", Integer),
    _needed("head"),
    _needed("data"),
    PrimaryKeyConstraint("dealership", "name"),
)

cases = Table(
    "cases",
    metadata,
    _dealership(),
    _needed("ref"),
    _needed("process"),
    _needed("definition"),
    _needed("state"),
    _needed("version", Integer),
    _needed("head"),
    _needed("opener"),
    _needed("opened_at", Instant),
    _needed("state_since", Instant),
    _needed("open", Boolean),
    Column("holder", Text),  # the assignee, else role:ID; null: on nobody's list
    Column("role", Text),
    Column("assignee", Text),
    Column("chaser", Text),
    Column("due", Instant),
    Column("not_before", Instant),
    Column("timer", Instant),
    _needed("provisional", Boolean),
    _needed("paused", Boolean),
    Column("key", Text),
    Column("duty", Text),
    Column("nominal", Text),
    _needed("chased", Integer),
    _needed("cycle", Integer),
    _needed("data"),
    PrimaryKeyConstraint("dealership", "ref"),
    Index("cases_process", "dealership", "process", "ref"),  # of one process, the newest first; no step moves it
)  # fmt: skip

# Further holders of a case whose state several people hold (signers).
also_held = Table(
    "also_held", metadata, _dealership(), _needed("holder"), _needed("ref"),
    PrimaryKeyConstraint("dealership", "holder", "ref"),
    Index("also_held_ref", "dealership", "ref"),
)  # fmt: skip

events = Table(
    "events",
    metadata,
    _dealership(),
    _needed("ref"),
    _needed("seq", Integer),
    Column("process", Text),
    _needed("action"),
    Column("from_state", Text),
    Column("to_state", Text),
    _needed("at", Instant),
    _needed("recorded_at", Instant),
    _needed("actor"),
    Column("stay_s", BigInteger),  # how long the case had stood in from_state
    _needed("text"),
    _needed("hash"),
    PrimaryKeyConstraint("dealership", "ref", "seq"),
    Index("events_recorded", "dealership", "recorded_at"),
    Index("events_actor", "dealership", "actor", "recorded_at"),
)  # fmt: skip

# Personal values: the event holds a salted commitment; erasing a row here leaves the chain whole.
personal = Table(
    "personal", metadata, _dealership(), _needed("ref"), _needed("seq", Integer), _needed("slot"),
    _needed("salt", LargeBinary), _needed("value"),
    PrimaryKeyConstraint("dealership", "ref", "seq", "slot"),
)  # fmt: skip

subjects = Table(
    "subjects", metadata, _dealership(), _needed("ref"), _needed("parts"),
    PrimaryKeyConstraint("dealership", "ref"),
)  # fmt: skip

# Which cases speak of a car: its VIN or plate (mentions.py).
mentions = Table(
    "mentions", metadata, _dealership(), _needed("thing"), _needed("ref"),
    PrimaryKeyConstraint("dealership", "thing", "ref"),
)  # fmt: skip

files = Table(
    "files", metadata, _dealership(), _needed("ref"), _needed("seq", Integer), _needed("kind"), _needed("name"),
    _needed("salt", LargeBinary), _needed("sha256"), _needed("size", BigInteger), _needed("content", LargeBinary),
    PrimaryKeyConstraint("dealership", "ref", "seq", "kind"),
)  # fmt: skip

serials = Table(
    "serials", metadata, _dealership(), _needed("prefix"), _needed("day"), _needed("next", Integer),
    PrimaryKeyConstraint("dealership", "prefix", "day"),
)  # fmt: skip

books = Table(
    "books", metadata, _dealership(), _needed("book"), _needed("next", BigInteger),
    PrimaryKeyConstraint("dealership", "book"),
)  # fmt: skip

numbers = Table(
    "numbers", metadata, _dealership(), _needed("book"), _needed("number"), _needed("state"), Column("ref", Text),
    Column("seq", Integer), _needed("at", Instant), _needed("actor"),
    PrimaryKeyConstraint("dealership", "book", "number"),
)  # fmt: skip

holds = Table(
    "holds", metadata, _dealership(), _needed("kind"), _needed("thing"), _needed("ref"),
    PrimaryKeyConstraint("dealership", "kind", "thing"),
)  # fmt: skip

keys = Table(
    "keys", metadata, _dealership(), _needed("key"), _needed("salt", LargeBinary), _needed("content"), _needed("ref"),
    _needed("seq", Integer), _needed("answer"), _needed("at", Instant),
    PrimaryKeyConstraint("dealership", "key"),
)  # fmt: skip

outbox = Table(
    "outbox", metadata, _dealership(), _needed("ref"), _needed("seq", Integer), _needed("recipient"), _needed("kind"),
    _needed("at", Instant), _needed("actor"), Column("sent_at", Instant),
    PrimaryKeyConstraint("dealership", "ref", "seq", "recipient"),
)  # fmt: skip

# Which cases of logs were imported, and which of their events (`known`), so that a second run changes nothing.
imports = Table(
    "imports", metadata, _dealership(), _needed("process"), _needed("trace"), _needed("ref"), _needed("known"),
    _needed("last_at", Instant), _needed("map"),
    PrimaryKeyConstraint("dealership", "process", "trace"),
)  # fmt: skip

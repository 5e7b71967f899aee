"""The schema: what migrations build is what the models say, on both engines; types lose nothing; keys begin with the dealership."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, strategies as st
from sqlalchemy import BigInteger, Boolean, Integer, LargeBinary, Text

from cuiban.registers import every
from cuiban.store.database import Database
from cuiban.store.indexes import metadata
from cuiban.store.migrate import HEAD, KNOWN, create, migrate, schema_of
from cuiban.store.registers import tables_of
from cuiban.store.types import Instant, instant, micros
from tests.support.raw import Raw

REGISTERS = tables_of(every())
TABLES = [*metadata.tables.values(), *REGISTERS.tables.values()]


@pytest.fixture
def made(database_url: str) -> Database:
    """Give a database that migrations built."""
    database = Database(database_url, create=True)
    assert create(database)
    return database


def test_migrations_build_what_the_models_say(made: Database) -> None:
    """Tables, columns, types, nullability, keys, indexes and their conditions: no difference either way. [procrastinate]"""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with made.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        differences = compare_metadata(context, [metadata, REGISTERS])  # type: ignore[arg-type]
    made.close()

    assert differences == []


def test_indexes_have_the_conditions_of_the_models(made: Database) -> None:
    """Partial indexes are compared by nobody but this test."""
    wanted = {index.name: index.dialect_options[made.dialect]["where"] for table in TABLES for index in table.indexes}
    with Raw(made.url.render_as_string(hide_password=False)) as raw:
        if raw.is_sqlite:
            rows = raw.all("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        else:
            rows = raw.all("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'")
    found = {name: sql.partition(" WHERE ")[2].strip("()").upper() for name, sql in rows}
    made.close()

    for name, where in wanted.items():
        assert found[str(name)] == (str(where).upper() if where is not None else "")


def test_history_is_guarded_on_both_engines(made: Database) -> None:
    """Each guard by name; on PostgreSQL they fire for replication too (ENABLE ALWAYS)."""
    with Raw(made.url.render_as_string(hide_password=False)) as raw:
        if raw.is_sqlite:
            found = {name for (name,) in raw.all("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
            wanted = {
                f"{table}_{guard}" for table in ("events", "definitions") for guard in ("no_update", "no_delete", "no_replace")
            }
        else:
            rows = raw.all("SELECT tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal")
            found = {f"{name} {enabled}" for name, enabled in rows}
            wanted = {f"{table}_{guard} A" for table in ("events", "definitions") for guard in ("no_change", "no_truncate")}
    made.close()

    assert found == wanted


def test_making_it_twice_makes_it_once(made: Database) -> None:
    """A second `create` leaves it alone; so does migrating what is up to date."""
    assert not create(made)
    migrate(made)
    assert schema_of(made) == HEAD == KNOWN[-1]
    made.close()


def test_every_key_begins_with_the_dealership() -> None:
    """So that data can later be partitioned by it: primary keys and every index."""
    for table in TABLES:
        if table.name in ("dealerships", "alembic_version"):
            continue
        assert next(iter(table.primary_key.columns)).name == "dealership", table.name
        for index in table.indexes:
            assert next(iter(index.columns)).name == "dealership", index.name


def test_no_type_that_loses_anything() -> None:
    """Money and counts are integers, instants one own type: no Numeric (a float on SQLite), no DateTime (drops its offset)."""
    for table in TABLES:
        for column in table.columns:
            assert isinstance(column.type, BigInteger | Boolean | Integer | LargeBinary | Text | Instant), (
                f"{table.name}.{column.name}"
            )


def test_no_sequence_gives_numbers(made: Database) -> None:
    """A sequence has gaps after a crash: there is none, nor an autoincrement."""
    with Raw(made.url.render_as_string(hide_password=False)) as raw:
        if raw.is_sqlite:
            found = raw.all("SELECT sql FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
        else:
            found = raw.all("SELECT sequencename FROM pg_sequences")
    made.close()

    assert found == []


@given(st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_instants_come_back_as_they_went_in(wall: datetime, minutes: int) -> None:
    """Any zone, to the microsecond, before 1970 too; order is kept."""
    from datetime import timezone

    at = wall.replace(tzinfo=timezone(timedelta(minutes=minutes)))

    assert instant(micros(at)) == at
    assert instant(micros(at)).tzinfo is UTC
    assert (micros(at) < micros(at + timedelta(microseconds=1))) is True

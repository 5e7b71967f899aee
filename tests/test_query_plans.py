"""What lists, questions and steps read comes by an index made for it, on both engines, in a dealership of realistic size."""

from collections.abc import Iterator
from typing import Any

import pytest
from benchmarks import crowd

from cuiban import Office
from cuiban.store import questions as q
from cuiban.store import sql
from cuiban.store.database import Connection
from cuiban.store.statements import Statement
from cuiban.store.types import micros
from tests.postgres import Postgres

CASES = 50_000
NOW = micros(crowd.NOW)
REF = "SJ-250902-001"

# Every statement of a list, a question, a step or a catch-up, with what it is asked. Whole-table reads are not here:
# replay reads everything, and a reference's tail is looked for among all references.
ASKED: dict[str, tuple[Statement, dict[str, Any]]] = {
    "load": (sql.LOAD, {"ref": REF}),
    "by key": (sql.BY_KEY, {"process": "vehicle", "key": "LSGRA54U1SS210326"}),
    "by duty": (sql.BY_DUTY, {"duty": "b11_morning_meeting", "nominal": "2026-03-02T12:00"}),
    "history": (sql.EVENTS, {"ref": REF}),
    "last event": (sql.LAST_EVENT, {"ref": REF}),
    "kept aside": (sql.KEPT, {"ref": REF}),
    "todo: held": (q.HELD_BY, {"holder": crowd.CLERK}),
    "todo: late": (q.HELD_LATE, {"holder": crowd.CLERK, "until": NOW}),
    "todo: also held": (q.ALSO_HELD_BY, {"holder": crowd.CLERK}),
    "todo: chased": (q.CHASED_BY, {"chaser": crowd.CLERK}),
    "todo: told": (q.STANDING_IN, {"process": "incident", "state": "resolved"}),
    "stuck: open cases": (q.OPEN_CASES, {}),
    "stuck: passages": (q.PASSAGES, {"process": "incident", "state": "registered", "limit": 1000}),
    "counts": (q.COUNTS, {"process": "incident", "now": NOW}),
    "timers": (q.DUE_TIMERS, {"now": NOW, "limit": 500}),
    "duties: ledger": (q.OCCURRENCES, {"duty": "b11_morning_meeting", "from": "2026-03-01", "to": "2026-04-01"}),
    "duties: known": (q.NOMINALS, {"duty": "b11_morning_meeting", "from": "2026-03-01"}),
}


@pytest.fixture(scope="module")
def sqlite_crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """Give a large dealership on SQLite."""
    url = f"sqlite:///{tmp_path_factory.mktemp('crowd') / 'crowd.db'}"
    yield from analysed(url)


@pytest.fixture(scope="module")
def postgresql_crowd(postgres: Postgres) -> Iterator[Connection]:
    """Give a large dealership on PostgreSQL."""
    yield from analysed(postgres.create("crowd"))


def analysed(url: str) -> Iterator[Connection]:
    """A connection to a large dealership whose figures the planner knows."""
    crowd.crowd(url, CASES)
    with Office(url) as office:
        connection = office.database.connection()
        connection.execute("ANALYZE")
        yield connection


def explained(connection: Connection, explain: str, name: str) -> list[Any]:
    """The plan of a statement with its parameters."""
    statement, params = ASKED[name]
    made = statement.prepared(connection.dialect)
    asked = {"dealership": 1, **params}
    given = [asked[column] for column in statement.columns] if statement.columns else asked
    return list(connection.execute(f"{explain} {made.text}", made.arrange(given)).fetchall())


@pytest.mark.parametrize("name", ASKED)
def test_sqlite_searches_by_an_index(name: str, sqlite_crowd: Connection) -> None:
    """No step of the plan goes through a whole table."""
    plan = explained(sqlite_crowd, "EXPLAIN QUERY PLAN", name)

    assert not [row[3] for row in plan if row[3].startswith("SCAN")], [row[3] for row in plan]


@pytest.mark.parametrize("name", ASKED)
def test_postgresql_searches_by_an_index(name: str, postgresql_crowd: Connection) -> None:
    """Neither cases nor events are read whole."""
    text = "\n".join(row[0] for row in explained(postgresql_crowd, "EXPLAIN", name))

    assert "Seq Scan on cases" not in text, text
    assert "Seq Scan on events" not in text, text


def test_what_a_list_reads_does_not_grow_with_what_is_closed(sqlite_crowd: Connection) -> None:
    """The clerk's 300 entries come by one range of one index: its plan names it."""
    plan = explained(sqlite_crowd, "EXPLAIN QUERY PLAN", "todo: held")

    assert any("cases_held (dealership=? AND holder=?)" in row[3] for row in plan), plan

"""What lists, questions and steps read comes by an index made for it, on both engines, in a dealership of realistic size.

SQLite is asked twice: as it is, for nobody runs ANALYZE there, and with its figures. Whole-table reads are not here: replay
reads everything, a reference's tail is looked for among all references, a word among all subjects.
"""

import json
import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from benchmarks import crowd

from cuiban import Office
from cuiban.engine.case import NOBODY
from cuiban.store import questions as q, sql
from cuiban.store.database import Connection
from cuiban.store.statements import Statement
from cuiban.store.types import micros
from tests.postgres import Postgres

CASES = 50_000
NOW = micros(crowd.NOW)
REF = "SJ-250902-001"
Asked = tuple[Statement, dict[str, Any]]


def listed(closed: bool | None, limit: int | None = None, **filters: Any) -> Asked:
    """What `list` asks."""
    return q.listed(closed, filters, limit)


def happened(limit: int | None = None, **filters: Any) -> Asked:
    """What `history` asks of all cases."""
    return q.happened(filters, limit)


# Every statement of a list, a question, a step or a catch-up, with what it is asked.
ASKED: dict[str, Asked] = {
    "step: load": (sql.LOAD, {"ref": REF}),
    "step: load some": (sql.LOCK_SOME, {f"ref_{number}": f"SJ-250902-{number:03}" for number in range(sql.SOME)}),
    "step: by key": (sql.BY_KEY, {"process": "vehicle", "key": "LSGRA54U1SS210326"}),
    "step: thing": (sql.HOLDER, {"kind": "vin", "thing": "LSGRA54U1SS210326"}),
    "step: idempotency key": (sql.KEY, {"key": "0" * 64}),
    "open: alike": (q.ALIKE, {"process": "incident", "parts": '["x"]'}),
    "show: history": (sql.EVENTS, {"ref": REF}),
    "show: last event": (sql.LAST_EVENT, {"ref": REF}),
    "show: kept aside": (sql.KEPT, {"ref": REF}),
    "show: files": (sql.FILES, {"ref": REF}),
    "todo: held": (q.HELD_BY, {"holder": crowd.CLERK}),
    "todo: late": (q.HELD_LATE, {"holder": "e01", "until": NOW - 100 * 86_400_000_000}),
    "todo: also held": (q.ALSO_HELD_BY, {"holder": crowd.CLERK}),
    "todo: chased": (q.CHASED_BY, {"chaser": "role:it_manager"}),
    "todo: told": (q.STANDING_IN, {"process": "incident", "state": "resolved"}),
    "todo: everybody's": (q.EVERYBODYS, {}),
    "stuck: open cases": (q.OPEN_CASES, {}),
    "stuck: passages": (q.PASSAGES, {"process": "incident", "state": "registered", "limit": 1000}),
    "counts": (q.COUNTS, {"process": "incident", "now": NOW}),
    "timers": (q.DUE_TIMERS, {"now": NOW, "limit": 500}),
    "timers: ahead": (q.MOVED_AHEAD, {"actor": NOBODY, "after": NOW}),
    "catch-up: by hand": (q.LAST_BY_HAND, {"actor": NOBODY, "after": NOW}),
    "duties: ledger": (q.OCCURRENCES, {"duty": "b11_morning_meeting", "from": "2026-03-01", "to": "2026-04-01"}),
    "duties: known": (q.NOMINALS, {"duty": "b11_morning_meeting", "from": "2026-03-01"}),
    "list: open": listed(False),
    "list: open, some": listed(False, 30),
    "list: open of a process": listed(False, process="incident"),
    "list: a day of a process": q.listed(None, {}, 30, "SJ-260302"),
    "list: open in a state": listed(False, process="incident", state="in_progress"),
    "list: somebody's": listed(False, person=crowd.CLERK),
    "list: a process": listed(None, 30, process="incident"),
    "history: somebody's": happened(30, by=crowd.CLERK),
    "history: a role's": happened(30, **{"actor": crowd.CLERK, "from": 0, "to": NOW}),
    "history: a case's": happened(ref="SJ-260302-001"),
    "history: somebody's lately": happened(by=crowd.CLERK, since=NOW),
    "history: lately": happened(since=NOW),
    "history: newest": happened(30),
}
# What goes through all open cases, or the newest of all, by an index that holds nothing else or ends where the limit does.
OPEN = {"stuck: open cases", "list: open", "list: open, some", "list: somebody's"}
IN_ORDER = {"history: newest"}


@pytest.fixture(scope="module")
def sqlite_file(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of a large dealership on SQLite."""
    url = f"sqlite:///{tmp_path_factory.mktemp('crowd') / 'crowd.db'}"
    crowd.crowd(url, CASES)
    return url


@pytest.fixture(scope="module", params=["as it is", "analysed"])
def sqlite_crowd(request: pytest.FixtureRequest, sqlite_file: str) -> Iterator[Connection]:
    """Give a connection to it, whose figures the planner does not know, and does."""
    url = sqlite_file
    if request.param == "analysed":
        url = sqlite_file.replace("crowd.db", "analysed.db")
        shutil.copyfile(sqlite_file.removeprefix("sqlite:///"), url.removeprefix("sqlite:///"))
    with Office(url) as office:
        connection = office.database.connection()
        if request.param == "analysed":
            connection.execute("ANALYZE")
        yield connection


@pytest.fixture(scope="module")
def postgresql_crowd(postgres: Postgres) -> Iterator[Connection]:
    """Give a connection to a large dealership on PostgreSQL, which keeps its figures itself."""
    url = postgres.create("crowd")
    crowd.crowd(url, CASES)
    with Office(url) as office:
        connection = office.database.connection()
        connection.execute("VACUUM ANALYZE")
        yield connection


def explained(connection: Connection, explain: str, name: str) -> list[Any]:
    """The plan of a statement with its parameters."""
    statement, params = ASKED[name]
    made = statement.prepared(connection.dialect)
    asked = {"dealership": 1, **params}
    given = [asked[column] for column in statement.columns] if statement.columns else asked
    return list(connection.execute(f"{explain} {made.text}", made.arrange(given)).fetchall())


def loose(name: str, step: str) -> bool:
    """Whether a step of SQLite's plan goes through more than it should: a whole table, or all that a dealership has in it."""
    if step.startswith("SCAN"):
        return "CONSTANT ROW" not in step
    index = re.search(r"INDEX (\w+) \((.*)\)", step)
    if index is None or index[2] != "dealership=?":
        return False
    return not (name in OPEN and index[1] in ("cases_state", "cases_chased")) and name not in IN_ORDER


@pytest.mark.parametrize("name", ASKED)
def test_sqlite_searches_by_more_than_the_dealership(name: str, sqlite_crowd: Connection) -> None:
    """No step of the plan goes through a whole table, or through everything that a dealership has in it."""
    plan = [row[3] for row in explained(sqlite_crowd, "EXPLAIN QUERY PLAN", name)]

    assert not [step for step in plan if loose(name, step)], plan


@pytest.mark.parametrize("name", ASKED)
def test_postgresql_reads_little_more_than_it_returns(name: str, postgresql_crowd: Connection) -> None:
    """Neither cases nor events are read whole, and few rows are read for nothing."""
    found = explained(postgresql_crowd, "EXPLAIN (ANALYZE, FORMAT JSON)", name)[0][0]
    (plan,) = json.loads(found) if isinstance(found, str) else found
    scans = [node for node in nodes(plan["Plan"]) if node.get("Relation Name") in ("cases", "events")]
    removed = sum(node.get("Rows Removed by Filter", 0) * node["Actual Loops"] for node in scans)

    assert not [node for node in scans if node["Node Type"] == "Seq Scan"], plan
    assert removed <= 100 + 10 * plan["Plan"]["Actual Rows"], plan


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A node of a plan, and all beneath it."""
    yield plan
    for beneath in plan.get("Plans", []):
        yield from nodes(beneath)


def test_what_a_list_reads_does_not_grow_with_what_is_closed(sqlite_crowd: Connection) -> None:
    """The clerk's 300 entries come by one range of one index: its plan names it."""
    plan = [row[3] for row in explained(sqlite_crowd, "EXPLAIN QUERY PLAN", "todo: held")]

    assert any("cases_held (dealership=? AND holder=?)" in step for step in plan), plan


@pytest.mark.parametrize("step", [
    "SCAN cases", "SEARCH cases USING INDEX sqlite_autoindex_cases_1 (dealership=?)",
    "SEARCH events USING COVERING INDEX events_recorded (dealership=?)",
])  # fmt: skip
def test_a_loose_step_is_seen(step: str) -> None:
    """A plan that goes through everything would be caught."""
    assert loose("todo: held", step)

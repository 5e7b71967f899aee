"""The traps of PostgreSQL, each with the test that shows it is avoided. (docs/operator.md)"""

import gc
import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import psycopg
import pytest
from sqlalchemy import text

from cuiban.errors import Conflict, CuibanError
from cuiban.office import Office
from cuiban.store.database import Connection
from cuiban.store.statements import Statement
from tests.support.clock import Clock
from tests.support.fixtures import lived_in
from tests.support.house import House
from tests.support.people import ADMIN
from tests.support.vins import vin
from tests.support.ways import WAYS

FAILS = Statement(lambda: text("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$"))
PROMISE = {"promised_at": "2026-03-03T10:00:00+08:00"}


@pytest.fixture
def pg(postgresql_house_url: str, clock: Clock, seed: int) -> Iterator[House]:
    """Give a dealership on PostgreSQL."""
    yield from lived_in(postgresql_house_url, clock, seed)


def test_nobody_waits_for_ever(pg: House) -> None:
    """Off by default, on with us: statement_timeout, lock_timeout (a guard, as on SQLite), idle_in_transaction_session_timeout."""
    connection = pg.office.database.connection()
    shown = {
        name: connection.execute(f"SHOW {name}").fetchone()[0]
        for name in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
    }

    assert shown == {"statement_timeout": "1min", "lock_timeout": "30s", "idle_in_transaction_session_timeout": "1min"}


def test_an_update_is_lost_by_nobody(pg: House) -> None:
    """READ COMMITTED loses read-modify-writes; UPDATE .. WHERE version does not: of ten notes at once each is there or refused."""
    ref = pg.opened()

    def note(number: int) -> str:
        try:
            pg.another().fire(ref, "note", actor="wang", note=str(number), now=pg.now)
        except Conflict:
            return "conflict"
        return "done"

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(note, range(10)))

    assert set(answers) <= {"done", "conflict"}
    assert pg.case(ref).version == 1 + answers.count("done") == len(pg.events(ref))


def test_a_serialization_failure_is_tried_again(pg: House) -> None:
    """40P01, the deadlock: whoever lost begins again from the start, and nobody sees it."""
    one, other = pg.opened(), pg.opened()
    office = pg.another()
    locked, go = threading.Event(), threading.Event()
    tries: list[int] = []

    def ours(connection: Connection) -> str:
        tries.append(1)
        office.store.load(one, connection)
        locked.set()
        go.wait(10)
        office.store.load(other, connection)
        return "done"

    with pg.raw() as raw, ThreadPoolExecutor(1) as pool:
        raw.run("SET deadlock_timeout = '30s'")  # so that it is the other who finds it
        running = pool.submit(lambda: office.store.transact(ours))
        locked.wait(10)
        raw.run("BEGIN")
        raw.run(f"SELECT 1 FROM cases WHERE ref = '{other}' FOR UPDATE")
        go.set()
        raw.run(f"SELECT 1 FROM cases WHERE ref = '{one}' FOR UPDATE")
        raw.run("COMMIT")
        answer = running.result(30)

    assert answer == "done"
    assert len(tries) == 2


def test_a_serializable_conflict_is_tried_again(pg: House) -> None:
    """40001, raised by the database itself: the work runs anew, bounded."""
    tries: list[int] = []

    def work(connection: Connection) -> str:
        tries.append(1)
        if len(tries) < 3:
            connection.run(FAILS, {})
        return "done"

    assert pg.office.store.transact(work) == "done"
    assert len(tries) == 3


def test_retrying_ends(pg: House) -> None:
    """What fails for ever is told, not tried for ever."""

    def work(connection: Connection) -> None:
        connection.run(FAILS, {})

    with pytest.raises(CuibanError) as told:
        pg.office.store.transact(work)

    assert told.value.exit == 6


def test_linked_cases_are_locked_in_one_order(pg: House) -> None:
    """Orders that take each other's cars back and forth at once end without a deadlock being seen."""
    for number in (1, 2):
        pg.brought("vehicle", "stock", given={"vin": vin(number)})
    refs = [pg.brought("delivery", "reviewed", given={"contract_number": f"HT{number}"}) for number in range(4)]

    def swap(number: int) -> list[str]:
        office, said = pg.another(), []
        for turn in range(6):
            for action, fields, reason in (("allocate", {"vin": vin(1 + (number + turn) % 2)}, None), ("deallocate", {}, "换")):
                try:
                    said.append(office.fire(refs[number], action, actor="sun", fields=fields, reason=reason, now=pg.now).to)
                except CuibanError as error:
                    said.append(error.code)
        return said

    with ThreadPoolExecutor(4) as pool:
        said = {word for words in pool.map(swap, range(4)) for word in words}

    assert said <= {"allocated", "reviewed", "refused", "conflict"}
    assert "allocated" in said


def test_two_who_take_one_car_at_once_learn_who_has_it(pg: House) -> None:
    """ON CONFLICT or a unique key alone would not say who: the loser looks again and is told."""
    pg.brought("vehicle", "stock")
    refs = [pg.brought("delivery", "reviewed", given={"contract_number": f"HT{number}"}) for number in range(4)]

    def take(ref: str) -> str:
        try:
            return pg.another().fire(ref, "allocate", actor="sun", fields={"vin": vin(1)}, now=pg.now).to
        except CuibanError as error:
            blockers = {blocker.code: blocker for blocker in getattr(error, "blockers", ())}
            return f"held by {blockers['held'].params['ref']}" if "held" in blockers else error.code

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(take, refs))

    winner = refs[answers.index("allocated")]
    assert sorted(answers) == sorted(["allocated"] + [f"held by {winner}"] * 3)


def test_two_who_open_the_same_at_once_learn_which(pg: House) -> None:
    """One callback a repair: the loser is told its reference."""

    def act(_: int) -> str:
        office = pg.another()
        try:
            return office.open("callback", actor="wang", fields=WAYS["callback"].fields, now=pg.now).ref
        except CuibanError as error:
            return f"{error.blockers[0].code} {error.blockers[0].params['ref']}"  # type: ignore[attr-defined]

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(act, range(4)))

    assert answers == ["HF-260302-001", *["already_open HF-260302-001"] * 3]


WAITING = "FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def test_a_connection_lost_while_writing_may_have_committed(pg: House) -> None:
    """The server ends the session while a step is written: nobody is told that it was not done; the next call works."""
    ref = pg.opened()
    office = pg.another()

    def attempt() -> str:
        try:
            return office.fire(ref, "accept", actor="li", fields=PROMISE, now=pg.now).to
        except CuibanError as error:
            return error.code

    with pg.raw() as raw, pg.raw() as watch, ThreadPoolExecutor(1) as pool:
        raw.run("BEGIN")
        raw.run(f"SELECT 1 FROM cases WHERE ref = '{ref}' FOR UPDATE")
        running = pool.submit(attempt)
        while not watch.one(f"SELECT count(*) {WAITING}"):
            assert not running.done(), running.result()
        watch.run(f"SELECT pg_terminate_backend(pid) {WAITING}")
        raw.run("COMMIT")
        code = running.result(30)

    assert code == "outcome_unknown"
    assert office.fire(ref, "accept", actor="li", fields=PROMISE, now=pg.now).to == "accepted"


def test_no_lock_outlives_its_transaction(pg: House) -> None:
    """Session advisory locks would stay in the pool: there are none, nor an open transaction, after any call."""
    ref = pg.opened()
    pg.office.catch_up(pg.now)
    pg.refused(ref, "accept", "wang")

    with pg.raw() as raw:
        locks = raw.one("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        idle = raw.one("SELECT count(*) FROM pg_stat_activity WHERE state LIKE 'idle in%' AND datname = current_database()")

    assert (locks, idle) == (0, 0)


def test_an_app_role_that_owns_nothing_is_enough(pg: House) -> None:
    """INSERT and SELECT on history, more only on what may change: steps work, and the role cannot even try to change history."""
    ref = pg.opened()
    with pg.raw() as raw:
        raw.run("DROP ROLE IF EXISTS app")
        raw.run("CREATE ROLE app LOGIN")
        raw.run("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app")
        raw.run("REVOKE UPDATE, DELETE ON events, definitions, alembic_version FROM app")
    try:
        with Office(pg.url.replace("postgres@", "app@")) as office:
            assert office.fire(ref, "accept", actor="li", fields=PROMISE, now=pg.now).to == "accepted"
            assert office.open("incident", actor="wu", fields={"what": "x", "description": "y"}, now=pg.now).ref
            for statement in ("DELETE FROM events", "TRUNCATE events", "ALTER TABLE events DISABLE TRIGGER ALL"):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    office.database.connection().execute(statement)
    finally:
        with pg.raw() as raw:
            raw.run("DROP OWNED BY app")
            raw.run("DROP ROLE app")


def test_cases_are_locked_in_one_order(pg: House) -> None:
    """Who computes all dues anew locks as those who do many steps at once: by reference, else each would wait for the other."""
    last, first = pg.opened("complaint"), pg.opened("incident")
    assert first < last  # though a complaint comes before an incident where processes are listed
    office = pg.another()

    with pg.raw() as raw, ThreadPoolExecutor(1) as pool:
        raw.run("BEGIN")
        raw.run(f"SELECT 1 FROM cases WHERE ref = '{first}' FOR UPDATE")
        running = pool.submit(lambda: office.calendar_set(date(2026, 3, 2), [], reason="盘点", actor=ADMIN, now=pg.now))
        waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        until = time.monotonic() + 10
        while not raw.one(waits) and time.monotonic() < until:
            time.sleep(0.01)
        raw.run(f"SELECT 1 FROM cases WHERE ref = '{last}' FOR UPDATE NOWAIT")
        raw.run("COMMIT")
        moved = running.result(30)

    assert {one["ref"] for one in moved} == {first, last}


def test_a_forked_process_has_a_connection_of_its_own(pg: House) -> None:
    """Two who talk through one socket hear each other's answers; and who ends does not hang up for the other."""
    ours, theirs = pg.opened(), pg.opened()

    def notes(ref: str, by: str) -> None:
        for number in range(10):
            pg.office.fire(ref, "note", actor=by, note=str(number), now=pg.now)

    child = os.fork()
    if not child:
        try:
            notes(theirs, "chen")
            pg.office.close()
            gc.collect()
        except BaseException:
            os._exit(1)
        os._exit(0)
    notes(ours, "wang")
    _, status = os.waitpid(child, 0)
    notes(ours, "wang")

    assert os.waitstatus_to_exitcode(status) == 0
    assert (len(pg.events(ours)), len(pg.events(theirs))) == (21, 11)

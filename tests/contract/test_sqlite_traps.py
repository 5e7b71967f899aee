"""The traps of SQLite that cost others their data, each with the test that shows it is avoided. (docs/operator.md)"""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cuiban import Office
from cuiban.errors import DatabaseTrouble, Refused
from cuiban.office.door import moment
from cuiban.store.database import BUSY_MS, Database
from cuiban.store.turns import LOCKS, Turn
from tests.support.house import DEALERSHIP, House

PROMISE = {"promised_at": "2026-03-03T10:00:00+08:00"}


def pragma(database: Database, name: str) -> object:
    """A setting of this thread's connection."""
    return database.connection().execute(f"PRAGMA {name}").fetchone()[0]


def path_of(house: House) -> Path:
    """The database's file."""
    return Path(house.url.removeprefix("sqlite:///"))


WANTED = {"journal_mode": "wal", "synchronous": 2, "busy_timeout": BUSY_MS, "recursive_triggers": 1}


def test_settings_hold_for_every_connection(sqlite_house: House) -> None:
    """They are per connection: the first, those of other threads, one after another office closed."""
    database = sqlite_house.office.database

    def settings() -> dict[str, object]:
        return {name: pragma(database, name) for name in WANTED}

    with ThreadPoolExecutor(3) as pool:
        barrier = threading.Barrier(3)

        def each(_: int) -> dict[str, object]:
            barrier.wait()
            return settings()

        found = [settings(), *pool.map(each, range(3))]

    assert found == [WANTED] * 4
    assert BUSY_MS >= 30_000


def test_durable_is_the_default_and_fast_a_choice(sqlite_house: House) -> None:
    """FULL: what was answered survives a power cut. NORMAL only if asked for; OFF (it corrupts) never."""
    assert pragma(sqlite_house.office.database, "synchronous") == 2
    with Office(sqlite_house.url, DEALERSHIP, durable=False) as fast:
        assert pragma(fast.database, "synchronous") == 1


def test_the_driver_begins_nothing_by_itself(sqlite_house: House) -> None:
    """isolation_level=None: a transaction is there only where we began it."""
    raw = sqlite_house.office.database.connection().raw
    sqlite_house.office.todo(actor="li", now=sqlite_house.now)

    assert raw.isolation_level is None
    assert not raw.in_transaction


def test_a_writer_begins_immediate(sqlite_house: House) -> None:
    """What will write takes the lock before it reads: nobody else can write between, nothing has to be raised later."""
    with sqlite_house.raw() as raw:
        said = sqlite_house.office.database.transact(lambda connection: raw.refusal("BEGIN IMMEDIATE"))

    assert "locked" in said


def test_readers_take_no_lock(sqlite_house: House) -> None:
    """While a list is read, others write: no BUSY_SNAPSHOT for anybody."""
    ref = sqlite_house.opened()
    reader = sqlite_house.another()
    reader.todo(actor="li", now=sqlite_house.now)

    sqlite_house.fired(ref, "accept", "li", PROMISE)

    item = next(item for item in reader.todo(actor="li", now=sqlite_house.now) if item.ref == ref)
    assert item.state == "accepted"
    assert not reader.database.connection().raw.in_transaction


def test_counting_at_once_loses_nothing(sqlite_house: House) -> None:
    """250 read-modify-writes by ten threads come to 250, not 50: serials are the counter."""

    def open_some(number: int) -> list[str]:
        office = sqlite_house.another()
        fields = {"what": f"异常{number}", "description": "x"}
        return [office.open("incident", actor="wu", fields=fields, now=sqlite_house.now).ref for _ in range(25)]

    with ThreadPoolExecutor(10) as pool:
        refs = [ref for some in pool.map(open_some, range(10)) for ref in some]

    assert sorted(refs) == [f"SJ-260302-{number:03}" for number in range(1, 251)]


def test_waiting_writers_wait(sqlite_house: House) -> None:
    """Somebody writes for a while: the others wait for their turn instead of failing at once."""
    ref = sqlite_house.opened()
    begun, released = threading.Event(), threading.Event()

    def hold() -> None:
        with sqlite_house.raw() as raw:
            raw.run("BEGIN IMMEDIATE")
            begun.set()
            released.wait(10)
            raw.run("COMMIT")

    holder = threading.Thread(target=hold)
    holder.start()
    begun.wait(10)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: sqlite_house.another().fire(ref, "accept", actor="li", fields=PROMISE, now=sqlite_house.now))
        assert not waiting.done()
        released.set()
        done = waiting.result(20)
    holder.join()

    assert done.to == "accepted"


def test_a_reader_does_not_make_the_journal_grow(sqlite_house: House) -> None:
    """Lists are read in short transactions: beside an open reader the WAL is checkpointed as ever, and grows no further."""
    reader = sqlite_house.another()
    connection = sqlite_house.office.database.connection()
    pages = connection.execute("PRAGMA wal_autocheckpoint").fetchone()[0]
    connection.execute(f"PRAGMA wal_autocheckpoint = {pages // 16}")  # so that a few hundred steps fill it several times
    refs = [sqlite_house.opened() for _ in range(3)]
    for number in range(300):
        sqlite_house.fired(refs[number % 3], "note", "wang", note=f"{number} " + "长" * 500)
        if number % 20 == 0:
            reader.todo(actor="li", now=sqlite_house.now)

    wal = path_of(sqlite_house).with_name(path_of(sqlite_house).name + "-wal")
    assert 0 < pages <= 10_000
    assert wal.stat().st_size < 4096 * pages // 16 * 1.5


def test_the_file_is_never_opened_beside_the_connection(sqlite_house: House, tmp_path: Path) -> None:
    """A backup goes by SQLite's own means: taken while connected, it costs no lock and no row."""
    from cuiban.office.keeping import backup

    ref = sqlite_house.opened()
    backup(sqlite_house.office, tmp_path / "copy.db")
    with sqlite_house.raw() as raw:
        raw.run("BEGIN IMMEDIATE")
        said = sqlite3.connect(path_of(sqlite_house), timeout=0, isolation_level=None)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            said.execute("BEGIN IMMEDIATE")
        said.close()
        raw.run("ROLLBACK")
    sqlite_house.fired(ref, "accept", "li", PROMISE)

    with Office(f"sqlite:///{tmp_path / 'copy.db'}", readonly=True) as copy:
        assert copy.case(ref).state == "reported"
        assert copy.replay_all().unequal == []


def test_a_clock_is_given_or_read_once(sqlite_house: House) -> None:
    """Left out, `now` is the machine's, in UTC; nothing below asks again."""
    done = sqlite_house.office.open("incident", actor="wu", fields={"what": "x", "description": "y"})

    assert done.at == done.recorded_at
    assert done.at <= moment(None)


def test_writers_take_turns(sqlite_house: House) -> None:
    """Many write at once, again and again: all get their turn, whoever came first is not forgotten, and nobody keeps the lock."""
    refs = [sqlite_house.opened() for _ in range(8)]
    barrier = threading.Barrier(len(refs))

    def notes(ref: str) -> list[int]:
        with Office(sqlite_house.url, DEALERSHIP) as office:
            barrier.wait()
            return [office.fire(ref, "note", actor="wang", note=str(n), now=sqlite_house.now).seq for n in range(20)]

    with ThreadPoolExecutor(len(refs)) as pool:
        seqs = list(pool.map(notes, refs))

    assert seqs == [list(range(2, 22))] * len(refs)
    turn = Turn(path_of(sqlite_house), patience=0)
    turn.take()  # else it would raise: it is nobody's
    turn.release()


def test_a_turn_is_waited_for_and_then_told(sqlite_house: House) -> None:
    """Whoever has the turn keeps the others waiting; who is out of patience is told so, and wrote nothing."""
    ref = sqlite_house.opened()
    holder = Turn(path_of(sqlite_house), patience=0)
    holder.take()
    office = sqlite_house.another()
    with office.database.impatient(0.05), pytest.raises(DatabaseTrouble) as told:
        office.fire(ref, "accept", actor="li", fields=PROMISE, now=sqlite_house.now)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lambda: sqlite_house.another().fire(ref, "accept", actor="li", fields=PROMISE, now=sqlite_house.now))
        assert not waiting.done()
        holder.release()
        done = waiting.result(20)

    assert told.value.code == "locked"
    assert done.to == "accepted"
    assert done.seq == 2


def test_whoever_stopped_in_his_turn_is_named(sqlite_house: House) -> None:
    """A process that was stopped while it wrote: the others are told which to look at, and go on when it is gone."""
    ref = sqlite_house.opened()
    script = """
import pathlib, sys, time
from cuiban.store.turns import Turn
turn = Turn(pathlib.Path(sys.argv[1]), patience=0)
turn.take()
print(flush=True)
time.sleep(60)
"""
    office = sqlite_house.another()
    with subprocess.Popen([sys.executable, "-c", script, path_of(sqlite_house)], stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        holder.send_signal(signal.SIGSTOP)
        try:
            with office.database.impatient(0.05), pytest.raises(DatabaseTrouble) as told:
                office.fire(ref, "accept", actor="li", fields=PROMISE, now=sqlite_house.now)
        finally:
            holder.kill()

    assert told.value.code == "locked"
    tells = LOCKS.exists()  # Linux
    assert (f"进程 {holder.pid} (python" in told.value.message.zh) == tells
    assert (f"process {holder.pid} (python" in told.value.message.en) == tells
    assert office.fire(ref, "accept", actor="li", fields=PROMISE, now=sqlite_house.now).to == "accepted"


def test_the_turn_of_a_writer_that_was_refused_is_over(sqlite_house: House) -> None:
    """Refused, failed or found moved: the next one need not wait."""
    ref = sqlite_house.opened()
    with pytest.raises(Refused):
        sqlite_house.fired(ref, "accept", "li", key="k")
    turn = Turn(path_of(sqlite_house), patience=0)
    turn.take()
    turn.release()


@pytest.mark.parametrize("odd", [os.mkfifo, Path.mkdir, lambda turn: turn.symlink_to(turn.with_name("elsewhere"))])
def test_what_else_lies_in_the_place_of_the_turn_is_let_be(sqlite_house: House, odd: Callable[[Path], None]) -> None:
    """A pipe, a folder, a link: it is neither waited for nor followed, and SQLite's own lock is enough."""
    ref = sqlite_house.opened()
    turn = path_of(sqlite_house).with_name(path_of(sqlite_house).name + "-turn")
    turn.unlink()
    odd(turn)

    assert sqlite_house.another().fire(ref, "accept", actor="li", fields=PROMISE, now=sqlite_house.now).to == "accepted"
    assert not turn.with_name("elsewhere").exists()


@pytest.mark.parametrize(("database", "turn"), [(0o644, 0o600), (0o664, 0o660), (0o600, 0o600)])
def test_who_may_only_read_holds_nobody_up(tmp_path: Path, database: int, turn: int) -> None:
    """The file by which writers queue may be opened by those who may write the database, and by nobody else."""
    path = tmp_path / "a.db"
    path.touch()
    path.chmod(database)
    before = os.umask(0)
    try:
        Turn(path, patience=0).take()
    finally:
        os.umask(before)

    assert stat.S_IMODE((tmp_path / "a.db-turn").stat().st_mode) == turn

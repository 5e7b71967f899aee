"""Where a demo is put, and when it is made anew."""

import os
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from cuiban import Office, create
from cuiban.demo import Built, build
from cuiban.errors import DatabaseTrouble, Refused
from tests.demo.conftest import Demo
from tests.support.clock import at

MORNING = at("2026-03-11 08:40")
MAKE = """
import sys
from datetime import datetime

from cuiban.demo import build

build(sys.argv[1], now=datetime.fromisoformat(sys.argv[2]))
"""


def rows(path: Path) -> list[str]:
    """Everything that a database holds."""
    raw = sqlite3.connect(path)
    try:
        return list(raw.iterdump())
    finally:
        raw.close()


def hashes(url: str) -> dict[str, str]:
    """The head of every case's history."""
    with Office(url) as office:
        return {one.ref: one.hash for one in reversed(office.history())}


def small(url: str, now: datetime = MORNING, seed: int = 7) -> Built:
    """A demo of one month."""
    return build(url, seed=seed, months=1, now=now)


def test_the_same_seed_and_day_give_the_same_database(demo: Demo, tmp_path: Path) -> None:
    """Salts, hashes, everything; in another process, at another hour of the day, with another order of Python's sets."""
    path = tmp_path / "again.db"
    environ = {**os.environ, "PYTHONHASHSEED": "4711"}

    subprocess.run([sys.executable, "-c", MAKE, f"sqlite:///{path}", "2026-03-11T23:59:00+08:00"], check=True, env=environ)

    assert rows(path) == rows(demo.path)


def test_another_seed_gives_another_dealership(sqlite_url: str, tmp_path: Path) -> None:
    """The people and the duties are the same; no customer is."""
    small(sqlite_url)
    other = f"sqlite:///{tmp_path / 'other.db'}"
    small(other, seed=8)

    one, two = ({head for ref, head in hashes(url).items() if ref.startswith(("HF", "TS", "JC"))} for url in (sqlite_url, other))
    assert one
    assert one.isdisjoint(two)


def test_a_second_call_of_the_day_leaves_it_as_it_stands(sqlite_url: str) -> None:
    """What was done in it since stays."""
    first = small(sqlite_url)
    with Office(sqlite_url) as office:
        item = office.todo(actor=first.user, now=MORNING)[0]
        office.fire(item.ref, "note", actor=first.user, note="客户在开会", now=MORNING)

    again = small(sqlite_url, MORNING + timedelta(hours=9))

    assert (again.cases, again.events) == (first.cases, first.events + 1)


def test_a_demo_of_another_day_or_seed_gives_way(database_url: str) -> None:
    """On either engine; its history ends with the day for which it was made last."""
    small(database_url)
    built = small(database_url, MORNING + timedelta(days=1), seed=9)

    with Office(database_url) as office:
        last = max(one.recorded_at for one in office.history())
        assert office.replay_all().unequal == []
    assert (built.today.isoformat(), built.seed) == ("2026-03-12", 9)
    assert last == at("2026-03-12 00:00")


def test_both_engines_hold_the_same(sqlite_url: str, postgresql_url: str) -> None:
    """A demo does not depend on the database."""
    small(sqlite_url)
    small(postgresql_url)

    assert hashes(sqlite_url) == hashes(postgresql_url)


def test_somebodys_work_is_refused(database_url: str) -> None:
    """A dealership that is no demo stays as it is, a sandbox too."""
    create(database_url, dealership="真店", admin="admin", sandbox=True, now=MORNING)
    before = hashes(database_url)

    with pytest.raises(Refused) as refused:
        small(database_url)

    assert (refused.value.exit, refused.value.blockers[0].code) == (1, "not_a_demo")
    assert hashes(database_url) == before


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    """It keeps its tables, and gets none of ours."""
    path = tmp_path / "other.db"
    raw = sqlite3.connect(path)
    raw.execute("CREATE TABLE songs (title TEXT)")
    raw.commit()
    raw.close()
    before = rows(path)

    with pytest.raises(Refused):
        small(f"sqlite:///{path}")

    assert rows(path) == before


def test_what_breaks_off_leaves_nothing(sqlite_url: str, tmp_path: Path) -> None:
    """No half-made demo is there, and nothing is left lying beside it."""

    def stop(acts: int) -> None:
        if acts > 200:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(sqlite_url, months=1, now=MORNING, progress=stop)

    assert list(tmp_path.iterdir()) == []
    with pytest.raises(DatabaseTrouble):
        Office(sqlite_url)


def test_what_breaks_off_leaves_the_old_demo(sqlite_url: str) -> None:
    """It is whole, and of its day."""
    first = small(sqlite_url)
    before = hashes(sqlite_url)

    def stop(acts: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(sqlite_url, months=1, now=MORNING + timedelta(days=1), progress=stop)

    assert hashes(sqlite_url) == before
    assert small(sqlite_url) == first


def test_it_may_be_practised_in(sqlite_url: str) -> None:
    """It is a sandbox, and its clock is the reader's."""
    built = small(sqlite_url)

    with Office(sqlite_url) as office:
        assert office.sandbox
        assert office.catch_up(MORNING).opened == 0
        assert {item.group for item in office.todo(actor=built.user, now=MORNING.astimezone(UTC))} >= {"today", "overdue"}

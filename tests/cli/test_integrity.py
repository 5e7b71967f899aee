"""What a hand that may write the database leaves to be seen, and files that are none. [cli.md 3, 5; R6, R9, R13]"""

import json
import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from cuiban import Office
from cuiban.office.keeping import backup
from tests.cli.clerk import Clerk
from tests.cli.shell import CUIBAN, Shell
from tests.support.house import DEALERSHIP, House
from tests.torture.test_tamper import unguard

WAIT = 60  # seconds: what is found hanging fails, and does not hang the tests


@pytest.fixture
def shell_of(clerk: Clerk) -> Callable[[str], "subprocess.CompletedProcess[str]"]:
    """Give a real shell in the clerk's folder: `$CUIBAN` is the program, the database is hers."""
    environ = {
        **Shell(clerk.home).environ, "CUIBAN": str(CUIBAN), "CUIBAN_DATABASE_URL": clerk.house.url, "CUIBAN_USER": "wang",
    }  # fmt: skip
    del environ["CUIBAN_NOW"]

    def runs(line: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            ["sh", "-c", line], cwd=clerk.home, env=environ, capture_output=True, text=True, timeout=WAIT, check=False
        )

    return runs


def findings(clerk: Clerk) -> list[dict[str, Any]]:
    """What doctor finds, whatever its exit."""
    return list(json.loads(clerk.runs("doctor --json").out))


def test_doctor_and_backup_see_that_nothing_guards_the_history(house: House, tmp_path: Path) -> None:
    """The triggers are gone: doctor names them, a backup says so, and is written all the same."""
    clerk = Clerk(house, tmp_path)
    assert {one["check"]: one["ok"] for one in findings(clerk)}["triggers"] is True
    house.sound = False
    with house.raw() as raw:
        unguard(raw)

    (found,) = [one for one in findings(clerk) if one["check"] == "triggers"]
    answer = clerk.runs("backup kept.db")

    assert not found["ok"]
    assert "events_no_" in found["message"]
    assert (answer.code, (tmp_path / "kept.db").exists()) == (0, True)
    assert "events_no_" in answer.err


def test_a_trigger_that_does_nothing_is_no_guard(sqlite_house: House, tmp_path: Path) -> None:
    """One of the same name with an empty body does not count."""
    sqlite_house.sound = False
    with sqlite_house.raw() as raw:
        raw.run("DROP TRIGGER events_no_update")
        raw.run("CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT 1; END")

    (found,) = [one for one in findings(Clerk(sqlite_house, tmp_path)) if one["check"] == "triggers"]

    assert "events_no_update" in found["message"]


def test_anything_with_a_history_is_replayed(clerk: Clerk) -> None:
    """A row of a register and a stream by their names, as in `history`."""
    row = clerk.house.office.register_add("customer", {"name": "赵敏", "phone": "13800138000"}, actor="wang", now=clerk.house.now)

    assert clerk.reads(f"replay {row.id}")["equal"]
    assert clerk.reads("replay @people")["equal"]
    assert clerk.refused("replay XX-000001")["exit"] == 3


def test_what_was_erased_is_told(clerk: Clerk) -> None:
    """`replay --all` lists it below the verdict, which stays 0."""
    ref = clerk.house.opened(note="急")
    clerk.house.sound = False
    with clerk.house.raw() as raw:
        raw.run(f"DELETE FROM personal WHERE ref = '{ref}' AND slot = 'note'")

    assert clerk.reads("replay --all")["erased"] == [{"ref": ref, "key": "personal 1 note"}]
    assert f"{ref} personal 1 note" in clerk.does("replay --all")


def test_several_backups_at_once_to_one_file(house: House, tmp_path: Path) -> None:
    """Each is written whole; the last one stays, and no draft does."""
    house.opened()
    path = tmp_path / "kept.db"

    def one(_: int) -> int:
        with Office(house.url, DEALERSHIP) as office:
            return backup(office, path).events

    with ThreadPoolExecutor(3) as pool:
        events = list(pool.map(one, range(3)))

    assert len(set(events)) == 1
    assert [name for name in os.listdir(tmp_path) if "kept" in name] == ["kept.db"]


def test_what_a_killed_backup_left_goes_after_a_day(clerk: Clerk) -> None:
    """A draft of yesterday is removed by the next backup to that name; one of today may be somebody's."""
    for name, age in ((".kept.db-old", 90_000), (".kept.db-new", 60)):
        folder = clerk.home / name
        folder.mkdir()
        (folder / "kept.db").touch()
        os.utime(folder, (folder.stat().st_atime, folder.stat().st_mtime - age))

    clerk.does("backup kept.db")

    assert sorted(one.name for one in clerk.home.iterdir() if one.name.startswith(".kept")) == [".kept.db-new"]


def test_a_serial_that_was_set_back_is_no_crowd(clerk: Clerk) -> None:
    """The error says what is the matter, and where to look; it does not say to try again."""
    clerk.house.opened()
    clerk.house.sound = False
    with clerk.house.raw() as raw:
        raw.run("UPDATE serials SET next = 1 WHERE prefix = 'TS'")

    given = "--set customer=赵敏 --set topic=异响 --set responsible=李强 --set phone=13800138000 --set plate=皖H3D905"
    error = clerk.refused(f"open complaint {given}")

    assert (error["exit"], error["detail"]) == (6, "counter_set_back")
    assert "replay --all" in error["message"]


def test_a_book_that_was_set_back_is_no_race(house: House) -> None:
    """Nobody was first: the number is there already."""
    house.brought("vehicle", "stock")
    house.fired(house.brought("delivery", "invoiced"), "send_out", "sun")
    house.sound = False
    with house.raw() as raw:
        raw.run("UPDATE books SET next = 1")

    with pytest.raises(Exception, match="counter was set back"):
        house.office.number_void("outbound_slip", 1, reason="撕破", actor="sun", now=house.now)


def test_a_closed_stdout_is_no_error(clerk: Clerk, shell_of: Callable[[str], "subprocess.CompletedProcess[str]"]) -> None:
    """Nobody listens: nothing is said, and nothing breaks; a note is written once."""
    ref = clerk.house.opened()

    for line in ("$CUIBAN list >&-", f"$CUIBAN do {ref} note --note 一 >&-", "$CUIBAN list <&- >/dev/null"):
        done = shell_of(line)
        assert (done.returncode, done.stderr) == (0, ""), line
    assert [event.action for event in clerk.house.events(ref)] == ["open", "note"]


def test_a_full_disk_under_stdout_is_told_as_such(
    clerk: Clerk, shell_of: Callable[[str], "subprocess.CompletedProcess[str]"]
) -> None:
    """After a step the sentence says that the step was done; after a question that the answer got lost."""
    ref = clerk.house.opened()

    step, question = shell_of(f"$CUIBAN do {ref} note --note 一 >/dev/full"), shell_of("$CUIBAN list >/dev/full")

    assert (step.returncode, question.returncode) == (5, 5)
    assert "事情已办" in step.stderr
    assert "事情已办" not in question.stderr
    assert "写不出去" in question.stderr
    assert len(clerk.house.events(ref)) == 2


@pytest.mark.parametrize("line", [
    "$CUIBAN do {ref} attach --attach quick_form=ff", "$CUIBAN do {ref} note --set topic=@ff --note 一",
    "$CUIBAN calendar due --start 2026-03-02T09:00 --amount 1 --unit wd --calendar ff", "CUIBAN_CONFIG=ff $CUIBAN list",
])  # fmt: skip
def test_nobody_waits_for_a_pipe(clerk: Clerk, shell_of: Callable[[str], "subprocess.CompletedProcess[str]"], line: str) -> None:
    """A named pipe is no ordinary file: said at once, and not waited for."""
    os.mkfifo(clerk.home / "ff")

    done = shell_of(line.format(ref=clerk.house.opened()))

    assert done.returncode == 5, done.stderr
    assert "ff" in done.stderr


def test_a_log_that_is_a_pipe_keeps_nobody_from_working(
    clerk: Clerk, shell_of: Callable[[str], "subprocess.CompletedProcess[str]"]
) -> None:
    """It is said, and the work goes on without a log."""
    os.mkfifo(clerk.home / "ff")

    done = shell_of("CUIBAN_LOG=ff $CUIBAN list")

    assert done.returncode == 0
    assert "CUIBAN_LOG" in done.stderr


def test_an_import_does_not_write_over_what_it_reads(clerk: Clerk) -> None:
    """-o is the file itself: refused before anything is read."""
    table = clerk.home / "x.csv"
    table.write_text("姓名,电话\n赵敏,13800138000\n")

    for line in ("import customer x.csv -y -o x.csv", "import todo x.csv -y -o ./x.csv"):
        assert clerk.refused(line)["exit"] == 2
    assert table.read_text() == "姓名,电话\n赵敏,13800138000\n"


@pytest.mark.parametrize("statement", [
    "UPDATE subjects SET parts = '{' WHERE ref = 'TS-260302-002'", "UPDATE cases SET due = 'x' WHERE ref = 'TS-260302-002'",
    "UPDATE cases SET state = 'x' WHERE ref = 'TS-260302-002'", "UPDATE cases SET data = '{' WHERE ref = 'TS-260302-002'",
    "UPDATE cases SET definition = 'x' WHERE ref = 'TS-260302-002'",
])  # fmt: skip
def test_a_row_that_somebody_broke_is_named(clerk: Clerk, statement: str) -> None:
    """No list fails without saying which case it is: 7, and what to run."""
    for customer in ("赵敏", "何军"):
        clerk.house.opened(given={"customer": customer, "plate": None})
    clerk.house.sound = False
    with clerk.house.raw() as raw:
        raw.run(statement)

    answers = [clerk.runs(f"{line} --json") for line in ("todo --all", "list", "show TS-260302-002")]

    told = [answer.error for answer in answers if answer.code]
    assert [answer.code for answer in answers if answer.code not in (0, 7)] == []
    assert told
    assert all("cuiban replay" in error["message"] for error in told)
    assert "definition" in statement or all("TS-260302-002" in error["message"] for error in told)
    assert clerk.runs("replay TS-260302-002").code == 7
    assert clerk.runs("replay --all").code == 7


@pytest.mark.parametrize(("statement", "exit"), [
    ("UPDATE dealerships SET zone = 'Mars/X'", 6), ("DROP TABLE cases", 6),
])  # fmt: skip
def test_a_database_that_somebody_broke_is_told_as_such(house: House, tmp_path: Path, statement: str, exit: int) -> None:
    """One sentence, whatever the verb."""
    clerk = Clerk(house, tmp_path)
    house.sound = False
    with house.raw() as raw:
        raw.run(statement)

    for line in ("list", "replay --all", "todo"):
        assert clerk.refused(line)["exit"] == exit


@pytest.mark.parametrize(("table", "column"), [
    ("cases", "state"), ("cases", "data"), ("subjects", "parts"), ("events", "actor"),
])  # fmt: skip
def test_bytes_that_are_no_text_are_found(clerk: Clerk, table: str, column: str) -> None:
    """SQLite takes any bytes for a text: whoever comes upon them is told table, column and case, and a replay does. [R6]"""
    clerk.house.sound = False
    ref = clerk.house.opened()
    with clerk.house.raw() as raw:
        unguard(raw)
        raw.run(f"UPDATE {table} SET {column} = CAST(x'5bff' AS TEXT) WHERE ref = '{ref}'")

    answers = [clerk.runs("replay --all"), clerk.runs(f"replay {ref}")]

    for answer in answers:
        assert (answer.code, answer.out) == (7, "")
        assert answer.err == f"库里有不是文字的字节: {table}.{column} {ref}; 从备份恢复\n"
    if table in ("cases", "subjects"):
        assert clerk.refused("list")["detail"] == "not_text"

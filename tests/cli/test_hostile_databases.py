"""What must never be lost: data that --dry-run, restore, init or backup could take away. [cli.md 1, 5; R9, R11]"""

import sqlite3
from pathlib import Path

import pytest

from cuiban import Office
from tests.cli.clerk import Clerk
from tests.cli.shell import Answer, Shell

NOTHING_SET = {"CUIBAN_NOW": ""}


def backed_up(clerk: Clerk) -> Path:
    """A backup of the clerk's database, in her folder."""
    clerk.house.opened("complaint")
    clerk.does("backup kept.db")
    return clerk.home / "kept.db"


def into(clerk: Clerk, database: Path, *, more: str = "-y") -> Answer:
    """Restore the backup into another database."""
    return clerk.runs(f"restore kept.db {more} --json", CUIBAN_DATABASE_URL=f"sqlite:///{database}")


def test_trying_a_restore_replaces_nothing(clerk: Clerk) -> None:
    """--dry-run verifies the backup and says what it holds; what was entered since stays, an absent file is not made."""
    backed_up(clerk)
    later = clerk.house.opened("complaint", given={"customer": "何军", "plate": None})
    kept = clerk.reads("restore kept.db --dry-run")

    assert (clerk.home / kept["file"]).name == "kept.db"
    assert later in [one["ref"] for one in clerk.reads("list")]
    assert into(clerk, clerk.home / "fresh.db", more="--dry-run").code == 0
    assert not (clerk.home / "fresh.db").exists()


def test_another_program_keeps_its_database(clerk: Clerk) -> None:
    """restore asks for one yes; even with it, only a database of Cuiban's, or none, gives way."""
    backed_up(clerk)
    other = clerk.home / "other.db"
    with sqlite3.connect(other) as raw:
        raw.execute("CREATE TABLE notes (text)")
        raw.execute("INSERT INTO notes VALUES ('not ours')")
    raw.close()

    for more in ("-y", "--dry-run"):
        assert into(clerk, other, more=more).error["code"] == "database"
    raw = sqlite3.connect(other)
    assert raw.execute("SELECT text FROM notes").fetchall() == [("not ours",)]
    raw.close()


def test_a_damaged_database_has_to_be_moved_away(clerk: Clerk) -> None:
    """The error says so, and does not only advise the restore that was just tried; then it is restored."""
    damaged = clerk.home / "damaged.db"
    damaged.write_bytes(backed_up(clerk).read_bytes())
    with damaged.open("r+b") as file:
        file.seek(100)
        file.write(b"\xff" * 4000)

    error = into(clerk, damaged).error

    assert (error["code"], error["detail"]) == ("database", "damaged")
    assert "移走" in error["message"]
    damaged.rename(clerk.home / "away.db")
    assert into(clerk, damaged).code == 0


def test_a_backup_is_not_restored_onto_itself(clerk: Clerk) -> None:
    """It would be changed by it, and its SHA-256 would no longer be what was written down."""
    kept = backed_up(clerk)
    before = kept.read_bytes()

    assert into(clerk, kept).error["detail"] == "own_database"
    assert kept.read_bytes() == before


def test_a_broken_history_does_not_take_the_place_of_a_good_backup(clerk: Clerk) -> None:
    """The backup is verified before it has a name."""
    kept = backed_up(clerk)
    before = kept.read_bytes()
    clerk.house.sound = False
    with clerk.house.raw() as raw:
        raw.run("UPDATE cases SET state = 'closed'")

    assert clerk.refused("backup kept.db")["exit"] == 7
    assert kept.read_bytes() == before
    assert [file.name for file in clerk.home.iterdir()] == ["kept.db"]


@pytest.mark.parametrize("place", ["''", "/proc/self/kept.db", "nowhere/kept.db"])
def test_a_backup_needs_a_place(clerk: Clerk, place: str) -> None:
    """No name, no folder, a folder in which nothing can be made: bad input, and not the database's fault."""
    assert clerk.refused(f"backup {place}")["exit"] == 5


def test_trying_out_makes_and_replaces_no_database(shell: Shell) -> None:
    """--dry-run of init and demo: the same answer as would come, no file, and a demo stays a demo."""
    assert shell.runs("init", "--sandbox", "--dry-run", "--json").json["created"] is True
    made = shell.runs("demo", "--months", "1", "--dry-run", "--json")
    assert (made.code, made.json["today"]) == (0, "2026-03-11")
    assert list(shell.home.rglob("*.db")) == []

    demo = shell.runs("demo", "--months", "1", "--json").json
    assert demo == made.json
    assert shell.runs("init", "--sandbox", "--dry-run", "--json").json["created"] is True
    assert shell.runs("demo", "--months", "1", "--seed", "8", "--dry-run", "--json").json["seed"] == 8
    assert shell.runs("demo", "--months", "1", "--json").json == demo


def test_a_demo_has_so_many_months(shell: Shell) -> None:
    """A number without end is refused at once, and so is one before the calendar begins."""
    for months in ("61", "99999", "999999999999999"):
        assert shell.runs("demo", "--months", months, "--json").error["code"] == "usage"


def test_an_empty_file_is_not_said_to_be_upgraded(shell: Shell) -> None:
    """There is nothing in it: 6, as everywhere."""
    (shell.home / "empty.db").write_bytes(b"")

    assert shell.runs("upgrade", "-y", "--db", "empty.db", "--json", **NOTHING_SET).error["detail"] == "empty"


@pytest.mark.parametrize("words", [("--admin", "role:x"), ("--admin", "a b"), ("--admin", "me"), ("--dealership", "\x1b[31m店")])
def test_what_cannot_be_founded_leaves_no_file(shell: Shell, words: tuple[str, str]) -> None:
    """The names are looked at before anything is made."""
    answer = shell.runs("init", "--sandbox", *words, "--json")

    assert answer.code in (1, 2)
    assert list(shell.home.rglob("*.db")) == []


def test_a_founding_that_was_cut_short_is_finished(shell: Shell) -> None:
    """A dealership without anybody could be entered by nobody: the next init appoints its administrator."""
    shell.runs("init", "--sandbox", "--admin", "wang", "--dealership", "一店", "--db", "house.db")
    url = f"sqlite:///{shell.home / 'house.db'}"
    raw = sqlite3.connect(shell.home / "house.db")
    raw.execute(
        "INSERT INTO dealerships SELECT 2, '二店', zone, lang, 0, NULL, sandbox, created_at, NULL FROM dealerships WHERE id = 1"
    )
    raw.commit()
    raw.close()

    assert shell.runs("init", "--sandbox", "--admin", "li", "--dealership", "二店", "--db", "house.db", "--json").json["created"]
    assert not shell.runs("init", "--sandbox", "--admin", "li", "--dealership", "二店", "--db", "house.db", "--json").json[
        "created"
    ]
    with Office(url, "二店") as office:
        assert [(one.id, one.roles) for one in office.users()] == [("li", ["administrator"])]


def test_a_set_clock_does_not_stand_in_the_way_of_an_empty_place(clerk: Clerk) -> None:
    """Nothing is there that a wrong clock could spoil: the backup goes in."""
    backed_up(clerk)
    (clerk.home / "empty.db").touch()

    back = clerk.runs("restore kept.db -y --json", CUIBAN_DATABASE_URL=f"sqlite:///{clerk.home / 'empty.db'}",
                      CUIBAN_NOW="2026-03-11T08:40:00+08:00")  # fmt: skip
    assert back.code == 0

"""A database that cannot be used is told in one sentence with a code, in both languages; nothing is lost or half-written."""

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from cuiban import Office, create
from cuiban.errors import CuibanError, DatabaseTrouble
from cuiban.store.database import Database
from tests.postgres import Postgres, running_postgres
from tests.support.chance import salts
from tests.support.clock import Clock
from tests.support.ground import found as found_house
from tests.support.house import DEALERSHIP, House
from tests.support.people import ADMIN
from tests.support.raw import Raw
from tests.support.ways import WAYS

PROMISE = {"promised_at": "2026-03-03T10:00:00+08:00"}


def trouble(url: str) -> DatabaseTrouble:
    """What is told of a database that no office opens in."""
    with pytest.raises(DatabaseTrouble) as told:
        Office(url)
    error = told.value
    assert error.exit == 6
    for sentence in (error.message.zh, error.message.en):
        assert sentence
        assert "\n" not in sentence
        assert "Traceback" not in sentence
    return error


def test_an_absent_database_is_not_made(tmp_path: Path) -> None:
    """A mistyped path is told, with what to do; no file appears (mode=rw)."""
    path = tmp_path / "mistyped.db"

    told = trouble(f"sqlite:///{path}")

    assert told.code == "absent"
    assert str(path) in told.message.zh
    assert "cuiban init" in told.message.en
    assert list(tmp_path.iterdir()) == []


def test_an_absent_postgresql_database_is_told(postgres: Postgres) -> None:
    """No such database; no such server."""
    assert trouble(postgres.url("nothing")).code in ("lost", "absent")
    assert trouble("postgresql+psycopg://postgres@/x?host=/nowhere").code in ("lost", "absent")


def test_passwords_are_never_told() -> None:
    """The address in a sentence has no password."""
    told = trouble("postgresql://clerk:secret@localhost:1/x")

    assert "secret" not in told.message.zh + told.message.en


@pytest.mark.parametrize(
    "url", ["", "x", "mysql://localhost/x", "sqlite:/bad", "postgresql://h:port/x", "sqlite://", "oracle+x://"]
)
def test_an_address_that_is_none_is_told(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not an address, another product, no path."""
    monkeypatch.chdir(tmp_path)

    trouble(url)

    assert list(tmp_path.iterdir()) == []


def test_an_empty_database_is_told(database_url: str) -> None:
    """Nothing in it yet: run init or demo."""
    if database_url.startswith("sqlite"):
        sqlite3.connect(database_url.removeprefix("sqlite:///")).close()
        Path(database_url.removeprefix("sqlite:///")).touch()

    assert trouble(database_url).code == "empty"


def test_a_foreign_database_is_left_alone(database_url: str) -> None:
    """Tables of somebody else: told, neither read nor changed, by init neither."""
    path = Path(database_url.removeprefix("sqlite:///"))
    if database_url.startswith("sqlite"):
        path.touch()
    with Raw(database_url) as raw:
        raw.run("CREATE TABLE customers (id INTEGER)")

    assert trouble(database_url).code == "foreign"
    with pytest.raises(DatabaseTrouble) as told:
        create(database_url, dealership="x", admin="y")
    assert told.value.code == "foreign"
    with Raw(database_url) as raw:
        query = "SELECT name FROM sqlite_master" if raw.is_sqlite else "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
        assert raw.all(query) == [("customers",)]


@pytest.mark.parametrize(
    "content", [b"hello, this is no database " * 100, b"PK\x03\x04" + bytes(5000), b"SQLite format 3\x00" + bytes(90)]
)
def test_a_file_that_is_no_database_is_told(tmp_path: Path, content: bytes) -> None:
    """A text, a workbook, a torn header: told, and left byte for byte as it was."""
    path = tmp_path / "x.db"
    path.write_bytes(content)

    assert trouble(f"sqlite:///{path}").code in ("foreign", "damaged")

    assert path.read_bytes() == content


def test_a_folder_is_no_database(tmp_path: Path) -> None:
    """A path that is a folder."""
    assert trouble(f"sqlite:///{tmp_path}").exit == 6


def test_a_newer_schema_is_told(house: House) -> None:
    """A database of a later version is not touched by this one."""
    house.sound = False
    with house.raw() as raw:
        raw.run("UPDATE alembic_version SET version_num = '9999'")

    told = trouble(house.url)

    assert told.code == "newer"
    assert "9999" in told.message.en


def test_a_schema_that_is_nobodys_is_told(house: House) -> None:
    """Alembic of another program."""
    house.sound = False
    with house.raw() as raw:
        raw.run("UPDATE alembic_version SET version_num = 'ae1027a6acf'")

    assert trouble(house.url).code == "foreign"


def test_a_database_without_a_dealership_is_empty(database_url: str) -> None:
    """Tables alone are nothing to work with."""
    from cuiban.store.migrate import create as make

    database = Database(database_url, create=True)
    make(database)
    database.close()

    assert trouble(database_url).code == "empty"


def test_a_damaged_file_is_told(sqlite_house: House) -> None:
    """Pages overwritten under a database: told as damaged; the sentence says what to do."""
    sqlite_house.sound = False
    for _ in range(30):
        sqlite_house.opened()
    path = Path(sqlite_house.url.removeprefix("sqlite:///"))
    sqlite_house.close()
    with path.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(os.urandom(4096 * 20))

    def looked() -> None:
        with Office(sqlite_house.url) as office:
            office.todo(actor="li", now=sqlite_house.now)
            office.replay_all()

    with pytest.raises(CuibanError) as told:
        looked()

    assert told.value.exit in (6, 7)


# locked, read-only, full ------------------------------------------------------------------------------------------------


def test_a_locked_sqlite_database_is_told(sqlite_house: House) -> None:
    """Another program keeps it to itself for longer than anybody waits: nothing was written, a later try works."""
    ref = sqlite_house.opened()
    sqlite_house.office.database.connection().execute("PRAGMA busy_timeout = 50")
    with sqlite_house.raw() as raw:
        raw.run("BEGIN EXCLUSIVE")
        with pytest.raises(DatabaseTrouble) as told:
            sqlite_house.fired(ref, "accept", "li", PROMISE)
        raw.run("ROLLBACK")

    assert told.value.code == "locked"
    assert sqlite_house.fired(ref, "accept", "li", PROMISE).to == "accepted"


def test_a_locked_postgresql_row_is_told(house: House) -> None:
    """Somebody holds the row for longer than lock_timeout: told; reading goes on meanwhile."""
    if house.office.database.dialect == "sqlite":
        return
    ref = house.opened()
    house.office.database.connection().execute("SET lock_timeout = 50")
    with house.raw() as raw:
        raw.run("BEGIN")
        raw.run(f"SELECT 1 FROM cases WHERE ref = '{ref}' FOR UPDATE")
        with pytest.raises(DatabaseTrouble) as told:
            house.fired(ref, "accept", "li", PROMISE)
        assert house.case(ref).state == "reported"
        raw.run("ROLLBACK")

    assert told.value.code == "locked"
    assert house.fired(ref, "accept", "li", PROMISE).to == "accepted"


def test_reading_waits_for_nobody(house: House) -> None:
    """A writer in the middle of a transaction hides nothing from readers and stops none of them."""
    ref = house.opened()
    with house.raw() as raw:
        raw.run("BEGIN IMMEDIATE" if raw.is_sqlite else "BEGIN")
        raw.run("UPDATE cases SET state = 'x'")

        assert house.item(ref, "li") is not None
        assert house.case(ref).state == "reported"
        raw.run("ROLLBACK")


def test_a_readonly_office_writes_nothing(house: House) -> None:
    """Opened for reading: lists are told, a step is refused with a sentence."""
    ref = house.opened()
    with house.another(readonly=True) as office:
        assert [item.ref for item in office.todo(actor="li", now=house.now)] == [ref]
        with pytest.raises(DatabaseTrouble) as told:
            office.fire(ref, "accept", actor="li", fields=PROMISE, now=house.now)

    assert told.value.code == "readonly"
    assert house.case(ref).state == "reported"


def test_a_postgresql_role_without_rights_is_told(house: House) -> None:
    """A role that may only read."""
    if house.office.database.dialect == "sqlite":
        return
    ref = house.opened()
    with house.raw() as raw:
        raw.run("DROP ROLE IF EXISTS reader")
        raw.run("CREATE ROLE reader LOGIN")
        raw.run("GRANT USAGE ON SCHEMA public TO reader")
        raw.run("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    with Office(house.url.replace("postgres@", "reader@"), DEALERSHIP) as office, pytest.raises(DatabaseTrouble) as told:
        office.fire(ref, "accept", actor="li", fields=PROMISE, now=house.now)
    with house.raw() as raw:
        raw.run("DROP OWNED BY reader")
        raw.run("DROP ROLE reader")

    assert told.value.code == "readonly"


def test_a_full_database_is_told_and_keeps_what_it_had(sqlite_house: House) -> None:
    """No page is left: the step is refused in a sentence, the case is what it was; room again, it goes on."""
    ref = sqlite_house.opened()
    connection = sqlite_house.office.database.connection()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")

    def filled() -> None:
        for _ in range(1000):
            sqlite_house.fired(ref, "note", "wang", note="满" * 1000)

    with pytest.raises(DatabaseTrouble) as told:
        filled()

    assert told.value.code == "full"
    sqlite_house.assert_sound()
    connection.execute("PRAGMA max_page_count = 1000000")
    assert sqlite_house.fired(ref, "accept", "li", PROMISE).to == "accepted"


def test_a_restarted_server_is_reached_again(tmp_path: Path, clock: Clock, seed: int) -> None:
    """The connection that a restart broke is replaced: the next call works, and nothing is doubled."""
    with running_postgres() as server:
        url = server.create("restarted")
        found_house(url, seed)
        with Office(url, chance=salts(seed)) as office:
            ref = office.open("complaint", actor="wang", fields=WAYS["complaint"].fields, now=clock.now).ref
            server.crash()
            with pytest.raises(DatabaseTrouble) as told:
                office.fire(ref, "accept", actor="li", fields=PROMISE, now=clock.now)
            server.start()

            done = office.fire(ref, "accept", actor="li", fields=PROMISE, now=clock.now)

            assert told.value.code == "lost"
            assert done.to == "accepted"
            assert office.replay_all().unequal == []


def test_a_name_that_is_several_dealerships(house: House) -> None:
    """Two share a database: one must be named; each sees its own cases only."""
    create(house.url, dealership="芜湖", admin=ADMIN, now=house.now)
    ref = house.opened()

    with pytest.raises(CuibanError) as told:
        Office(house.url)
    assert (told.value.code, told.value.exit) == ("ambiguous", 3)
    with pytest.raises(CuibanError) as none:
        Office(house.url, "合肥")
    assert none.value.code == "not_found"
    with Office(house.url, "芜湖") as other:
        assert other.cases(now=house.now) == []
        with pytest.raises(CuibanError):
            other.case(ref)
        other.user_add("li", "另一个李强", actor=ADMIN, now=house.now)
    assert house.office.name("li") == "李强"


def test_a_copy_beside_it_is_another_database(sqlite_house: House, tmp_path: Path) -> None:
    """A file that was copied while nobody wrote opens, and goes its own way."""
    ref = sqlite_house.opened()
    sqlite_house.office.close()
    path = tmp_path / "copy.db"
    shutil.copyfile(sqlite_house.url.removeprefix("sqlite:///"), path)

    with Office(f"sqlite:///{path}") as copy:
        copy.fire(ref, "accept", actor="li", fields=PROMISE, now=sqlite_house.now)

    assert sqlite_house.case(ref).state == "reported"

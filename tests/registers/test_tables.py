"""The tables of registers: what the migration makes is what the declarations say, constraints too; an old database comes along."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine

from cuiban.engine.register import COLUMNS, TYPES
from cuiban.office.keeping import backup, restore, upgrade
from cuiban.registers import MODULES, declared, every
from cuiban.store.database import Database
from cuiban.store.migrate import HEAD, create, schema_of
from cuiban.store.registers import tables_of
from cuiban.workflows import ROLES
from tests.support.house import House
from tests.support.raw import Raw
from tests.support.vins import vin


def test_declarations_are_sound() -> None:
    """Names, prefixes, fields: each register says what the tables need."""
    registers = every()
    assert [register.name for register in registers] == list(MODULES)
    assert len({register.prefix for register in registers}) == len(registers)
    for position, register in enumerate(registers):
        names = [field.name for field in register.fields]
        assert len(set(names)) == len(names)
        assert not {*names} & {*COLUMNS}
        assert {field.type for field in register.fields} <= TYPES, register.name
        assert {*register.required, *register.subject, *register.find, *register.past} <= {*names}, register.name
        assert {*register.roles} <= {*ROLES}, register.name
        for refer in register.refers:
            there = declared(refer.register)
            assert there is not None
            assert registers.index(there) <= position
            assert refer.by is None or [refer.by] == there.key


def test_the_migration_makes_constraints_too(tmp_path: Path) -> None:
    """Checks and references, word for word: no tool compares them."""
    database = Database(f"sqlite:///{tmp_path / 'made.db'}", create=True)
    create(database)
    database.close()
    engine = create_engine(f"sqlite:///{tmp_path / 'said.db'}")
    tables_of(every()).create_all(engine)
    engine.dispose()

    made, said = (_tables(tmp_path / name) for name in ("made.db", "said.db"))

    assert made == said
    assert len(said) == len(MODULES)


def _tables(path: Path) -> dict[str, list[str]]:
    with Raw(f"sqlite:///{path}") as raw:
        rows = raw.all("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name LIKE 'r\\_%' ESCAPE '\\'")
    return {name: sorted(line.strip(" \t,") for line in text.split("\n")) for name, text in rows}


def test_the_database_itself_refuses(house: House) -> None:
    """A choice that is none, a reference to nothing, a key twice: whoever writes past the office is stopped."""
    wrong = (
        "INSERT INTO r_fund VALUES (1, 'ZJ-1', 1, '', FALSE, 0, 'gold', '2026-03-01', 1, NULL)",
        "INSERT INTO r_movement VALUES (1, 'YD-1', 1, '', FALSE, 0, 'LSGGF53W8EH123453', 0, 'moved', NULL, NULL, NULL)",
        "INSERT INTO r_supplies VALUES (1, 'WL-1', 1, '', FALSE, 0, '2026-03', 'IT', 'pen', -1, NULL)",
    )
    with house.raw() as raw:
        if raw.is_sqlite:
            raw.run("PRAGMA foreign_keys=ON")
        for statement in wrong:
            with pytest.raises(Exception, match=r"(?i)constraint"):
                raw.run(statement)


def test_an_old_database_is_upgraded(tmp_path: Path) -> None:
    """From the first schema; a backup lies beside it. [R12]"""
    from alembic import command
    from alembic.config import Config

    path = tmp_path / "old.db"
    database = Database(f"sqlite:///{path}", create=True)
    config = Config()
    config.set_main_option("script_location", "cuiban.store:migrations")
    with database.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    assert schema_of(database) == "0001"
    database.close()

    done = upgrade(f"sqlite:///{path}")

    assert (done["from"], done["to"]) == ("0001", HEAD)
    assert Path(done["backup"]).exists()
    assert len(_tables(path)) == len(MODULES)


def test_a_backup_holds_the_registers(house: House, tmp_path: Path) -> None:
    """From either engine, put back elsewhere, verified. [R11]"""
    from tests.registers.test_by_hand import CUSTOMER, added

    added(house, "customer", CUSTOMER)
    added(house, "vehicle", {"vin": vin(1), "customer": "13800138000"})

    backup(house.office, tmp_path / "kept.db")
    restore(tmp_path / "kept.db", f"sqlite:///{tmp_path / 'back.db'}")

    with Raw(f"sqlite:///{tmp_path / 'back.db'}") as raw:
        assert raw.all("SELECT phone FROM r_customer") == [("13800138000",)]
        assert raw.all("SELECT vin, customer FROM r_vehicle") == [(vin(1), "KH-000001")]


def test_an_upgrade_finds_the_cars_of_old_cases(sqlite_house: House) -> None:
    """Of which cars the history speaks is worked out again from it."""
    sqlite_house.opened("callback", given={"vin": vin(1)})
    sqlite_house.opened("complaint", given={"phone": None})
    with sqlite_house.raw() as raw:
        before = sorted(raw.all("SELECT dealership, thing, ref FROM mentions"))
        for (name,) in reversed(raw.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name GLOB 'r_*' ORDER BY rowid")):
            raw.run(f"DROP TABLE {name}")
        raw.run("DROP TABLE mentions")
        raw.run("UPDATE alembic_version SET version_num = '0001'")

    upgrade(sqlite_house.url)

    with sqlite_house.raw() as raw:
        assert sorted(raw.all("SELECT dealership, thing, ref FROM mentions")) == before != []

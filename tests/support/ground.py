"""A founded dealership on each engine, made once a run; every test works on a copy of its own."""

import shutil
from itertools import count
from pathlib import Path
from types import ModuleType

from sqlalchemy.engine import make_url

from cuiban import Office, create
from tests.postgres import Postgres
from tests.support.chance import salts
from tests.support.clock import at
from tests.support.house import DEALERSHIP
from tests.support.people import ADMIN, employ

FOUNDED = at("2026-02-24 08:30")  # the first day after the Spring Festival
_numbers = count(1)


def found(url: str, seed: int, modules: list[ModuleType] | None = None) -> None:
    """Make the database, the dealership, its people."""
    chance = salts(seed)
    create(url, dealership=DEALERSHIP, admin=ADMIN, admin_name="管理员", chance=chance, modules=modules, now=FOUNDED)
    with Office(url, DEALERSHIP, chance=chance, modules=modules) as office:
        employ(office, FOUNDED)


def on_server(server: Postgres, seed: int) -> str:
    """The name of a new PostgreSQL database with a founded dealership."""
    name = f"ground_{next(_numbers)}"
    found(server.create(name), seed)
    return name


def copy_of_file(template: Path, folder: Path) -> str:
    """The address of a copy of a SQLite database that nobody has open."""
    copy = folder / f"house{next(_numbers)}.db"
    shutil.copyfile(template, copy)
    return f"sqlite:///{copy}"


def copy_of_database(server: Postgres, template: str) -> str:
    """The address of a copy of a PostgreSQL database to which nobody is connected."""
    return server.create(f"house_{next(_numbers)}", template)


def drop(server: Postgres, url: str) -> None:
    """Remove a copy."""
    server.drop(str(make_url(url).database))

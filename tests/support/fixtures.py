"""What tests may ask for: `clock`, a `house` on both engines, one on SQLite alone where the engine plays no part."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

from cuiban import Office
from tests.postgres import Postgres
from tests.support import ground, trials
from tests.support.chance import salts
from tests.support.clock import Clock
from tests.support.house import DEALERSHIP, House

Start = Callable[[str], House]


@pytest.fixture
def clock() -> Clock:
    """Give a clock that shows Monday 2026-03-02 09:00 in the dealership."""
    return Clock()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, seed: int) -> Path:
    """Give a SQLite database with a founded dealership."""
    path = tmp_path_factory.mktemp("ground") / "template.db"
    ground.found(f"sqlite:///{path}", seed)
    return path


@pytest.fixture(scope="session")
def postgresql_template(postgres: Postgres, seed: int) -> str:
    """Give the name of a PostgreSQL database with a founded dealership."""
    return ground.on_server(postgres, seed)


@pytest.fixture
def sqlite_house_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Give the address of a founded dealership on SQLite."""
    return ground.copy_of_file(sqlite_template, tmp_path)


@pytest.fixture
def postgresql_house_url(postgres: Postgres, postgresql_template: str) -> Iterator[str]:
    """Give the address of a founded dealership on PostgreSQL."""
    url = ground.copy_of_database(postgres, postgresql_template)
    yield url
    ground.drop(postgres, url)


@pytest.fixture(params=["sqlite", "postgresql"])
def house_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a founded dealership, on each engine in turn."""
    return str(request.getfixturevalue(f"{request.param}_house_url"))


@pytest.fixture
def house(house_url: str, clock: Clock, seed: int) -> Iterator[House]:
    """Give a dealership on each engine in turn; what is stored must be what its history says when the test is over."""
    yield from lived_in(house_url, clock, seed)


@pytest.fixture
def sqlite_house(sqlite_house_url: str, clock: Clock, seed: int) -> Iterator[House]:
    """Give a dealership on SQLite alone."""
    yield from lived_in(sqlite_house_url, clock, seed)


@pytest.fixture
def trial_house(house_url: str, clock: Clock, seed: int) -> Iterator[House]:
    """Give a dealership on each engine that has the processes of trials.py beside its own."""
    yield from lived_in(house_url, clock, seed, trials.modules())


def lived_in(url: str, clock: Clock, seed: int, modules: list[ModuleType] | None = None) -> Iterator[House]:
    """Open a founded dealership, and look after it when the test is over."""
    house = House(url, clock, Office(url, DEALERSHIP, chance=salts(seed + 7), modules=modules), seed, modules)
    try:
        yield house
        if house.sound:
            house.assert_sound()
    finally:
        house.close()

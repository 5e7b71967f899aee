"""What every test may ask for: a fresh database on each engine, the seed of this run, the full size."""

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import hypothesis
import pytest

from tests.postgres import Postgres, running_postgres

# A dealership on each engine, made once a run and copied for each test.
pytest_plugins = ["tests.support.fixtures"]

USUAL_SEED = 20260306
_numbers = count(1)

# A slow machine is no failure: no test here is timed.
hypothesis.settings.register_profile("cuiban", deadline=None)
hypothesis.settings.load_profile("cuiban")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add --full and --seed."""
    parser.addoption("--full", action="store_true", help="tests/torture at full size (hours), not the quick one")
    parser.addoption("--seed", type=int, help=f"where chance starts; usually {USUAL_SEED}, with --full another each time")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Settle the seed, once, for this process and for its pytest-xdist workers, and hand it to hypothesis too."""
    if config.option.seed is None:
        config.option.seed = random.SystemRandom().randrange(10**8) if config.option.full else USUAL_SEED
    if config.getoption("hypothesisseed", None) is None:
        config.option.hypothesisseed = config.option.seed


def pytest_report_header(config: pytest.Config) -> str:
    """Print the seed: with it, --seed repeats this run."""
    return f"seed: {config.option.seed}{', full size' if config.option.full else ''}"


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    """Give the seed of this run, the only source of chance."""
    return int(request.config.option.seed)


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Say whether the full size is wanted, not the quick one."""
    return bool(request.config.option.full)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Give a running PostgreSQL server, shared by the tests of this process; to crash one, run your own."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgresql_url(postgres: Postgres) -> Iterator[str]:
    """Give the address of a new, empty PostgreSQL database."""
    database = f"test_{next(_numbers)}"
    yield postgres.create(database)
    postgres.drop(database)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Give the address of a SQLite database whose file is not there yet."""
    return f"sqlite:///{tmp_path / 'cuiban.db'}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Give the address of a new, empty database, on each engine in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))

"""What the tests of the command line ask for."""

from pathlib import Path

import pytest

from tests.cli.clerk import Clerk
from tests.cli.shell import Shell
from tests.support.house import House


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Give a shell whose home is empty: no database, no config."""
    return Shell(tmp_path)


@pytest.fixture
def clerk(sqlite_house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """Give a clerk in a dealership on a real database, on Monday 2026-03-02 at 09:00."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return Clerk(sqlite_house, home)


@pytest.fixture
def environ(clerk: Clerk) -> dict[str, str]:
    """Give the environment of 王芳 at a terminal; the real clock must not matter."""
    return {"CUIBAN_DATABASE_URL": clerk.house.url, "CUIBAN_USER": "wang", "CUIBAN_LANG": "zh", "NO_COLOR": "1"}

"""What tests of registers ask for: a clerk at the command line."""

from pathlib import Path

import pytest

from tests.cli.clerk import Clerk
from tests.support.house import House


@pytest.fixture
def clerk(sqlite_house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    """Give 王芳 at her desk, on Monday 2026-03-02 at 09:00."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return Clerk(sqlite_house, home)

"""What the tests of the command line ask for."""

from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """Give a shell whose home is empty: no database, no config."""
    return Shell(tmp_path)

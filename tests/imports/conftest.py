"""What the tests of imports ask for: a dealership on each engine, one on SQLite, a shell beside it."""

from pathlib import Path

import pytest

from tests.cli.shell import Answer, Shell
from tests.support.house import House


class Desk(Shell):
    """The shell of an engineer of the house, who imports logs."""

    def __init__(self, house: House, home: Path) -> None:
        super().__init__(home, CUIBAN_DATABASE_URL=house.url, CUIBAN_USER="wu", CUIBAN_NOW="")
        self.house = house

    def imports(self, log: Path, mapping: Path, *words: str, **environ: str) -> Answer:
        """Run `cuiban import-log` through the process of incidents."""
        return self.runs("import-log", str(log), "--process", "incident", "--map", str(mapping), *words, **environ)


@pytest.fixture
def desk(sqlite_house: House, tmp_path: Path) -> Desk:
    """Give an engineer's shell in a dealership."""
    home = tmp_path / "home"
    home.mkdir()
    return Desk(sqlite_house, home)

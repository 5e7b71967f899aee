"""A database that may only be read, in a folder where nothing can be made: a disk for readers, an archive. [R9]"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cuiban import Office
from cuiban.errors import DatabaseTrouble
from tests.support.house import DEALERSHIP, House

NOBODY = 65534


@contextmanager
def as_nobody() -> Iterator[None]:
    """Be somebody whom permissions bind: who runs tests may be root."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(was)


@pytest.fixture
def archive(sqlite_house: House) -> Iterator[Path]:
    """Give a copy of a house with a case in it that nobody may write."""
    sqlite_house.opened()
    with sqlite_house.raw() as raw:
        raw.run("PRAGMA wal_checkpoint(TRUNCATE)")
    folder = Path(tempfile.mkdtemp())
    shutil.copyfile(sqlite_house.url.removeprefix("sqlite:///"), folder / "house.db")
    (folder / "house.db").chmod(0o444)
    folder.chmod(0o555)
    yield folder / "house.db"
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_it_can_be_read_and_says_that_it_cannot_be_written(sqlite_house: House, archive: Path) -> None:
    """Lists, histories and a replay; a step is refused in words, and nothing is made beside the file."""
    now = sqlite_house.now

    def read(url: str) -> tuple[int, int, bool]:
        with Office(url, DEALERSHIP) as office:
            listed = office.todo(actor="wang", now=now)
            return len(listed), len(office.history("TS-260302-001")), office.replay_all().unequal == []

    seen = read(sqlite_house.url)  # whatever is loaded late is loaded now: another person may not be able to
    with as_nobody():
        assert read(f"sqlite:///{archive}") == seen
        with Office(f"sqlite:///{archive}", DEALERSHIP) as office, pytest.raises(DatabaseTrouble) as trouble:
            office.fire("TS-260302-001", "note", actor="wang", note="一", now=now)

    assert trouble.value.code == "readonly"
    assert os.listdir(archive.parent) == ["house.db"]

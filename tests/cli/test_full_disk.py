"""A disk without room, shown by a limit on what a process may write: what was kept can still be read. [R2, R9]"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.clerk import Clerk

# As where the disk is full: not a byte more fits into any file, that which readers share beside the database included.
NO_ROOM = """
import resource, signal, sys
from cuiban.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
main()
"""


def types(clerk: Clerk, database: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """Type `cuiban ...` where there is no room."""
    environ = {"CUIBAN_DATABASE_URL": f"sqlite:///{database}", "CUIBAN_USER": "wang", "CUIBAN_LANG": "zh",
               "HOME": str(clerk.home), "PATH": "", "PYTHONDONTWRITEBYTECODE": "1"}  # fmt: skip
    return subprocess.run([sys.executable, "-c", NO_ROOM, *words], env=environ, capture_output=True, text=True, check=False)


@pytest.fixture
def database(clerk: Clerk) -> Path:
    """Give a copy of the database as a power cut leaves it: the last case stands in the log alone, nobody has it open."""
    clerk.house.opened()
    path, copy = Path(clerk.house.url.removeprefix("sqlite:///")), clerk.home / "copy.db"
    for end in ("", "-wal"):
        shutil.copyfile(f"{path}{end}", f"{copy}{end}")
    assert Path(f"{copy}-wal").stat().st_size > 0
    return copy


def test_what_is_there_can_be_read(clerk: Clerk, database: Path) -> None:
    """Lists, a case, its history, its proof; the to-do list, which says that no duties were opened."""
    for words in (["list"], ["show", "TS-260302-001"], ["history", "TS-260302-001"], ["replay", "--all"]):
        answer = types(clerk, database, *words)
        assert (answer.returncode, answer.stderr) == (0, ""), words
    assert "空调异响 赵敏" in types(clerk, database, "list").stdout

    todo = types(clerk, database, "todo")

    assert todo.returncode == 0
    assert "例行事项没" in todo.stderr


def test_what_would_be_written_is_refused_and_nothing_is_half_done(clerk: Clerk, database: Path) -> None:
    """The disk is full, not broken and not read-only; exit 6; what was there is there afterwards. [R2]"""
    before = database.read_bytes()

    for words in (["do", "TS-260302-001", "note", "--note", "x"], ["open", "投诉", "--set", "customer=x", "--no-input"]):
        answer = types(clerk, database, *words)
        assert (answer.returncode, answer.stderr.startswith("磁盘已满, 没有写入: ")) == (6, True), answer.stderr

    assert database.read_bytes() == before
    with_room = clerk.runs("list", CUIBAN_DATABASE_URL=f"sqlite:///{database}")
    assert "空调异响 赵敏" in with_room.out

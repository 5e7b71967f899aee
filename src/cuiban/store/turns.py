"""Whose turn it is to write into a SQLite file.

SQLite lets whoever has waited long look ever more rarely whether the file is free: among many writers somebody waits for
ever. So whoever wants to write first takes a lock of the system's on a file beside the database, for which all ask equally
often (decisions/0014). It is an order, no safety: where there is no such lock, SQLite's own is all there is, as before.
"""

import os
import sqlite3
import stat
import time
import weakref
from contextlib import suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

AT_ONCE = fcntl.LOCK_EX | fcntl.LOCK_NB if fcntl is not None else 0
PAUSE = 0.001  # seconds until somebody asks again
BESIDE = "-turn"
# Whatever else somebody put in its place is neither followed nor waited for.
OPENED = os.O_RDONLY | os.O_CREAT | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


LOCKS = Path("/proc/locks")  # where Linux tells who has a lock


class Occupied(sqlite3.OperationalError):
    """It was somebody else's turn until the patience was over; `by`: whose, `4711 (cuiban)`, where the system tells."""

    def __init__(self, by: str | None) -> None:
        super().__init__("database is locked")
        self.by = by


class Turn:
    """One connection's place among all that write into a database. It must be released by whoever took it.

    Args:
        path: the SQLite file. The file beside it stays there, empty: to remove it would let two have their turn at once.
        patience: seconds that a turn is waited for.
    """

    def __init__(self, path: Path, patience: float) -> None:
        self._path, self.patience = path, patience
        self._file: int | None = None
        self._is_mine = False

    def take(self) -> None:
        """Wait until it is this connection's turn. Raises Occupied when the patience is over."""
        if self._file is None:
            self._file = self._opened()
        if self._file < 0:
            return
        try:
            fcntl.flock(self._file, AT_ONCE)
        except BlockingIOError:
            self._wait(self._file)
        except OSError:
            return  # the file system knows no locks
        self._is_mine = True

    def _wait(self, file: int) -> None:
        until = time.monotonic() + self.patience
        while time.monotonic() < until:
            time.sleep(PAUSE)
            with suppress(BlockingIOError):
                return fcntl.flock(file, AT_ONCE)
        raise Occupied(_holder(file))

    def release(self) -> None:
        """Let the next one write; nothing happens if it is not this connection's turn."""
        if self._is_mine:
            assert self._file is not None
            self._is_mine = False
            fcntl.flock(self._file, fcntl.LOCK_UN)

    def _opened(self) -> int:
        """The file that is locked; -1: there can be none."""
        if fcntl is None:
            return -1
        try:
            file = os.open(f"{self._path}{BESIDE}", OPENED, _for_writers(self._path.stat().st_mode))
        except OSError:
            return -1
        if not stat.S_ISREG(os.fstat(file).st_mode):
            os.close(file)
            return -1
        weakref.finalize(self, os.close, file)
        return file


def _holder(file: int) -> str | None:
    """The process that has the lock on a file, with its name; None: the system does not tell."""
    seen = os.fstat(file)
    place = f"{os.major(seen.st_dev):02x}:{os.minor(seen.st_dev):02x}:{seen.st_ino}"
    with suppress(OSError, ValueError):
        for _, kind, _, _, pid, where, *_ in map(str.split, LOCKS.read_text().splitlines()):
            if (kind, where) == ("FLOCK", place):
                return f"{pid} ({Path('/proc', pid, 'comm').read_text().strip()})"
    return None


def _for_writers(mode: int) -> int:
    """Who may open the file, hence hold everybody up: whoever may write the database, and nobody who may only read it."""
    writes = mode & 0o222
    return writes | writes << 1


class NoRoom(Turn):
    """Nobody's turn: the disk is full."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, 0)

    def take(self) -> None:
        """Raise sqlite3.OperationalError (full)."""
        raise sqlite3.OperationalError("database or disk is full")

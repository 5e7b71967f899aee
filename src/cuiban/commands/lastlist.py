"""The numbers of the last list that this terminal showed. [cli.md 1, Which case]

Belongs here: which terminal it is, what its last list held.   Must never enter: cases, the office.
Pipes and other terminals never renumber: a list is kept only where stdout is the terminal.
"""

import contextlib
import os
import sys
from pathlib import Path
from typing import NamedTuple

import msgspec

from cuiban.commands.config import folder


class Entry(msgspec.Struct):
    """A case as it was listed."""

    ref: str
    version: int


class Listed(msgspec.Struct):
    """A list as it was shown: of which database and dealership, which cases in which order."""

    place: str
    entries: list[Entry]


class Numbered(NamedTuple):
    """The case that a number stands for."""

    number: int
    ref: str
    version: int


class LastList:
    """The last list of this terminal.

    Args:
        place: names database and dealership; numbers of another place do not count.
    """

    def __init__(self, place: str) -> None:
        self.place = place

    def show(self, entries: list[tuple[str, int]]) -> bool:
        """Remember the cases (ref, version) that are shown now, if stdout is a terminal; whether they are known by number.

        Where nothing is shown the numbers of the list before go on to hold.
        """
        if entries and sys.stdout.isatty():
            return self._keep([Entry(ref, version) for ref, version in entries])
        return False

    def find(self, number: int) -> Numbered | None:
        """The case with that number, or None."""
        entries = self._entries()
        if not 1 <= number <= len(entries):
            return None
        entry = entries[number - 1]
        return Numbered(number, entry.ref, entry.version)

    def number_of(self, ref: str) -> int | None:
        """The number under which this terminal knows the case."""
        return next((n for n, entry in enumerate(self._entries(), 1) if entry.ref == ref), None)

    def seen(self, ref: str, version: int) -> None:
        """This terminal was told how the case stands now: its number goes on to mean it."""
        entries = self._entries() if sys.stdout.isatty() else []
        if any(entry.ref == ref for entry in entries):
            self._keep([Entry(e.ref, version if e.ref == ref else e.version) for e in entries])

    def _entries(self) -> list[Entry]:
        path = _file()
        try:
            listed = msgspec.json.decode(path.read_bytes(), type=Listed) if path else None
        except (OSError, msgspec.MsgspecError):
            return []
        return listed.entries if listed is not None and listed.place == self.place else []

    def _keep(self, entries: list[Entry]) -> bool:
        """Write the list whole or not at all; a terminal that cannot keep it has no numbers."""
        path = _file()
        if path is None:
            return False
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = path.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(msgspec.json.encode(Listed(self.place, entries)))
            fresh.replace(path)
            return True
        return False


def _file() -> Path | None:
    name = _terminal()
    return None if name is None else folder("state") / "lists" / f"{name}.json"


def _terminal() -> str | None:
    """A name for the terminal of this session, whichever stream still leads there; None: there is none."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        try:
            if stream.isatty():
                return f"{_device(stream.fileno())}-{_session()}".strip("-")
        except (OSError, ValueError, AttributeError):
            continue
    return None


def _device(descriptor: int) -> str:
    if os.name == "nt":
        return "console"
    return os.ttyname(descriptor).strip("/").replace("/", "-")


def _session() -> int:
    return os.getppid() if os.name == "nt" else os.getsid(0)

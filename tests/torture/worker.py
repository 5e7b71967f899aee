"""A process of its own that does what it is told in a dealership, until it is killed.

A fork server that has read everything already makes one in some milliseconds.
"""

import multiprocessing
import os
import random
import signal
import time
from multiprocessing.connection import Connection
from typing import Any

from cuiban import Office
from cuiban.errors import CuibanError
from tests.support.chance import salts
from tests.support.house import DEALERSHIP

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.torture.worker", "cuiban.office.steps", "cuiban.office.duties", "cuiban.workflows", "psycopg"])

Wish = tuple[str, dict[str, Any]]  # a method of Office and its arguments


class Killed(Exception):
    """The worker was killed before it answered."""


def work(url: str, seed: int, pipe: Connection, die_at: int | None) -> None:
    """Do what comes through the pipe; at its `die_at`-th statement (SQLite) be killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    office = Office(url, DEALERSHIP, chance=salts(seed))
    while True:
        try:
            method, arguments = pipe.recv()
        except EOFError:
            return
        if die_at is not None:
            office.database.connection().raw.set_trace_callback(_Reaper(die_at))
        try:
            answer: Any = getattr(office, method)(**arguments)
        except CuibanError as error:
            answer = error.code
        pipe.send(answer)


class _Reaper:
    """Counts statements as they begin, and kills the process at one."""

    def __init__(self, left: int) -> None:
        self.left = left

    def __call__(self, statement: str) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class Worker:
    """A worker, seen from outside.

    Args:
        die_at: SQLite: the statement of its first wish at whose beginning it is killed.
    """

    def __init__(self, url: str, seed: int, die_at: int | None = None) -> None:
        self.pipe, theirs = FORKS.Pipe()
        self.process = FORKS.Process(target=work, args=(url, seed, theirs, die_at), daemon=True)
        self.process.start()
        theirs.close()

    def asked(self, wish: Wish) -> None:
        """Tell it what to do."""
        self.pipe.send(wish)

    def answered(self) -> Any:
        """What it answers. Raises Killed."""
        try:
            return self.pipe.recv()
        except (EOFError, ConnectionResetError):
            raise Killed from None

    def does(self, wish: Wish) -> Any:
        """Do something and wait for the answer."""
        self.asked(wish)
        return self.answered()

    def kill(self) -> None:
        """Kill it, wherever it is."""
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def ends(self) -> None:
        """Let it go home."""
        self.pipe.close()
        self.process.join()


def spins(dice: random.Random, most: float) -> None:
    """Let a random part of `most` seconds go by: where a kill comes is chance, and nothing waits for it."""
    until = time.perf_counter() + dice.random() * most
    while time.perf_counter() < until:
        pass

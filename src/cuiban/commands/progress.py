"""Progress of long work: a line on stderr that is written over, after one second, and only on a terminal. [cli.md 1]"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

from cuiban.engine.labels import L

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk

FIRST, EVERY = 1.0, 0.2


@contextmanager
def progress(desk: "Desk", label: L) -> Iterator[Callable[[int], None]]:
    """Give a function that is told how far the work is; `label` says it, with {n}."""
    shows = sys.stderr.isatty() and not desk.wants_json
    next_at = monotonic() + FIRST
    wrote = False

    def told(n: int) -> None:
        nonlocal next_at, wrote
        if shows and monotonic() >= next_at:
            sys.stderr.write("\r" + label.fill(n=n)[desk.lang])
            sys.stderr.flush()
            next_at, wrote = monotonic() + EVERY, True

    try:
        yield told
    finally:
        if wrote:
            sys.stderr.write("\n")

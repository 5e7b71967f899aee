"""Replaying everything: each event read, hashed onto the one before, folded; each case compared with its row.

The floor reads the same texts in the same order, hashes each and compares the hash: the least that a check can do.
"""

import sqlite3
from hashlib import sha256
from pathlib import Path
from time import perf_counter

from benchmarks.timing import Times, take_turns
from cuiban import Office

REPLAY, HASHING = "replay", "hashing"
SELECT = "SELECT text, hash FROM events WHERE dealership = 1 ORDER BY ref, seq"


def replays(database: Path, rounds: int) -> Times:
    """Both over the same SQLite file; seconds an event."""
    raw = sqlite3.connect(database)

    def replay() -> float:
        with Office(f"sqlite:///{database}") as office:
            start = perf_counter()
            verdict = office.replay_all()
            taken = perf_counter() - start
        if verdict.unequal:
            raise RuntimeError("a case is not what its history says")
        return taken / verdict.events

    def hashing() -> float:
        start = perf_counter()
        events = 0
        for text, digest in raw.execute(SELECT):
            if sha256(text.encode()).hexdigest() != digest:
                raise RuntimeError("an event was changed")
            events += 1
        return (perf_counter() - start) / events

    times = take_turns({REPLAY: replay, HASHING: hashing}, rounds, warm=1)
    raw.close()
    return times

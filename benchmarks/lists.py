"""Lists and replay: a clerk's list among few and many cases against the raw SQL of its rows; replay against a bare hashing loop."""

from contextlib import closing
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks import crowd
from benchmarks.timing import Times, take_turns
from cuiban import Office
from cuiban.store import questions as q

FEW, MANY = 10_000, 1_000_000


def path_of(folder: Path, cases: int) -> Path:
    """The large dealership of so many cases in `folder`; made once, kept for the next run."""
    path = folder / f"crowd-{cases}.db"
    if not path.exists():
        beside = path.with_suffix(".part")
        beside.unlink(missing_ok=True)
        crowd.crowd(f"sqlite:///{beside}", cases)
        with Office(f"sqlite:///{beside}", "bench") as office:
            office.database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        beside.rename(path)
    return path


def todo(path: Path, rounds: int) -> Times:
    """The list of the clerk with 300 due, and the raw SQL of the same rows."""
    with closing(Office(f"sqlite:///{path}", "bench")) as office:
        connection = office.database.connection()
        params = {"dealership": office.store.dealership, "holder": crowd.CLERK}

        def ours() -> float:
            start = perf_counter()
            items = office.todo(actor=crowd.CLERK, now=crowd.NOW)
            taken = perf_counter() - start
            if len(items) < crowd.DUE:
                raise RuntimeError(f"{len(items)} items")
            return taken

        def raw() -> float:
            start = perf_counter()
            rows = connection.run(q.HELD_BY, params).fetchall()
            taken = perf_counter() - start
            if len(rows) < crowd.DUE:
                raise RuntimeError(f"{len(rows)} rows")
            return taken

        return take_turns({"ours": ours, "raw": raw}, rounds)


def replay(path: Path, rounds: int) -> Times:
    """Replay and chain check of everything, and a loop that hashes the stored bytes; seconds an event."""
    with closing(Office(f"sqlite:///{path}", "bench")) as office:
        raw: Any = office.database.connection().raw

        def ours() -> float:
            start = perf_counter()
            verdict = office.replay_all()
            taken = perf_counter() - start
            if verdict.unequal:
                raise RuntimeError("unequal")
            return taken / verdict.events

        def loop() -> float:
            start = perf_counter()
            count = 0
            for (text,) in raw.execute("SELECT text FROM events ORDER BY ref, seq"):
                sha256(text.encode()).hexdigest()
                count += 1
            return (perf_counter() - start) / count

        return take_turns({"ours": ours, "floor": loop}, rounds, warm=1)

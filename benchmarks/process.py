"""Whole processes: `cuiban todo` against an interpreter that imports SQLAlchemy and click; a month of missed duties."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter

from benchmarks.timing import Times, take_turns
from cuiban import Office, create

BEGAN = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)


def todo(demo: Path, rounds: int) -> Times:
    """Processor time of the two processes; the demo is made first."""
    python = Path(sys.executable)
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE" and not k.startswith("CUIBAN_")}
    environment |= {"CUIBAN_DATABASE_URL": f"sqlite:///{demo}", "HOME": str(demo.parent)}

    def run(*words: str) -> float:
        before = os.times()
        subprocess.run(words, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=True)
        after = os.times()
        return after.children_user - before.children_user + after.children_system - before.children_system

    cuiban = str(python.parent / "cuiban")
    run(cuiban, "demo")
    return take_turns(
        {"ours": lambda: run(cuiban, "todo"), "floor": lambda: run(str(python), "-c", "import sqlalchemy, click")}, rounds
    )


def a_month_of_duties(folder: Path) -> tuple[int, int, float]:
    """Open what 30 days of silence left: (duties, occurrences, seconds)."""
    url = f"sqlite:///{folder / 'duties.db'}"
    create(url, dealership="bench", admin="admin", now=BEGAN)
    with Office(url) as office:
        office.catch_up(BEGAN)
        duties = len(office.world().duties)
        start = perf_counter()
        done = office.catch_up(BEGAN + timedelta(days=30))
        return duties, done.opened, perf_counter() - start

"""Opening what a month's silence left: thirty days of forty duties, daily, weekly, monthly; a transaction a batch."""

from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter
from types import ModuleType

import cuiban.workflows as workflows
from benchmarks.timing import Times, take_turns
from cuiban import Office, create

MOST, DAYS = 40, 30
FOUNDED = datetime.fromisoformat("2026-03-02T08:30:00+08:00")
CATCH_UP = "catch-up"


def forty() -> ModuleType:
    """The installed processes with the first forty of their duties."""
    fewer = ModuleType("forty")
    tables = {name: getattr(workflows, name) for name in ("PROCESSES", "ROLES", "OUTSIDE", "BOOKS", "CHOICES", "CALENDARS")}
    vars(fewer).update(tables, DUTIES=workflows.DUTIES[:MOST])
    return fewer


def missed(folder: Path, rounds: int) -> tuple[Times, int]:
    """Catch up once a round in a fresh dealership; seconds in all, and how many occurrences were opened."""
    modules = [forty()]
    opened: list[int] = []

    def catch_up() -> float:
        file = folder / f"missed{len(opened)}.db"
        create(f"sqlite:///{file}", dealership="bench", admin="admin", modules=modules, now=FOUNDED)
        with Office(f"sqlite:///{file}", modules=modules) as office:
            office.catch_up(FOUNDED)
            start = perf_counter()
            done = office.catch_up(FOUNDED + timedelta(days=DAYS))
            taken = perf_counter() - start
        opened.append(done.opened)
        return taken

    times = take_turns({CATCH_UP: catch_up}, rounds, warm=1)
    return times, opened[-1]

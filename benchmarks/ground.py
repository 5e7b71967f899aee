"""The ground that steps are measured on: a dealership with a clerk and a manager, and as many drafted orders as wanted."""

import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import benchmarks.order as order
from cuiban import Office, create

FOUNDED = datetime(2026, 3, 2, 0, 30, tzinfo=UTC)  # Monday, half past eight in China
SEED = 20260302


def founded(url: str) -> None:
    """Make a dealership at `url` with the process that is measured."""
    create(url, dealership="bench", admin="admin", modules=[order], now=FOUNDED)
    with opened(url) as office:
        for id, name, roles in (("wang", "王芳", ["clerk"]), ("zhou", "周明", ["manager"])):
            office.user_add(id, name, roles=roles, actor="admin", now=FOUNDED)


def opened(url: str, *, durable: bool = True) -> Office:
    """The dealership at `url`."""
    return Office(url, modules=[order], durable=durable)


def drafted(office: Office, cases: int) -> list[str]:
    """Open so many orders; their references in a random order, as people would take them up."""
    fields = {"part": "前保险杠 左", "amount": 4}
    refs = [office.open("order", actor="wang", fields=fields, now=at(number)).ref for number in range(cases)]
    random.Random(SEED).shuffle(refs)
    return refs


def at(second: int) -> datetime:
    """The instant so many seconds after the dealership began."""
    return FOUNDED + timedelta(seconds=second)


def copy(path: Path, to: Path) -> None:
    """Copy a SQLite file that nobody has open."""
    shutil.copyfile(path, to)

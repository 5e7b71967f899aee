"""demo: half a year of a believable dealership that ends today; the same for the same seed and day, hashes too.

Belongs here: made-up people, customers, cars, and what happens to them, entered through the office as people would.
Start at: months.py (how much happens), morning.py (what the clerk finds).
Must never enter: SQL, the rules of a process, the system's clock, chance that is not seeded, names of real people.
"""

from collections.abc import Callable
from datetime import date, datetime

import msgspec


class Built(msgspec.Struct, kw_only=True):
    """A demo, as it stands now.

    Attributes:
        database: its URL; today: the day on which its history ends; user: whose morning it is.
    """

    database: str
    seed: int
    today: date
    cases: int
    events: int
    user: str


def build(
    url: str, *, seed: int = 7, months: int = 6, now: datetime, lang: str = "zh", progress: Callable[[int], None] | None = None,
    dry_run: bool = False,
) -> Built:  # fmt: skip
    """Make the demo in a database that is new, or a demo of another day; one of the same day and seed is left as it stands.

    The history ends with the midnight before `now` at the dealership; only the duties of the day have come onto lists since.

    Args:
        url: where; see Office.
        seed: of all chance.
        months: how long the history is.
        now: any time of the day (UTC or any zone).
        progress: is told, now and then, how much has happened.
        dry_run: make it, say what it would be, and keep nothing.
    Raises:
        Usage: so many months would take too long.
        Refused: the database holds something else than a demo; nothing was changed.
        DatabaseTrouble: it cannot be used.
    """
    from cuiban.demo.building import built

    return built(url, seed, months, now, lang, progress, dry_run)


__all__ = ["Built", "build"]

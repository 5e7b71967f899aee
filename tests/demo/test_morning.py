"""Whatever the day, the clerk's morning has something of everything, and no story was cut short."""

from datetime import date
from pathlib import Path

import pytest

from cuiban import Office
from cuiban.demo.building import lived
from cuiban.demo.marker import Marker
from cuiban.office.items import Item
from tests.demo.conftest import Demo
from tests.support.clock import at

DAYS = {
    "a weekday": "2026-04-16",
    "a Sunday": "2026-03-15",
    "in the Spring Festival": "2026-02-20",
    "the first of a month": "2026-04-01",
    "a make-up Saturday": "2026-02-14",
    "a Monday that is off": "2026-04-06",
    "in the National holiday of another year": "2025-10-05",
    "the last of a year": "2025-12-31",
}


def sections(items: list[Item]) -> dict[str, list[Item]]:
    """The list by its sections."""
    found: dict[str, list[Item]] = {}
    for item in items:
        found.setdefault("chaser" if item.mine == "chaser" else item.group, []).append(item)
    return found


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS.keys())
def test_each_section_has_something(day: str, tmp_path: Path) -> None:
    """Overdue, due today, to come; somebody who owes something was chased already; every customer on it has a card."""
    url = f"sqlite:///{tmp_path / 'demo.db'}"
    shop = lived(url, Marker("wang", 11, 2, date.fromisoformat(day)), "zh", None)

    with Office(url) as office:
        found = sections(office.todo(actor="wang", now=at(f"{day} 08:40")))
        unequal = office.replay_all().unequal
        empty = [register.name for register, rows in office.registers() if not rows]
        cards = [office.card(office.show(item.ref, actor="wang", now=at(f"{day} 08:40")).fields["customer"], actor="wang")
                 for items in found.values() for item in items if item.process in ("callback", "complaint")]  # fmt: skip
    assert [(error.message, getattr(error, "blockers", None)) for error in shop.stopped] == []
    assert set(found) == {"overdue", "today", "upcoming", "chaser"}
    assert [item.assignee for item in found["chaser"] if item.overdue and item.chased] == ["li"]
    assert (unequal, empty) == ([], [])
    assert all(card.repairs and card.cases for card in cards)
    assert cards


def test_the_morning_of_the_readme(demo: Demo) -> None:
    """Not reached in time, due at noon, a second callback to come, a promise that was not kept."""
    found = sections(demo.office.todo(actor="wang", now=at("2026-03-11 08:40")))

    first = {name: [(item.title.zh, item.state) for item in items] for name, items in found.items()}
    assert first["overdue"] == [("回访 私家车 保养 孙丽 皖H3D905", "due")]
    assert ("例行 早会反馈厂家", "open") in first["today"]
    assert any(title.startswith("投诉 漆面有颗粒 何军") and state == "resolved" for title, state in first["upcoming"])
    broken = next(item for item in found["chaser"] if item.title.zh.startswith("投诉 空调异响 赵敏"))
    assert (broken.assignee, broken.chased, broken.late_s) == ("li", 1, 24_000)

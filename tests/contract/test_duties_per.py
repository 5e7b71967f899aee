"""A duty per something: an occurrence for each machine, each department. [C4; language.md (c) per subject]"""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cuiban import workflows
from cuiban.engine.duty import Duty
from cuiban.engine.labels import L
from cuiban.engine.subjects import Departments
from tests.support.clock import Clock, at
from tests.support.fixtures import lived_in
from tests.support.house import House
from tests.support.people import ADMIN

FIRST, SECOND = date(2026, 3, 2), date(2026, 3, 9)  # Mondays
DUTY = "c4_patches"

DUTIES = (
    Duty("t1_reading", L("科室抄表", "Meter read"), "FREQ=DAILY", "17:00", "it_engineer", roll="skip",
         per=Departments("service_director")),
)  # fmt: skip


def machine(house: House, tag: str, what: str = "前台电脑", **fields: Any) -> str:
    """Enter a machine; the id of its row."""
    given = {"tag": tag, "what": what, **fields}
    return house.office.register_add("asset", given, actor="wu", now=house.now).id


def occurrences(house: House, frm: date = FIRST, to: date = date(2026, 4, 1), duty: str = DUTY) -> list[tuple[str, str, str, str]]:
    """The ledger of a duty: (day, what, whose, state)."""
    rows = house.office.duties(frm, to, duty=duty, now=house.now)
    return sorted((row.due.date().isoformat(), row.title.zh, row.doer, row.state) for row in rows)


def caught_up(house: House, text: str) -> int:
    """Let the clock show a time and catch up; how many were opened."""
    house.clock.set(text)
    return int(house.office.catch_up(house.now).opened)


def test_each_machine_owes_its_own(house: House) -> None:
    """Its user does it, the engineer chases; a machine without user is anyone's in the role. [C4]"""
    house.clock.set("2026-02-28 10:00")
    machine(house, "PC-01", kind="computer", holder="ren")
    machine(house, "PC-02", "仓库电脑")

    caught_up(house, "2026-03-02 09:00")

    assert occurrences(house) == [
        ("2026-03-02", "病毒库和补丁: PC-01 前台电脑", "ren", "open"),
        ("2026-03-02", "病毒库和补丁: PC-02 仓库电脑", "role:device_user", "open"),
    ]
    (one, _) = house.office.duties(FIRST, SECOND, duty=DUTY, now=house.now)
    assert (one.due, one.chaser) == (at("2026-03-02 18:00"), "role:it_engineer")
    item = house.item(one.ref, "ren")
    assert item is not None
    assert (item.mine, item.title.zh) == ("assignee", "例行 病毒库和补丁: PC-01 前台电脑")
    chased = house.item(one.ref, "wu")
    assert chased is not None
    assert chased.mine == "chaser"


def test_twice_or_by_two_at_once_each_once(house: House) -> None:
    """Two workers after a week of silence: one occurrence a machine and Monday."""
    house.clock.set("2026-02-28 10:00")
    for number in range(3):
        machine(house, f"PC-{number}", holder="ren")
    house.clock.set("2026-03-09 09:00")

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _: house.another().catch_up(house.now, everything=True), range(2)))

    assert len(occurrences(house)) == 6
    assert house.another().catch_up(house.now, everything=True).opened == 0


def test_one_entered_later_owes_from_then_on(house: House) -> None:
    """Before the day's due it still owes this Monday, after it the next; the list shows it at the next look."""
    house.clock.set("2026-02-28 10:00")
    machine(house, "PC-01", holder="ren")
    caught_up(house, "2026-03-02 09:00")

    house.clock.set("2026-03-02 11:00")
    machine(house, "PC-02", holder="ren")
    assert caught_up(house, "2026-03-02 11:05") == 1
    house.clock.set("2026-03-03 09:00")
    machine(house, "PC-03", holder="ren")
    caught_up(house, "2026-03-03 09:05")
    caught_up(house, "2026-03-09 09:00")

    assert len(occurrences(house, FIRST, SECOND)) == 2
    assert len(occurrences(house, SECOND)) == 3


def test_it_does_not_matter_when_somebody_looks(house: House) -> None:
    """One that came, one that ended, one whose user changed, one scrapped meanwhile: as it stood while it was owed."""
    house.clock.set("2026-02-28 10:00")
    ended, passed_on = machine(house, "PC-01", holder="ren"), machine(house, "PC-02", holder="ren")
    scrapped = machine(house, "PC-03", holder="ren")
    house.clock.set("2026-03-04 10:00")
    house.office.register_end("asset", ended, actor="wu", reason="报废", now=house.now)
    house.office.register_set("asset", passed_on, {"holder": "tao"}, actor="wu", now=house.now)
    house.office.register_set("asset", scrapped, {"state": "scrapped"}, actor="wu", now=house.now)
    machine(house, "PC-04", holder="tao")

    caught_up(house, "2026-03-12 09:00")

    told = [(day, title[-8:], doer) for day, title, doer, _ in occurrences(house)]
    assert told == [
        ("2026-03-02", "-01 前台电脑", "ren"), ("2026-03-02", "-02 前台电脑", "ren"), ("2026-03-02", "-03 前台电脑", "ren"),
        ("2026-03-09", "-02 前台电脑", "tao"), ("2026-03-09", "-04 前台电脑", "tao"),
    ]  # fmt: skip


def test_only_what_takes_a_scanner(house: House) -> None:
    """A printer and a scrapped computer owe nothing; a machine of somebody who left is anyone's in the role."""
    house.clock.set("2026-02-28 10:00")
    machine(house, "DY-01", "打印机", kind="printer", holder="ren")
    machine(house, "PC-01", state="scrapped", holder="ren")
    machine(house, "PC-02", kind="server", holder="li")
    house.office.user_off("li", actor=ADMIN, now=house.now)

    caught_up(house, "2026-03-02 09:00")

    assert occurrences(house) == [("2026-03-02", "病毒库和补丁: PC-02 前台电脑", "role:device_user", "open")]


def test_each_ends_its_own_way(house: House) -> None:
    """Done for one machine, waived for another, missed for the third; a change of the duty is one for all."""
    house.clock.set("2026-02-28 10:00")
    for tag in ("PC-01", "PC-02", "PC-03"):
        machine(house, tag, holder="ren")
    house.office.duty_set(DUTY, start=SECOND, doer="wu", reason="统一升级", actor=ADMIN, now=house.now)
    caught_up(house, "2026-03-02 09:00")
    refs = {row.title.zh[-10:-5]: row.ref for row in house.office.duties(FIRST, SECOND, duty=DUTY, now=house.now)}
    house.fired(refs["PC-01"], "submit", "ren")
    house.fired(refs["PC-02"], "waive", "wu", reason="送修")

    caught_up(house, "2026-05-04 09:00")

    assert [state for *_, state in occurrences(house, FIRST, SECOND)] == ["done", "waived", "missed"]
    assert {doer for _, _, doer, _ in occurrences(house, SECOND, date(2026, 3, 10))} == {"wu"}
    (missed,) = house.office.duties(FIRST, SECOND, person="ren", state="missed", duty=DUTY, now=house.now)
    assert missed.title.zh == "病毒库和补丁: PC-03 前台电脑"
    (rate,) = house.office.duty_rates(FIRST, SECOND, duty=DUTY, now=house.now)
    assert (rate.key, rate.owed, rate.done, rate.waived, rate.missed, rate.rate) == (DUTY, 3, 1, 1, 1, 0.5)
    by = {one.key: (one.done, one.rate) for one in house.office.duty_rates(FIRST, SECOND, by="person", duty=DUTY, now=house.now)}
    assert by == {"ren": (1, 0.5)}


def test_machines_of_a_file_owe_too(house: House, tmp_path: Path) -> None:
    """Taken in from a table in the morning: on their users' lists the same day."""
    caught_up(house, "2026-03-02 09:00")
    table = tmp_path / "assets.csv"
    table.write_text("资产编号,设备,使用人\nPC-01,前台电脑,任杰\nPC-02,前台电脑,任杰\n", encoding="utf-8")

    house.office.register_import("asset", table, actor="wu", now=house.now)

    assert caught_up(house, "2026-03-02 09:30") == 2


@pytest.fixture
def divided_house(house_url: str, clock: Clock, seed: int) -> Iterator[House]:
    """Give a dealership on each engine with a duty for each of its departments."""
    modules: list[ModuleType] = [workflows, sys.modules[__name__]]
    yield from lived_in(house_url, clock, seed, modules)


def test_each_department_can_owe_one(divided_house: House) -> None:
    """Its head does it; where it has none, the duty's own doer. A department that comes later owes from then on."""
    house = divided_house
    caught_up(house, "2026-03-02 09:00")
    day = [(what, doer) for _, what, doer, _ in occurrences(house, duty="t1_reading")]

    assert day == [("科室抄表: 信息", "role:it_engineer"), ("科室抄表: 售后", "zhou"), ("科室抄表: 财务", "role:it_engineer"),
                   ("科室抄表: 销售", "role:it_engineer")]  # fmt: skip
    house.office.user_add("bai", "白雪", department="水吧", superior="ma", actor=ADMIN, now=house.now)
    caught_up(house, "2026-03-03 09:00")
    assert len(occurrences(house, date(2026, 3, 3), duty="t1_reading")) == 5

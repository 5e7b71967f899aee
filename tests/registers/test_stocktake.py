"""The month's stocktake from the register: its sheet, the count of hundreds of cars, what it leaves there. [D17, D24]"""

import time
from typing import Any

from tests.cli.clerk import Clerk
from tests.registers.test_by_hand import added
from tests.support.house import House
from tests.support.vins import vin

CARS = 400


def stocked(house: House, number: int, state: str = "stock", **more: Any) -> None:
    """A car in the register."""
    added(house, "vehicle", {"vin": vin(number), "model": "威朗", "state": state, **more}, by="sun")


def frozen(house: House, **given: Any) -> str:
    """A stocktake of March, its sheet frozen."""
    ref = house.office.open("stocktake", actor="sun", fields={"month": "2026-03"}, now=house.now).ref
    house.fired(ref, "freeze", "sun", {"cutoff": house.now, **given}, papers=["sheet"])
    return ref


def counted(house: House) -> list[tuple[Any, ...]]:
    """What the register of counts says."""
    rows = house.office.register_list("stock_count")
    return [(row.fields["vin"], row.fields["found"]) for row in rows]


def test_the_sheet_comes_from_the_register(house: House) -> None:
    """What stands in the yard, with its place; not what is on its way, sold, at the network, or has ended."""
    stocked(house, 2, "held", place="展厅")
    stocked(house, 1)
    for number, state in enumerate(("transit", "network", "out", "sold"), 3):
        stocked(house, number, state)
    stocked(house, 9)
    house.office.register_end("vehicle", vin(9), actor="sun", reason="登记错", now=house.now)

    ref = frozen(house)

    assert house.case(ref).data.fields["lines"] == [
        {"vin": vin(1), "model": "威朗"}, {"vin": vin(2), "model": "威朗", "place": "展厅"}]  # fmt: skip
    stocked(house, 10)  # after the cutoff
    house.fired(ref, "count", "qian", {"cars": 2})
    assert counted(house) == [(vin(1), "there"), (vin(2), "there")]


def test_a_sheet_that_is_given_is_the_sheet(house: House) -> None:
    """Where the register is not kept yet. An empty yard has an empty one."""
    empty = frozen(house)
    assert house.case(empty).data.fields["lines"] == []
    assert house.fired(empty, "count", "qian", {"cars": 0}).opened == []

    ref = house.office.open("stocktake", actor="sun", fields={"month": "2026-04"}, now=house.now).ref
    lines = [{"vin": vin(7)}]
    house.fired(ref, "freeze", "sun", {"cutoff": house.now, "lines": lines}, papers=["sheet"])
    assert house.case(ref).data.fields["lines"] == lines


def test_what_was_counted_again_replaces_the_first_count(house: House) -> None:
    """Of the first one nothing stays in the register but its history; then count and stock agree."""
    stocked(house, 1)
    added(house, "movement", {"vin": vin(1), "at": house.now, "kind": "stock_in"}, by="sun")
    ref = frozen(house)
    first = {"cars": 1, "seen": [{"vin": vin(8)}]}
    assert len(house.fired(ref, "count", "qian", first).opened) == 2
    assert counted(house) == [(vin(1), "missing"), (vin(8), "extra")]

    house.fired(ref, "recount", "qian", reason="数错一排")
    assert counted(house) == []
    house.fired(ref, "count", "qian", {"cars": 1})
    assert counted(house) == [(vin(1), "there")]
    assert house.office.register_match("d17_count") == []


def test_an_empty_yard_is_a_file_with_its_heading_alone(clerk: Clerk) -> None:
    """Every car of the sheet is missing then. [D17]"""
    stocked(clerk.house, 1)
    ref = frozen(clerk.house)
    (clerk.home / "seen.csv").write_text("vin\n", "utf-8")

    done = clerk.reads(f"do {ref} count --set cars=0 --set seen=@seen.csv --user qian")

    assert len(done["opened"]) == 1
    assert counted(clerk.house) == [(vin(1), "missing")]


def test_hundreds_of_cars_are_counted_in_a_moment(house: House) -> None:
    """The list of those seen comes from a file; one is gone, one stands there too many."""
    for number in range(1, CARS + 1):
        stocked(house, number)
    ref = frozen(house)
    assert len(house.case(ref).data.fields["lines"]) == CARS
    seen = [{"vin": vin(number)} for number in [*range(2, CARS + 1), CARS + 5]]

    begun = time.perf_counter()
    done = house.fired(ref, "count", "qian", {"cars": CARS, "seen": seen})
    took = time.perf_counter() - begun

    assert [house.case(one).data.fields["found"] for one in done.opened] == ["missing", "extra"]
    assert len(counted(house)) == CARS + 1
    assert took < 10

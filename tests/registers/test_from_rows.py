"""Rows of registers open cases by themselves: once a row, a newer one in the place of an older. On both engines."""

from typing import Any

from tests.registers.test_by_hand import added
from tests.support.house import House
from tests.support.vins import vin


def known(house: House, *, club: bool | None = None, plate: str | None = "皖H3D905") -> None:
    """A customer with a car."""
    added(house, "customer", {"name": "孙丽", "phone": "13800138000", "kind": "private", "club": club})
    added(house, "vehicle", {"vin": vin(1), "plate": plate, "model": "君越", "customer": "13800138000"})


def repaired(house: House, number: str, at: str, **rest: Any) -> None:
    """A repair order, settled at that local time."""
    fields = {"number": number, "vin": vin(1), "customer": "13800138000", "settled_at": f"{at}:00+08:00", **rest}
    added(house, "repair", fields)


def opened(house: House, process: str) -> list[str]:
    """What is there of a process after a look, the oldest first."""
    house.office.catch_up(house.now)
    return sorted(one.ref for one in house.office.cases(closed=None) if one.process == process)


def test_a_repair_is_called_back(house: House) -> None:
    """At once when it is entered, due at the end of the third day, with all that the registers know; once. [A4, A5]"""
    known(house, club=True)
    house.office.catch_up(house.now)
    repaired(house, "WX1", "2026-03-02T08:30", item="小保养", work="upkeep", mileage=20000, advisor="zhao")

    (ref,) = opened(house, "callback")
    case = house.case(ref)
    assert opened(house, "callback") == [ref]
    assert case.due is not None
    assert case.due.isoformat() == "2026-03-05T16:00:00+00:00"
    said = {name: value for name, value in case.data.fields.items() if not isinstance(value, dict)}
    assert said == {
        "repair": "WX1", "vin": vin(1), "plate": "皖H3D905", "item": "小保养", "work": "upkeep", "mileage": 20000,
        "car_use": "private", "member": True, "advisor": "zhao", "settled_at": "2026-03-02T00:30:00Z",
    }  # fmt: skip
    assert (case.opener, case.nominal) == ("system", "WX-000001")
    assert house.office.store.personal(case) == {"customer": "孙丽", "phone": "13800138000"}


def test_a_newer_repair_supersedes(house: House) -> None:
    """The open callback ends; one that became a problem goes on; of two that came together only the newer is called. [A4]"""
    known(house)
    repaired(house, "WX1", "2026-03-01T10:00")
    (first,) = opened(house, "callback")
    repaired(house, "WX2", "2026-03-02T08:00")
    _, second = opened(house, "callback")

    assert house.case(first).state == "superseded"
    assert house.case(first).data.fields["newer_repair"] == "WX2"
    answers = {"topic": "异响", "department": "workshop", "description": "异响"}
    from tests.support.ways import ANSWERS

    house.fired(second, "note_problem", "wang", {**ANSWERS, **answers})
    house.clock.set("2026-03-04 09:00")
    repaired(house, "WX3", "2026-03-03T10:00")
    repaired(house, "WX4", "2026-03-03T16:00")
    refs = opened(house, "callback")
    assert len(refs) == 3
    assert house.case(second).state == "problem"
    assert house.case(refs[2]).data.fields["repair"] == "WX4"


def test_one_that_was_opened_by_hand_is_it(house: House) -> None:
    """And an old repair, or one from before the dealership began here, opens none."""
    known(house)
    by_hand = house.opened("callback", given={"repair": "WX1"})
    repaired(house, "WX1", "2026-03-01T16:20")
    repaired(house, "WX0", "2026-01-20T10:00", vin=vin(1))

    assert opened(house, "callback") == [by_hand]
    assert house.case(by_hand).nominal == "WX-000001"


def test_a_repair_of_nobody_known_waits_until_he_is(house: House) -> None:
    """It is counted, and opens as soon as the card says who it was."""
    added(house, "vehicle", {"vin": vin(1), "plate": "皖H3D905"})
    added(house, "repair", {"number": "WX1", "vin": vin(1), "settled_at": "2026-03-02T08:00:00+08:00"})
    done = house.office.catch_up(house.now)
    assert done.lacking == 1
    assert opened(house, "callback") == []

    added(house, "customer", {"name": "孙丽", "phone": "13800138000"})
    house.office.register_set("vehicle", vin(1), {"customer": "13800138000"}, actor="wang", now=house.now)
    house.clock.set("2026-03-03 09:00")
    assert len(opened(house, "callback")) == 1


def test_who_stays_away_is_followed_up(house: House) -> None:
    """A year after the last paid visit, free campaign repairs not counted; once for each such visit. [A2, A14]"""
    known(house)
    repaired(house, "WX1", "2025-03-05T10:00", work="upkeep")
    assert opened(house, "churn") == []
    repaired(house, "WX2", "2025-09-05T10:00", work="campaign")
    house.clock.set("2026-03-06 09:00")

    (ref,) = opened(house, "churn")
    assert house.case(ref).data.fields["last_visit"] == "2025-03-05"
    assert house.case(ref).data.fields["found_by"] == "card"
    house.fired(ref, "keep_on", "wang", reason="出差")
    house.clock.set("2026-03-07 09:00")
    assert opened(house, "churn") == [ref]


def test_who_came_again_is_not_lost(house: House) -> None:
    """A paid visit since. [A2]"""
    known(house)
    repaired(house, "WX1", "2025-03-05T10:00", work="upkeep")
    repaired(house, "WX2", "2025-10-05T10:00", work="repair")
    house.clock.set("2026-03-06 09:00")

    assert opened(house, "churn") == []


def test_a_neighbour_who_found_it_too_dear_is_a_prospect(house: House) -> None:
    """From the showroom register. [A9, D32]"""
    visit = {"came_on": "2026-03-02", "kind": "visit", "name": "钱多", "phone": "13900139001", "model": "君越"}
    added(house, "showroom", {**visit, "number": "1", "near": True, "why_not": "price", "area": "迎江"}, by="sun")
    added(house, "showroom", {**visit, "number": "2", "near": True, "why_not": "stock"}, by="sun")
    added(house, "showroom", {**visit, "number": "3", "why_not": "price"}, by="sun")
    added(house, "showroom", {**visit, "number": "4", "near": True, "why_not": "price", "bought": True}, by="sun")

    (ref,) = opened(house, "prospect")
    assert house.case(ref).data.fields["area"] == "迎江"


def test_the_dealership_sets_when_a_customer_is_lost(house: House) -> None:
    """`churn_days` is its choice."""
    known(house)
    repaired(house, "WX1", "2025-12-02T10:00", work="upkeep")
    house.office.setting("churn_days", 90, actor="admin", reason="试", now=house.now)
    house.clock.set("2026-03-03 09:00")

    assert len(opened(house, "churn")) == 1

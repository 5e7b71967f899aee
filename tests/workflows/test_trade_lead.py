"""The trade lead: ours offered becomes a transfer, theirs wanted a car on its way; or it lapses. [D25]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, shown

CAR = {"model": "昂科威", "configuration": "28T 豪华型", "colour": "棕"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def lead(desk: Desk, direction: str, **other: Any) -> str:
    """What was posted in a dealers' group."""
    return desk.open("trade_lead", "zhao", direction=direction, way="wechat", **{**CAR, **other})


def test_a_car_of_ours_that_somebody_takes_becomes_a_transfer(desk: Desk) -> None:
    """Dealer and price go with it. [D25, D8]"""
    ref = lead(desk, "offered")
    assert (ref, shown(desk.case(ref).due)) == ("XS-260302-001", "2026-03-05 09:00")
    desk.do(ref, "note_reply", "zhao", reply="芜湖店要一台", dealer="芜湖店")
    assert desk.refused(ref, "agree", "zhao") == ["field_missing"]

    desk.do(ref, "agree", "zhao", price="218000")

    (transfer,) = desk.linked(ref, "transfer")
    assert desk.case(transfer).state == "draft"
    assert desk.fields(transfer) == {**CAR, "dealer": "芜湖店", "price": 21800000}
    assert desk.linked(ref, "vehicle") == []


def test_a_car_that_somebody_gives_us_is_on_its_way(desk: Desk) -> None:
    """It is stocked in as any other. [D25, D1]"""
    ref = lead(desk, "wanted", for_customer=True)

    desk.do(ref, "agree", "feng", dealer="桐城店", price="215000")

    (vehicle,) = desk.linked(ref, "vehicle")
    assert (desk.case(vehicle).state, desk.fields(vehicle)) == ("transit", {**CAR, "origin": "transfer"})


def test_an_offer_with_a_limit_lapses_by_itself(desk: Desk) -> None:
    """At the end of its day, unless it is prolonged."""
    ref, other = lead(desk, "offered", valid_until="2026-03-04"), lead(desk, "offered", valid_until="2026-03-04")
    desk.do(other, "prolong", "zhao", valid_until="2026-03-06")

    desk.tick("2026-03-05 08:30")

    assert (desk.case(ref).state, desk.case(other).state) == ("lapsed", "open")


def test_a_lead_without_a_limit_is_dropped_by_hand(desk: Desk) -> None:
    """With the reason."""
    ref = lead(desk, "wanted")
    desk.tick("2026-03-20 08:30")

    assert desk.refused(ref, "drop", "zhao") == ["reason_missing"]
    assert desk.refused(ref, "drop", "qian", reason="价格太高") == ["not_allowed"]
    assert desk.do(ref, "drop", "zhao", reason="价格太高").state == "dropped"

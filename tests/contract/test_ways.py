"""Every process goes its usual way to its end, and what is stored is what its history says."""

import pytest

from tests.support.clock import at
from tests.support.house import House
from tests.support.ways import WAYS

ENDS = {
    "complaint": "satisfied",
    "callback": "answered",
    "incident": "closed",
    "vehicle": "stock",
    "call_order": "verified",
    "colour_order": "confirmed",
}


@pytest.mark.parametrize("process", ENDS)
def test_a_case_goes_its_usual_way(house: House, process: str) -> None:
    """Each step is done by whom the process names; the last one closes the case."""
    house.clock.set("2026-03-02 14:00")  # colours from 13:30 on

    ref = house.brought(process, ENDS[process])

    assert house.case(ref).open == (process == "vehicle")
    assert len(house.events(ref)) == 1 + len(WAYS[process].steps)
    assert house.office.replay(ref).equal


def test_a_car_is_delivered(house: House) -> None:
    """A delivery takes its car from stock to the customer: both histories say so, the slip is number one. [D2]"""
    car = house.brought("vehicle", "stock")

    ref = house.brought("delivery", "closed")

    assert house.case(car).state == "sold"
    assert house.case(ref).data.fields["slip_number"] == house.case(car).data.fields["slip_number"] == "0000001"
    assert [row["number"] for row in house.office.numbers("outbound_slip")] == ["0000001"]


def test_a_case_remembers_when_it_was_opened(house: House) -> None:
    """The case's own instants are those of its first event."""
    ref = house.opened()

    case = house.case(ref)

    assert (case.opened_at, case.state_since) == (at("2026-03-02 09:00"), at("2026-03-02 09:00"))

"""The transfer: to another dealer by the region's leave, the car moved as by a delivery, undone newest first. [D8, D4]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, shown, vin
from tests.workflows.test_vehicle_delivery import VERANO, car

WISH = {**VERANO, "dealer": "安庆友店", "colour": "白"}
INVOICE = {"invoice_number": "FP-9", "invoice_day": "2026-03-02", "invoice_kind": "paper", "price": "120000"}
BACK: dict[str, Any] = {"return_entry": "TK-2", "slip_copies_together": True}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning, slips from 0000101 on."""
    desk = Desk("2026-03-02 09:00")
    desk.books["outbound_slip"] = 101
    return desk


def forward(desk: Desk, to: str, ref: str | None = None, **other: Any) -> str:
    """A transfer taken on to the state `to`."""
    ref = ref or desk.open("transfer", "zhao", **{**WISH, **other})
    steps: list[tuple[str, str, str, dict[str, Any]]] = [
        ("submitted", "submit", "zhao", {}),
        ("approved", "approve", "zhao", {"papers": ["approval"]}),
        ("invoiced", "invoice", "he", {**INVOICE, "invoice_vin": vin(1)}),
        ("allocated", "allocate", "zhao", {"vin": vin(1)}),
        ("out", "send_out", "zhao", {}),
        ("received", "receive", "zhao", {"received_on": "2026-03-02", "papers": ["receipt"]}),
    ]
    names = [state for state, *_ in steps]
    start = names.index(desk.case(ref).state) + 1 if desk.case(ref).state in names else 0
    for _, action, actor, more in steps[start : names.index(to) + 1]:
        desk.do(ref, action, actor, **more)
    return ref


def test_a_car_goes_to_another_dealer_with_the_next_slip(desk: Desk) -> None:
    """One book for every purpose; the car knows where it went. [D8, D4]"""
    vehicle = car(desk)

    case = desk.case(forward(desk, "received"))

    assert (case.ref, case.open, case.data.numbers) == ("DB-260302-001", False, {"outbound_slip": "0000101"})
    gone = desk.case(vehicle)
    assert (gone.state, gone.data.fields["dealer"], gone.data.fields["slip_number"], gone.data.fields["purpose"]) == (
        "transferred", "安庆友店", "0000101", "transfer")  # fmt: skip


def test_the_region_decides_and_the_clerk_records_it_with_its_proof(desk: Desk) -> None:
    """Waiting stops our clocks; asked again after two days. [D8]"""
    ref = forward(desk, "submitted")

    case = desk.case(ref)
    assert (case.paused, case.holder, shown(case.due)) == (True, "role:sales_clerk", "2026-03-04 09:00")
    assert desk.do(ref, "ask_again", "zhao").state == "submitted"
    assert desk.refused(ref, "approve", "zhao") == ["proof_missing"]
    assert desk.do(ref, "approve", "zhao", papers=["approval"]).holder == "role:finance"


def test_a_refused_one_is_revised_or_given_up(desk: Desk) -> None:
    """With another dealer or configuration it goes to the region once more."""
    ref = forward(desk, "submitted")
    assert desk.refused(ref, "refuse", "zhao") == ["reason_missing"]
    desk.do(ref, "refuse", "zhao", reason="本地要留车")

    revised = desk.do(ref, "revise", "zhao", dealer="桐城店")
    assert (revised.state, revised.data.cycle, revised.data.fields["dealer"]) == ("draft", 2, "桐城店")
    desk.do(ref, "submit", "zhao")
    desk.do(ref, "refuse", "zhao", reason="仍要留车")
    ended = desk.do(ref, "give_up", "zhao")
    assert (ended.state, ended.open) == ("ended", False)


def test_the_car_is_the_invoiced_one_and_fits_what_was_asked_for(desk: Desk) -> None:
    """Each difference is told. [D4]"""
    car(desk), car(desk, 2)
    ref = forward(desk, "invoiced", configuration="15N 进取型")

    refused = desk.refused(ref, "allocate", "zhao", vin=vin(2))

    assert refused == ["invoice_vin_differs", "configuration_differs"]


def test_a_car_that_an_order_holds_is_not_transferred(desk: Desk) -> None:
    """Nor one that stands at the network: it comes back first."""
    vehicle = car(desk)
    first, second = forward(desk, "allocated"), forward(desk, "invoiced")
    assert desk.refused(second, "allocate", "zhao", vin=vin(1)) == ["held"]

    desk.do(first, "deallocate", "zhao", reason="换车")
    desk.do(vehicle, "send_to_network", "zhao", network_dealer="桐城网点")
    desk.do(vehicle, "file_blue_slip", "zhao", papers=["blue_slip"])
    assert desk.refused(second, "allocate", "zhao", vin=vin(1)) == ["at_network"]


def test_it_is_undone_newest_first(desk: Desk) -> None:
    """The slip is void and keeps its number, the car is free; the next slip has the next number. [D8]"""
    vehicle = car(desk)
    ref = forward(desk, "out")
    assert desk.refused(ref, "deallocate", "zhao", reason="退") == ["wrong_state"]
    assert desk.refused(ref, "take_back", "zhao", reason="退", slip_copies_together=False) == [
        "field_missing", "slip_not_together"]  # fmt: skip

    case = desk.do(ref, "take_back", "zhao", reason="对方退单", **BACK)
    assert (case.state, desk.voided, "slip_number" in case.data.fields) == ("allocated", ["0000101"], False)
    assert (desk.case(vehicle).state, "dealer" in desk.case(vehicle).data.fields) == ("held", False)
    forward(desk, "out", ref)
    assert desk.case(ref).data.fields["slip_number"] == "0000102"


def test_an_invoice_is_void_in_its_month_or_reversed_by_a_red_one(desk: Desk) -> None:
    """As for a sale."""
    car(desk)
    ref = forward(desk, "allocated")
    desk.do(ref, "deallocate", "zhao", reason="换车")
    assert desk.do(ref, "void_invoice", "he", reason="换车", copies_back=True).state == "approved"

    desk.do(ref, "invoice", "he", **INVOICE, invoice_vin=vin(1))
    desk.at("2026-04-01 09:00")
    assert desk.refused(ref, "void_invoice", "he", reason="换车", copies_back=True) == ["invoice_month_over"]
    case = desk.do(ref, "red_invoice", "lv", reason="换车", red_number="R-1")
    assert (case.state, case.data.fields["red_original"]) == ("approved", "FP-9")


def test_a_late_cancelling_goes_back_over_its_undos(desk: Desk) -> None:
    """After the last one it is cancelled and the car is in stock."""
    vehicle = car(desk)
    ref = forward(desk, "out")
    assert desk.do(ref, "cancel", "feng", reason="对方不要").open

    desk.do(ref, "take_back", "zhao", reason="对方不要", **BACK)
    desk.do(ref, "deallocate", "zhao", reason="对方不要")
    desk.do(ref, "void_invoice", "he", reason="对方不要", copies_back=True)

    assert (desk.case(ref).state, desk.case(vehicle).state) == ("cancelled", "stock")


def test_nobody_transfers_a_car_by_hand(desk: Desk) -> None:
    """Only its transfer does."""
    ref = car(desk)

    assert desk.refused(ref, "allocate", "zhao") == ["duty_only"]


def test_what_was_matched_and_invoiced_is_fixed(desk: Desk) -> None:
    """Once the car is allocated, others rest on it."""
    car(desk)
    ref = forward(desk, "allocated")

    assert desk.refused(ref, "correct", "zhao", invoice_vin=vin(2), reason="试改") == ["field_fixed"]

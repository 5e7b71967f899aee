"""GMAC's stock audit: slips and the list of cars on the way are ready, what differs is settled. [D24]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, shown

CHECKED: dict[str, Any] = {"network_slipped": True, "sold_slipped": True, "slips_right": True}
TRANSIT = [{"vin": "LSGKB54H0HV000001", "model": "威朗", "node": "VSC"}]


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def audit(desk: Desk) -> str:
    """An audit on Thursday."""
    return desk.open("stock_audit", "zhao", audit_on="2026-03-05")


def ready(desk: Desk) -> str:
    """One that everything is prepared for."""
    ref = audit(desk)
    desk.do(ref, "prepare", "zhao", count_transit=1, in_transit=TRANSIT, **CHECKED)
    return ref


def test_slips_and_the_list_of_cars_on_the_way_are_ready_the_day_before(desk: Desk) -> None:
    """Each thing that is not right is told. [D24]"""
    ref = audit(desk)

    assert (ref, shown(desk.case(ref).due)) == ("CK-260302-001", "2026-03-04 18:00")
    wrong = {**CHECKED, "sold_slipped": False, "slips_right": False}
    assert desk.refused(ref, "prepare", "zhao", count_transit=2, in_transit=TRANSIT, **wrong) == [
        "sold_not_slipped", "slips_wrong", "transit_short"]  # fmt: skip
    assert desk.do(ref, "prepare", "zhao", count_transit=0, **CHECKED).state == "ready"


def test_an_audit_that_agrees_ends_with_its_sheet(desk: Desk) -> None:
    """The auditors' act has its proof."""
    ref = ready(desk)

    assert desk.refused(ref, "agree", "zhao") == ["proof_missing"]
    assert desk.do(ref, "agree", "zhao", papers=["audit_sheet"]).state == "passed"


def test_its_differences_are_settled(desk: Desk) -> None:
    """Each a case of its own."""
    ref = ready(desk)
    found = [{"found": "missing", "vin": "LSGKB54H0HV000007", "model": "凯越"}]
    desk.do(ref, "differ", "zhao", papers=["audit_sheet"], differences=found)

    (one,) = desk.linked(ref, "difference")
    assert desk.refused(ref, "settle", "zhao") == ["differences_open"]
    desk.do(one, "explain", "zhao", explanation="试驾外出")
    desk.do(one, "accept", "he")
    assert desk.do(ref, "settle", "zhao").state == "passed"


def test_an_audit_that_was_put_off_is_prepared_anew(desk: Desk) -> None:
    """The cars on the way are those of that week."""
    ref = ready(desk)

    case = desk.do(ref, "postpone", "zhao", audit_on="2026-03-12", reason="GMAC改期")

    assert (case.state, shown(case.due)) == ("announced", "2026-03-11 18:00")
    assert "field_missing" in desk.refused(ref, "prepare", "zhao")

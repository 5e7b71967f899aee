"""The equipment repair: in the house or at a supplier's, scanned on its return, entered in the log. [C5, C18]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown
from tests.workflows.test_quarantine import SCAN

FAULT: dict[str, Any] = {"device": "PC-014", "fault": "开不了机", "networked": True}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def examined(desk: Desk, **other: Any) -> str:
    """A fault whose cause is found."""
    ref = desk.open("equipment_repair", "wang", **{**FAULT, **other})
    desk.do(ref, "examine", "jin", cause="电源坏")
    return ref


def returned(desk: Desk, **other: Any) -> str:
    """A device that is back from the supplier."""
    ref = examined(desk, **other)
    desk.do(ref, "send_out", "jin", supplier="联想服务站", quote="300")
    desk.do(ref, "take_back", "jin", papers=["repair_slip"], remedy="换电源", cost="280")
    return ref


def cleared(desk: Desk, ref: str) -> str:
    """The last quarantine of a repair, passed."""
    scan = desk.linked(ref, "quarantine")[-1]
    desk.do(scan, "clear", "jin", **SCAN)
    return scan


def test_a_device_is_mended_in_the_house_and_handed_back(desk: Desk) -> None:
    """Its user reported it; it stands in the equipment log. [C5]"""
    ref = examined(desk)
    assert (ref, desk.fields(ref)["requester"], desk.case(ref).assignee, shown(desk.case(ref).due)) == (
        "WX-260302-001", "wang", "jin", "2026-03-05 09:00")  # fmt: skip

    desk.do(ref, "repair", "jin", remedy="换电源")

    assert desk.refused(ref, "hand_back", "jin", logged=False) == ["not_in_log"]
    case = desk.do(ref, "hand_back", "jin", logged=True)
    assert (case.state, case.data.holds) == ("in_use", {})


def test_a_device_has_one_repair_at_a_time(desk: Desk) -> None:
    """The second one is told the first."""
    first = examined(desk)

    with pytest.raises(Refused) as refusal:
        desk.open("equipment_repair", "sun", **FAULT)
    assert [(b.code, b.params["ref"]) for b in refusal.value.blockers] == [("held", first)]
    assert desk.open("equipment_repair", "sun", **{**FAULT, "device": "PC-015"})


def test_while_the_supplier_has_it_our_clock_stands_still(desk: Desk) -> None:
    """We ask again; the supplier promises a day. [C18]"""
    ref = examined(desk)

    case = desk.do(ref, "send_out", "jin", supplier="联想服务站")
    assert (case.paused, case.assignee, shown(case.due)) == (True, "jin", "2026-03-05 09:00")
    desk.at("2026-03-05 09:30")
    desk.do(ref, "ask_again", "jin", promised_on="2026-03-09")
    assert desk.fields(ref)["promised_on"] == "2026-03-09"
    assert desk.refused(ref, "take_back", "jin", remedy="换电源", cost="280") == ["proof_missing"]


def test_back_from_outside_it_is_scanned_before_it_is_used(desk: Desk) -> None:
    """A quarantine is opened for it. [C7]"""
    ref = returned(desk)

    (scan,) = desk.linked(ref, "quarantine")
    assert desk.fields(scan) == {"kind": "returned", "thing": "PC-014", "origin": "联想服务站"}
    assert desk.refused(ref, "put_right", "jin") == ["not_scanned"]
    cleared(desk, ref)
    assert desk.do(ref, "put_right", "jin").state == "repaired"


def test_what_joins_no_network_is_not_scanned(desk: Desk) -> None:
    """A fax, for one."""
    ref = returned(desk, device="FAX-2", networked=False)

    assert desk.linked(ref, "quarantine") == []
    assert desk.do(ref, "put_right", "jin").state == "repaired"


def test_sent_out_twice_it_is_scanned_twice(desk: Desk) -> None:
    """What was cleared before says nothing of the second return."""
    ref = returned(desk)
    cleared(desk, ref)
    desk.do(ref, "not_mended", "jin", reason="还是不开机")
    desk.do(ref, "send_out", "jin", supplier="联想服务站")
    desk.do(ref, "take_back", "jin", papers=["repair_slip"], remedy="换主板", cost="900")

    assert desk.refused(ref, "put_right", "jin") == ["not_scanned"]
    cleared(desk, ref)
    assert desk.do(ref, "put_right", "jin").state == "repaired"


def test_its_user_says_whether_it_works(desk: Desk) -> None:
    """Still faulty, it is mended anew."""
    ref = examined(desk)
    desk.do(ref, "repair", "jin", remedy="换电源")

    assert desk.refused(ref, "still_faulty", "sun", reason="又坏") == ["not_allowed"]
    case = desk.do(ref, "still_faulty", "wang", reason="又坏")
    assert (case.state, case.data.cycle) == ("examined", 2)
    assert desk.refused(ref, "repair", "jin") == ["field_missing"]


def test_what_is_not_worth_it_is_scrapped_by_the_it_manager(desk: Desk) -> None:
    """And leaves the log."""
    ref = examined(desk)

    assert desk.refused(ref, "scrap", "jin", reason="太旧", logged=True) == ["not_allowed"]
    assert desk.do(ref, "scrap", "tao", reason="太旧", logged=True).state == "scrapped"

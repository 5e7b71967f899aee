"""The purchase: planned or with a reason, approved, ordered, waited for, received, entered in the books. [C8, C13, C18]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown
from tests.workflows.test_quarantine import SCAN

TONER: dict[str, Any] = {"kind": "consumable", "department": "售后部", "purpose": "前台打印", "planned": True,
         "items": [{"item": "硒鼓", "count": 4}]}  # fmt: skip
ORDER = {"supplier": "联想店", "price": "1200", "expected_on": "2026-03-06"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def ordered(desk: Desk, **other: Any) -> str:
    """What was ordered."""
    ref = desk.open("purchase", "wang", **{**TONER, **other})
    desk.do(ref, "approve", "chen")
    desk.do(ref, "order", "jin", **ORDER)
    return ref


def received(desk: Desk, **other: Any) -> str:
    """What came."""
    ref = ordered(desk, **other)
    desk.do(ref, "receive", "jin", papers=["delivery_note"])
    return ref


def test_it_goes_from_the_request_to_the_books(desk: Desk) -> None:
    """Approved by the head, bought by IT. [C8]"""
    ref = desk.open("purchase", "wang", **TONER)
    assert (ref, desk.case(ref).holder, shown(desk.case(ref).due)) == ("CG-260302-001", "chen", "2026-03-03 09:00")
    assert desk.do(ref, "approve", "chen").holder == "role:it_engineer"
    case = desk.do(ref, "order", "jin", **ORDER)
    assert (case.paused, shown(case.due)) == (True, "2026-03-07 00:00")
    assert desk.refused(ref, "receive", "jin") == ["paper_missing"]
    desk.do(ref, "receive", "jin", papers=["delivery_note"])

    assert desk.refused(ref, "enter", "jin", entered=False) == ["paper_missing", "not_entered"]
    assert desk.do(ref, "enter", "jin", papers=["invoice"], entered=True).state == "entered"


def test_what_was_not_planned_needs_a_reason(desk: Desk) -> None:
    """Per department, by its work. [C8]"""
    with pytest.raises(Refused) as refusal:
        desk.open("purchase", "wang", **{**TONER, "planned": False})
    assert refusal.value.codes == ["field_missing"]
    assert desk.open("purchase", "wang", **{**TONER, "planned": False}, why_unplanned="打印量翻倍")


def test_a_licence_is_entered_with_its_end(desk: Desk) -> None:
    """So that it stays valid. [C13]"""
    ref = received(desk, kind="software", items=[{"item": "Office", "count": 10}])

    assert desk.refused(ref, "enter", "jin", papers=["invoice"], entered=True) == ["field_missing"] * 2
    licence = {"licence": "OF-2010-77", "valid_until": "2027-03-01"}
    assert desk.do(ref, "enter", "jin", papers=["invoice"], entered=True, **licence).state == "entered"


def test_each_new_machine_is_scanned_before_it_is_entered(desk: Desk) -> None:
    """A quarantine for each. [C7]"""
    ref = received(desk, kind="machine", items=[{"item": "台式机", "count": 1}, {"item": "笔记本", "count": 1}])
    one, other = desk.linked(ref, "quarantine")
    assert [desk.fields(scan)["thing"] for scan in (one, other)] == ["台式机", "笔记本"]
    desk.do(one, "clear", "jin", **SCAN)

    with pytest.raises(Refused) as refusal:
        desk.do(ref, "enter", "jin", papers=["invoice"], entered=True)
    assert [b.message.zh for b in refusal.value.blockers] == ["新设备还没全部检疫通过 (1/2)"]
    desk.do(other, "clear", "jin", **SCAN)
    assert desk.do(ref, "enter", "jin", papers=["invoice"], entered=True).state == "entered"


def test_the_supplier_may_put_it_off_or_bring_a_part(desk: Desk) -> None:
    """The due moves with the new day. [C18]"""
    ref = ordered(desk)

    assert desk.refused(ref, "put_off", "jin", reason="缺货") == ["field_missing"]
    case = desk.do(ref, "put_off", "jin", expected_on="2026-03-10", reason="缺货")
    assert shown(case.due) == "2026-03-11 00:00"
    assert desk.do(ref, "receive_part", "jin", came="到2个").state == "ordered"


def test_what_is_wrong_goes_back_and_comes_again(desk: Desk) -> None:
    """A barred machine no longer stands in the way of the one that took its place."""
    ref = received(desk, kind="machine", items=[{"item": "台式机", "count": 1}])
    (bad,) = desk.linked(ref, "quarantine")
    desk.do(bad, "infect", "jin", virus="引导区病毒", **SCAN)
    desk.do(bad, "bar", "jin", reason="出厂带毒")

    desk.do(ref, "send_back", "jin", expected_on="2026-03-09", reason="带毒")
    desk.do(ref, "receive", "jin", papers=["delivery_note"])
    desk.do(desk.linked(ref, "quarantine")[1], "clear", "jin", **SCAN)

    assert desk.do(ref, "enter", "jin", papers=["invoice"], entered=True).state == "entered"


def test_an_order_is_called_off_before_it_is_cancelled(desk: Desk) -> None:
    """Then by who asked for it."""
    ref = ordered(desk)

    assert desk.do(ref, "cancel", "wang", reason="不用了").open
    assert desk.do(ref, "call_off", "jin", reason="不用了").state == "cancelled"


def test_the_head_may_refuse(desk: Desk) -> None:
    """With a reason."""
    ref = desk.open("purchase", "wang", **TONER)

    assert desk.refused(ref, "refuse", "chen") == ["reason_missing"]
    assert desk.do(ref, "refuse", "chen", reason="库里还有").state == "refused"

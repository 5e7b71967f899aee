"""The customer request: answered on site, or item by item by departments; planned, solved, reported to the customer. [C9]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, local, shown

CUSTOMER = {"customer": "城关网点", "topic": "收银系统断网", "coverage": "contract"}
ITEMS: list[dict[str, Any]] = [
    {"question": "能否换线路", "department": "IT", "responsible": "yan"},
    {"question": "费用谁付", "department": "财务", "responsible": "he"},
]
PLAN: dict[str, Any] = {"plan": "周四换线路", "all_agreed": True, "promised_at": local("2026-03-05 12:00")}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def opened(desk: Desk, **other: Any) -> str:
    """What a customer brings up on site."""
    return desk.open("customer_request", "jin", **{**CUSTOMER, **other})


def handed_on(desk: Desk) -> tuple[str, list[str]]:
    """One that departments have, with its items."""
    ref = opened(desk)
    desk.do(ref, "hand_on", "jin", phone="13800000000", items=ITEMS)
    return ref, desk.linked(ref, "item")


def planned(desk: Desk) -> str:
    """One with a plan."""
    ref, (one, other) = handed_on(desk)
    desk.do(one, "answer", "yan", answer="可以")
    desk.do(other, "answer", "he", answer="维保合同内")
    desk.do(ref, "plan", "jin", **PLAN)
    return ref


def test_what_can_be_answered_on_site_is_answered(desk: Desk) -> None:
    """Within half a day. [C9]"""
    ref = opened(desk)

    assert (ref, shown(desk.case(ref).due)) == ("KQ-260302-001", "2026-03-02 14:30")
    assert desk.do(ref, "answer", "jin", answer="重启路由器").state == "answered"


def test_the_rest_goes_to_departments_item_by_item(desk: Desk) -> None:
    """With how to reach the customer; each item has its own person and clock. [C9]"""
    ref = opened(desk)
    assert desk.refused(ref, "hand_on", "jin", items=ITEMS) == ["field_missing"]
    desk.do(ref, "hand_on", "jin", phone="13800000000", items=ITEMS)

    one, other = desk.linked(ref, "item")
    assert [desk.case(item).holder for item in (one, other)] == ["yan", "he"]
    assert desk.fields(one) == {**ITEMS[0], "customer": "城关网点", "phone": "13800000000"}
    assert (desk.case(ref).holder, desk.case(one).chaser, shown(desk.case(one).due)) == ("jin", "jin", "2026-03-04 09:00")
    assert desk.refused(one, "answer", "he", answer="可以") == ["not_allowed"]


def test_what_no_contract_covers_is_not_handed_on(desk: Desk) -> None:
    """The standard is for the warranty and for maintenance contracts. [C9]"""
    ref = opened(desk, coverage="none")

    assert desk.refused(ref, "hand_on", "jin", phone="13800000000", items=ITEMS) == ["not_covered"]


def test_nothing_is_promised_before_all_have_answered_and_agree(desk: Desk) -> None:
    """A plan agreed by all parties. [C9]"""
    ref, (one, other) = handed_on(desk)
    desk.do(one, "answer", "yan", answer="可以")
    assert desk.refused(ref, "plan", "jin", **{**PLAN, "all_agreed": False}) == ["items_open", "not_agreed"]

    desk.do(other, "answer", "he", answer="维保合同内")
    case = desk.do(ref, "plan", "jin", **PLAN)

    assert (case.state, case.holder, shown(case.due)) == ("planned", "jin", "2026-03-05 12:00")


def test_items_may_be_added(desk: Desk) -> None:
    """They have to be answered too."""
    ref, _ = handed_on(desk)
    desk.do(ref, "add_items", "jin", items=[{"question": "要不要停业", "department": "销售", "responsible": "feng"}])

    items = desk.linked(ref, "item")
    assert (len(items), desk.case(items[2]).holder) == (3, "feng")


def test_a_disagreement_goes_to_the_superior(desk: Desk) -> None:
    """Who decides how to go on. [C9]"""
    ref = planned(desk)

    case = desk.do(ref, "ask_superior", "jin", dispute="客户要求当天完成")
    assert (case.holder, shown(case.due)) == ("tao", "2026-03-02 14:30")
    assert desk.refused(ref, "decide", "jin", decision="当天") == ["not_allowed"]
    assert desk.do(ref, "decide", "tao", decision="加派人手, 周三完成").state == "handed_on"
    assert desk.do(ref, "plan", "jin", promised_at=local("2026-03-04 12:00")).state == "planned"


def test_at_the_end_the_customer_gets_a_report(desk: Desk) -> None:
    """In detail, with the sheet that was handed over. [C9]"""
    ref = planned(desk)
    desk.do(ref, "solve", "jin", remedy="已换光纤")

    assert desk.refused(ref, "report", "jin") == ["field_missing", "paper_missing"]
    assert desk.do(ref, "report", "jin", report="原因, 处理, 预防", papers=["report_sheet"]).state == "reported"


def test_who_does_not_accept_it_is_heard_anew(desk: Desk) -> None:
    """With a new plan and promise."""
    ref = planned(desk)
    desk.do(ref, "solve", "jin", remedy="已换光纤")

    case = desk.do(ref, "unhappy", "jin", reason="还是慢")

    assert (case.state, case.data.cycle) == ("handed_on", 2)
    assert desk.refused(ref, "plan", "jin") == ["field_missing"] * 3


def test_a_promise_is_changed_with_a_reason(desk: Desk) -> None:
    """And lies ahead."""
    ref = planned(desk)

    assert desk.refused(ref, "change_plan", "jin", promised_at=local("2026-03-01 12:00")) == [
        "reason_missing", "promise_in_past"]  # fmt: skip
    case = desk.do(ref, "change_plan", "jin", promised_at=local("2026-03-06 12:00"), reason="缺线")
    assert shown(case.due) == "2026-03-06 12:00"


def test_a_customer_who_drops_it_frees_the_departments(desk: Desk) -> None:
    """What they answered already stays answered."""
    ref, (one, other) = handed_on(desk)
    desk.do(one, "answer", "yan", answer="可以")

    desk.do(ref, "drop", "jin", reason="网点搬迁")

    assert [desk.case(item).state for item in (one, other)] == ["answered", "cancelled"]

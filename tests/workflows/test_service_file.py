"""Yesterday's settled orders are sorted in the morning, put right by their advisor, bound, archived. [A1, B10]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown

ORDER = {"repair": "RO-0001", "customer": "孙丽", "plate": "皖H3D905", "advisor": "li", "settled_on": "2026-03-06"}
SORTED: dict[str, Any] = {"category": "upkeep", "data_correct": True, "state_updated": True}
PAPERS = ["repair_order", "settlement", "parts_list"]


@pytest.fixture
def desk() -> Desk:
    """A Friday evening."""
    return Desk("2026-03-06 17:30")


def settled(desk: Desk, **more: Any) -> str:
    """An order that its advisor settled today."""
    return desk.open("service_file", "li", **{**ORDER, **more})


def test_it_is_sorted_by_noon_of_the_next_working_day(desk: Desk) -> None:
    """9:00-12:00: what was settled yesterday; after Friday comes Monday. [B10]"""
    case = desk.case(settled(desk))

    assert (shown(case.due), case.holder) == ("2026-03-09 12:00", "role:after_sales_clerk")


def test_it_is_sorted_bound_and_archived(desk: Desk) -> None:
    """With volume and place. [A1]"""
    ref = settled(desk)

    assert desk.do(ref, "sort", "wang", **SORTED).state == "sorted"
    assert desk.do(ref, "bind", "wang", papers=PAPERS, volume="2026-03-A").state == "bound"
    assert desk.refused(ref, "archive", "wang") == ["field_missing"]
    assert desk.do(ref, "archive", "wang", place="档案柜3").state == "archived"


def test_data_that_is_wrong_goes_back_to_the_advisor(desk: Desk) -> None:
    """The clerk does not sort what is not correct; what is put right is judged anew."""
    ref = settled(desk)

    wrong = {**SORTED, "data_correct": False, "state_updated": False}
    assert desk.refused(ref, "sort", "wang", **wrong) == ["data_not_correct", "state_not_updated"]
    case = desk.do(ref, "send_back", "wang", reason="车牌不符")
    assert (case.holder, desk.refused(ref, "put_right", "wang")) == ("li", ["not_allowed"])
    desk.do(ref, "put_right", "li", plate="皖H3D906")
    assert desk.refused(ref, "sort", "wang") == ["field_missing"] * 3
    assert desk.do(ref, "sort", "wang", **SORTED).state == "sorted"


def test_nothing_incomplete_is_bound(desk: Desk) -> None:
    """Each missing paper is named; only the director waives a parts list."""
    ref = settled(desk)
    desk.do(ref, "sort", "wang", **SORTED)

    with pytest.raises(Refused) as refusal:
        desk.do(ref, "bind", "wang", papers=["repair_order"], volume="A")
    assert refusal.value.blockers[0].message.zh == "单据缺 结算单, 领料单"
    assert desk.refused(ref, "waive", "wang", papers=["parts_list"], reason="没有领料") == ["not_allowed"]
    desk.do(ref, "waive", "chen", papers=["parts_list"], reason="没有领料")
    assert desk.do(ref, "bind", "wang", papers=PAPERS[:2], volume="A").state == "bound"


def test_an_order_has_one_file(desk: Desk) -> None:
    """Even after it was archived."""
    settled(desk)

    with pytest.raises(Refused) as refusal:
        settled(desk)
    assert refusal.value.codes == ["already_open"]

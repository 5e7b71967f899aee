"""A staff change is fed back to the manufacturer on the next day. [B12]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown

JOINED: dict[str, Any] = {"staff": "刘洋", "phone": "13912340000", "kind": "joined", "post": "机修工", "changed_on": "2026-03-11"}


@pytest.mark.parametrize(
    ("changed", "due"),
    [
        ("2026-03-11", "2026-03-12 18:00"),
        ("2026-03-13", "2026-03-16 18:00"),  # Friday: Monday
        ("2026-09-30", "2026-10-08 18:00"),  # before a holiday: the first day after it
    ],
)
def test_it_is_due_on_the_next_working_day(changed: str, due: str) -> None:
    """By the close of business."""
    desk = Desk(f"{changed} 09:00")

    ref = desk.open("staff_change", "chen", **{**JOINED, "changed_on": changed})

    assert (shown(desk.case(ref).due), desk.case(ref).holder) == (due, "role:after_sales_clerk")


def test_it_goes_out_with_the_change_table() -> None:
    """Who joined stands aside from the history."""
    desk = Desk("2026-03-11 09:00")
    ref = desk.open("staff_change", "wang", **JOINED)

    assert desk.refused(ref, "report", "wang") == ["field_missing", "paper_missing"]
    case = desk.do(ref, "report", "wang", sent_by="厂家邮箱", papers=["change_table"])
    assert case.state == "reported"
    assert set(case.data.fields["staff"]) == {"#"}


def test_who_is_moved_has_a_new_post() -> None:
    """And a mistake is cancelled by who may enter it."""
    desk = Desk("2026-03-11 09:00")
    with pytest.raises(Refused) as refusal:
        desk.open("staff_change", "chen", **{**JOINED, "kind": "moved"})
    assert refusal.value.codes == ["field_missing"]

    ref = desk.open("staff_change", "chen", **{**JOINED, "kind": "moved", "new_post": "质检员"})
    assert desk.refused(ref, "cancel", "li", reason="误登") == ["not_allowed"]
    assert desk.do(ref, "cancel", "wang", reason="误登").state == "cancelled"

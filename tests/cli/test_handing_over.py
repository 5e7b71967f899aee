"""`do CASE assign --assign P` is `assign CASE P`; no other action takes somebody. [cli.md 2]"""

import pytest

from tests.cli.clerk import Clerk


@pytest.mark.parametrize("action", ["assign", "转办"])
def test_a_case_is_handed_over_by_do(clerk: Clerk, action: str) -> None:
    """By id or Chinese label, to whom --assign says."""
    ref = clerk.house.opened("complaint")

    clerk.does(f"do {ref} {action} --assign 赵磊")

    assert clerk.house.case(ref).assignee == "zhao"
    assert clerk.house.case(ref).data.fields["responsible"] == "zhao"


def test_several_are_handed_over_at_once(clerk: Clerk) -> None:
    """As with the verb of that name."""
    refs = [clerk.house.opened("complaint", given={"topic": topic}) for topic in ("异响", "漏油")]

    clerk.does(f"do {' '.join(refs)} assign --assign 赵磊 -y")

    assert {clerk.house.case(ref).assignee for ref in refs} == {"zhao"}


def test_to_whom_has_to_be_said(clerk: Clerk) -> None:
    """Nobody is no answer."""
    ref = clerk.house.opened("complaint")

    assert clerk.refused(f"do {ref} assign") == {"exit": 2, "code": "usage", "message": "要写交给谁: --assign 谁", "blockers": []}


def test_no_other_action_takes_an_assignee(clerk: Clerk) -> None:
    """The engine says so, and what does."""
    ref = clerk.house.opened("complaint")

    error = clerk.refused(f"do {ref} 签字承诺 --user li --set promised_at='2026-03-03 10:00' --assign 赵磊")

    assert (error["exit"], error["message"]) == (2, "「accept」不指定经办人, 转办用 assign")
    assert clerk.house.case(ref).state == "reported"

"""Targets: signed for, checked by somebody else, met or missed with cause. [B3, D27]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown

GOAL: dict[str, Any] = {
    "what": "3月君越进货", "kind": "purchase_count", "model": "君越", "responsible": "feng", "goal": 12, "unit": "台",
    "begins_on": "2026-03-01", "ends_on": "2026-03-31", "check_on": "2026-03-13",
}  # fmt: skip


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def agreed(desk: Desk, **more: Any) -> str:
    """A target that its responsible person signed for."""
    ref = desk.open("target", "gao", **{**GOAL, **more})
    desk.do(ref, "accept", "feng")
    return ref


def test_who_answers_for_it_signs(desk: Desk) -> None:
    """Nobody else does. [B3]"""
    ref = desk.open("target", "gao", **GOAL)
    assert (shown(desk.case(ref).due), desk.case(ref).holder) == ("2026-03-02 14:30", "feng")

    assert desk.refused(ref, "accept", "zhao") == ["not_allowed"]
    case = desk.do(ref, "accept", "feng")
    assert [(s.role, s.by) for s in case.data.signatures] == [("responsible", "feng")]
    assert (case.holder, shown(case.due)) == ("gao", "2026-03-14 00:00")


def test_it_is_checked_on_its_day_by_somebody_else(desk: Desk) -> None:
    """Each check says how far it is, and when the next one is. [B3]"""
    ref = agreed(desk)

    assert desk.refused(ref, "check", "feng", reached=5, check_on="2026-03-20") == ["four_eyes"]
    assert desk.refused(ref, "check", "zhao", reached=5, check_on="2026-03-01") == ["check_in_past"]
    assert shown(desk.do(ref, "check", "zhao", reached=5, check_on="2026-03-20", remark="在途4台").due) == "2026-03-21 00:00"
    assert desk.refused(ref, "check", "zhao", remark="未变") == ["field_missing"] * 2


def test_it_is_met_with_the_figure(desk: Desk) -> None:
    """Not with less. [D27]"""
    ref = agreed(desk)

    with pytest.raises(Refused) as refusal:
        desk.do(ref, "meet", "zhao", reached=11)
    assert refusal.value.blockers[0].message.zh == "目标 12, 才完成 11"
    assert desk.do(ref, "meet", "zhao", reached=12).state == "met"


def test_it_is_missed_only_when_its_time_is_over_and_says_why(desk: Desk) -> None:
    """With what is to be done about it."""
    ref = agreed(desk)
    why = {"cause": "厂家缺车", "measures": "下月补"}

    assert desk.refused(ref, "miss", "zhao", reached=9, **why) == ["not_before"]
    desk.at("2026-04-01 09:00")
    assert desk.refused(ref, "miss", "zhao", reached=9) == ["field_missing"] * 2
    assert desk.do(ref, "miss", "zhao", reached=9, **why).state == "missed"


def test_a_new_goal_is_signed_for_anew(desk: Desk) -> None:
    """With a reason."""
    ref = agreed(desk)

    assert desk.refused(ref, "revise", "gao", goal=10) == ["reason_missing"]
    case = desk.do(ref, "revise", "gao", goal=10, reason="厂家减配额")
    assert (case.state, case.data.fields["goal"], case.data.cycle) == ("set", 10, 2)
    assert desk.do(ref, "accept", "feng").state == "running"


def test_a_purchase_target_is_for_a_model(desk: Desk) -> None:
    """One model has its own; and no target ends before it begins."""
    with pytest.raises(Refused) as refusal:
        desk.open("target", "gao", **{**{k: v for k, v in GOAL.items() if k != "model"}, "ends_on": "2026-02-01"})
    assert refusal.value.codes == ["field_missing", "ends_before_it_begins"]

    assert desk.open("target", "wang", **{**GOAL, "kind": "responsibility", "model": ""})

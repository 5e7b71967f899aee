"""What a leader hands out is done and accepted; what is reported upward comes back with an instruction. [B5, A5]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, local, shown


@pytest.fixture
def desk() -> Desk:
    """A Wednesday morning."""
    return Desk("2026-03-11 09:00")


def given(desk: Desk, **more: Any) -> str:
    """The service director asks the clerk for something."""
    return desk.open("assignment", "chen", **{"what": "整理保险资料", "doer": "wang", **more})


def test_it_is_handed_out_done_and_accepted(desk: Desk) -> None:
    """The doer holds it, then its giver. [B5]"""
    ref = given(desk, due_at=local("2026-03-13 16:00"))
    assert (desk.case(ref).holder, desk.case(ref).chaser, shown(desk.case(ref).due)) == ("wang", "chen", "2026-03-13 16:00")

    case = desk.do(ref, "hand_in", "wang", result="已装订成册")
    assert (case.state, case.holder) == ("handed_in", "chen")
    assert desk.do(ref, "accept", "chen").state == "accepted"


def test_without_a_date_it_is_due_at_once(desk: Desk) -> None:
    """Half a working day. [language.md (e)]"""
    assert shown(desk.case(given(desk)).due) == "2026-03-11 14:30"


def test_only_leaders_hand_out_and_nothing_for_yesterday(desk: Desk) -> None:
    """A clerk asks nobody; a date that is over is none."""
    with pytest.raises(Refused) as clerk:
        desk.open("assignment", "wang", what="帮忙", doer="li")
    with pytest.raises(Refused) as past:
        given(desk, due_at=local("2026-03-10 16:00"))

    assert (clerk.value.codes, past.value.codes) == (["not_allowed"], ["due_in_past"])


def test_it_is_sent_back_until_it_is_well_done(desk: Desk) -> None:
    """With why; the result is asked anew."""
    ref = given(desk)
    desk.do(ref, "hand_in", "wang", result="差不多了")

    assert desk.refused(ref, "send_back", "chen") == ["field_missing"]
    assert desk.do(ref, "send_back", "chen", why="缺两份", due_at=local("2026-03-12 12:00")).holder == "wang"
    assert desk.refused(ref, "hand_in", "wang") == ["field_missing"]
    desk.do(ref, "hand_in", "wang", result="补齐了")
    assert desk.do(ref, "accept", "gao").state == "accepted"  # or the giver's superior


def test_nobody_accepts_his_own_work(desk: Desk) -> None:
    """Who handed it in does not judge it, though it was his own idea."""
    ref = given(desk, doer="chen")
    desk.do(ref, "hand_in", "chen", result="办好")

    assert desk.refused(ref, "accept", "chen") == ["four_eyes"]
    assert desk.do(ref, "accept", "gao").state == "accepted"


def test_it_is_postponed_or_dropped_with_a_reason(desk: Desk) -> None:
    """By who handed it out."""
    ref = given(desk, due_at=local("2026-03-11 16:00"))

    assert desk.refused(ref, "postpone", "wang", due_at=local("2026-03-12 16:00")) == ["not_allowed", "reason_missing"]
    assert desk.refused(ref, "postpone", "chen", reason="等厂家") == ["field_missing"]
    assert shown(desk.do(ref, "postpone", "chen", due_at=local("2026-03-12 16:00"), reason="等厂家").due) == "2026-03-12 16:00"
    assert desk.do(ref, "drop", "chen", reason="不需要了").state == "dropped"


def test_a_task_takes_no_instruction(desk: Desk) -> None:
    """It is handed in; the refusal says so."""
    ref = given(desk)

    assert desk.refused(ref, "instruct", "wang", result="好") == ["is_no_report", "no_linked_case"]


def test_it_is_handed_over_to_somebody_else(desk: Desk) -> None:
    """For good: the doer changes with it."""
    ref = given(desk)

    desk.do(ref, "assign", "chen", assignee="li")

    assert desk.refused(ref, "hand_in", "wang", result="我来") == ["not_allowed"]
    assert desk.do(ref, "hand_in", "li", result="办好").state == "handed_in"

"""The requirement: written down and confirmed, made and tried by who asked, trained with manual and video. [C16]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, shown

WISH = {"title": "回访统计表", "wish": "每周自动统计满意度"}
WRITTEN = {"need": "按部门统计", "flow": "导出, 汇总, 上报", "way": "program"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def written(desk: Desk) -> str:
    """A requirement that is to be confirmed."""
    ref = desk.open("requirement", "wang", **WISH)
    desk.do(ref, "write", "jin", papers=["requirement"], **WRITTEN)
    return ref


def made(desk: Desk) -> str:
    """A program that is to be tried."""
    ref = written(desk)
    desk.do(ref, "confirm", "wang")
    desk.do(ref, "make", "jin", made="统计宏 1.0")
    return ref


def test_a_need_is_surveyed_written_down_and_signed_for(desk: Desk) -> None:
    """By who asked. [C16]"""
    ref = desk.open("requirement", "wang", **WISH)
    assert (ref, desk.case(ref).holder, shown(desk.case(ref).due)) == (
        "XQ-260302-001", "role:it_engineer", "2026-03-16 09:00")  # fmt: skip
    assert desk.refused(ref, "write", "jin", need="按部门统计") == ["field_missing", "field_missing", "paper_missing"]

    assert desk.do(ref, "write", "jin", papers=["requirement"], **WRITTEN).holder == "wang"
    assert desk.refused(ref, "confirm", "sun") == ["not_allowed"]
    assert [s.by for s in desk.do(ref, "confirm", "wang").data.signatures] == ["wang"]


def test_what_is_not_what_was_meant_is_written_anew(desk: Desk) -> None:
    """With the reason."""
    ref = written(desk)

    assert desk.refused(ref, "send_back", "wang") == ["reason_missing"]
    desk.do(ref, "send_back", "wang", reason="还要按顾问")
    assert desk.refused(ref, "write", "jin") == ["field_missing"] * 3


def test_it_is_tried_by_who_asked_until_it_is_right(desk: Desk) -> None:
    """Then people are trained."""
    ref = made(desk)

    case = desk.do(ref, "not_right", "wang", reason="算错")
    assert (case.state, case.holder) == ("agreed", "role:it_engineer")
    desk.do(ref, "make", "jin", made="统计宏 1.1")
    assert desk.do(ref, "accept", "wang").holder == "role:it_engineer"


def test_it_is_handed_over_with_training_manual_and_video(desk: Desk) -> None:
    """The IT manager may waive the video. [C16]"""
    ref = made(desk)
    desk.do(ref, "accept", "wang")

    done: dict[str, Any] = {"trained": ["wang", "sun"], "trained_on": "2026-03-02"}
    assert desk.refused(ref, "hand_over", "jin", **done) == ["paper_missing"] * 2
    desk.do(ref, "waive", "tao", papers=["video"], reason="只有一个按钮")
    assert desk.do(ref, "hand_over", "jin", papers=["manual"], **done).state == "done"


def test_the_it_manager_may_decline_it(desk: Desk) -> None:
    """With a reason."""
    ref = desk.open("requirement", "wang", **WISH)

    assert desk.refused(ref, "decline", "jin", reason="系统已有") == ["not_allowed"]
    assert desk.do(ref, "decline", "tao", reason="系统已有").state == "declined"

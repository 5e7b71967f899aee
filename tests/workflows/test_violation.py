"""The violation: forbidden software taken off and looked at once more; what a department may use stands in a setting. [C19]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown

GAME = {"user": "qian", "department": "销售部", "software": "斗地主", "device": "PC-020"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def found(desk: Desk, **other: Any) -> str:
    """What a check brought to light."""
    return desk.open("violation", "jin", **{**GAME, **other})


def test_forbidden_software_is_taken_off_within_a_day_and_checked(desk: Desk) -> None:
    """By its user; IT looks once more. [C19]"""
    ref = found(desk)
    assert (ref, desk.case(ref).holder, desk.case(ref).chaser, shown(desk.case(ref).due)) == (
        "WG-260302-001", "qian", "role:it_engineer", "2026-03-03 09:00")  # fmt: skip

    assert desk.do(ref, "remove", "qian").holder == "role:it_engineer"
    assert desk.do(ref, "close", "jin").state == "closed"


def test_what_the_department_may_use_is_no_violation(desk: Desk) -> None:
    """Sales work by QQ, the text forbids it to the others. [C19, D5]"""
    with pytest.raises(Refused) as refusal:
        found(desk, software="qq")
    assert [(b.code, b.message.zh) for b in refusal.value.blockers] == [("allowed", "销售部 可以用 qq")]

    assert found(desk, software="QQ", department="售后部")


def test_still_there_it_stands_on_the_superiors_list(desk: Desk) -> None:
    """In the second cycle at once."""
    ref = found(desk)
    desk.do(ref, "remove", "qian")

    case = desk.do(ref, "still_there", "jin")

    assert (case.state, case.data.cycle, case.holder) == ("found", 2, "qian")
    assert desk.programs["violation"].process.ladder[-1].cycle == 2  # type: ignore[index]


def test_the_head_decides_what_is_needed_for_work(desk: Desk) -> None:
    """Allowed, or taken off after all."""
    first, second = found(desk), found(desk, software="迅雷")
    assert desk.refused(first, "dispute", "qian") == ["field_missing"]
    assert desk.do(first, "dispute", "qian", explanation="客户要的").holder == "feng"

    assert desk.refused(first, "allow", "qian", reason="要用") == ["not_allowed"]
    assert desk.do(first, "insist", "feng").holder == "qian"
    desk.do(second, "dispute", "qian", explanation="下厂家视频")
    assert desk.do(second, "allow", "feng", reason="厂家指定").state == "allowed"


def test_an_engineers_own_machine_is_checked_by_a_colleague(desk: Desk) -> None:
    """Nobody checks what he himself took off."""
    ref = found(desk, user="jin", department="IT")
    desk.do(ref, "remove", "jin")

    assert desk.refused(ref, "close", "jin") == ["four_eyes"]
    assert desk.do(ref, "close", "yan").state == "closed"

"""Meetings: arranged, held, minuted; what they resolved is chased until done. [B2]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, local, shown

RESOLVED = [
    {"what": "换烤漆房滤棉", "responsible": "zhou", "due_on": "2026-03-20"},
    {"事项": "整理客户名单", "责任人": "Sun", "完成日期": "2026-03-18"},
]


@pytest.fixture
def desk() -> Desk:
    """A Tuesday morning."""
    return Desk("2026-03-10 09:00")


def planned(desk: Desk, **more: Any) -> str:
    """The weekly meeting."""
    return desk.open("meeting", "chen", **{"topic": "周例会", "held_at": local("2026-03-10 16:00"), **more})


def minuted(desk: Desk, **more: Any) -> tuple[str, list[str]]:
    """A meeting with its minutes."""
    ref = planned(desk)
    desk.at("2026-03-10 17:00")
    desk.do(ref, "hold", "wang", attendees="zhou, sun, chen")
    desk.do(ref, "minute", "wang", papers=["minutes"], **more)
    return ref, desk.linked(ref, "resolutions")


def test_it_is_minuted_by_the_next_working_day(desk: Desk) -> None:
    """With the minutes themselves."""
    ref = planned(desk)
    assert (shown(desk.case(ref).due), desk.case(ref).holder) == ("2026-03-10 16:00", "role:after_sales_clerk")
    desk.at("2026-03-10 17:00")

    assert shown(desk.do(ref, "hold", "wang").due) == "2026-03-11 17:00"
    assert desk.refused(ref, "minute", "wang", resolutions=RESOLVED) == ["paper_missing"]


def test_each_resolution_is_somebodys_and_has_its_day(desk: Desk) -> None:
    """People are found by name, also in rows; the clerk chases. [B2]"""
    _, resolutions = minuted(desk, resolutions=RESOLVED)

    cases = [desk.case(one) for one in resolutions]
    assert [(c.holder, c.chaser, shown(c.due)) for c in cases] == [
        ("zhou", "wang", "2026-03-21 00:00"), ("sun", "wang", "2026-03-19 00:00")]  # fmt: skip


def test_it_is_closed_when_all_is_done_or_dropped(desk: Desk) -> None:
    """The refusal counts what is open."""
    ref, (first, second) = minuted(desk, resolutions=RESOLVED)
    desk.do(first, "finish", "zhou", result="已换")

    with pytest.raises(Refused) as refusal:
        desk.do(ref, "close", "wang")
    assert refusal.value.blockers[0].message.zh == "议决事项还没全部办结 (1/2)"
    desk.do(second, "drop", "wang", reason="并入月度任务")
    assert desk.do(ref, "close", "wang").state == "closed"


def test_a_meeting_that_resolved_nothing_is_closed_at_once(desk: Desk) -> None:
    """Nothing is opened for it."""
    ref, resolutions = minuted(desk)

    assert resolutions == []
    assert desk.do(ref, "close", "wang").state == "closed"


def test_a_resolution_for_nobody_known_or_without_a_day_is_refused(desk: Desk) -> None:
    """And nothing is half opened."""
    ref = planned(desk)
    desk.do(ref, "hold", "wang")

    stranger = [{**RESOLVED[0], "responsible": "nobody"}]
    assert desk.refused(ref, "minute", "wang", papers=["minutes"], resolutions=stranger) == ["unknown_person"]
    dateless = [{"what": "换滤棉", "responsible": "zhou"}]
    assert desk.refused(ref, "minute", "wang", papers=["minutes"], resolutions=dateless) == ["wrong_value"]
    assert len(desk.cases) == 1


def test_a_resolution_is_done_by_who_answers_for_it(desk: Desk) -> None:
    """The chaser alone moves or drops it, with a reason."""
    _, (first, _) = minuted(desk, resolutions=RESOLVED)

    assert desk.refused(first, "finish", "wang", result="替他办") == ["not_allowed"]
    assert desk.refused(first, "drop", "zhou", reason="太忙") == ["not_allowed"]
    assert desk.refused(first, "postpone", "wang", due_on="2026-03-27") == ["reason_missing"]
    assert shown(desk.do(first, "postpone", "wang", due_on="2026-03-27", reason="缺货").due) == "2026-03-28 00:00"


def test_it_is_postponed_or_cancelled_before_it_is_held(desk: Desk) -> None:
    """Not afterwards."""
    ref = planned(desk)
    assert shown(desk.do(ref, "postpone", "chen", held_at=local("2026-03-11 16:00"), reason="客户来访").due) == "2026-03-11 16:00"
    assert desk.do(ref, "cancel", "chen", reason="不开了").state == "cancelled"

    held, _ = minuted(desk)
    assert desk.refused(held, "cancel", "chen", reason="不开了") == ["cannot_cancel"]

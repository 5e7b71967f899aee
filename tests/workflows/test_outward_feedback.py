"""What the manufacturer's departments should know, without being asked. [B25]"""

import pytest

from tests.workflows.desk import Desk, Refused, shown

FAULT = {"topic": "GL8异响批量", "department": "质量部", "content": "本周三台同一部位"}


@pytest.fixture
def desk() -> Desk:
    """A Wednesday morning."""
    return Desk("2026-03-11 09:00")


def test_it_goes_out_at_once(desk: Desk) -> None:
    """Where no answer is wanted that is all."""
    ref = desk.open("outward_feedback", "wang", **FAULT)
    assert shown(desk.case(ref).due) == "2026-03-11 14:30"

    assert desk.refused(ref, "inform", "wang") == ["field_missing"]
    assert desk.do(ref, "inform", "wang", sent_by="厂家邮箱").state == "informed"


def test_an_answer_is_waited_for_and_asked_again(desk: Desk) -> None:
    """It is the manufacturer's: with their reply."""
    ref = desk.open("outward_feedback", "wang", **FAULT)
    case = desk.do(ref, "ask", "wang", sent_by="厂家邮箱")
    assert (case.paused, shown(case.due)) == (True, "2026-03-18 09:00")

    desk.at("2026-03-18 10:00")
    assert desk.do(ref, "remind", "wang").data.attempts == {"remind": ["2026-03-18"]}
    assert desk.refused(ref, "answer", "wang", answer="换件") == ["proof_missing"]
    assert desk.do(ref, "answer", "wang", answer="换件", papers=["reply"]).state == "answered"


def test_who_waits_no_longer_says_why(desk: Desk) -> None:
    """It is not counted as answered."""
    ref = desk.open("outward_feedback", "wang", **FAULT)
    desk.do(ref, "ask", "wang", sent_by="电话")

    assert desk.refused(ref, "leave_it", "wang") == ["reason_missing"]
    assert desk.do(ref, "leave_it", "wang", reason="问题已消失").state == "unanswered"


def test_it_is_the_clerks(desk: Desk) -> None:
    """One door to the manufacturer."""
    with pytest.raises(Refused) as refusal:
        desk.open("outward_feedback", "zhou", **FAULT)
    assert refusal.value.codes == ["not_allowed"]

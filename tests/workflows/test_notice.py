"""The manufacturer's mail: passed on, acknowledged, carried out, answered in time, filed. [B1, B6, D26]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, local, shown

MAIL: dict[str, Any] = {
    "sender": "manufacturer", "kind": "notice", "title": "召回点检通知", "content": "3月底前完成点检",
    "received_at": local("2026-03-09 14:20"), "answer_wanted": True, "deadline": local("2026-03-13 16:00"),
}  # fmt: skip
INFO = {**MAIL, "sender": "regional_manager", "kind": "sales_progress", "title": "销售进度", "answer_wanted": False}


@pytest.fixture
def desk() -> Desk:
    """A Monday afternoon."""
    return Desk("2026-03-09 14:30")


def came(desk: Desk, actor: str = "wang", **more: Any) -> str:
    """A mail that came in."""
    return desk.open("notice", actor, **{**MAIL, **more})


def passed_on(desk: Desk) -> tuple[str, list[str]]:
    """A mail passed on to two heads."""
    ref = came(desk)
    desk.do(ref, "pass_on", "wang", heads="zhou, li")
    return ref, desk.linked(ref, "relays")


def carry_out(desk: Desk, relay: str, head: str) -> None:
    """The head acknowledges and delivers."""
    desk.do(relay, "acknowledge", head)
    desk.do(relay, "deliver", head, done="已完成")


def test_it_is_passed_on_at_once_to_every_head_concerned(desk: Desk) -> None:
    """Each has it on his own list, to acknowledge within half a day, to deliver a working day before the deadline. [B1]"""
    ref = came(desk)
    assert (shown(desk.case(ref).due), desk.case(ref).holder) == ("2026-03-10 09:00", "wang")

    desk.do(ref, "pass_on", "wang", heads="zhou, li")

    relays = [desk.case(one) for one in desk.linked(ref, "relays")]
    assert [(r.holder, r.chaser, shown(r.due)) for r in relays] == [
        ("zhou", "wang", "2026-03-10 09:00"), ("li", "wang", "2026-03-10 09:00")]  # fmt: skip
    assert shown(desk.do(relays[0].ref, "acknowledge", "zhou").due) == "2026-03-12 16:00"
    assert shown(desk.case(ref).due) == "2026-03-13 16:00"


def test_it_is_answered_when_every_department_has_delivered_and_then_filed(desk: Desk) -> None:
    """Before that the refusal counts them. [B1]"""
    ref, (first, second) = passed_on(desk)
    carry_out(desk, first, "zhou")

    with pytest.raises(Refused) as refusal:
        desk.do(ref, "answer", "wang", answer="已点检")
    assert [b.message.zh for b in refusal.value.blockers] == ["部门还没全部落实 (1/2)"]
    carry_out(desk, second, "li")
    assert desk.do(ref, "answer", "wang", answer="已点检").state == "answered"
    assert desk.refused(ref, "file", "wang") == ["field_missing"]
    assert desk.do(ref, "file", "wang", folder="2026/厂家邮件").state == "filed"


def test_a_head_speaks_for_himself(desk: Desk) -> None:
    """Acknowledging comes first, and what was done is said."""
    _, (first, _) = passed_on(desk)

    assert desk.refused(first, "acknowledge", "li") == ["not_allowed"]
    assert desk.refused(first, "deliver", "zhou", done="已办") == ["wrong_state"]
    desk.do(first, "acknowledge", "zhou")
    assert desk.refused(first, "deliver", "zhou") == ["field_missing"]


def test_a_head_forgotten_is_added_later(desk: Desk) -> None:
    """The join waits for him too. [B6]"""
    ref, (first, second) = passed_on(desk)
    carry_out(desk, first, "zhou")
    carry_out(desk, second, "li")

    desk.do(ref, "add", "wang", more_heads="feng")

    assert desk.refused(ref, "answer", "wang", answer="全部完成") == ["not_delivered"]
    carry_out(desk, desk.linked(ref, "relays")[2], "feng")
    assert desk.do(ref, "answer", "wang", answer="全部完成").state == "answered"


def test_a_head_who_is_not_concerned_is_excused_with_a_reason_or_hands_it_over(desk: Desk) -> None:
    """By the clerk who chases him; an excused one is waited for no longer."""
    ref, (first, second) = passed_on(desk)

    assert desk.refused(first, "excuse", "zhou", reason="与我无关") == ["not_allowed"]
    assert desk.refused(first, "excuse", "wang") == ["reason_missing"]
    assert desk.do(first, "excuse", "wang", reason="休假").state == "excused"
    desk.do(second, "assign", "li", assignee="sun")
    carry_out(desk, second, "sun")
    assert desk.do(ref, "answer", "wang", answer="已点检").state == "answered"


def test_an_extension_needs_its_proof_and_moves_every_open_relay(desk: Desk) -> None:
    """What was delivered already stays. [language.md B1]"""
    ref, (first, second) = passed_on(desk)
    carry_out(desk, first, "zhou")
    desk.do(second, "acknowledge", "li")
    later = local("2026-03-20 16:00")

    assert desk.refused(ref, "extend", "wang", deadline=later) == ["proof_missing"]
    desk.do(ref, "extend", "wang", papers=["extension"], deadline=later)

    assert (shown(desk.case(ref).due), shown(desk.case(second).due)) == ("2026-03-20 16:00", "2026-03-19 16:00")
    assert desk.case(first).state == "delivered"


def test_what_the_manufacturer_takes_back_nobody_need_do(desk: Desk) -> None:
    """Every open relay ends with it."""
    ref, (first, second) = passed_on(desk)
    carry_out(desk, first, "zhou")

    desk.do(ref, "withdraw_notice", "wang", papers=["withdrawal"])

    assert [desk.case(one).state for one in (ref, first, second)] == ["withdrawn", "delivered", "called_off"]


def test_an_answer_wanted_has_a_deadline(desk: Desk) -> None:
    """One that wants none may have one."""
    with pytest.raises(Refused) as refusal:
        desk.open("notice", "wang", **{k: v for k, v in MAIL.items() if k != "deadline"})
    assert refusal.value.codes == ["field_missing"]


def test_a_mail_that_wants_no_answer_is_filed(desk: Desk) -> None:
    """At once, or when the departments have carried it out. [D26]"""
    ref = came(desk, "zhao", **INFO)

    assert desk.case(ref).holder == "zhao"
    assert desk.refused(ref, "answer", "zhao", answer="收到") == ["no_answer_wanted"]
    assert desk.do(ref, "file", "zhao", folder="大区").state == "filed"
    assert desk.refused(came(desk), "file", "wang", folder="厂家") == ["answer_wanted"]


def test_a_notice_without_a_deadline_is_carried_out_within_a_week(desk: Desk) -> None:
    """Its execution is supervised all the same. [B6]"""
    ref = desk.open("notice", "wang", **{k: v for k, v in INFO.items() if k != "deadline"})
    desk.do(ref, "pass_on", "wang", heads="zhou")
    (relay,) = desk.linked(ref, "relays")

    assert shown(desk.do(relay, "acknowledge", "zhou").due) == "2026-03-16 14:30"
    assert desk.refused(ref, "file", "wang", folder="厂家") == ["not_delivered"]


def test_a_payout_says_how_much_for_which_month(desk: Desk) -> None:
    """The rebate is computed from it. [D26, D6]"""
    payout = {**INFO, "kind": "rebate_payout", "title": "2月返利发放"}
    with pytest.raises(Refused) as refusal:
        desk.open("notice", "zhao", **payout)
    assert refusal.value.codes == ["field_missing"] * 2

    ref = desk.open("notice", "zhao", **payout, amount="128600", period="2026-02")
    assert desk.case(ref).data.fields.items() >= {"amount": 12860000, "period": "2026-02"}.items()


def test_a_mail_entered_by_mistake_is_cancelled_before_it_is_passed_on(desk: Desk) -> None:
    """Later it is withdrawn or seen through."""
    assert desk.do(came(desk), "cancel", "wang", reason="重复").state == "cancelled"
    ref, _ = passed_on(desk)
    assert desk.refused(ref, "cancel", "wang", reason="重复") == ["cannot_cancel"]

"""A lost customer is followed up at once, analysed, reported upward, won back or given up. [A2, A14, A16]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown

CUSTOMER = {"customer": "周敏", "phone": "13700001111", "plate": "皖H5K220"}
FINDINGS = {"cause": "price", "analysis": "别店工时便宜三成", "summary": "周敏因工时价格流失"}


@pytest.fixture
def desk() -> Desk:
    """A Wednesday morning."""
    return Desk("2026-03-11 09:00")


def lost(desk: Desk, **more: Any) -> str:
    """The customer card shows a gap."""
    return desk.open("churn", "wang", **CUSTOMER, **more)


def reported(desk: Desk) -> tuple[str, str]:
    """A lost customer reported upward, and the assignment that reached the director."""
    ref = lost(desk)
    desk.do(ref, "analyse", "wang", **FINDINGS)
    desk.do(ref, "report_up", "wang")
    (upward,) = desk.linked(ref, "upward")
    return ref, upward


def test_it_is_followed_up_at_once(desk: Desk) -> None:
    """Half a working day; found on the card unless a callback found it. [A2]"""
    case = desk.case(lost(desk))

    assert (shown(case.due), case.holder, case.chaser) == ("2026-03-11 14:30", "role:after_sales_clerk", "role:service_director")
    assert case.data.fields["found_by"] == "card"


def test_it_goes_upward_and_comes_back_with_what_to_do(desk: Desk) -> None:
    """The director has it on his list; his instruction opens the way. [A16]"""
    ref, upward = reported(desk)
    assert (desk.case(upward).holder, desk.fields(upward)["details"]) == ("role:service_director", "别店工时便宜三成")
    assert desk.refused(ref, "instruct", "chen", instruction="直接批") == ["duty_only"]

    desk.do(upward, "instruct", "chen", result="送首保券")

    case = desk.case(ref)
    assert (case.state, shown(case.due)) == ("winning_back", "2026-06-10 00:00")
    assert desk.fields(ref)["instruction"] == "送首保券"
    desk.do(ref, "contact", "wang", remark="周六来")
    assert desk.refused(ref, "win_back", "wang") == ["field_missing"]
    assert desk.do(ref, "win_back", "wang", repair="RO-0301").state == "won_back"


def test_what_cannot_be_won_back_is_lost_with_a_reason(desk: Desk) -> None:
    """It counts in the month's churn. [A14]"""
    ref, upward = reported(desk)
    desk.do(upward, "instruct", "chen", result="再联系一次")

    assert desk.refused(ref, "lose", "wang") == ["reason_missing"]
    case = desk.do(ref, "lose", "wang", reason="已在别店办卡")
    assert (case.state, case.data.fields["cause"]) == ("lost", "price")


def test_who_comes_back_by_himself_spares_the_superior_the_answer(desk: Desk) -> None:
    """The report upward ends with it."""
    ref, upward = reported(desk)

    desk.do(ref, "win_back", "wang", repair="RO-0302")

    assert (desk.case(ref).state, desk.case(upward).state) == ("won_back", "settled")


def test_the_analysis_names_a_reason(desk: Desk) -> None:
    """Each missing part is told, and nobody else does it."""
    ref = lost(desk)

    assert desk.refused(ref, "analyse", "wang") == ["field_missing"] * 3
    assert desk.refused(ref, "analyse", "li", **FINDINGS) == ["not_allowed"]
    assert desk.refused(ref, "report_up", "wang") == ["wrong_state"]


def test_no_answer_is_tried_three_times_on_two_days(desk: Desk) -> None:
    """Then it may be closed."""
    ref = lost(desk)
    for now in ("2026-03-11 09:10", "2026-03-11 15:00", "2026-03-12 09:00"):
        assert desk.refused(ref, "give_up", "wang") == ["too_few_attempts"]
        desk.at(now)
        desk.do(ref, "no_answer", "sun")

    assert desk.do(ref, "give_up", "wang").state == "unreached"


def test_a_gap_with_a_good_reason_is_no_loss(desk: Desk) -> None:
    """Abroad for a year, for one."""
    assert desk.do(lost(desk), "keep_on", "wang", reason="车主出国一年").state == "not_lost"


def test_a_car_is_followed_up_once_at_a_time(desk: Desk) -> None:
    """By hand a second one is refused; after the first ended it may be opened again."""
    ref = lost(desk)
    with pytest.raises(Refused) as refusal:
        lost(desk)
    assert refusal.value.codes == ["already_open"]

    desk.do(ref, "keep_on", "wang", reason="误判")
    assert lost(desk) != ref


def test_a_mistake_is_cancelled_before_anything_came_of_it(desk: Desk) -> None:
    """Later it runs its way."""
    assert desk.do(lost(desk), "cancel", "wang", reason="登错").state == "cancelled"
    ref, _ = reported(desk)

    assert desk.refused(ref, "cancel", "wang", reason="登错") == ["cannot_cancel"]

"""The callback: six questions in three days; a problem solved, reported upward, or made a complaint. [A4, A5, A7, A8]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, local, shown

REPAIR = {
    "customer": "孙丽", "phone": "13811112222", "plate": "皖H3D905", "repair": "RO-0001", "item": "保养",
    "work": "upkeep", "car_use": "private", "settled_at": local("2026-03-06 16:20"),
}  # fmt: skip
ANSWERS: dict[str, Any] = {
    "speed_reception": 5, "speed_completion": 4, "speed_settlement": 5, "price_parts": 4, "price_labour": 4, "staff": 5,
    "quoted_first": True, "explained_items": True, "quality_repair": 5, "quality_cleaning": 4, "visit": "开车来, 等候",
    "overall": 5, "booking_reminded": True, "item_rating": 5, "next_item": "二保", "next_mileage": 15000,
    "card_matches": True, "club_answer": "thinks",
}  # fmt: skip
PROBLEM = {"topic": "空调异响", "department": "workshop", "description": "怠速时有异响"}


@pytest.fixture
def desk() -> Desk:
    """A Friday evening, the repair just settled."""
    return Desk("2026-03-06 17:00")


def opened(desk: Desk, **other: Any) -> str:
    """A callback to be made."""
    return desk.open("callback", "wang", **{"member": False, **REPAIR, **other})


def test_it_is_due_at_the_end_of_the_third_day_after_the_settlement(desk: Desk) -> None:
    """Calendar days, counted from when the repair was settled. [A4]"""
    ref = opened(desk)

    assert shown(desk.case(ref).due) == "2026-03-10 00:00"
    assert desk.case(ref).holder == "role:customer_service"


def test_a_content_customer_ends_it(desk: Desk) -> None:
    """Every question answered, the reminder ticked, the club offered. [A4, A8]"""
    ref = opened(desk)

    case = desk.do(ref, "record", "sun", **ANSWERS)

    assert (case.state, case.open) == ("answered", False)
    assert case.data.fields["overall"] == 5
    assert set(case.data.fields["visit"]) == {"#"}  # free text is personal: the history holds a commitment


def test_no_question_may_be_left_out(desk: Desk) -> None:
    """Each unanswered one is told."""
    ref = opened(desk)

    with pytest.raises(Refused) as refusal:
        desk.do(ref, "record", "sun", **{k: v for k, v in ANSWERS.items() if k not in ("staff", "club_answer")})

    assert [b.message.zh for b in refusal.value.blockers] == ["缺 人员服务", "缺 入会意向"]


def test_a_rating_is_one_to_five(desk: Desk) -> None:
    """Six is refused, and not told twice."""
    ref = opened(desk)

    assert desk.refused(ref, "record", "sun", **{**ANSWERS, "overall": 6}) == ["wrong_value"]


def test_the_reminder_is_ticked_and_a_low_rating_is_a_problem(desk: Desk) -> None:
    """Who rates it 2 has a problem, whatever else he says."""
    ref = opened(desk)

    answers = {**ANSWERS, "booking_reminded": False, "overall": 2}
    assert desk.refused(ref, "record", "sun", **answers) == ["not_reminded", "low_rating"]


def test_a_club_member_is_called_in_his_own_way(desk: Desk) -> None:
    """He is asked for weaknesses, other shops' strengths and proposals, and not offered the club. [A7]"""
    ref = opened(desk, member=True)
    answers = {k: v for k, v in ANSWERS.items() if k != "club_answer"}

    assert desk.refused(ref, "record", "sun", **answers) == ["field_missing"] * 3
    own = {"weaknesses": "等候久", "other_shops": "有代步车", "proposals": "设快修"}
    assert desk.do(ref, "record", "sun", **answers, **own).state == "answered"


def test_paint_is_rated_where_something_was_painted(desk: Desk) -> None:
    """Only then. [A4 question 4]"""
    ref = opened(desk, work="paint", item="前杠喷漆")

    assert desk.refused(ref, "record", "sun", **ANSWERS) == ["field_missing"]
    assert desk.do(ref, "record", "sun", **ANSWERS, quality_paint=4).state == "answered"


def test_where_the_card_differs_is_written_down(desk: Desk) -> None:
    """The customer card is checked against the car. [A16]"""
    ref = opened(desk)

    assert desk.refused(ref, "record", "sun", **{**ANSWERS, "card_matches": False}) == ["field_missing"]


def test_each_item_may_be_rated(desk: Desk) -> None:
    """Satisfaction is asked per repair item. [A5]"""
    ref = opened(desk)

    wrong = desk.refused(ref, "record", "sun", **ANSWERS, further_items=[{"item": "四轮定位"}])
    case = desk.do(ref, "record", "sun", **ANSWERS, further_items=[{"项目": "四轮定位", "满意度": "4"}])

    assert wrong == ["wrong_value"]
    assert case.data.fields["further_items"] == [{"item": "四轮定位", "rating": 4}]


def test_a_problem_is_solved_with_the_quick_handling_form(desk: Desk) -> None:
    """Within half a working day: from Friday 17:00 to Monday's noon. [A4, A5]"""
    ref = opened(desk)

    case = desk.do(ref, "note_problem", "sun", **{**ANSWERS, "overall": 3}, **PROBLEM)

    assert (case.state, shown(case.due)) == ("problem", "2026-03-09 11:30")
    assert desk.refused(ref, "solve", "sun") == ["field_missing", "paper_missing"]
    assert desk.do(ref, "solve", "sun", papers=["quick_form"], remedy="当场调整").state == "solved"


def test_what_cannot_be_solved_goes_upward_at_once_and_comes_back_with_an_instruction(desk: Desk) -> None:
    """The service director has it as a case of his own; the caller goes on with what he said. [A5, B5]"""
    ref = opened(desk)
    desk.do(ref, "note_problem", "sun", **ANSWERS, **PROBLEM)

    desk.do(ref, "report_up", "sun", papers=["quick_form"])

    (upward,) = desk.linked(ref, "upward")
    case = desk.case(upward)
    assert (case.holder, case.chaser, shown(case.due)) == ("role:service_director", "sun", "2026-03-09 11:30")
    assert desk.fields(upward).items() >= {"what": "空调异响", "details": "怠速时有异响", "kind": "report"}.items()
    assert desk.refused(upward, "hand_in", "chen", result="不是交办") == ["is_a_report"]
    assert desk.do(upward, "instruct", "chen", result="免费返修").state == "instructed"
    assert (desk.case(ref).state, desk.fields(ref)["instruction"]) == ("problem", "免费返修")
    assert desk.do(ref, "solve", "sun", remedy="已返修").state == "solved"


def test_what_solves_itself_meanwhile_is_taken_off_the_superiors_list(desk: Desk) -> None:
    """Solved by the caller, or by the director himself."""
    ref = opened(desk)
    desk.do(ref, "note_problem", "sun", **ANSWERS, **PROBLEM)
    desk.do(ref, "report_up", "sun", papers=["quick_form"])

    assert desk.refused(ref, "instruct", "chen", instruction="直接批") == ["duty_only"]
    assert desk.do(ref, "solve", "chen", remedy="已返修").state == "solved"
    assert [desk.case(one).state for one in desk.linked(ref, "upward")] == ["settled"]


def test_a_lost_customer_found_is_followed_up_at_once(desk: Desk) -> None:
    """By a case of its own, with what is known; one that is open already is linked, not doubled. [A16, A2]"""
    first, other = opened(desk), opened(desk, repair="RO-0002")

    desk.do(first, "record", "sun", **ANSWERS, lost_found=True, lost_reason="另一台车一年没来")
    desk.do(other, "record", "sun", **ANSWERS, lost_found=True)

    (churn,) = desk.linked(first, "churn")
    assert desk.linked(other, "churn") == [churn]
    assert desk.fields(churn).items() >= {
        "customer": "孙丽", "plate": "皖H3D905", "found_by": "callback", "suspicion": "另一台车一年没来"}.items()  # fmt: skip
    assert shown(desk.case(churn).due) == "2026-03-09 11:30"


def test_a_complaint_is_opened_with_all_that_is_known_and_the_form_handed_on(desk: Desk) -> None:
    """The form goes to the responsible person; nothing is typed twice. [A6]"""
    ref = opened(desk)

    case = desk.do(ref, "complain", "sun", papers=["quick_form"], overall=1, responsible="li", **PROBLEM)

    (complaint,) = desk.linked(ref, "complaint")
    assert (case.state, desk.case(complaint).state, desk.case(complaint).holder) == ("complained", "reported", "li")
    handed = desk.fields(complaint)
    assert handed.items() >= {**PROBLEM, "customer": "孙丽", "plate": "皖H3D905", "repair": "RO-0001"}.items()
    assert desk.case(complaint).data.documents["quick_form"].status == "present"
    assert desk.linked(complaint, "source") == [ref]


def test_no_complaint_without_the_form_and_somebody_responsible(desk: Desk) -> None:
    """Both are told, and nothing is opened."""
    ref = opened(desk)

    assert desk.refused(ref, "complain", "sun", overall=1, **PROBLEM) == ["field_missing", "paper_missing"]
    assert len(desk.cases) == 1


def test_no_answer_is_tried_again_and_closable_after_three_calls_on_two_days(desk: Desk) -> None:
    """Limited, not for ever. [language.md (e)]"""
    ref = opened(desk)
    assert desk.refused(ref, "give_up", "sun") == ["too_few_attempts"]
    for now in ("2026-03-06 17:10", "2026-03-09 09:00", "2026-03-09 15:00"):
        desk.at(now)
        desk.do(ref, "no_answer", "sun")

    assert desk.case(ref).data.attempts == {"no_answer": ["2026-03-06", "2026-03-09", "2026-03-09"]}
    assert desk.do(ref, "give_up", "sun").state == "unreached"


def test_a_newer_repair_supersedes_it(desk: Desk) -> None:
    """The customer is called once, about the newer one."""
    ref = opened(desk)

    assert desk.refused(ref, "supersede", "sun") == ["field_missing"]
    assert desk.do(ref, "supersede", "sun", newer_repair="RO-0044").state == "superseded"


def test_a_repair_is_called_back_once(desk: Desk) -> None:
    """Not twice, not even after it was answered."""
    ref = opened(desk)
    desk.do(ref, "record", "sun", **ANSWERS)

    with pytest.raises(Refused) as refusal:
        opened(desk)
    assert (refusal.value.codes, refusal.value.blockers[0].params) == (["already_open"], {"ref": ref})


def test_who_does_not_wish_to_be_called_is_left_alone(desk: Desk) -> None:
    """With a reason."""
    ref = opened(desk)

    assert desk.refused(ref, "decline", "sun") == ["reason_missing"]
    assert desk.do(ref, "decline", "sun", reason="不愿被打扰").state == "declined"


def test_what_one_claimed_another_does_not_record(desk: Desk) -> None:
    """Until it is released."""
    ref = opened(desk)
    desk.do(ref, "claim", "wang")

    assert desk.refused(ref, "record", "sun", **ANSWERS) == ["claimed"]
    desk.do(ref, "release", "wang")
    desk.do(ref, "record", "sun", **ANSWERS)

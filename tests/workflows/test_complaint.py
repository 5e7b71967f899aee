"""The complaint: promised, resolved, called back a second time, by somebody else. [A6]"""

import pytest

from cuiban.engine.todo import ladder_of
from cuiban.engine.who import role
from tests.workflows.desk import Desk, Refused, local, shown

CUSTOMER = {"customer": "何军", "phone": "13800000000", "plate": "皖H3D905", "topic": "空调异响"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def opened(desk: Desk) -> str:
    """A complaint that 李 is to resolve."""
    return desk.open("complaint", "wang", responsible="li", **CUSTOMER)


def resolved(desk: Desk) -> str:
    """One that he says he has resolved."""
    ref = opened(desk)
    desk.do(ref, "accept", "li", promised_at=local("2026-03-04 10:00"))
    desk.at("2026-03-03 15:00")
    desk.do(ref, "resolve", "li", papers=["quick_form"], remedy="更换压缩机")
    return ref


def test_it_is_signed_for_within_half_a_day_by_the_one_named_on_it(desk: Desk) -> None:
    """The responsible person has it at once, and is chased by customer service. [A6]"""
    ref = opened(desk)

    case = desk.case(ref)
    assert ref == "TS-260302-001"
    assert (case.holder, case.chaser, shown(case.due)) == ("li", "role:customer_service", "2026-03-02 14:30")


def test_a_promise_is_a_signature_and_sets_the_due(desk: Desk) -> None:
    """Who accepts signs for the time by which it is resolved. [A6]"""
    ref = opened(desk)

    case = desk.do(ref, "accept", "li", promised_at=local("2026-03-04 10:00"))

    assert (case.state, shown(case.due)) == ("accepted", "2026-03-04 10:00")
    assert [(s.role, s.by) for s in case.data.signatures] == [("responsible", "li")]


def test_only_the_responsible_accepts_and_the_promise_lies_ahead(desk: Desk) -> None:
    """All that stands against it is told at once."""
    ref = opened(desk)

    assert desk.refused(ref, "accept", "wang") == ["not_allowed", "field_missing"]
    assert desk.refused(ref, "accept", "li", promised_at=local("2026-03-01 10:00")) == ["promise_in_past"]


def test_another_date_needs_a_reason_and_the_first_stays_in_the_history(desk: Desk) -> None:
    """A promise is changed with a reason; the first one stays where reports find it. [language.md (b) A6]"""
    ref = opened(desk)
    desk.do(ref, "accept", "li", promised_at=local("2026-03-04 10:00"))

    assert desk.refused(ref, "change_promise", "li") == ["field_missing", "reason_missing"]
    case = desk.do(ref, "change_promise", "li", promised_at=local("2026-03-05 10:00"), reason="等配件")

    assert shown(case.due) == "2026-03-05 10:00"
    promised = [event.fields["promised_at"] for event, _ in desk.events[ref] if "promised_at" in event.fields]
    assert promised == ["2026-03-04T02:00:00Z", "2026-03-05T02:00:00Z"]


def test_it_is_not_resolved_without_remedy_and_form(desk: Desk) -> None:
    """The refusal names both, and who brings the form."""
    ref = opened(desk)
    desk.do(ref, "accept", "li", promised_at=local("2026-03-04 10:00"))

    with pytest.raises(Refused) as refusal:
        desk.do(ref, "resolve", "li")

    found = {b.code: (b.message.zh, b.who) for b in refusal.value.blockers}
    assert found == {"field_missing": ("缺 处理结果", ["li"]), "paper_missing": ("缺 快速处理表", ["role:customer_service"])}


def test_the_second_callback_is_not_the_resolvers(desk: Desk) -> None:
    """Whoever resolved it does not ask whether the customer is satisfied. [A6]"""
    ref = desk.open("complaint", "sun", responsible="wang", **CUSTOMER)
    desk.do(ref, "accept", "wang", promised_at=local("2026-03-04 10:00"))
    desk.do(ref, "resolve", "wang", papers=["quick_form"], remedy="当面致歉")

    for action in ("confirm", "refuse", "no_answer", "give_up"):
        assert "four_eyes" in desk.refused(ref, action, "wang")
    case = desk.do(ref, "confirm", "sun")

    assert (case.state, case.open, case.holder) == ("satisfied", False, None)


def test_the_second_callback_is_due_at_the_end_of_the_third_day(desk: Desk) -> None:
    """Three calendar days, as the first callback."""
    ref = resolved(desk)

    assert shown(desk.case(ref).due) == "2026-03-07 00:00"
    assert desk.case(ref).holder == "role:customer_service"


def test_an_unhappy_customer_sends_it_back_for_a_new_promise(desk: Desk) -> None:
    """The old promise does not count in the new cycle. [A6]"""
    ref = resolved(desk)
    desk.at("2026-03-05 09:00")

    case = desk.do(ref, "refuse", "wang", why="还是有异响")

    assert (case.state, case.data.cycle, case.holder, shown(case.due)) == ("reported", 2, "li", "2026-03-05 14:30")
    assert desk.refused(ref, "accept", "li") == ["field_missing"]
    desk.do(ref, "accept", "li", promised_at=local("2026-03-06 10:00"))
    assert "field_missing" in desk.refused(ref, "resolve", "li")


def test_each_refusal_says_why_anew(desk: Desk) -> None:
    """What a step asks for is asked in every cycle."""
    ref = resolved(desk)
    desk.do(ref, "refuse", "wang", why="还是有异响")
    desk.do(ref, "accept", "li", promised_at=local("2026-03-06 10:00"))
    desk.do(ref, "resolve", "li", remedy="再修")

    assert desk.refused(ref, "refuse", "wang") == ["field_missing"]


def test_the_third_cycle_tells_the_service_director(desk: Desk) -> None:
    """From then on it also stands on that list. [language.md (b) A6]"""
    rungs = ladder_of(desk.programs["complaint"], "reported")

    assert [(rung.tell, rung.lists) for rung in rungs if rung.cycle == 3] == [(role("service_director"), True)]
    assert len(rungs) == 4  # beside the usual three


def test_a_customer_who_cannot_be_reached_ends_it_after_three_calls_on_two_days(desk: Desk) -> None:
    """Three calls on one day are not enough. [language.md (e)]"""
    ref = resolved(desk)
    for hour in ("16:00", "16:30", "17:00"):
        desk.at(f"2026-03-03 {hour}")
        desk.do(ref, "no_answer", "wang")

    assert desk.refused(ref, "give_up", "wang") == ["too_few_attempts"]
    desk.at("2026-03-04 09:00")
    desk.do(ref, "no_answer", "wang")

    assert desk.do(ref, "give_up", "wang").state == "unreached"


@pytest.mark.parametrize("steps", [0, 1])
def test_the_customer_may_drop_it_at_any_time(desk: Desk, steps: int) -> None:
    """With the reason that he gave."""
    ref = opened(desk)
    if steps:
        desk.do(ref, "accept", "li", promised_at=local("2026-03-04 10:00"))

    assert desk.refused(ref, "drop", "wang") == ["reason_missing"]
    assert desk.do(ref, "drop", "wang", reason="客户说算了").state == "dropped"


def test_one_that_was_opened_by_mistake_is_cancelled_before_it_is_promised(desk: Desk) -> None:
    """Later the customer has to drop it."""
    ref, other = opened(desk), opened(desk)
    desk.do(other, "accept", "li", promised_at=local("2026-03-04 10:00"))

    assert desk.do(ref, "cancel", "wang", reason="登记错了").state == "cancelled"
    assert desk.refused(other, "cancel", "wang", reason="登记错了") == ["cannot_cancel"]


def test_it_can_be_handed_to_another_responsible_person(desk: Desk) -> None:
    """The field follows, so that the other can promise."""
    ref = opened(desk)

    case = desk.do(ref, "assign", "chen", assignee="zhou")

    assert (case.holder, case.data.fields["responsible"]) == ("zhou", "zhou")
    desk.do(ref, "accept", "zhou", promised_at=local("2026-03-04 10:00"))

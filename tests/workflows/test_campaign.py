"""The manufacturer's campaign and our own: told, arranged, begun and ended by themselves, reported in time. [B20, B24]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown

SPRING: dict[str, Any] = {"title": "春季关怀月", "content": "免费检测", "begins_on": "2026-03-16", "ends_on": "2026-03-27"}
OWN: dict[str, Any] = {"title": "自驾讲堂", "quarter": "2026-Q2", "begins_on": "2026-04-20", "ends_on": "2026-04-21"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-09 09:00")


def told(desk: Desk, **more: Any) -> tuple[str, list[str]]:
    """A campaign of which the departments have been told."""
    ref = desk.open("campaign", "wang", **{**SPRING, **more})
    desk.do(ref, "pass_on", "wang", heads="zhou, li")
    return ref, desk.linked(ref, "relays")


def arranged(desk: Desk) -> tuple[str, list[str]]:
    """One for which all is ready."""
    ref, relays = told(desk)
    for relay, head in zip(relays, ("zhou", "li"), strict=True):
        desk.do(relay, "acknowledge", head)
        desk.do(relay, "deliver", head, done="已排班")
    desk.do(ref, "arrange", "wang", arrangement="展板, 排班")
    return ref, relays


def test_every_department_is_told_and_acknowledges_before_it_is_arranged(desk: Desk) -> None:
    """Their part is due before it begins. [B20]"""
    ref, (first, second) = told(desk)
    assert shown(desk.case(ref).due) == "2026-03-13 18:00"

    desk.do(first, "acknowledge", "zhou")
    assert shown(desk.case(first).due) == "2026-03-13 18:00"
    assert desk.refused(ref, "arrange", "wang", arrangement="展板") == ["not_acknowledged"]
    desk.do(second, "acknowledge", "li")
    assert desk.do(ref, "arrange", "wang", arrangement="展板").state == "arranged"


def test_it_begins_and_ends_by_itself_and_its_effect_is_due_three_days_later(desk: Desk) -> None:
    """Three calendar days after its end; never before it. [B20]"""
    ref, _ = arranged(desk)
    desk.tick("2026-03-16 08:00")
    assert (desk.case(ref).state, desk.case(ref).holder) == ("running", None)
    assert desk.refused(ref, "report", "wang", effect="很好", papers=["effect_report"]) == ["wrong_state"]

    desk.tick("2026-03-30 09:00")

    case = desk.case(ref)
    assert (case.state, shown(case.state_since), shown(case.due)) == ("ended", "2026-03-28 00:00", "2026-03-31 00:00")
    assert desk.refused(ref, "report", "wang") == ["field_missing", "paper_missing"]
    done = desk.do(ref, "report", "wang", effect="来店增三成", visits=320, turnover="86000", papers=["effect_report"])
    assert done.state == "reported"


def test_its_effect_is_not_reported_before_the_departments_delivered(desk: Desk) -> None:
    """Acknowledged was not done."""
    ref, (first, second) = told(desk)
    desk.do(first, "acknowledge", "zhou")
    desk.do(second, "acknowledge", "li")
    desk.do(ref, "arrange", "wang", arrangement="展板")
    desk.tick("2026-03-30 09:00")

    assert desk.refused(ref, "report", "wang", effect="好", papers=["effect_report"]) == ["not_delivered"]


def test_a_new_date_moves_what_is_open(desk: Desk) -> None:
    """Of the departments too; it cannot end before it begins."""
    ref, (first, _) = told(desk)
    desk.do(first, "acknowledge", "zhou")

    wrong = {"begins_on": "2026-03-23", "ends_on": "2026-03-20"}
    assert desk.refused(ref, "reschedule", "wang", **wrong, reason="缺料") == ["ends_before_it_begins"]
    desk.do(ref, "reschedule", "wang", begins_on="2026-03-23", ends_on="2026-04-03", reason="缺料")

    assert (shown(desk.case(ref).due), shown(desk.case(first).due)) == ("2026-03-20 18:00", "2026-03-20 18:00")


def test_called_off_all_are_told_and_nothing_is_reported(desk: Desk) -> None:
    """At any time before its end. [language.md B20]"""
    ref, relays = told(desk)

    assert desk.refused(ref, "call_off", "wang") == ["reason_missing"]
    desk.do(ref, "call_off", "chen", reason="厂家取消")

    assert [desk.case(one).state for one in (ref, *relays)] == ["called_off", "called_off", "called_off"]
    desk.tick("2026-04-01 09:00")
    assert desk.case(ref).state == "called_off"


def test_an_own_campaign_is_applied_for_by_the_tenth_of_its_quarter(desk: Desk) -> None:
    """With a plan; then we wait for the manufacturer. [B24]"""
    ref = desk.open("own_campaign", "wang", **OWN)
    assert shown(desk.case(ref).due) == "2026-04-10 18:00"

    assert desk.refused(ref, "apply", "wang", content="讲堂") == ["field_missing", "paper_missing"]
    case = desk.do(ref, "apply", "wang", content="讲堂", budget="5000", papers=["plan"])
    assert (case.state, case.paused) == ("applied", True)


def applied(desk: Desk) -> str:
    """An own campaign that waits for its approval."""
    ref = desk.open("own_campaign", "wang", **OWN)
    desk.do(ref, "apply", "wang", content="讲堂", budget="5000", papers=["plan"])
    return ref


def test_approved_it_runs_like_any_other_and_ends_in_a_summary(desk: Desk) -> None:
    """The approval is the manufacturer's: with proof."""
    ref = applied(desk)
    assert desk.refused(ref, "approve", "wang") == ["proof_missing"]
    desk.do(ref, "approve", "wang", papers=["approval"], budget="4000")
    desk.do(ref, "pass_on", "wang", heads="zhou")
    (relay,) = desk.linked(ref, "relays")
    desk.do(relay, "acknowledge", "zhou")
    desk.do(relay, "deliver", "zhou", done="场地")
    desk.do(ref, "arrange", "wang", arrangement="讲师, 场地")

    desk.tick("2026-04-22 09:00")

    assert shown(desk.case(ref).due) == "2026-04-25 00:00"
    done = desk.do(ref, "sum_up", "wang", summary="到场40人", papers=["summary_report"])
    assert (done.state, done.data.fields["budget"]) == ("summed_up", 400000)


def test_refused_it_is_revised_or_given_up(desk: Desk) -> None:
    """Revised: content and budget are asked anew."""
    ref, other = applied(desk), applied(desk)
    for one in (ref, other):
        desk.do(one, "refuse", "wang", why="费用过高", papers=["refusal"])

    desk.do(ref, "revise", "wang", title="自驾小讲堂")
    assert desk.refused(ref, "apply", "wang") == ["field_missing"] * 2
    assert desk.do(ref, "apply", "wang", content="小讲堂", budget="3000").state == "applied"
    assert desk.refused(other, "give_up", "wang") == ["reason_missing"]
    assert desk.do(other, "give_up", "chen", reason="本季不办").state == "given_up"


def test_a_campaign_cannot_end_before_it_begins(desk: Desk) -> None:
    """Of either kind."""
    for process, fields in (("campaign", SPRING), ("own_campaign", OWN)):
        with pytest.raises(Refused) as refusal:
            desk.open(process, "wang", **{**fields, "ends_on": "2026-03-01"})
        assert refusal.value.codes == ["ends_before_it_begins"]

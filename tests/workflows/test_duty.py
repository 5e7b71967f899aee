"""The one process of all duties, and the table of what comes round. [language.md (c)]"""

from datetime import date

import pytest

from cuiban import workflows
from cuiban.calendar import standard
from cuiban.engine.duty import Duty, about, bind_duty, occurrences
from cuiban.engine.labels import L
from cuiban.engine.roster import Absence
from tests.workflows.desk import Desk, Refused, local, roster, shown

DUTY = {duty.name: duty for duty in workflows.DUTIES}


@pytest.fixture
def desk() -> Desk:
    """A Wednesday morning."""
    return Desk("2026-03-11 08:40")


def test_a_duty_is_its_doers_and_chased_by_its_chaser(desk: Desk) -> None:
    """Title, due, whom it goes to, which day it is about: all on the case. [B11]"""
    ref = desk.comes_round(DUTY["b11_morning_meeting"], "2026-03-11")

    case = desk.case(ref)
    assert (ref, case.holder, case.chaser) == ("LX-260311-001", "role:after_sales_clerk", "role:service_director")
    assert (shown(case.due), shown(case.not_before)) == ("2026-03-11 12:00", None)
    assert case.data.fields.items() >= {
        "title": ["早会反馈厂家", "Morning meeting"], "recipients": ["厂家", "Manufacturer"], "window": "09:00-12:00",
        "about_from": "2026-03-11", "about_last": "2026-03-11"}.items()  # fmt: skip


def test_an_occurrence_is_opened_once_even_after_it_ended(desk: Desk) -> None:
    """The same duty, the same nominal time."""
    ref = desk.comes_round(DUTY["b11_morning_meeting"], "2026-03-11")
    desk.do(ref, "submit", "wang")

    with pytest.raises(Refused) as refusal:
        desk.comes_round(DUTY["b11_morning_meeting"], "2026-03-11")
    assert refusal.value.codes == ["already_open"]


def test_it_is_submitted_by_its_doer_late_or_not(desk: Desk) -> None:
    """Done late is no state of its own."""
    ref = desk.comes_round(DUTY["b11_morning_meeting"], "2026-03-11")

    assert desk.refused(ref, "submit", "chen") == ["not_allowed"]
    desk.at("2026-03-12 09:00")
    assert desk.do(ref, "submit", "wang", papers=["report"]).state == "done"


def test_the_chaser_or_the_doers_superior_waives_it_with_a_reason(desk: Desk) -> None:
    """Nobody waives his own."""
    ref = desk.comes_round(DUTY["d11_sj2806"], "2026-03-11")

    assert desk.refused(ref, "waive", "zhao") == ["not_allowed", "reason_missing"]
    assert desk.do(ref, "waive", "feng", reason="系统停机").state == "waived"


def test_left_alone_it_is_missed_after_five_working_days(desk: Desk) -> None:
    """By itself, at its own time; nobody does that by hand. [semantics: Recurring duties]"""
    ref = desk.comes_round(DUTY["b11_morning_meeting"], "2026-03-11")
    assert desk.refused(ref, "miss", "admin") == ["timed_only"]

    desk.tick("2026-03-18 13:29")
    assert desk.case(ref).open
    desk.tick("2026-03-25 09:00")

    case = desk.case(ref)
    assert (case.state, shown(case.state_since)) == ("missed", "2026-03-18 13:30")


def test_a_duty_to_many_is_not_done_before_so_many_are_ticked(desk: Desk) -> None:
    """The minimum is told, and how many there are. [language.md (a) Duty]"""
    daily = Duty("d5_sales", L("销售日报", "Daily sales"), "FREQ=DAILY", "18:00", "sales_clerk", minimum=3, roll="skip")
    ref = desk.comes_round(daily, "2026-03-11")

    assert desk.refused(ref, "submit", "zhao") == ["field_missing"]
    with pytest.raises(Refused) as refusal:
        desk.do(ref, "submit", "zhao", sent_to="gao, feng")
    assert refusal.value.blockers[0].message.zh == "至少要发给 3 人, 现在 2 人"
    assert desk.do(ref, "submit", "zhao", sent_to="gao, feng, lv", sent_by="QQ").state == "done"


def test_an_outside_start_binds_and_does_not_roll(desk: Desk) -> None:
    """Where the clock is the manufacturer's; an own window refuses nobody. [language.md (c) K]"""
    binding = Duty("x1_online", L("上线", "Online"), "FREQ=DAILY", "18:00", "sales_clerk", start="09:00", start_binds=True)
    ref = desk.comes_round(binding, "2026-03-11")

    assert desk.refused(ref, "submit", "zhao") == ["not_before"]
    desk.at("2026-03-11 09:00")
    assert desk.do(ref, "submit", "zhao").state == "done"


def test_a_substitute_does_the_duties_of_the_absent(desk: Desk) -> None:
    """Both names are recorded."""
    ref = desk.comes_round(DUTY["b11_morning_meeting"], "2026-03-11")
    desk.roster = roster([Absence(1, "wang", local("2026-03-09 00:00"), local("2026-03-14 00:00"), "sun")])

    desk.do(ref, "submit", "sun")

    event, _ = desk.events[ref][-1]
    assert (event.by, event.for_) == ("sun", "wang")


def test_a_handed_over_duty_is_the_others(desk: Desk) -> None:
    """For this once."""
    ref = desk.comes_round(DUTY["b11_morning_meeting"], "2026-03-11")

    desk.do(ref, "claim", "wang")
    assert desk.case(ref).holder == "wang"


def test_nobody_corrects_a_duty_to_be_on_time(desk: Desk) -> None:
    """Due and doer come from the table."""
    ref = desk.comes_round(DUTY["b11_morning_meeting"], "2026-03-11")

    later = {"due_at": local("2026-03-12 12:00"), "doer": "sun"}
    assert desk.refused(ref, "correct", "wang", reason="忙", **later) == ["field_fixed", "field_by_step"]


# the table


ROWS = {
    "A": (7, 10, 11, 12, 13, 14, 15, 17),
    "B": (4, 8, 9, 10, 11, 13, 14, 15, 16, 17, 18, 19, 21, 23, 24),
    "C": (2, 3, 4, 10, 13, 17, 19),
    "D": (5, 6, 7, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 27, 29, 33),
}


def test_the_table_holds_the_rows_of_the_text() -> None:
    """Each name begins with its row, and the rows are all that come round. [language.md (c)]"""
    rows = [duty.rows[0] for duty in workflows.DUTIES]

    assert set(rows) == {f"{letter}{number}" for letter, numbers in ROWS.items() for number in numbers}
    assert {row: rows.count(row) for row in rows if rows.count(row) > 1} == {"B8": 2, "B15": 3, "B16": 3, "B17": 3, "D18": 2}


def test_the_one_process_of_duties_carries_what_opens_no_case_of_its_own() -> None:
    """The others are carried by the case that they open."""
    (carrier,) = (p for p in workflows.PROCESSES if p.name == "duty")
    opened = {duty.rows[0]: duty.opens for duty in workflows.DUTIES if duty.opens}

    assert set(carrier.rows) == {duty.rows[0] for duty in workflows.DUTIES if duty.opens is None}
    assert opened == {
        "D10": "sales_target", "D13": "call_order", "D14": "colour_order", "D15": "reconciliation", "D17": "stocktake"}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "day", "given", "done_by"),
    [
        ("d10_target", "2026-10-10", {"quarter": "2026-Q4"}, "send_back"),
        ("d15_reconcile", "2026-03-13", {"week": "2026-W11"}, "send"),
        ("d17_stocktake", "2026-03-31", {"month": "2026-03"}, "freeze"),
    ],
)
def test_a_duty_that_opens_a_case_is_that_case(name: str, day: str, given: dict[str, str], done_by: str) -> None:
    """It is about the duty's period, due no later, and opens once."""
    desk = Desk(f"{day} 09:00")

    ref = desk.comes_round(DUTY[name], day)

    case = desk.case(ref)
    assert case.data.fields.items() >= given.items()
    assert case.due is not None
    assert shown(case.due) == f"{day} 18:00"
    assert done_by in {step.name for step in desk.programs[case.process].process.transitions}
    with pytest.raises(Refused) as refusal:
        desk.comes_round(DUTY[name], day)
    assert refusal.value.codes == ["already_open"]


def test_ten_are_ticked_before_the_daily_sales_report_is_done() -> None:
    """By QQ to at least ten. [D5]"""
    desk = Desk("2026-03-11 17:00")
    ref = desk.comes_round(DUTY["d5_sales"], "2026-03-11")

    assert desk.case(ref).data.fields.items() >= {"channel": ["QQ", "QQ"], "minimum": 10}.items()
    nine = ["gao", "feng", "lv", "he", "zhao", "qian", "chen", "wang", "sun"]
    assert desk.refused(ref, "submit", "zhao", sent_to=nine, sent_by="QQ") == ["too_few_recipients"]
    assert desk.do(ref, "submit", "zhao", sent_to=[*nine, "li"], sent_by="QQ").state == "done"


# Nominal days, rolled due, span that it is about, in the autumn of 2026: off from 1 to 7 October, made up for on 10 October.
@pytest.mark.parametrize(
    ("name", "nominal", "due", "span"),
    [
        ("b11_morning_meeting", "2026-10-10", "2026-10-10 12:00", ("2026-10-10", "2026-10-11")),  # a make-up Saturday
        ("b11_morning_meeting", "2026-10-05", None, None),
        ("b14_cases", "2026-10-05", "2026-10-08 18:00", ("2026-09-28", "2026-10-05")),
        ("b15_meeting", "2026-09-29", "2026-09-29 17:00", ("2026-09-28", "2026-10-05")),
        ("b15_key_users", "2026-10-01", "2026-09-30 17:00", ("2026-09-28", "2026-10-05")),
        ("b15_meeting", "2026-10-06", "2026-10-08 17:00", ("2026-10-05", "2026-10-12")),  # nothing earlier in its week
        ("b16_plan", "2026-10-05", "2026-10-08 18:00", ("2026-09-01", "2026-10-01")),  # September is another month
        ("b17_msi", "2026-11-10", "2026-11-10 18:00", ("2026-11-01", "2026-12-01")),
        ("b18_supplies", "2026-11-15", "2026-11-13 18:00", ("2026-11-01", "2026-12-01")),
        ("b19_ideas", "2026-12-20", "2026-12-18 18:00", ("2026-12-01", "2027-01-01")),
        ("d11_sj2806", "2026-10-09", "2026-10-09 18:00", ("2026-10-09", "2026-10-10")),
        ("d12_orders", "2026-10-11", "2026-10-12 12:00", ("2026-10-12", "2026-10-19")),
        ("d13_call", "2026-10-05", "2026-10-08 18:00", ("2026-10-05", "2026-10-12")),
        ("b21_chase", "2026-10-08", "2026-10-08 12:00", ("2026-09-30", "2026-10-01")),  # the working day before
        ("b23_mail", "2026-10-03", None, None),
        ("a11_callbacks", "2026-10-05", "2026-10-08 18:00", ("2026-09-28", "2026-10-05")),
        ("a12_satisfaction", "2026-10-03", "2026-10-08 18:00", ("2026-09-01", "2026-10-01")),  # early it would be incomplete
        ("d15_reconcile", "2026-10-02", "2026-09-30 18:00", ("2026-09-28", "2026-10-05")),
        ("d7_cards", "2026-10-10", "2026-10-10 18:00", ("2026-09-01", "2026-10-01")),
        ("d16_reporting", "2026-10-31", "2026-10-30 18:00", ("2026-10-01", "2026-11-01")),
        ("d22_close", "2026-10-31", "2026-11-03 00:00", ("2026-10-01", "2026-11-01")),  # takes the last sale
        ("a15_summary", "2026-09-30", "2026-09-30 18:00", ("2026-07-01", "2026-10-01")),
        ("b24_plan", "2026-10-10", "2026-10-10 18:00", ("2026-10-01", "2027-01-01")),
        ("d23_year", "2026-01-10", "2026-01-12 18:00", ("2025-01-01", "2026-01-01")),
        ("c2_backup", "2026-10-09", "2026-10-09 10:00", ("2026-10-08", "2026-10-09")),
    ],
)
def test_days_off_move_a_duty_as_its_row_says(name: str, nominal: str, due: str | None, span: tuple[str, str] | None) -> None:
    """Skipped, later, or earlier within its week or month. [language.md (c)]"""
    duty = bind_duty(DUTY[name], workflows.defaults())
    day = date.fromisoformat(nominal)

    found = occurrences(duty, day, date.fromordinal(day.toordinal() + 1), standard())

    assert [shown(one.due) for one in found] == ([due] if due else [])
    if found:
        assert span == tuple(one.isoformat() for one in about(duty, found[0].nominal_date, standard()))


def test_a_setting_moves_every_duty_that_names_it() -> None:
    """Close of business, and the month that the plan is about."""
    settings = {**workflows.defaults(), "close_of_business": "17:30", "b16_about": "this_month"}

    plan = bind_duty(DUTY["b16_plan"], settings)

    assert (plan.due, about(plan, date(2026, 11, 5), standard())) == ("17:30", (date(2026, 11, 1), date(2026, 12, 1)))

"""How a due came about, step by step. [cli.md 4]"""

from datetime import datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, strategies as st

from cuiban.calendar import Calendar, due, explain
from tests.calendar.world import STANDARD, amounts, at, calendars, made, pauses, shows, starts


def told(start: str, amount: float, unit: Any, calendar: Calendar = STANDARD, **options: Any) -> list[tuple[Any, ...]]:
    """The steps as (kind, from, to, n, zh)."""
    found = explain(calendar, at(start), amount, unit, **options)
    return [(step.kind, shows(calendar, step.from_), shows(calendar, step.to), step.n, step.reason[0]) for step in found.steps]


def test_the_example_of_the_contract_to_the_letter() -> None:
    """2 wd from 2026-02-13 18:10. [cli.md 4]"""
    found = explain(STANDARD, at("2026-02-13 18:10"), 2, "wd")

    assert (shows(STANDARD, found.at), found.provisional) == ("2026-02-25 08:30", False)
    assert told("2026-02-13 18:10", 2, "wd") == [
        ("skip", "2026-02-13 18:10", "2026-02-14 08:30", 0, "下班后, 自 02-14 周六(调休上班) 08:30 起算"),
        ("count", "2026-02-14 08:30", "2026-02-24 08:30", 1, "第1个工作日 (02-15 至 02-23 春节)"),
        ("count", "2026-02-24 08:30", "2026-02-25 08:30", 2, "第2个工作日"),
    ]
    assert [step.reason[1] for step in found.steps] == [
        "after hours, counting from Sat 02-14 (make-up day) 08:30",
        "working day 1 (02-15 to 02-23 Spring Festival)",
        "working day 2",
    ]


def test_working_hours_skip_breaks_nights_and_weekends() -> None:
    """Each stretch of work is a step, and so is each stretch between."""
    assert told("2026-03-06 11:00", 6, "wh") == [
        ("count", "2026-03-06 11:00", "2026-03-06 12:00", 1, "1小时"),
        ("skip", "2026-03-06 12:00", "2026-03-06 13:30", 1, "休息时间, 至 03-06 周五 13:30"),
        ("count", "2026-03-06 13:30", "2026-03-06 18:00", 5.5, "4小时30分"),
        ("skip", "2026-03-06 18:00", "2026-03-09 08:30", 5.5, "下班后, 03-07 至 03-08 周末, 至 03-09 周一 08:30"),
        ("count", "2026-03-09 08:30", "2026-03-09 09:00", 6, "30分"),
    ]


def test_a_start_on_a_day_off_says_which() -> None:
    """The reason for a late beginning is the day off itself."""
    assert told("2026-03-07 10:00", 0, "wh") == [
        ("skip", "2026-03-07 10:00", "2026-03-09 08:30", 0, "03-07 至 03-08 周末, 自 03-09 周一 08:30 起算")
    ]
    assert told("2026-03-09 07:00", 1, "wh")[0][4] == "上班前, 自 03-09 周一 08:30 起算"
    closed = STANDARD.overridden(at("2026-03-09 00:00").date(), ())
    assert told("2026-03-08 07:00", 1, "wh", closed)[0][4] == "03-08 周末, 03-09 休息, 自 03-10 周二 08:30 起算"


def test_a_clock_time_that_was_moved_says_so() -> None:
    """Landing on a closing or an opening is part of the reason."""
    short = made(weekly={"thu": [["08:00", "20:00"]], "fri": [["10:00", "15:00"]]})

    assert told("2026-03-05 18:00", 1, "wd", short)[0][4] == "第1个工作日 (下班 15:00)"
    assert told("2026-03-05 08:30", 1, "wd", short)[0][4] == "第1个工作日 (上班 10:00)"
    assert told("2026-03-05 18:00", 1, "wd", short, mode="end_of_day")[0][4] == "第1个工作日 (下班 15:00)"


def test_calendar_days_and_hours_are_one_step() -> None:
    """Nothing is skipped."""
    assert told("2026-03-06 16:20", 3, "cd") == [("count", "2026-03-06 16:20", "2026-03-10 00:00", 3, "第3天 03-09 结束")]
    assert told("2026-03-06 16:20", 0, "cd") == [("count", "2026-03-06 16:20", "2026-03-07 00:00", 0, "当天 03-06 结束")]
    assert told("2026-03-06 16:20", 3, "cd", mode="same_clock")[0][4] == "第3天 03-09 16:20"
    assert told("2026-03-06 16:20", 26.5, "h") == [("count", "2026-03-06 16:20", "2026-03-07 18:50", 26.5, "26小时30分")]


def test_pauses_are_steps_of_their_own() -> None:
    """The clock runs, stands, runs on; nothing is counted twice."""
    pause = (at("2026-03-09 10:20"), at("2026-03-09 11:20"))

    assert told("2026-03-06 16:20", 2, "wd", pauses=[pause]) == [
        ("count", "2026-03-06 16:20", "2026-03-09 10:20", 0, "计时至 03-09 10:20"),
        ("pause", "2026-03-09 10:20", "2026-03-09 11:20", 0, "暂停 03-09 10:20 至 03-09 11:20"),
        ("count", "2026-03-09 11:20", "2026-03-09 17:20", 1, "第1个工作日 (03-07 至 03-08 周末)"),
        ("count", "2026-03-09 17:20", "2026-03-10 17:20", 2, "第2个工作日"),
    ]
    assert told("2026-03-06 16:20", 3, "cd", pauses=[(at("2026-03-08 01:00"), at("2026-03-10 01:00"))]) == [
        ("count", "2026-03-06 16:20", "2026-03-08 01:00", 1, "计时至 03-08 01:00"),
        ("pause", "2026-03-08 01:00", "2026-03-10 01:00", 1, "暂停 03-08 01:00 至 03-10 01:00"),
        ("count", "2026-03-10 01:00", "2026-03-12 00:00", 3, "第3天 03-11 结束"),
    ]


def test_a_pause_that_lasts_is_the_last_step() -> None:
    """There is no due; the steps end where the clock stopped."""
    found = explain(STANDARD, at("2026-03-06 09:00"), 2, "wh", pauses=[(at("2026-03-06 10:00"), None)])

    assert found.at is None
    assert [(step.kind, step.n, step.reason[1]) for step in found.steps] == [
        ("count", 1, "1 h"),
        ("pause", 1, "paused since 03-06 10:00"),
    ]
    assert found.steps[-1].from_ == found.steps[-1].to == at("2026-03-06 10:00")


def test_another_year_is_named() -> None:
    """A date without its year is of the year in which the clock started."""
    assert told("2026-12-31 17:00", 2, "wh")[1][4] == "下班后, 至 2027-01-01 周五 08:30"


def test_a_long_way_names_the_first_days_off_only() -> None:
    """Reasons stay readable however many days off a step crosses."""
    rare = made(weekly={"mon": [["09:00", "10:00"]]}, holidays=[f"2026-03-{day:02}" for day in (9, 16, 23, 30)])

    reason = told("2026-03-02 09:30", 1, "wd", rare)[0][4]

    assert reason.count("周末") + reason.count("休息") + reason.count("节假日") == 4
    assert reason.endswith(", ..)")


@given(st.data(), calendars(), starts, amounts())
def test_steps_lead_from_the_start_to_the_due_without_gaps(
    data: st.DataObject, calendar: Calendar, start: datetime, what: dict[str, Any]
) -> None:
    """Whatever is asked: the same due as `due`, no gaps, n never falls and ends at the amount, words in GBK."""
    spans = data.draw(pauses(start))
    found = explain(calendar, start, pauses=spans, **what)

    assert (found.at, found.provisional) == due(calendar, start, pauses=spans, **what)
    assert all(before.to == after.from_ and before.n <= after.n for before, after in pairwise(found.steps))
    assert all(step.from_ <= step.to for step in found.steps)
    if found.steps and found.at is not None:
        assert found.steps[-1].to == found.at
        assert found.steps[-1].n == pytest.approx(what["amount"], abs=0.0002)
        assert abs((found.steps[0].from_ - start).total_seconds()) <= 0.5
    for step in found.steps:
        zh, en = step.reason
        assert zh
        assert en.isascii()
        zh.encode("gbk")


def test_a_pause_that_ends_at_the_due_itself() -> None:
    """The last day is over when the pause is."""
    found = explain(
        made(), at("2026-01-01 08:00"), 1, "cd", mode="same_clock", pauses=[(at("2026-01-02 00:01"), at("2026-01-02 08:00"))]
    )

    assert found.at == at("2026-01-02 08:00")
    assert [(step.kind, step.n) for step in found.steps] == [("count", 0), ("pause", 1)]

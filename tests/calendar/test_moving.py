"""How a due came about that was moved off a day off, or counted back. [cli.md 4; semantics.md: `why`]"""

from datetime import date, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, strategies as st

from cuiban.calendar import Calendar, Step, days_before, explain_before, explain_roll, occurrences
from tests.calendar.world import STANDARD, at, calendars, shows, starts


def told(steps: tuple[Step, ...]) -> list[tuple[Any, ...]]:
    """The steps as (kind, from, to, n, zh)."""
    return [
        (step.kind, str(shows(STANDARD, step.from_))[5:], str(shows(STANDARD, step.to))[5:], step.n, step.reason[0])
        for step in steps
    ]


@pytest.mark.parametrize(("nominal", "due", "rule", "moved"), [
    ("2026-05-04 18:00", "2026-05-06 18:00", "next", "05-04 至 05-05 劳动节, 顺延至 05-06 周三 18:00"),
    ("2026-10-05 18:00", "2026-09-30 18:00", "previous", "10-01 至 10-05 国庆节, 提前至 09-30 周三 18:00"),
    ("2026-05-03 18:00", "2026-05-06 18:00", "previous",
     "05-03 至 05-05 劳动节, 提前就出了本周或本月, 顺延至 05-06 周三 18:00"),
    ("2026-02-22 18:00", "2026-02-14 18:00", "previous", "02-15 至 02-22 春节, 提前至 02-14 周六(调休上班) 18:00"),
    ("2026-03-08 00:00", "2026-03-10 00:00", "next", "03-07 至 03-08 周末, 顺延至 03-09 周一 24:00"),
])  # fmt: skip
def test_each_day_off_that_it_was_moved_over_is_named(nominal: str, due: str, rule: str, moved: str) -> None:
    """Forward, backward, to a make-up day, of a midnight, which ends its day."""
    _, step = explain_roll(STANDARD, at(nominal), at(due), rule)

    assert told((step,)) == [("skip", nominal[5:], due[5:], 0, moved)]


def test_one_that_stays_tells_its_weekday() -> None:
    """A step of no length; of a midnight the day that it ends."""
    day, midnight = at("2026-03-09 18:00"), at("2026-03-10 00:00")

    assert told(explain_roll(STANDARD, day, day, "next")) == [("count", "03-09 18:00", "03-09 18:00", 0, "周一, 应到期")]
    assert told(explain_roll(STANDARD, midnight, midnight, "next"))[0][4] == "应到期 03-09 周一 24:00"
    assert explain_roll(STANDARD, day, day, "keep")[0].reason[1] == "Monday, nominally due"


def test_working_days_counted_back_name_what_they_pass_over() -> None:
    """Across Spring Festival to the make-up day; from outside working time from the closing before."""
    assert told(explain_before(STANDARD, at("2026-02-24 09:00"), 2)) == [
        ("count", "02-24 09:00", "02-14 09:00", 1, "往前第1个工作日 (02-15 至 02-23 春节, 调休上班)"),
        ("count", "02-14 09:00", "02-13 09:00", 2, "往前第2个工作日"),
    ]
    assert told(explain_before(STANDARD, at("2026-03-09 12:45"), 0)) == [
        ("skip", "03-09 12:45", "03-09 12:00", 0, "自 03-09 周一 12:00 往前数")
    ]


@given(calendars(), starts, st.integers(0, 8))
def test_counting_back_leads_to_where_the_rule_does(calendar: Calendar, start: datetime, amount: int) -> None:
    """Without gaps, from the instant to what days_before says."""
    steps, found = explain_before(calendar, start, amount), days_before(calendar, start, amount).at

    assert all(one.to == other.from_ for one, other in pairwise(steps))
    assert [step.n for step in steps if step.kind == "count"] == list(range(1, amount + 1))
    assert (steps[-1].to if steps else found) == found


@given(calendars(), st.sampled_from(["previous", "next"]), st.sampled_from(["00:00", "12:00", "24:00"]), st.integers(0, 700))
def test_a_roll_is_told_where_there_is_one(calendar: Calendar, rule: str, time: str, day: int) -> None:
    """From the nominal instant to the due, and no step more than that."""
    first = date(2026, 1, 5).fromordinal(date(2026, 1, 5).toordinal() + day)
    (one,) = occurrences("FREQ=DAILY", time, rule, None, first, date.fromordinal(first.toordinal() + 1), calendar)

    steps = explain_roll(calendar, one.nominal, one.due, rule)

    assert (steps[0].from_, steps[0].to, steps[-1].to) == (one.nominal, one.nominal, one.due)
    assert len(steps) == 1 + (one.nominal != one.due)

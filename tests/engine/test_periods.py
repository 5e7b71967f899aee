"""Weeks, months and quarters as values: how they are read, when they begin and end."""

from datetime import date

import pytest

from cuiban.calendar import standard
from cuiban.engine.clocks import applied, fields_of_due, instant_of, span_of
from cuiban.engine.fields import WrongValue, reader
from cuiban.engine.labels import L
from cuiban.engine.language import At, Before, Field, First, On, before, cd, first, on

CALENDAR = standard()


@pytest.mark.parametrize(
    ("type", "given", "kept"),
    [
        ("month", "2026-03", "2026-03"), ("month", "2026-3", "2026-03"), ("month", date(2026, 12, 5), "2026-12"),
        ("quarter", "2026-Q1", "2026-Q1"), ("quarter", "2026q4", "2026-Q4"), ("quarter", date(2026, 3, 31), "2026-Q1"),
        ("quarter", date(2026, 10, 1), "2026-Q4"),
    ],
)  # fmt: skip
def test_a_period_is_kept_in_one_form(type: str, given: object, kept: str) -> None:
    """However it was written."""
    assert reader(Field("x", L("期", "Period"), type))(given) == kept  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("type", "given"), [("month", "2026-13"), ("month", "2026-00"), ("month", "三月"), ("quarter", "2026-Q5"), ("quarter", "2026")]
)
def test_what_is_no_period_is_refused(type: str, given: str) -> None:
    """With an example of one."""
    with pytest.raises(WrongValue) as refusal:
        reader(Field("x", L("期", "Period"), type))(given)  # type: ignore[arg-type]

    assert "2026-" in refusal.value.message.zh


@pytest.mark.parametrize(
    ("kept", "first", "beyond"),
    [
        ("2026-03-11", date(2026, 3, 11), date(2026, 3, 12)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 4)),
        ("2026-03", date(2026, 3, 1), date(2026, 4, 1)),
        ("2026-12", date(2026, 12, 1), date(2027, 1, 1)),
        ("2026-Q1", date(2026, 1, 1), date(2026, 4, 1)),
        ("2026-Q4", date(2026, 10, 1), date(2027, 1, 1)),
    ],
)
def test_a_period_is_a_span_of_days(kept: str, first: date, beyond: date) -> None:
    """From its first day to the one after its last."""
    assert span_of(kept) == (first, beyond)


def test_clocks_count_from_the_first_day_of_a_period_and_to_its_end() -> None:
    """The 10th of the quarter, off, moves earlier; the end of the month is midnight."""
    values = {"quarter": "2026-Q4", "month": "2026-09"}
    tenth = On("quarter", "18:00", days=9, roll="previous")

    at = [instant_of(due, None, None, values, [], CALENDAR)[1] for due in (tenth, At("month"))]  # type: ignore[arg-type]

    assert [a and a.astimezone(CALENDAR.zone).strftime("%m-%d %H:%M") for a in at] == ["10-10 18:00", "10-01 00:00"]


@pytest.mark.parametrize(("day", "at"), [("2026-03-31", "2026-04-10"), ("2026-12-01", "2027-01-11"), ("2026-09-30", "2026-10-10")])
def test_a_clock_may_stand_on_a_day_of_a_later_month(day: str, at: str) -> None:
    """The 10th of the month after the delivery; a day off moves it. [D7]"""
    rule = on("day", "18:00", months=1, days=9, roll="next")

    found = instant_of(rule, None, None, {"day": day}, [], CALENDAR)[1]  # type: ignore[arg-type]

    assert found is not None
    assert found.astimezone(CALENDAR.zone).strftime("%Y-%m-%d %H:%M") == f"{at} 18:00"


@pytest.mark.parametrize(
    ("by", "at"),
    [
        ("2026-03-11T08:00:00Z", "03-10 16:00"),  # Wednesday 16:00: Tuesday 16:00
        ("2026-03-09T01:30:00Z", "03-06 09:30"),  # Monday: the Friday before
        ("2026-03-11", "03-10 18:00"),  # a bare day: from its end, thus its closing
        (None, None),
    ],
)
def test_a_clock_counts_back_from_an_outside_deadline(by: str | None, at: str | None) -> None:
    """A working day before theirs, at the same clock time. [B1]"""
    values = {"by": by} if by else {}

    found = instant_of(before("by", 1), None, None, values, [], CALENDAR)[1]  # type: ignore[arg-type]

    assert (found and found.astimezone(CALENDAR.zone).strftime("%m-%d %H:%M")) == at


def test_of_several_clocks_the_first_holds_whose_field_is_known() -> None:
    """The last, if none is. [B5]"""
    rule = first(At("promised"), first(Before(1, "by")), cd(1, since="settled"))
    values = {"promised": "2026-03-03", "by": "2026-03-04", "settled": "2026-03-05"}

    assert applied(rule, values) == At("promised")
    assert applied(rule, {"by": "2026-03-04"}) == Before(1, "by")
    assert applied(rule, {}) == cd(1, since="settled")
    assert fields_of_due(rule) == ["promised", "by", "settled"]
    assert isinstance(rule, First)

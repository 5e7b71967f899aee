"""When a duty opens, is missed, and what it tells of. [semantics: Recurring duties]"""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from cuiban.calendar import standard
from cuiban.engine.duty import Duty, about, bind_duty, fields_of, missed_at, occurrences, opens_at
from cuiban.engine.labels import L
from cuiban.engine.language import Setting
from cuiban.engine.subjects import Rows, Subject

CALENDAR = standard()
DAYS = st.dates(date(2020, 1, 6), date(2026, 11, 30))
NAMES = {"manufacturer": L("厂家", "Manufacturer"), "regional_manager": L("大区经理", "Regional manager")}


def duty(rrule: str = "FREQ=DAILY", due: str = "18:00", **more: object) -> Duty:
    """A duty that somebody has."""
    return Duty("x1_test", L("试", "Test"), rrule, due, "clerk", **more)  # type: ignore[arg-type]


def clock(at: datetime) -> str:
    """What the dealership's clock shows."""
    return at.astimezone(CALENDAR.zone).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("rrule", "nominal", "opens", "missed"),
    [
        ("FREQ=DAILY", "2026-03-11", "2026-03-11 00:00", "2026-03-19 08:30"),  # from closing on: the next opening
        ("FREQ=WEEKLY;BYDAY=TH", "2026-03-12", "2026-03-12 00:00", "2026-05-01 00:00"),
        ("FREQ=MONTHLY;BYMONTHDAY=10", "2026-03-10", "2026-03-03 00:00", "2026-05-01 00:00"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", "2026-12-31", "2026-12-24 00:00", "2027-02-01 00:00"),
    ],
)
def test_it_opens_and_is_missed_in_its_own_time(rrule: str, nominal: str, opens: str, missed: str) -> None:
    """On its day; monthly or rarer five working days before. Missed after five, or when the next month ends."""
    one = duty(rrule)
    day = date.fromisoformat(nominal)
    (found,) = occurrences(one, day, day + timedelta(days=1), CALENDAR)

    assert (clock(opens_at(one, found, CALENDAR)), clock(missed_at(one, found, CALENDAR))) == (opens, missed)


def test_a_month_is_counted_from_the_rolled_due() -> None:
    """Due on the 31st rolled into the next month: it is that month's."""
    one = duty("FREQ=MONTHLY;BYMONTHDAY=31", roll="next")
    (found,) = occurrences(one, date(2026, 1, 31), date(2026, 2, 1), CALENDAR)

    assert (clock(found.due), clock(missed_at(one, found, CALENDAR))) == ("2026-02-02 18:00", "2026-04-01 00:00")


@given(day=DAYS, roll=st.sampled_from(["previous", "next", "keep"]), freq=st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]))
def test_it_opens_before_its_due_and_is_missed_after_it(day: date, roll: str, freq: str) -> None:
    """Whatever is off, and however it rolls."""
    one = duty(f"FREQ={freq}", roll=roll)

    for found in occurrences(one, day, day + timedelta(days=1), CALENDAR):
        assert opens_at(one, found, CALENDAR) < found.due < missed_at(one, found, CALENDAR)


@pytest.mark.parametrize(
    ("which", "span"),
    [
        ("day", ("2026-01-05", "2026-01-06")), ("day_before", ("2026-01-04", "2026-01-05")),
        ("this_week", ("2026-01-05", "2026-01-12")), ("last_week", ("2025-12-29", "2026-01-05")),
        ("next_week", ("2026-01-12", "2026-01-19")), ("this_month", ("2026-01-01", "2026-02-01")),
        ("last_month", ("2025-12-01", "2026-01-01")), ("this_quarter", ("2026-01-01", "2026-04-01")),
        ("last_quarter", ("2025-10-01", "2026-01-01")), ("this_year", ("2026-01-01", "2027-01-01")),
        ("last_year", ("2025-01-01", "2026-01-01")),
    ],
)  # fmt: skip
def test_what_it_tells_of(which: str, span: tuple[str, str]) -> None:
    """Seen from Monday, 5 January 2026; the working day before was a make-up Sunday."""
    assert tuple(d.isoformat() for d in about(duty(about=which), date(2026, 1, 5), CALENDAR)) == span


def test_a_case_gets_only_what_its_duty_has() -> None:
    """Recipients by name; no start where none binds; the last day of the span."""
    one = duty("FREQ=WEEKLY;BYDAY=MO", to=["manufacturer", "regional_manager"], about="last_week", chaser="boss")
    (found,) = occurrences(one, date(2026, 3, 9), date(2026, 3, 10), CALENDAR)

    assert fields_of(one, found, CALENDAR, NAMES) == {
        "duty": "x1_test", "title": L("试", "Test"), "nominal": "2026-03-09T10:00:00Z", "due_at": "2026-03-09T10:00:00Z",
        "missed_at": "2026-04-30T16:00:00Z", "doer": "role:clerk", "chaser": "role:boss", "about_from": "2026-03-02",
        "about_last": "2026-03-08", "recipients": L("厂家, 大区经理", "Manufacturer, Regional manager"),
    }  # fmt: skip


def test_a_binding_start_stays_on_its_nominal_day() -> None:
    """Monday is off: the hour stays, the due moves. [language.md (c) K]"""
    one = duty("FREQ=WEEKLY;BYDAY=MO", start="09:00", start_binds=True)
    (found,) = occurrences(one, date(2026, 10, 5), date(2026, 10, 6), CALENDAR)

    fields = fields_of(one, found, CALENDAR, NAMES)

    assert (fields["start_at"], fields["due_at"]) == ("2026-10-05T01:00:00Z", "2026-10-08T10:00:00Z")


@pytest.mark.parametrize(
    ("span", "given"),
    [
        ("this_week", {"week": "2027-W01"}), ("next_week", {"week": "2027-W02"}), ("last_month", {"month": "2026-12"}),
        ("this_quarter", {"quarter": "2027-Q1"}), ("last_quarter", {"quarter": "2026-Q4"}), ("day", {"day": "2027-01-04"}),
        ("last_year", {"year": "2026"}),
    ],
)  # fmt: skip
def test_one_that_opens_another_process_gives_it_the_period_that_it_is_about(span: str, given: dict[str, str]) -> None:
    """Nothing else: the case itself is listed."""
    one = duty("FREQ=WEEKLY;BYDAY=MO", opens="call_order", about=span)
    (found,) = occurrences(one, date(2027, 1, 4), date(2027, 1, 5), CALENDAR)

    assert fields_of(one, found, CALENDAR, NAMES) == given


def test_one_per_machine_says_which() -> None:
    """Each is an occurrence of its own. [C4]"""
    one = duty("FREQ=WEEKLY;BYDAY=MO", per=Rows("asset", doer="holder"))
    (found,) = occurrences(one, date(2027, 1, 4), date(2027, 1, 5), CALENDAR)

    fields = fields_of(one, found, CALENDAR, NAMES, subject=Subject("ZC-000007", "PC-07 前台电脑", "ren"))

    assert (fields["duty"], fields["title"]) == ("x1_test: ZC-000007", L("试: PC-07 前台电脑", "Test: PC-07 前台电脑"))
    assert fields["doer"] == "ren"


def test_settings_are_filled_in_by_name() -> None:
    """A missing one is an error of the program."""
    one = duty(due=Setting("close"), start=Setting("open"), about=Setting("span"))  # type: ignore[arg-type]

    bound = bind_duty(one, {"close": "17:00", "open": "08:00", "span": "last_month"})

    assert (bound.due, bound.start, bound.about) == ("17:00", "08:00", "last_month")
    with pytest.raises(KeyError):
        bind_duty(one, {})

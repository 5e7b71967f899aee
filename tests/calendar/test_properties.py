"""What holds for every calendar, start and amount; and a slow walk, minute by minute, that has to agree."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import given, settings, strategies as st

from cuiban.calendar import Calendar, days_before, due, next_working_moment, worked_seconds
from tests.calendar.world import amounts, calendars, instants, pauses, starts

MINUTE = timedelta(minutes=1)
Pauses = list[tuple[datetime, datetime | None]]


def works(calendar: Calendar, instant: datetime) -> bool:
    """Whether the calendar's clock shows working time, read off its JSON alone."""
    local = instant.astimezone(calendar.zone)
    keys, day = calendar.to_json(), local.date()
    usual = keys["weekly"][f"{local:%a}".lower()]
    found = [] if day.isoformat() in keys["holidays"] else usual
    if day.isoformat() in keys["extra_working_days"]:
        own = keys["extra_working_days"][day.isoformat()]
        found = own if own is not None else usual or next(hours for hours in keys["weekly"].values() if hours)
    found = keys["overrides"].get(day.isoformat(), found)
    return any(opens <= f"{local:%H:%M}" < closes for opens, closes in found)


def slow_due(calendar: Calendar, start: datetime, minutes: int, spans: Pauses, counts: Any) -> datetime | None:
    """The first minute at which `minutes` have counted that no pause held."""
    now = start
    while minutes:
        held = [to for begin, to in spans if begin <= now and (to is None or now < to)]
        if None in held:
            return None
        minutes -= not held and counts(calendar, now)
        now += MINUTE
        if now - start > timedelta(days=40):
            return now
    return now


@settings(max_examples=60)
@given(st.data(), calendars(), instants, st.integers(1, 15 * 60))
def test_a_walk_minute_by_minute_finds_the_same(data: st.DataObject, calendar: Calendar, start: datetime, minutes: int) -> None:
    """wh, with pauses, in zones with and without daylight saving."""
    spans = data.draw(pauses(start))
    slow = slow_due(calendar, start, minutes, spans, works)

    found = due(calendar, start, minutes / 60, "wh", pauses=spans).at

    if slow is not None and slow - start > timedelta(days=40):
        assert found is None or found >= slow
    else:
        assert found == slow


@settings(max_examples=60)
@given(st.data(), calendars(), instants, st.integers(1, 72 * 60))
def test_hours_pass_outside_pauses(data: st.DataObject, calendar: Calendar, start: datetime, minutes: int) -> None:
    """h: the first minute at which the time not paused is reached."""
    spans = data.draw(pauses(start))
    found = due(calendar, start, minutes / 60, "h", pauses=spans).at

    assert found == slow_due(calendar, start, minutes, spans, lambda calendar, now: True)


@given(calendars(), starts, st.integers(0, 12))
def test_working_days_are_counted_day_by_day(calendar: Calendar, start: datetime, amount: int) -> None:
    """wd: as many days with hours lie after the start's as were asked for, and the last one holds the due."""
    began, ends = next_working_moment(calendar, start), due(calendar, start, amount, "wd", mode="end_of_day").at
    assert ends is not None
    first, last = (when.astimezone(calendar.zone).date() for when in (began, ends - timedelta(microseconds=1)))
    between = [first + timedelta(days=passed) for passed in range(1, (last - first).days + 1)]

    assert sum(has_hours(calendar, day) for day in between) == amount


def has_hours(calendar: Calendar, day: date) -> bool:
    """Whether `day` has hours that exist: a gap of daylight saving can swallow all of them."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=calendar.zone).astimezone(UTC)
    quarters = (noon + timedelta(minutes=15 * passed) for passed in range(-50, 52))
    return any(works(calendar, when) for when in quarters if when.astimezone(calendar.zone).date() == day)


@given(calendars(), starts, amounts(), st.integers(0, 5000))
def test_a_later_start_is_never_due_earlier(calendar: Calendar, start: datetime, what: dict[str, Any], later: int) -> None:
    """Monotone in the start, across every bound of hours and zone; but for the hour that comes twice."""
    first, second = due(calendar, start, **what).at, due(calendar, start + timedelta(minutes=later), **what).at

    assert first is not None
    assert second is not None
    assert second >= first - (timedelta(hours=1) if what["mode"] or what["unit"] == "wd" else timedelta())


@given(calendars(), starts, amounts(), st.integers(0, 20))
def test_more_is_never_due_earlier(calendar: Calendar, start: datetime, what: dict[str, Any], more: int) -> None:
    """Monotone in the amount."""
    first = due(calendar, start, **what).at
    second = due(calendar, start, **what | {"amount": what["amount"] + more}).at

    assert first is not None
    assert second is not None
    assert second >= first


@given(calendars(), starts, st.integers(0, 60 * 3600))
def test_working_hours_are_the_working_time_up_to_the_due(calendar: Calendar, start: datetime, seconds: int) -> None:
    """Adding and measuring are each other's inverse."""
    begin = start.replace(microsecond=0)
    end = due(calendar, begin, seconds / 3600, "wh").at
    assert end is not None

    assert worked_seconds(calendar, begin, end) == seconds
    assert worked_seconds(calendar, next_working_moment(calendar, begin), end) == seconds


@given(st.data(), calendars(), starts, amounts())
def test_pauses_only_ever_delay(data: st.DataObject, calendar: Calendar, start: datetime, what: dict[str, Any]) -> None:
    """None is like empty; any pause is never earlier; one after the due changes nothing."""
    plain = due(calendar, start, **what).at
    assert plain is not None

    paused = due(calendar, start, pauses=data.draw(pauses(start, ending=True)), **what).at
    after = due(calendar, start, pauses=[(plain + timedelta(seconds=1), None)], **what).at

    assert due(calendar, start, pauses=[], **what).at == plain == after
    assert paused is not None
    assert paused >= plain


@given(calendars(), starts, st.integers(0, 8))
def test_working_days_before_are_counted_day_by_day(calendar: Calendar, start: datetime, amount: int) -> None:
    """Counted back: as many days with hours lie between as were asked for, and the result is never later."""
    last, before = days_before(calendar, start, 0).at, days_before(calendar, start, amount).at
    assert last is not None
    assert before is not None
    firsts, lasts = ({(when - back).astimezone(calendar.zone).date() for back in (timedelta(), MINUTE)} for when in (before, last))
    counts = {
        sum(has_hours(calendar, final - timedelta(days=passed)) for passed in range((final - first).days))
        for first in firsts
        for final in lasts
    }  # a midnight may be one day's closing or another's opening

    assert before <= start + timedelta(seconds=0.5)
    assert amount in counts

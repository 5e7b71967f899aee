"""Calendars, instants and chance for these tests."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from cuiban.calendar import Calendar, standard

OFFICE = [["08:30", "12:00"], ["13:30", "18:00"]]
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WORKWEEK = dict.fromkeys(WEEKDAYS[:5], OFFICE)
STANDARD = standard()


def daily(*hours: list[str]) -> dict[str, list[list[str]]]:
    """The same hours on all seven days."""
    return {day: list(hours) for day in WEEKDAYS}


def made(**keys: Any) -> Calendar:
    """An office calendar in Shanghai without any day off, but for `keys`."""
    return Calendar.from_json({"tz": "Asia/Shanghai", "weekly": WORKWEEK, "holidays": [], "extra_working_days": {}} | keys)


BERLIN = made(tz="Europe/Berlin", weekly={day: [["09:00", "17:00"]] for day in WEEKDAYS[:5]})
NIGHTS = made(tz="Europe/Berlin", weekly=daily(["00:00", "06:00"], ["22:00", "24:00"]))
ALWAYS = made(tz="Europe/Berlin", weekly=daily(["00:00", "24:00"]))
HAVANA = made(tz="America/Havana")


def at(text: str, calendar: Calendar = STANDARD) -> datetime:
    """The instant that `2026-03-06 16:20` means in the calendar's zone, or in the offset that it names."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=calendar.zone)


def shows(calendar: Calendar, instant: datetime | None) -> str | None:
    """The instant as the calendar's clock shows it, `2026-03-06 16:20`, with seconds only where there are some."""
    if instant is None:
        return None
    local = instant.astimezone(calendar.zone)
    return f"{local:%Y-%m-%d %H:%M}" + (f":{local:%S}" if local.second else "")


hours = st.lists(st.integers(0, 24), unique=True, max_size=6).map(
    lambda found: [[f"{opens:02}:00", f"{closes:02}:00"] for opens, closes in zip(*[iter(sorted(found))] * 2, strict=False)]
)
some_hours = hours.filter(bool)
dates = st.dates(date(2026, 1, 1), date(2026, 12, 31))
texts = dates.map(date.isoformat)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Any calendar with hours on some weekday; bounds on the hour, so that no daylight saving gap cuts them."""
    weekly = draw(st.dictionaries(st.sampled_from(WEEKDAYS), hours, max_size=7))
    weekly[draw(st.sampled_from(WEEKDAYS))] = draw(some_hours)
    return Calendar.from_json(
        {
            "tz": draw(st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC"])),
            "weekly": weekly,
            "holidays": draw(st.lists(texts, max_size=20)),
            "extra_working_days": draw(st.dictionaries(texts, st.none() | hours, max_size=6)),
            "overrides": draw(st.dictionaries(texts, hours, max_size=6)),
            "published": draw(st.none() | st.just([2026]) | st.just([2025, 2026, 2027])),
        }
    )


instants = st.integers(0, 365 * 24 * 60).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
starts = instants | st.builds(lambda when, rest: when + timedelta(microseconds=rest), instants, st.integers(0, 59_999_999))


@st.composite
def amounts(draw: st.DrawFn) -> dict[str, Any]:
    """An amount, unit and mode that go together."""
    unit = draw(st.sampled_from(["wh", "wd", "h", "cd"]))
    if unit in ("wh", "h"):
        return {"unit": unit, "amount": draw(st.integers(0, 60) | st.floats(0, 60)), "mode": None}
    return {
        "unit": unit,
        "amount": draw(st.integers(0, 12)),
        "mode": draw(st.sampled_from([None, "end_of_day" if unit == "wd" else "same_clock"])),
    }


@st.composite
def pauses(draw: st.DrawFn, near: datetime, *, ending: bool = False) -> list[tuple[datetime, datetime | None]]:
    """Up to four pauses around `near`, in any order, overlapping or not; the last may last."""
    found: list[tuple[datetime, datetime | None]] = []
    for _ in range(draw(st.integers(0, 4))):
        begin = near + timedelta(minutes=draw(st.integers(-600, 6000)))
        found.append((begin, begin + timedelta(minutes=draw(st.integers(0, 3000)))))
    if found and not ending and draw(st.booleans()):
        found.append((near + timedelta(minutes=draw(st.integers(-600, 6000))), None))
    return found

"""The days of a calendar, as `calendar days` lists them. [cli.md 4]"""

from datetime import date

import pytest

from cuiban.calendar import CalendarError, day_rows
from tests.calendar.world import STANDARD, made


def test_every_kind_of_day() -> None:
    """Workday, make-up day, weekend, holiday, override; what it is off or made up for; hours; published."""
    calendar = STANDARD.overridden(date(2026, 2, 12), ())
    rows = {row.date.isoformat(): row.to_json("zh") for row in day_rows(calendar, date(2026, 2, 12), date(2026, 3, 2))}

    assert rows["2026-02-12"]["kind"] == "override"
    assert rows["2026-02-13"] == {
        "date": "2026-02-13",
        "weekday": "fri",
        "kind": "workday",
        "name": None,
        "intervals": [["08:30", "12:00"], ["13:30", "18:00"]],
        "published": True,
    }
    assert (rows["2026-02-14"]["kind"], rows["2026-02-14"]["name"]) == ("makeup", "春节")
    assert rows["2026-02-14"]["intervals"] == rows["2026-02-13"]["intervals"]
    assert (rows["2026-02-21"]["kind"], rows["2026-02-21"]["intervals"]) == ("holiday", [])
    assert (rows["2026-03-01"]["kind"], rows["2026-03-01"]["weekday"]) == ("weekend", "sun")
    assert len(rows) == 18


def test_names_in_english_and_years_not_published() -> None:
    """A language is chosen when the row is written; 2027 has no days off yet and says so."""
    rows = [row.to_json("en") for row in day_rows(STANDARD, date(2026, 10, 1), date(2026, 10, 2))]
    later = [row.to_json("en") for row in day_rows(STANDARD, date(2027, 1, 1), date(2027, 1, 2))]

    assert (rows[0]["name"], rows[0]["published"]) == ("National Day", True)
    assert (later[0]["kind"], later[0]["published"]) == ("workday", False)


def test_a_calendar_read_from_json_knows_the_names_too() -> None:
    """Days off that are the state's carry its names; a dealership's own has none; another country's has none."""
    own = made(holidays=["2026-10-01", "2026-11-02"])
    german = made(tz="Europe/Berlin", holidays=["2026-10-01"])

    assert [row.name for row in day_rows(own, date(2026, 10, 1), date(2026, 10, 2))] == [("国庆节", "National Day")]
    assert [row.name for row in day_rows(own, date(2026, 11, 2), date(2026, 11, 3))] == [None]
    assert [row.name for row in day_rows(german, date(2026, 10, 1), date(2026, 10, 2))] == [None]


@pytest.mark.parametrize(("frm", "to"), [(date(2026, 3, 2), date(2026, 3, 1)), (date(1900, 1, 1), date(2100, 1, 1))])
def test_a_range_that_makes_no_sense(frm: date, to: date) -> None:
    """Backwards, or more than a century."""
    with pytest.raises(CalendarError):
        day_rows(STANDARD, frm, to)

"""The hours of a week as people write them."""

import pytest

from cuiban.calendar import CalendarError
from cuiban.calendar.weekly import weekly_from_text

DAY, SHORT = [["08:30", "12:00"], ["13:30", "18:00"]], [["09:00", "17:00"]]


def test_days_in_front_of_hours() -> None:
    """In either language; hours alone are every day's; days that are not named are off."""
    assert weekly_from_text("mon-thu 08:30-12:00,13:30-18:00; 周六 9:00-17:00", "x") == {
        "mon": DAY, "tue": DAY, "wed": DAY, "thu": DAY, "sat": SHORT}  # fmt: skip
    assert weekly_from_text("周一-周五 09:00-17:00；sat-sun off", "x") == {
        **dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), SHORT), "sat": [], "sun": []}  # fmt: skip
    assert set(map(str, weekly_from_text("09:00-17:00", "x").values())) == {str(SHORT)}


@pytest.mark.parametrize("text", ["", "08:30", "mon", "sun-mon 08:30-12:00", "day 08:30-12:00", "mon 9:00-8:00", "off; mon off"])
def test_what_cannot_be_read_is_told(text: str) -> None:
    """One sentence, never a wrong week."""
    with pytest.raises(CalendarError):
        weekly_from_text(text, "x")

"""The showroom sells when the house is closed: its duties follow its own calendar. [language.md (c): D5 D6 D11; (e) days]"""

from datetime import date

import pytest

from cuiban.errors import BadInput, NotFound, Refused
from tests.support.clock import SHANGHAI, at
from tests.support.house import House
from tests.support.people import ADMIN

OF_THE_SHOWROOM = {"d5_sales", "d6_group", "d11_sj2806"}


def daily(house: House, text: str) -> set[str]:
    """The daily duties whose day is the day of `text`, once somebody has looked at their list at that time."""
    house.clock.set(text)
    house.office.catch_up(house.now)
    day = date.fromisoformat(text[:10])
    rows = house.office.duties(day, date.fromordinal(day.toordinal() + 1), now=house.now)
    rules = {name: duty.freq for name, duty in house.office.world().duties.items()}
    return {row.duty for row in rows if rules[row.duty] == "DAILY" and row.due.astimezone(SHANGHAI).date() == day}


def test_on_national_day_the_showroom_reports_and_nobody_else(house: House) -> None:
    """Its daily reports are on the sales clerk's list, due at close of business; the house's daily ones are not."""
    assert daily(house, "2026-10-01 09:00") == OF_THE_SHOWROOM

    mine = {item.subject.zh: item.due for item in house.office.todo(actor="sun", now=house.now) if item.group == "today"}
    assert mine == {name: at("2026-10-01 18:00") for name in ("销售日报", "集团销售日报", "SJ2806日报")}
    assert [item for item in house.office.todo(actor="wang", now=house.now) if item.group == "today"] == []


def test_on_sundays_too_and_on_working_days_with_the_others(house: House) -> None:
    """A Sunday, a make-up Saturday, a Monday."""
    assert daily(house, "2026-10-18 09:00") == OF_THE_SHOWROOM
    assert daily(house, "2026-10-10 09:00") > OF_THE_SHOWROOM
    assert daily(house, "2026-10-19 09:00") > OF_THE_SHOWROOM


def test_missed_after_five_of_its_own_days(house: House) -> None:
    """The report of 1 October is missed on the 7th, in the middle of the house's holidays."""
    daily(house, "2026-10-01 09:00")

    house.office.catch_up(house.clock.set("2026-10-07 09:00"))

    (first, *_) = house.office.duties(date(2026, 10, 1), date(2026, 10, 8), duty="d5_sales", now=house.now)
    assert (first.state, first.done_at) == ("missed", at("2026-10-07 08:30"))
    (second, *_) = house.office.duties(date(2026, 10, 2), date(2026, 10, 8), duty="d5_sales", now=house.now)
    assert (second.state, second.late_s) == ("overdue", (4 * 9 * 60 + 4 * 30 + 30) * 60)


def test_why_names_the_calendar(house: House) -> None:
    """The reader sees by whose days it came round; others follow the house's, unnamed."""
    daily(house, "2026-10-08 09:00")
    rows = {row.duty: row.ref for row in house.office.duties(date(2026, 10, 8), date(2026, 10, 9), now=house.now)}

    told = house.office.why(rows["d5_sales"], actor="sun", now=house.now).due.rule
    usual = house.office.why(rows["b4_figures"], actor="wang", now=house.now).due.rule

    assert (told.zh, told.en) == (
        "每天 18:00, 休息日免, 照展厅日历", "18:00 every day; not on a day off, by the showroom calendar")  # fmt: skip
    assert usual.zh == "每天 18:00, 休息日免"


def test_a_single_day_of_the_showroom_is_settled_apart(house: House) -> None:
    """Closed on New Year's Eve: no report, and the house's calendar is as it was."""
    day = date(2026, 3, 2)
    house.office.calendar_set(day, [], calendar="showroom", reason="盘点", actor=ADMIN, now=house.now)

    assert OF_THE_SHOWROOM.isdisjoint(daily(house, "2026-03-02 09:00"))
    assert "b13_arrivals" in daily(house, "2026-03-02 09:30")
    assert house.office.calendar.overrides == {}
    (event,) = house.events("@calendar")
    assert event.fields == {"date": "2026-03-02", "windows": [], "calendar": "showroom"}


def test_a_shop_sets_its_own_hours(house: House) -> None:
    """No sales on Sundays, none on holidays: by two settings, with a reason, from now on."""
    how = {"reason": "小店", "actor": ADMIN, "now": house.now}
    house.office.setting("showroom_hours", "mon-sat 08:30-18:00", **how)  # type: ignore[arg-type]
    house.office.setting("showroom_holidays", "no", **how)  # type: ignore[arg-type]

    assert daily(house, "2026-03-07 09:00") == OF_THE_SHOWROOM
    assert daily(house, "2026-03-08 09:00") == set()
    assert daily(house, "2026-04-06 09:00") == set()


@pytest.mark.parametrize("hours", ["", "noon", "mon-fri 08:30", "fri-mon 08:30-18:00", "mon 08:30-12:00; mon-fri 09:00-12:00"])
def test_hours_that_are_none_are_refused(house: House, hours: str) -> None:
    """Or no list could be told any more."""
    before = house.rows()

    with pytest.raises((BadInput, Refused)):
        house.office.setting("showroom_hours", hours, reason="x", actor=ADMIN, now=house.now)

    assert house.rows() == before
    assert house.office.catch_up(house.now).opened > 0


def test_an_unknown_calendar_is_not_found(house: House) -> None:
    """Nothing is written."""
    before = house.rows()

    with pytest.raises(NotFound):
        house.office.calendar_set(date(2026, 3, 2), [], calendar="moon", reason="x", actor=ADMIN, now=house.now)

    assert house.rows() == before

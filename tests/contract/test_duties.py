"""Recurring duties: opened by a catch-up that may run at any time, as often as it likes. None is lost, none comes twice. [R7]"""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest

from cuiban.engine.duty import occurrences
from cuiban.errors import VerificationFailed
from tests.support.clock import SHANGHAI, at
from tests.support.house import House
from tests.support.people import ADMIN

MARCH = (date(2026, 3, 1), date(2026, 4, 1))
Ledger = dict[tuple[str, str], str]


def day_of(nominal: datetime) -> date:
    """The day to which an instant belongs: midnight ends one."""
    return (nominal - timedelta(microseconds=1)).astimezone(SHANGHAI).date()


def ledger(house: House, frm: date = MARCH[0], to: date = MARCH[1], duty: str | None = None) -> Ledger:
    """Every occurrence with how it stands: (duty, nominal day) -> state."""
    rows = house.office.duties(frm, to, duty=duty, now=house.now)
    found = {(row.duty, day_of(row.nominal).isoformat()): row.state for row in rows}
    assert len(found) == len(rows)
    return found


def expected(house: House, frm: date, to: date) -> set[tuple[str, str]]:
    """What comes round in [frm, to) by the calendar alone; nothing is registered here for which one would."""
    world = house.office.world()
    return {
        (duty.name, time.nominal_date.isoformat())
        for duty in world.duties.values()
        if duty.per is None
        for time in occurrences(duty, frm, to, world.calendar_of(duty.calendar))
    }


def caught_up(house: House, text: str) -> int:
    """Let the clock show a time and catch up; how many were opened."""
    house.clock.set(text)
    return int(house.office.catch_up(house.now).opened)


def test_twice_is_a_no_op(house: House) -> None:
    """A second catch-up, of the same process or another, opens nothing and writes nothing."""
    assert caught_up(house, "2026-03-02 09:00") > 0
    before = house.rows()

    again = house.office.catch_up(house.now)
    other = house.another().catch_up(house.now, everything=True)

    assert (again.opened, other.opened) == (0, 0)
    assert house.rows() == before


def test_an_occurrence_is_on_its_doers_list(house: House) -> None:
    """The morning's report: for anyone in the role, due at noon, chased by the head, with what it is about."""
    caught_up(house, "2026-03-02 08:30")
    (row,) = house.office.duties(date(2026, 3, 2), date(2026, 3, 3), duty="b11_morning_meeting", now=house.now)

    item = house.item(row.ref, "wang")

    assert item is not None
    assert (item.mine, item.due, item.group) == ("role", at("2026-03-02 12:00"), "today")
    assert (row.state, row.chaser) == ("open", "role:service_director")
    assert house.item(row.ref, "zhou") is not None
    assert house.item(row.ref, "sun") is None


def test_a_month_of_silence_loses_nothing(house: House) -> None:
    """Everything that came round meanwhile is in the ledger; the daily ones are missed, the list is not flooded."""
    caught_up(house, "2026-03-02 08:30")

    done = house.office.catch_up(house.clock.set("2026-04-01 08:30"))

    assert done.since == at("2026-03-02 08:30")
    there = ledger(house, date(2026, 3, 2), date(2026, 4, 1))
    assert set(there) == expected(house, date(2026, 3, 2), date(2026, 4, 1))
    daily = {key: state for key, state in there.items() if key[0] == "b11_morning_meeting"}
    assert Counter(daily.values())["overdue"] <= 6
    assert daily[("b11_morning_meeting", "2026-03-03")] == "missed"
    assert len([i for i in house.office.todo(actor="wang", now=house.now) if i.title.zh.endswith("早会反馈厂家")]) <= 7


def test_however_often_it_ran_the_ledger_is_the_same(house: House) -> None:
    """Each morning, or once after three weeks: the same occurrences, ended alike at the same instants."""
    lazy = house.another()
    days = [at("2026-03-02 08:30") + timedelta(days=n) for n in range(22)]
    for day in days:
        house.clock.now = day
        house.office.catch_up(house.now)
    daily = {(r.duty, r.nominal, r.due, r.state, r.done_at) for r in house.office.duties(*MARCH, now=house.now)}
    with house.raw() as raw:  # as if nobody had looked: the same house without its cases
        if raw.is_sqlite:
            for (name,) in raw.all("SELECT name FROM sqlite_master WHERE type = 'trigger'"):
                raw.run(f"DROP TRIGGER {name}")
        else:
            raw.run("ALTER TABLE events DISABLE TRIGGER ALL")
        raw.run("DELETE FROM events WHERE ref IN (SELECT ref FROM cases)")
        raw.run("DELETE FROM cases")
        for table in ("personal", "subjects", "serials"):
            raw.run(f"DELETE FROM {table}")
        raw.run("UPDATE dealerships SET caught_up_at = NULL")

    lazy.catch_up(house.now)

    assert {(r.duty, r.nominal, r.due, r.state, r.done_at) for r in lazy.duties(*MARCH, now=house.now)} == daily


def test_a_clock_that_goes_back_opens_nothing_again(house: House) -> None:
    """An hour, a day, a week back: what is there stays, and when the days come again nothing is doubled."""
    caught_up(house, "2026-03-10 09:00")
    before = ledger(house)

    opened = [caught_up(house, text) for text in ("2026-03-10 08:00", "2026-03-09 09:00", "2026-03-03 09:00", "2026-03-10 09:00")]

    assert opened == [0, 0, 0, 0]
    assert set(ledger(house)) == set(before)


def test_a_clock_that_went_ahead_loses_nothing(house: House) -> None:
    """A month ahead by mistake, then right again: the days between are there once, and later ones follow."""
    caught_up(house, "2026-03-02 09:00")
    caught_up(house, "2026-04-02 09:00")

    caught_up(house, "2026-03-03 09:00")
    caught_up(house, "2026-04-10 09:00")

    assert set(ledger(house, date(2026, 3, 2), date(2026, 4, 10))) == expected(house, date(2026, 3, 2), date(2026, 4, 10))


def test_two_at_once_open_each_once(house: House) -> None:
    """Six clerks open their lists at the same moment after two weeks."""
    house.clock.set("2026-03-16 08:30")

    with ThreadPoolExecutor(6) as pool:
        opened = list(pool.map(lambda _: house.another().catch_up(house.now).opened, range(6)))

    assert sum(opened) == house.rows()["cases"]
    assert set(ledger(house, date(2026, 3, 2), date(2026, 3, 16))) == expected(house, date(2026, 3, 2), date(2026, 3, 16))


def test_yesterdays_open_one_never_suppresses_todays(house: House) -> None:
    """Human duties overlap: both stand on the list, each with its own due. [Temporal's SKIP]"""
    caught_up(house, "2026-03-02 09:00")

    caught_up(house, "2026-03-03 09:00")

    states = ledger(house, duty="b11_morning_meeting")
    assert states[("b11_morning_meeting", "2026-03-02")] == "overdue"
    assert states[("b11_morning_meeting", "2026-03-03")] == "open"


def test_every_occurrence_ends_one_way(house: House) -> None:
    """Done, done late, waived by whom and why, missed; none disappears."""
    caught_up(house, "2026-03-02 09:00")
    caught_up(house, "2026-03-03 09:00")
    caught_up(house, "2026-03-04 09:00")
    rows = {row.nominal.astimezone(SHANGHAI).day: row for row in house.office.duties(*MARCH, duty="b13_arrivals", now=house.now)}
    house.fired(rows[4].ref, "submit", "wang")
    house.fired(rows[3].ref, "submit", "wang")
    house.fired(rows[2].ref, "waive", "zhou", reason="系统停机")

    caught_up(house, "2026-03-20 09:00")

    found = {r.nominal.astimezone(SHANGHAI).day: r for r in house.office.duties(*MARCH, duty="b13_arrivals", now=house.now)}
    assert [(found[d].state, found[d].by) for d in (2, 3, 4)] == [("waived", "zhou"), ("done_late", "wang"), ("done", "wang")]
    assert found[2].reason == "系统停机"
    assert (found[5].state, found[5].by, found[5].done_at) == ("missed", None, at("2026-03-13 08:30"))
    assert found[19].state == "overdue"
    assert found[20].state == "open"
    assert found[3].late_s == 30 * 60  # since opening; due was last evening's close


def test_a_monthly_duty_opens_five_working_days_ahead(house: House) -> None:
    """By the 10th: on the list from the 3rd on, and not a day before."""
    caught_up(house, "2026-03-02 09:00")
    assert ("b17_msi", "2026-03-10") not in ledger(house)

    caught_up(house, "2026-03-03 09:00")

    assert ledger(house)[("b17_msi", "2026-03-10")] == "open"


def test_a_day_off_moves_a_duty_as_its_row_says(house: House) -> None:
    """Qingming, Monday 04-06: weekly cases the next day, arrivals not at all; the 5th, a Sunday, to the Friday before."""
    caught_up(house, "2026-04-07 09:00")

    rows = house.office.duties(date(2026, 4, 3), date(2026, 4, 8), now=house.now)
    dues = {(r.duty, r.nominal.astimezone(SHANGHAI).day): r.due for r in rows}
    assert dues[("b14_cases", 6)] == at("2026-04-07 18:00")
    assert dues[("b16_plan", 5)] == at("2026-04-03 18:00")
    assert ("b13_arrivals", 6) not in dues


def test_a_duty_is_changed_from_a_day_on(house: House) -> None:
    """Another hour, another doer, off, on again: each from its day, and the ledger keeps what held before."""
    change = {"reason": "人手", "actor": ADMIN, "now": house.now}
    house.office.duty_set("b13_arrivals", start=date(2026, 3, 3), due="17:00", **change)  # type: ignore[arg-type]
    house.office.duty_set("b13_arrivals", start=date(2026, 3, 4), doer="tao", **change)  # type: ignore[arg-type]
    house.office.duty_set("b13_arrivals", start=date(2026, 3, 5), off=True, **change)  # type: ignore[arg-type]
    house.office.duty_set("b13_arrivals", start=date(2026, 3, 9), off=False, doer="role:after_sales_clerk", **change)  # type: ignore[arg-type]

    caught_up(house, "2026-03-09 09:00")

    rows = house.office.duties(date(2026, 3, 2), date(2026, 3, 10), duty="b13_arrivals", now=house.now)
    told = [(r.nominal.astimezone(SHANGHAI).day, f"{r.due.astimezone(SHANGHAI):%H:%M}", r.doer) for r in rows]
    assert told == [
        (2, "18:00", "role:after_sales_clerk"),
        (3, "17:00", "role:after_sales_clerk"),
        (4, "17:00", "tao"),
        (9, "17:00", "role:after_sales_clerk"),
    ]


def test_what_is_changed_today_comes_round_today(house: House) -> None:
    """A duty switched on, a day made a working day: the next look at a list opens what they bring, not tomorrow's."""
    house.office.duty_set("b13_arrivals", off=True, reason="停用", actor=ADMIN, now=house.now)
    caught_up(house, "2026-03-02 09:00")
    assert ledger(house, duty="b13_arrivals") == {}
    house.office.duty_set("b13_arrivals", off=False, reason="恢复", actor=ADMIN, now=house.now)

    assert caught_up(house, "2026-03-02 09:30") == 1
    caught_up(house, "2026-03-07 09:00")  # a Saturday
    house.office.calendar_set(date(2026, 3, 7), [["09:00", "17:00"]], reason="车展", actor=ADMIN, now=house.now)
    caught_up(house, "2026-03-07 09:30")

    assert ("b13_arrivals", "2026-03-07") in ledger(house, duty="b13_arrivals")


def test_a_duty_moved_to_another_hour_is_the_same_occurrence(house: House) -> None:
    """What is open already is not opened once more at its new hour."""
    caught_up(house, "2026-03-02 09:00")
    house.office.duty_set("b13_arrivals", due="15:00", reason="厂家改", actor=ADMIN, now=house.now)

    caught_up(house, "2026-03-02 10:00")

    assert len(ledger(house, duty="b13_arrivals")) == 1


def test_a_duty_may_open_a_case_of_its_own(house: House) -> None:
    """Monday's CALL is a call order; called, the duty is done, though the case goes on."""
    caught_up(house, "2026-03-02 09:00")
    (row,) = house.office.duties(*MARCH, duty="d13_call", now=house.now)
    assert house.case(row.ref).process == "call_order"

    house.on_to(row.ref, "called")

    (row,) = house.office.duties(*MARCH, duty="d13_call", now=house.now)
    assert (row.state, row.by) == ("done", "sun")
    assert house.case(row.ref).open


def test_a_case_opened_by_hand_is_the_occurrence(house: House) -> None:
    """The clerk drafted next Monday's call order on Friday: Monday's catch-up finds it and opens no second."""
    house.clock.set("2026-03-06 15:00")
    house.office.catch_up(house.now)
    ref = house.opened("call_order", given={"week": "2026-W11"})

    caught_up(house, "2026-03-09 09:00")

    rows = house.office.duties(date(2026, 3, 9), date(2026, 3, 10), duty="d13_call", now=house.now)
    assert [row.ref for row in rows] == [ref]
    assert house.events(ref)[-1].action == "adopt"


def test_another_zone_of_the_machine_changes_nothing(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Duties come round in the dealership's zone, wherever the program runs."""
    import time

    caught_up(house, "2026-03-02 09:00")
    before = ledger(house)
    for zone in ("America/New_York", "Pacific/Kiritimati", "UTC"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        assert caught_up(house, "2026-03-02 09:30") == 0
    monkeypatch.undo()
    time.tzset()

    assert ledger(house) == before


def test_a_mark_that_was_damaged_is_told(sqlite_house: House) -> None:
    """A foreign hand broke until when duties were caught up with: that is said, and nothing is opened."""
    caught_up(sqlite_house, "2026-03-02 08:30")
    for mark in ("9223372036854775807", "'x'"):
        with sqlite_house.raw() as raw:
            raw.run(f"UPDATE dealerships SET caught_up_at = {mark}")
        with pytest.raises(VerificationFailed):
            caught_up(sqlite_house, "2026-03-03 08:30")

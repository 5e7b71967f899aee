"""The list: mine, my roles', those I stand in for, what climbed to me, then what I chase; worst first. [semantics: Clocks]"""

from datetime import date, timedelta

import pytest

from cuiban.office.items import Item
from cuiban.office.views import Filters
from tests.support.clock import at
from tests.support.house import House
from tests.support.people import ADMIN


def promised(house: House, text: str, **given: str) -> str:
    """A complaint of 李强's that is due at a local time."""
    ref = house.opened(given=given)
    house.fired(ref, "accept", "li", {"promised_at": at(text).isoformat()})
    return ref


def entry(house: House, ref: str, reader: str) -> Item:
    """The entry of a case, which must be there."""
    found = house.item(ref, reader)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("due", "now", "group", "overdue"),
    [
        ("2026-03-04 10:00", "2026-03-04 09:59", "today", False),
        ("2026-03-04 10:00", "2026-03-04 10:00", "today", False),  # met at the due
        ("2026-03-04 10:00", "2026-03-04 10:01", "today", True),  # overdue, and still today's
        ("2026-03-04 10:00", "2026-03-05 00:00", "overdue", True),
        ("2026-03-04 10:00", "2026-03-03 23:59", "upcoming", False),
        ("2026-03-05 00:00", "2026-03-04 10:00", "today", False),  # midnight belongs to the day that it ends
        ("2026-03-05 00:00", "2026-03-05 00:00", "overdue", False),
        ("2026-03-05 00:00", "2026-03-03 10:00", "upcoming", False),
    ],
)
def test_groups_compare_days_in_the_readers_zone(sqlite_house: House, due: str, now: str, group: str, overdue: bool) -> None:
    """Overdue, today, upcoming; overdue by the minute. [Odoo]"""
    ref = promised(sqlite_house, due)
    sqlite_house.clock.set(now)

    item = entry(sqlite_house, ref, "li")

    assert (item.group, item.overdue) == (group, overdue)


def test_a_due_at_midnight_belongs_to_the_day_before(house: House) -> None:
    """Due 24:00 on the 4th: shown as the 4th's; overdue at once, and zero seconds late until opening."""
    ref = promised(house, "2026-03-05 00:00")
    house.clock.set("2026-03-05 08:30")

    item = entry(house, ref, "li")

    assert (item.due_day, item.group, item.overdue, item.late_s) == (date(2026, 3, 4), "overdue", True, 0)
    house.clock.set("2026-03-05 09:30")
    assert entry(house, ref, "li").late_s == 3600


def test_lateness_is_working_time(house: House) -> None:
    """Due Friday 17:00, seen Monday 09:00: an hour on Friday, half an hour on Monday; then days."""
    ref = promised(house, "2026-03-06 17:00")
    house.clock.set("2026-03-09 09:00")
    assert entry(house, ref, "li").late_s == 90 * 60
    house.clock.set("2026-03-11 17:00")

    assert entry(house, ref, "li").late_days == 3


def test_no_due_is_undated_and_last(trial_house: House) -> None:
    """What waits without a clock stands at the end, not nowhere."""
    house = trial_house
    waiting, other = (house.office.open("trial", actor="sun", fields={"title": text}, now=house.now).ref for text in "甲乙")
    house.fired(waiting, "start", "sun")
    house.fired(waiting, "hold_on", "sun")

    items = house.office.todo(actor="sun", now=house.now)

    assert [(item.ref, item.group) for item in items] == [(other, "upcoming"), (waiting, "undated")]


def test_overdue_by_lateness_the_rest_by_due(house: House) -> None:
    """The worst first, whatever the process."""
    house.clock.set("2026-03-02 09:00")
    refs = {
        text: promised(house, text) for text in ("2026-03-06 10:00", "2026-03-03 10:00", "2026-03-05 15:00", "2026-03-04 10:00")
    }
    house.clock.set("2026-03-05 12:00")

    items = [item.ref for item in house.office.todo(actor="li", now=house.now)]

    order = ["2026-03-03 10:00", "2026-03-04 10:00", "2026-03-05 15:00", "2026-03-06 10:00"]
    assert items == [refs[text] for text in order]


def test_it_climbs_the_ladder_as_time_passes(house: House) -> None:
    """After one working day on the superior's list, after three on theirs; told by now alone, nothing has to run."""
    ref = promised(house, "2026-03-03 10:00")
    seen = {}
    for text in ("2026-03-03 10:00", "2026-03-04 09:59", "2026-03-04 10:00", "2026-03-06 09:59", "2026-03-06 10:00"):
        house.clock.set(text)
        mine, zhou, ma = (house.item(ref, who) for who in ("li", "zhou", "ma"))
        assert mine is not None
        seen[text] = (mine.level, zhou is not None, ma is not None)

    assert seen == {
        "2026-03-03 10:00": (0, False, False),
        "2026-03-04 09:59": (0, False, False),
        "2026-03-04 10:00": (1, True, False),
        "2026-03-06 09:59": (1, True, False),
        "2026-03-06 10:00": (2, True, True),
    }
    assert entry(house, ref, "zhou").mine == "escalated"


def test_the_level_is_a_function_of_now(house: House) -> None:
    """A clock that goes back lowers it again: nothing was stored."""
    ref = promised(house, "2026-03-03 10:00")
    house.clock.set("2026-03-09 10:00")
    assert entry(house, ref, "li").level == 2
    before = house.rows()

    house.clock.set("2026-03-03 09:00")

    assert entry(house, ref, "li").level == 0
    assert house.item(ref, "zhou") is None
    assert house.rows() == before


def test_the_third_cycle_tells_the_director(house: House) -> None:
    """A customer who is unhappy twice stands on the director's list at once, due or not. [A6]"""
    ref = house.brought("complaint", "resolved")
    for _ in range(2):
        house.fired(ref, "refuse", "wang", {"why": "还响"})
        if house.case(ref).data.cycle < 3:
            house.on_to(ref, "resolved")

    assert entry(house, ref, "zhou").mine == "escalated"


def test_what_i_chase_comes_last(house: House) -> None:
    """What others owe me, with what I can do: chase, hand over."""
    mine = house.brought("complaint", "resolved")
    theirs = promised(house, "2026-03-02 10:00")
    house.clock.set("2026-03-02 11:00")

    items = house.office.todo(actor="wang", now=house.now)

    assert [(item.ref, item.mine) for item in items] == [(mine, "role"), (theirs, "chaser")]
    assert [action.name for action in items[1].actions] == ["chase", "assign"]
    assert items[1].waits_for == ["li"]


def test_actions_are_what_the_reader_may_try(house: House) -> None:
    """By name, in the definition's order; what another would do is not offered."""
    ref = promised(house, "2026-03-03 10:00")

    assert [a.name for a in entry(house, ref, "li").actions] == ["change_promise", "resolve"]
    assert house.office.show(ref, actor="sun", now=house.now).actions == []


def test_everybodys_list_has_each_case_once(house: House) -> None:
    """All that anybody holds; three signers are one entry."""
    refs = {promised(house, "2026-03-03 10:00"), house.brought("call_order", "signing"), house.opened("incident")}
    house.brought("complaint", "satisfied")

    items = house.office.todo(actor=None, now=house.now)

    assert sorted(item.ref for item in items) == sorted(refs)


def test_filters_narrow_the_list(house: House) -> None:
    """By process, state, person, subject, due."""
    one = promised(house, "2026-03-03 10:00", topic="漏油")
    two = house.opened("incident", by="wu")
    three = promised(house, "2026-03-05 10:00")

    def refs(reader: str, filters: Filters) -> list[str]:
        return [item.ref for item in house.office.todo(actor=reader, now=house.now, filters=filters)]

    assert refs("li", Filters(subject="漏油")) == [one]
    assert refs("li", Filters(until=at("2026-03-04 00:00"))) == [one]
    assert refs("li", Filters(since=at("2026-03-04 00:00"))) == [three]
    assert refs("wu", Filters(process="incident", state="registered")) == [two]
    assert refs("wu", Filters(process="complaint")) == []


def test_a_leavers_cases_are_stuck_not_lost(house: House) -> None:
    """Whoever left keeps his cases visible: unowned for the manager, to be handed over by a superior."""
    ref = house.opened()
    house.office.user_off("li", actor=ADMIN, now=house.now)

    (row,) = house.office.stuck(now=house.now)

    assert (row.refs, row.reasons) == ([ref], {"unowned": 1})
    assert house.office.assign(ref, "liu", actor="zhou", now=house.now).assignee == "liu"


def test_not_before_and_due_are_two_dates(house: House) -> None:
    """Colours: from Monday 13:30, by close of business."""
    ref = house.opened("colour_order")

    item = entry(house, ref, "sun")

    assert (item.not_before, item.due) == (at("2026-03-02 13:30"), at("2026-03-02 18:00"))


def test_a_paused_case_says_whom_it_waits_for(house: House) -> None:
    """Paused, without a due, waiting for the requester."""
    ref = house.brought("incident", "in_progress")
    house.fired(ref, "wait", "wu")

    item = entry(house, ref, "wu")

    assert item.paused
    assert item.waits_for == ["the requester or a supplier"]


def test_a_list_of_last_year_has_no_surprises(house: House) -> None:
    """Whatever now is, a list is told: a year back, a year on."""
    promised(house, "2026-03-03 10:00")
    for days in (-365, 365):
        assert len(house.office.todo(actor="li", now=house.now + timedelta(days=days))) == 1

"""When something took place and when it was entered: two times, and what each of them decides. [semantics: Transitions]"""

from datetime import timedelta
from typing import Any

from tests.support.clock import at
from tests.support.house import House


def test_an_entry_for_an_earlier_day_is_visible(house: House) -> None:
    """A late entry needs a reason, is marked, and counts from when it took place."""
    ref = house.brought("complaint", "accepted")
    house.clock.set("2026-03-04 09:00")

    yesterday: dict[str, Any] = {"at": at("2026-03-03 16:00"), "reason": "昨天停电"}
    done = house.fired(ref, "resolve", "li", {"remedy": "换件"}, papers=["quick_form"], **yesterday)

    past = house.office.history(ref)[-1]
    assert done.late_entry
    assert (past.at, past.recorded_at, past.late_entry) == (at("2026-03-03 16:00"), at("2026-03-04 09:00"), True)
    assert past.reason == "昨天停电"
    assert house.case(ref).due == at("2026-03-07 00:00")  # the end of the third day after the fact


def test_an_entry_of_the_same_day_is_not_late(house: House) -> None:
    """An hour later is no late entry and needs no reason."""
    ref = house.opened()
    house.clock.set("2026-03-02 17:00")

    done = house.fired(ref, "accept", "li", {"promised_at": "2026-03-03T10:00:00+08:00"}, at=at("2026-03-02 10:00"))

    assert not done.late_entry
    assert done.at == at("2026-03-02 10:00")


def test_a_late_entry_has_a_limit_in_calendar_days(house: House) -> None:
    """Seven calendar days back and no more, whatever the hours. [choice late_days]"""
    ref = house.opened()
    wish: dict[str, Any] = {"at": at("2026-03-02 23:00"), "reason": "出差", "note": "补记"}
    house.clock.set("2026-03-09 23:30")
    assert house.fired(ref, "note", "wang", **wish).late_entry
    house.clock.set("2026-03-10 00:30")

    met = house.refused(ref, "note", "wang", **wish)

    assert met["too_late_entry"].params == {"days": 7}


def test_acts_are_not_entered_for_the_future(house: House) -> None:
    """What holds for steps holds for notes, papers and corrections."""
    ref = house.opened()

    met = house.refused(ref, "note", "wang", note="明天", at=house.now + timedelta(hours=1))

    assert set(met) == {"in_future"}


def test_a_process_has_its_own_limit(trial_house: House) -> None:
    """A process that says three days means three."""
    ref = trial_house.office.open("trial", actor="sun", fields={"title": "x"}, now=trial_house.now).ref
    trial_house.clock.forward(days=4)

    met = trial_house.refused(ref, "note", "sun", note="补", at=at("2026-03-02 10:00"), reason="忘")

    assert met["too_late_entry"].params == {"days": 3}


def test_what_a_step_opens_inherits_its_time(house: House) -> None:
    """A complaint out of yesterday's callback counts from yesterday."""
    ref = house.opened("callback")
    house.clock.set("2026-03-03 09:00")
    told = {"overall": 2, "topic": "漆面", "department": "paint", "description": "有划痕", "responsible": "li"}

    done = house.fired(ref, "complain", "wang", told, papers=["quick_form"], at=at("2026-03-02 11:00"), reason="昨天没网")

    complaint = house.case(done.opened[0])
    assert complaint.opened_at == at("2026-03-02 11:00")
    assert complaint.due == at("2026-03-02 16:30")  # four working hours on, lunch between


def test_any_zone_is_the_same_instant(house: House) -> None:
    """An effective time given in another zone is kept in UTC, and replays to the same bytes."""
    ref = house.opened()
    house.clock.forward(hours=1)
    local = at("2026-03-02 09:30").astimezone(house.office.zone)

    house.fired(ref, "accept", "li", {"promised_at": "2026-03-03T10:00:00+08:00"}, at=local)

    assert house.office.replay(ref).equal
    assert house.case(ref).state_since == at("2026-03-02 09:30")


def test_the_time_of_entry_never_falls(house: House) -> None:
    """A clock that goes back two hours: the next event is entered no earlier than the one before. [R7]"""
    ref = house.brought("complaint", "accepted")
    house.clock.forward(hours=-2)

    house.fired(ref, "note", "wang", note="钟倒了")
    house.fired(ref, "resolve", "li", {"remedy": "换件"}, papers=["quick_form"])

    entered = [event.recorded_at for event in house.events(ref)]
    assert entered == sorted(entered)
    assert house.events(ref)[-1].at == entered[1]  # not before the promise, whatever the clock says now


def test_a_pause_survives_a_clock_that_goes_back(trial_house: House) -> None:
    """A pause that would end before it began has no length; the due is what it was."""
    ref = trial_house.office.open("trial", actor="sun", fields={"title": "x"}, now=trial_house.now).ref
    trial_house.fired(ref, "start", "sun", {"ends_at": "2026-03-20T18:00:00+08:00"})
    due = trial_house.case(ref).due
    trial_house.clock.forward(hours=1)
    trial_house.fired(ref, "hold_on", "sun")
    trial_house.clock.forward(minutes=-30)

    trial_house.fired(ref, "go_on", "sun")

    assert trial_house.case(ref).due == due


def test_a_pause_moves_the_due(trial_house: House) -> None:
    """Three hours of waiting for the customer are three hours more. [semantics: a pause moves a relative deadline]"""
    ref = trial_house.office.open("trial", actor="sun", fields={"title": "x"}, now=trial_house.now).ref
    trial_house.fired(ref, "start", "sun", {"ends_at": "2026-03-20T18:00:00+08:00"})
    due = trial_house.case(ref).due
    assert due == trial_house.now + timedelta(hours=10)
    trial_house.clock.forward(hours=1)
    trial_house.fired(ref, "hold_on", "sun")
    assert trial_house.case(ref).due is None
    trial_house.clock.forward(hours=3)

    trial_house.fired(ref, "go_on", "sun")

    assert trial_house.case(ref).due == due + timedelta(hours=3)


def test_roles_are_judged_on_the_effective_time(house: House) -> None:
    """Who had the role when it took place may enter it, if still active; who has it only since may not. [semantics]"""
    ref = house.brought("complaint", "resolved")
    house.clock.set("2026-03-03 09:00")
    house.office.role_grant("tao", "customer_service", actor="admin", now=house.now)
    house.office.role_revoke("chen", "customer_service", actor="admin", now=house.now)
    yesterday: dict[str, Any] = {"at": at("2026-03-02 15:00"), "reason": "昨天办的"}

    met = house.refused(ref, "confirm", "tao", **yesterday)
    done = house.fired(ref, "confirm", "chen", **yesterday)

    assert set(met) == {"not_allowed"}
    assert done.to == "satisfied"

"""The month's close: afterwards nothing is entered late into it; corrections go on, and a manager may reopen it. [D22]"""

from datetime import date
from typing import Any

import pytest

from cuiban.errors import NotFound, Refused
from tests.support.clock import at
from tests.support.house import House
from tests.support.people import ADMIN
from tests.support.vins import vin
from tests.support.ways import CAR

LATE: dict[str, Any] = {"at": at("2026-02-27 15:00"), "reason": "补录"}


def closed(house: House, by: str = "sun") -> str:
    """Do February's close on 2 March; the duty's case."""
    house.office.catch_up(house.now)
    (row,) = house.office.duties(date(2026, 2, 1), date(2026, 3, 1), duty="d22_close", now=house.now)
    house.fired(row.ref, "submit", by)
    return row.ref


def codes(house: House, process: str = "vehicle", **how: Any) -> set[str]:
    """Try to open a case; what stands against it."""
    before = house.rows()
    with pytest.raises(Refused) as caught:
        house.opened(process, **how)
    assert house.rows() == before
    return {blocker.code for blocker in caught.value.blockers}


def test_before_the_close_late_entries_go_in(house: House) -> None:
    """A car that was called in February, entered on 2 March."""
    ref = house.opened("vehicle", **LATE)

    assert house.events(ref)[0].late


def test_after_it_none_do(house: House) -> None:
    """Neither an opening nor a step, with every other reason beside; another day's and other processes' still do."""
    ref = house.opened("vehicle", **LATE)
    closed(house)

    assert codes(house, **LATE, given={"vin": vin(2)}) == {"month_closed"}
    found = house.refused(ref, "stock_in", "sun", {**CAR, "model_year": "15"}, at=at("2026-02-28 10:00"), reason="补录")
    assert "month_closed" in found
    assert found["month_closed"].params == {"month": "2026-02"}
    assert house.opened("incident", **LATE)
    house.clock.set("2026-03-03 09:00")
    assert house.opened("vehicle", given={"vin": vin(3)}, at=at("2026-03-02 16:00"), reason="昨天到的")


def test_corrections_are_entered_today(house: House) -> None:
    """The case of a closed month is corrected by a new event; its past stays as it was reported."""
    ref = house.opened("vehicle", **LATE)
    closed(house)

    house.fired(ref, "correct", "sun", {"colour": "黑"}, reason="看错")

    assert house.case(ref).data.fields["colour"] == "黑"
    assert house.refused(ref, "correct", "sun", {"colour": "红"}, **LATE).keys() == {"month_closed"}


def test_the_lock_is_history(house: House) -> None:
    """An event of reference data with the duty, its doer and its times; replayed with all the rest."""
    ref = closed(house)

    (event,) = house.events("@months")
    assert (event.action, event.by, event.at) == ("month_close", "sun", house.now)
    assert event.fields == {"ledger": "sales", "month": "2026-02", "case": ref}
    (row,) = house.office.months()
    assert (row["month"], row["by"], row["ref"]) == ("2026-02", "sun", ref)
    assert house.another().months() == [row]


def test_only_doing_it_closes(house: House) -> None:
    """Waived, missed or another duty: the month stays open. Done again by another office: closed once."""
    house.office.catch_up(house.now)
    (row,) = house.office.duties(date(2026, 2, 1), date(2026, 3, 1), duty="d22_close", now=house.now)
    house.fired(row.ref, "waive", "he", reason="系统停机")

    assert house.office.months() == []
    house.office.catch_up(house.clock.set("2026-06-01 09:00"))
    assert house.office.months() == []


def test_many_at_once_close_it_too(house: House) -> None:
    """In one call with other steps: what follows in it is judged by the lock."""
    house.office.catch_up(house.now)
    (row,) = house.office.duties(date(2026, 2, 1), date(2026, 3, 1), duty="d22_close", now=house.now)
    car = house.opened("vehicle", **LATE)
    note = {"ref": car, "action": "note", "actor": "sun", "note": "x"}

    answers = house.office.fire_many(
        [note, {"ref": row.ref, "action": "submit", "actor": "sun"}, {**note, **LATE}, note], now=house.now
    )

    assert [isinstance(one, Refused) for one in answers] == [False, False, True, False]
    assert [row["month"] for row in house.office.months()] == ["2026-02"]
    assert codes(house, **LATE, given={"vin": vin(2)}) == {"month_closed"}


def test_the_close_is_not_simply_taken_back(house: House) -> None:
    """Whoever did it cannot withdraw it to slip something in; who reopens is named."""
    ref = closed(house)

    found = house.refused(ref, "withdraw", "sun")

    assert found["closed_by_it"].who == ["role:sales_manager", "role:administrator"]


def test_a_manager_reopens_with_a_reason(house: House) -> None:
    """Recorded; late entries go in until it is closed again. The clerk may not."""
    closed(house)
    office = house.office
    how: dict[str, Any] = {"now": house.now}
    with pytest.raises(Refused) as caught:
        office.month_reopen("2026-02", reason="", actor="sun", **how)
    assert {one.code for one in caught.value.blockers} == {"not_allowed", "reason_missing"}

    office.month_reopen("2026-02", reason="漏一台", actor="he", **how)

    assert office.months() == []
    assert house.opened("vehicle", **LATE, given={"vin": vin(2)})
    office.month_close("2026-02", reason="补齐", actor=ADMIN, **how)
    assert codes(house, **LATE, given={"vin": vin(3)}) == {"month_closed"}
    assert [event.action for event in house.events("@months")] == ["month_close", "month_reopen", "month_close"]


@pytest.mark.parametrize(("month", "ledger"), [("2026-13", "sales"), ("x", "sales"), ("2026-02", "fleet")])
def test_no_such_month_or_ledger(house: House, month: str, ledger: str) -> None:
    """Not found; nothing is written."""
    before = house.rows()

    with pytest.raises(NotFound):
        house.office.month_close(month, ledger=ledger, reason="x", actor="he", now=house.now)
    with pytest.raises(Refused):
        house.office.month_close("2026-04", reason="x", actor="he", now=house.now)

    assert house.rows() == before

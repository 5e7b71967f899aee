"""What an entry of the list tells beside its due: attempts, whom it climbed to, what may be done; and what comes next."""

import time
from datetime import date, timedelta

import pytest

from cuiban.errors import DatabaseTrouble, Refused, Usage
from tests.support.clock import at
from tests.support.house import House
from tests.support.people import ADMIN
from tests.support.ways import WAYS

SETTLED = {"settled_at": "2026-02-26T16:20:00+08:00"}


def test_attempts_of_this_cycle_are_counted(house: House) -> None:
    """Twice not reached: on the list, by the step; a step that is no attempt is not counted. [A4]"""
    ref = house.opened("callback")
    assert getattr(house.item(ref, "wang"), "tried", None) == {}
    for _ in range(2):
        house.fired(ref, "no_answer", "wang")

    item = house.item(ref, "wang")

    assert item is not None
    assert item.tried == {"no_answer": 2}
    ref = house.brought("complaint", "accepted")
    house.fired(ref, "change_promise", "li", {"promised_at": house.now + timedelta(days=2)}, reason="配件没到")
    assert getattr(house.item(ref, "li"), "tried", None) == {}


def test_whom_it_climbed_to_is_named(house: House) -> None:
    """A working day late: the superior; three: theirs too. Nobody before."""
    ref = house.opened("callback", given=SETTLED, assignee="chen")
    told = []
    for text in ("2026-03-02 08:00", "2026-03-03 10:00", "2026-03-06 10:00"):
        house.clock.set(text)
        item = house.item(ref, "chen")
        assert item is not None
        told.append((item.level, item.told))

    assert told == [(0, []), (1, ["zhou"]), (2, ["zhou", "ma"])]


def test_what_only_the_person_may_do_is_not_offered_to_a_substitute(house: House) -> None:
    """DOSS knows no substitute: who stands in sees the case, may not sign, and is not asked to. [D9]"""
    given = {"title": "价格公告", "published_at": house.now}
    ref = house.office.open("announcement", actor="sun", fields=given, now=house.now).ref
    called = {"content": "自3月起", "signers": "高燕", "sign_by": house.now + timedelta(days=2)}
    (sign_in,) = house.fired(ref, "call", "sun", called).opened
    house.office.absence_add("gao", house.now, house.now + timedelta(days=1), substitute="tao", actor=ADMIN, now=house.now)

    mine, stood_in = house.item(sign_in, "gao"), house.item(sign_in, "tao")

    assert mine is not None
    assert stood_in is not None
    assert [action.name for action in mine.actions] == ["sign"]
    assert [action.name for action in stood_in.actions] == []


def test_the_next_duty_is_known_before_it_is_on_a_list(house: House) -> None:
    """On Saturday the clerk's next is Monday's; for somebody without duties there is none. Not one that is switched off."""
    house.office.catch_up(house.clock.set("2026-03-07 09:00"))

    found = house.office.coming("wang", house.now)
    assert found is not None
    assert (found.due, found.title.zh) == (at("2026-03-09 12:00"), "早会反馈厂家")
    assert house.office.coming("li", house.now) is None
    for name in ("b10_files", "b11_morning_meeting", "b21_chase"):
        house.office.duty_set(name, off=True, reason="x", actor=ADMIN, now=house.now)
    later = house.office.coming("wang", house.now)
    assert later is not None
    assert later.due == at("2026-03-09 16:00")


def test_the_next_one_of_a_machine_is_its_users(house: House) -> None:
    """Per machine: who has it, nobody else of the role. [C4]"""
    house.office.register_add("asset", {"tag": "PC-1", "what": "电脑", "holder": "li"}, actor="wu", now=house.now)
    house.clock.set("2026-03-03 09:00")

    found = house.office.coming("li", house.now)

    assert found is not None
    assert (found.duty, found.due.date()) == ("c4_patches", date(2026, 3, 9))
    assert house.office.coming("ren", house.now) is None


def test_fire_hands_over_by_assign_alone(house: House) -> None:
    """The public face's `fire` takes to whom; any other step refuses a word that it would not heed."""
    ref = house.opened("callback")

    assert house.fired(ref, "assign", "wang", assignee="chen").holder == "chen"
    with pytest.raises(Usage):
        house.fired(ref, "no_answer", "chen", assignee="wang")


@pytest.mark.parametrize(
    ("person", "code"),
    [("nobody", "unknown_person"), ("\ud800", "unknown_person"), ("wu", "not_active"), ("li", "lacks_role"),
     ("shen", "reads_only")],
)  # fmt: skip
def test_a_case_is_opened_for_somebody_who_can_have_it(house: House, person: str, code: str) -> None:
    """Not for a stranger, for somebody who has left or who lacks the role: it would stand on nobody's list."""
    house.office.user_off("wu", actor=ADMIN, now=house.now)
    before = house.rows()

    with pytest.raises(Refused) as refused:
        house.opened("callback", assignee=person)

    assert [blocker.code for blocker in refused.value.blockers] == [code]
    assert house.rows() == before


def test_a_case_goes_to_whom_its_field_names(house: House) -> None:
    """A complaint is who is responsible's: opened for somebody else, it would be held by one who may do nothing with it."""
    responsible = WAYS["complaint"].fields["responsible"]
    before = house.rows()

    with pytest.raises(Refused) as refused:
        house.opened("complaint", assignee="sun")

    assert [(blocker.code, blocker.params["person"]) for blocker in refused.value.blockers] == [("another_named", "sun")]
    assert house.rows() == before
    assert house.case(house.opened("complaint", assignee=responsible)).holder == responsible


def test_nobody_who_only_reads_is_given_a_case(house: House) -> None:
    """An auditor alone does nothing: neither opened for, nor handed over to."""
    ref = house.opened("complaint")
    acts = [lambda: house.opened("complaint", assignee="shen"), lambda: house.fired(ref, "assign", "zhou", assignee="shen")]
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()  # type: ignore[no-untyped-call]
        assert "reads_only" in {blocker.code for blocker in refused.value.blockers}


def test_a_list_does_not_wait_for_a_locked_database(house: House) -> None:
    """Catching up gives up after its patience; what is there is read; a later try works, and steps wait as long as ever."""
    house.office.todo(actor="wang", now=house.now)
    sqlite = house.office.database.dialect == "sqlite"
    with house.raw() as raw:
        raw.run("BEGIN IMMEDIATE" if sqlite else "BEGIN")
        if not sqlite:
            raw.run("SELECT id FROM dealerships FOR UPDATE")
        begin = time.monotonic()
        with pytest.raises(DatabaseTrouble) as told:
            house.office.catch_up(house.now, patience=0.2)
        took = time.monotonic() - begin
        assert house.office.todo(actor="wang", now=house.now) == []
        raw.run("ROLLBACK")

    assert told.value.code == "locked"
    assert took < 3
    assert house.office.catch_up(house.now, patience=0.2).opened > 0
    patience = house.office.database.connection().execute("PRAGMA busy_timeout" if sqlite else "SHOW lock_timeout").fetchone()[0]
    assert patience in (30_000, "30s")

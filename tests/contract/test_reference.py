"""Reference data is history too: people, roles, absences, calendar, duties, settings, each change an event."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from cuiban.engine import reference
from cuiban.engine.blockers import Blocker
from cuiban.errors import BadInput, CuibanError, NotFound, Refused, Usage
from tests.support.clock import at
from tests.support.house import House
from tests.support.people import ADMIN
from tests.support.ways import WAYS


def codes(act: Any) -> set[str]:
    """The codes of a refusal."""
    with pytest.raises(Refused) as refused:
        act()
    found: tuple[Blocker, ...] = refused.value.blockers
    return {blocker.code for blocker in found}


def test_a_past_day_can_be_rebuilt(house: House) -> None:
    """Who had which role, who stood in, which hours counted on a past day: the fold of the events until then."""
    house.office.role_grant("tao", "customer_service", actor=ADMIN, now=house.now)
    house.office.absence_add("wang", house.now, house.now + timedelta(days=2), substitute="tao", actor="wang", now=house.now)
    house.clock.set("2026-03-06 09:00")
    house.office.role_revoke("tao", "customer_service", actor=ADMIN, now=house.now)
    house.office.user_off("liu", actor=ADMIN, now=house.now)

    then, now = at("2026-03-03 09:00"), house.now
    people = reference.fold("@people", [e for e in house.events("@people") if e.recorded_at <= then])
    roster = reference.roster_of(people, reference.fold("@absences", house.events("@absences")))

    assert roster.has("tao", "customer_service", then)
    assert roster.active("liu", then)
    assert roster.stands_in_for("tao", then) == ["wang"]
    today = house.office.roster(now)
    assert today.has("tao", "customer_service", then)  # the present roster knows the past, too
    assert not today.has("tao", "customer_service", now)
    assert not today.active("liu", now)


def test_every_change_names_who_and_when(house: House) -> None:
    """Actor, time of entry, reason aside, chained like a case's history."""
    house.office.setting("late_days", 5, reason="月底结账", actor=ADMIN, now=house.now)
    house.office.calendar_set(date(2026, 3, 9), [], reason="盘点", actor=ADMIN, now=house.now)
    house.office.duty_set("b14_cases", due="17:00", reason="厂家改了", actor=ADMIN, now=house.now)

    for stream in ("@settings", "@calendar", "@duties"):
        event = house.events(stream)[-1]
        assert (event.by, event.recorded_at) == (ADMIN, house.now)
        assert set(event.reason) == {"#"}
    assert house.office.replay_all().unequal == []


def test_a_setting_holds_for_new_cases(house: House) -> None:
    """An open case keeps the definition that it runs under; the next one has the new."""
    old = house.opened()
    house.office.setting("at_once_hours", 8, reason="人手少", actor=ADMIN, now=house.now)

    new = house.opened()

    assert house.case(old).definition != house.case(new).definition
    assert (house.case(old).due, house.case(new).due) == (at("2026-03-02 14:30"), at("2026-03-03 09:00"))


def test_an_own_day_off_moves_open_dues(house: House) -> None:
    """An override recomputes what is open, says what moved, and keeps the old due in the history."""
    ref = house.opened()
    before = house.case(ref).due

    moved = house.office.calendar_set(date(2026, 3, 2), [["08:30", "11:00"]], reason="停电", actor=ADMIN, now=house.now)

    after = house.case(ref).due
    assert moved == [{"ref": ref, "old": before, "new": after}]
    assert after == at("2026-03-03 10:30")
    assert [event.action for event in house.events(ref)] == ["open", "recompute"]


def test_only_administrators_change_people_and_settings(house: House) -> None:
    """Everybody else is told who may."""
    now = house.now
    acts: list[Callable[[], object]] = [
        lambda: house.office.user_add("x", "某", actor="zhou", now=now),
        lambda: house.office.user_set("li", name="李", actor="zhou", now=now),
        lambda: house.office.user_off("li", actor="zhou", now=now),
        lambda: house.office.role_grant("li", "finance", actor="zhou", now=now),
        lambda: house.office.role_revoke("qian", "finance", actor="zhou", now=now),
        lambda: house.office.setting("late_days", 3, reason="x", actor="zhou", now=now),
        lambda: house.office.calendar_set(date(2026, 3, 9), [], reason="x", actor="zhou", now=now),
        lambda: house.office.calendar_publish(2027, {}, actor="zhou", now=now),
        lambda: house.office.duty_set("b14_cases", off=True, reason="x", actor="zhou", now=now),
        lambda: house.office.number_start("outbound_slip", 5, actor="zhou", now=now),
    ]

    assert [codes(act) for act in acts] == [{"not_allowed"}] * len(acts)


def test_one_administrator_always_remains(house: House) -> None:
    """Neither leaving nor losing the role may leave nobody; with a second one both may."""
    now = house.now
    assert codes(lambda: house.office.user_off(ADMIN, actor=ADMIN, now=now)) == {"last_administrator"}
    assert codes(lambda: house.office.role_revoke(ADMIN, "administrator", actor=ADMIN, now=now)) == {"last_administrator"}

    house.office.role_grant("xu", "administrator", actor=ADMIN, now=now)
    house.office.user_off(ADMIN, actor=ADMIN, now=now)

    assert house.office.roster(now).holders("administrator", now) == ["xu"]


def test_two_administrators_cannot_retire_each_other_at_once(house: House) -> None:
    """Judged again by what the other one did: one of the two remains. [Counting without a lock: neither is last]"""
    house.office.role_grant("xu", "administrator", actor=ADMIN, now=house.now)

    def retire(pair: tuple[str, str]) -> str:
        try:
            house.another().role_revoke(pair[0], "administrator", actor=pair[1], now=house.now)
        except CuibanError as error:
            return error.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(retire, [("xu", ADMIN), (ADMIN, "xu")]))

    with house.another() as fresh:
        assert len(fresh.roster(house.now).holders("administrator", house.now)) == 1
    assert answers == ["done", "refused"]


def test_changes_at_the_same_moment_are_all_kept(house: House) -> None:
    """Eight people looked at masked numbers at once, eight absences were entered: each is an event, none a conflict."""
    ref = house.opened()
    people = ["wang", "chen", "li", "zhao", "liu", "tao", "ren", "zhou"]
    later = house.now + timedelta(days=1)

    def act(person: str) -> int:
        office = house.another()
        office.show(ref, actor=person, now=house.now, reveal=True)
        return office.absence_add(person, house.now, later, substitute=None, actor=person, now=house.now).id

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(act, people))

    assert sorted(ids) == list(range(1, 9))
    assert sorted(event.by for event in house.events("@access")) == sorted(people)
    assert [event.seq for event in house.events("@absences")] == list(range(1, 9))


# what could never be read again is never kept --------------------------------------------------------------------------


NO_HOURS = (
    [["08:00"]],
    [["8", "9"]],
    [["25:00", "26:00"]],
    [["12:00", "08:00"]],
    [["08:00", "10:00"], ["09:00", "11:00"]],
    ["08:00-10:00"],
    [[8, 9]],
)


@pytest.mark.parametrize("windows", NO_HOURS)
def test_hours_that_are_none_are_refused(house: House, windows: Any) -> None:
    """A calendar that cannot be read would end every list; it is refused at the door."""
    before = house.rows()

    with pytest.raises(BadInput):
        house.office.calendar_set(date(2026, 3, 9), windows, reason="x", actor=ADMIN, now=house.now)

    assert house.rows() == before
    assert house.office.todo(actor="wang", now=house.now) == []


@pytest.mark.parametrize("days", [{"2027-13-01": "off"}, {"2026-01-01": "off"}, {"2027-01-01": "holiday"}, {"x": "off"}])
def test_days_that_are_none_are_refused(house: House, days: dict[str, str]) -> None:
    """A year is published by its own days, off or make-up."""
    with pytest.raises(BadInput):
        house.office.calendar_publish(2027, days, actor=ADMIN, now=house.now)

    assert house.office.catch_up(house.now).opened > 0


@pytest.mark.parametrize("wish", [{"due": "25:00"}, {"due": "noon"}, {"doer": "role:nobody"}, {"doer": "某某"}])
def test_a_duty_that_could_not_be_opened_is_refused(house: House, wish: dict[str, Any]) -> None:
    """Due at a clock time, done by a role or a person of the house."""
    assert codes(lambda: house.office.duty_set("b14_cases", reason="x", actor=ADMIN, now=house.now, **wish))

    assert house.office.catch_up(house.now).opened > 0


def test_unknown_people_roles_settings_duties_are_not_found(house: House) -> None:
    """Each by its own sentence, never by a traceback."""
    now = house.now
    acts: list[Callable[[], object]] = [
        lambda: house.office.user_set("nobody", name="x", actor=ADMIN, now=now),
        lambda: house.office.user_off("nobody", actor=ADMIN, now=now),
        lambda: house.office.role_grant("nobody", "finance", actor=ADMIN, now=now),
        lambda: house.office.role_revoke("nobody", "finance", actor=ADMIN, now=now),
        lambda: house.office.setting("nothing", 1, reason="x", actor=ADMIN, now=now),
        lambda: house.office.duty_set("nothing", off=True, reason="x", actor=ADMIN, now=now),
        lambda: house.office.absence_end(99, actor=ADMIN, now=now),
        lambda: house.office.numbers("nothing"),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()
    assert codes(lambda: house.office.role_grant("li", "king", actor=ADMIN, now=now)) == {"unknown_role"}
    assert codes(lambda: house.office.role_grant("li", "manufacturer", actor=ADMIN, now=now)) == {"unknown_role"}
    assert codes(lambda: house.office.setting("late_days", "many", reason="x", actor=ADMIN, now=now)) == {"wrong_value"}
    assert codes(lambda: house.office.setting("late_days", 999, reason="x", actor=ADMIN, now=now)) == {"wrong_value"}


@pytest.mark.parametrize("id", ["", "role:x", "@people", "case:1", "system", "a b", "a\nb"])
def test_some_ids_mean_something_else(house: House, id: str) -> None:
    """A person's id is never what a role, a stream or the clock is called."""
    with pytest.raises(Usage):
        house.office.user_add(id, "某", actor=ADMIN, now=house.now)


def test_superiors_form_no_circle(house: House) -> None:
    """Nobody stands above himself, over however many levels."""
    assert codes(lambda: house.office.user_set("ma", superior="wang", actor=ADMIN, now=house.now)) == {"superior_circle"}


@pytest.mark.parametrize(
    "wish",
    [{"start": at("2026-03-03 09:00")}, {"start": date(1, 1, 1)}, {"start": date(9999, 12, 31)}, {"off": "no"}, {"off": 1},
     {"off": []}, {"due": 1700}, {"due": b"17:00"}],
)  # fmt: skip
def test_a_change_that_nobody_could_read_again_is_refused(house: House, wish: dict[str, Any]) -> None:
    """A day is no instant, and off is yes or no: history would keep it for ever, and no duty would be opened any more."""
    before = house.rows()

    assert codes(lambda: house.office.duty_set("b13_arrivals", reason="x", actor=ADMIN, now=house.now, **wish)) == {"wrong_value"}

    assert house.rows() == before
    assert house.another().catch_up(house.now).opened > 0


def test_a_clock_time_is_kept_as_it_is_read(house: House) -> None:
    """What was typed as 9:00 is 09:00 in the answer and in history."""
    changed = house.office.duty_set("b13_arrivals", due="9:00", reason="x", actor=ADMIN, now=house.now)

    assert changed["due"] == house.events("@duties")[-1].fields["due"] == "09:00"


@pytest.mark.parametrize(
    "act",
    [
        lambda office, **how: office.number_start("outbound_slip", True, **how),
        lambda office, **how: office.number_start("outbound_slip", 5.0, **how),
        lambda office, **how: office.number_start("outbound_slip", "7", **how),
        lambda office, **how: office.number_void("outbound_slip", True, reason="x", **how),
        lambda office, **how: office.absence_end(True, **how),
        lambda office, **how: office.absence_end(1.0, **how),
        lambda office, **how: office.calendar_publish(2027.0, {"2027-01-01": "off"}, **how),
        lambda office, **how: office.user_add(5, "张三", **how),
        lambda office, **how: office.user_add("zhang", "张三", roles=["finance", 5], **how),
        lambda office, **how: office.duty_set("b13_arrivals", doer=["wang"], reason="x", **how),
        lambda office, **how: office.user_set("ren", name=["任"], **how),
    ],
)
def test_what_is_no_number_and_no_text_is_refused(house: House, act: Callable[..., object]) -> None:
    """True is no number 1 and 5.0 no number 5: history would keep them as they are."""
    house.office.absence_add("wang", house.now, house.now + timedelta(days=2), actor="wang", now=house.now)
    before = house.rows()

    with pytest.raises((Usage, Refused)):
        act(house.office, actor=ADMIN, now=house.now)

    assert house.rows() == before


def test_a_version_is_a_whole_number(house: House) -> None:
    """2.0 and True are no versions, of a case or of a row."""
    ref = house.opened()
    row = house.office.register_add("customer", {"name": "钱多", "phone": "13700137001"}, actor="wang", now=house.now).id
    for version in (1.0, True):
        with pytest.raises(Usage):
            house.office.fire(ref, "note", actor="wang", note="x", if_version=version, now=house.now)  # type: ignore[arg-type]
        with pytest.raises(Usage):
            house.office.register_set(
                "customer", row, {"name": "钱少"}, actor="wang", if_version=version, now=house.now,  # type: ignore[arg-type]
            )  # fmt: skip


class Word(str):
    """A text of some library's own kind."""


class Number(int):
    """A number of some library's own kind."""


class Moment(datetime):
    """An instant of some library's own kind, as of those that reckon with zones or tables."""


def test_values_of_a_kind_of_their_own_are_kept_plain(house: House) -> None:
    """A subclass of text, number or instant is what it says; nobody but the caller knows its class."""
    now = Moment.fromisoformat(house.now.isoformat())
    start = Moment(2026, 3, 2, 9, tzinfo=house.office.zone)
    usual = WAYS["complaint"].fields
    given: dict[str, Any] = {Word(name): Word(value) if isinstance(value, str) else value for name, value in usual.items()}
    office = house.office

    ref = office.open(Word("complaint"), actor=Word("wang"), fields=given, at=start, now=now, key=Word("k"), via=Word("x")).ref
    done = office.fire(Word(ref), Word("note"), actor=Word("wang"), note=Word("记"), now=now, key=Word("l"))
    member = office.role_grant(Word("ren"), Word("finance"), actor=Word(ADMIN), reason=Word("x"), now=now)
    office.absence_add(Word("wang"), now, now + timedelta(days=1), substitute=Word("chen"), actor=Word("wang"), now=now)
    office.setting(Word("late_days"), Number(5), reason="x", actor=ADMIN, now=now)
    office.number_void(Word("outbound_slip"), 1, reason=Word("污损"), actor=ADMIN, now=now)
    office.show(Word(ref), actor=Word("wang"), reveal=True, now=now)
    row: dict[str, Any] = {Word("name"): Word("钱多"), Word("phone"): Word("13700137001")}
    customer = office.register_add(Word("customer"), row, actor=Word("wang"), now=now, via=Word("x")).id
    less: dict[str, Any] = {Word("name"): Word("钱少")}
    office.register_set(Word("customer"), Word(customer), less, actor=Word("wang"), now=now)

    assert {type(value) for value in (done.by, done.at, member.id, house.events("@absences")[-1].by)} == {str, datetime}
    assert type(house.case(ref).data.fields["responsible"]) is str
    assert office.replay_all().unequal == []


@pytest.mark.parametrize("ref", ["NOPE", "\ud800", "TS-\ud800"])
def test_nothing_is_recorded_of_looking_at_what_is_not_there(house: House, ref: str) -> None:
    """A case that does not exist was revealed to nobody."""
    before = house.office.size()

    with pytest.raises(NotFound):
        house.office.show(ref, actor="wang", reveal=True, now=house.now)

    assert house.office.size() == before

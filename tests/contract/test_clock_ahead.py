"""A clock that is wrong and comes right again: no duty is lost to it, no time runs back, and the list is always shown. [R7]"""

from collections import Counter
from datetime import date

from cuiban.engine.case import NOBODY
from tests.support.clock import at
from tests.support.house import House

MARCH = (date(2026, 3, 1), date(2026, 4, 1))
TOLD = {"overall": 2, "topic": "漆面", "department": "paint", "description": "有划痕", "responsible": "li"}


def standing(house: House) -> Counter[str]:
    """How the occurrences of March stand."""
    return Counter(row.state for row in house.office.duties(*MARCH, now=house.now))


def test_what_a_clock_ahead_has_missed_is_taken_back(house: House) -> None:
    """45 days ahead and back: what was open is open, what comes is to come, and the history says how it went."""
    house.office.catch_up(house.now)
    house.clock.set("2026-03-03 08:40")
    house.office.catch_up(house.now)
    before = standing(house)
    listed = {item.ref for item in house.office.todo(actor="wang", now=house.now)}
    house.office.catch_up(at("2026-04-17 08:40"))
    assert standing(house)["missed"] > 50

    house.clock.forward(minutes=5)
    done = house.office.catch_up(house.now)

    assert (done.ahead, done.opened) == (at("2026-04-17 08:40"), 0)
    assert done.rewound > 50
    assert standing(house)["missed"] == before["missed"] == 0
    assert {item.ref for item in house.office.todo(actor="wang", now=house.now)} == listed
    ref = next(row.ref for row in house.office.duties(*MARCH, duty="b11_morning_meeting", now=house.now))
    assert [(event.action, event.by) for event in house.events(ref)[-2:]] == [("miss", NOBODY), ("rewind", NOBODY)]
    assert house.office.catch_up(house.now).rewound == 0


def test_after_a_glitch_the_month_goes_on_as_without_it(house: House) -> None:
    """Looked at each morning after the glitch: the same occurrences, missed at the same instants, submitted by whoever does."""
    house.office.catch_up(at("2026-04-17 08:40"))
    house.office.catch_up(house.now)
    house.clock.set("2026-03-03 09:00")
    house.office.catch_up(house.now)
    rows = house.office.duties(date(2026, 3, 2), date(2026, 3, 4), duty="b11_morning_meeting", now=house.now)
    house.fired(rows[1].ref, "submit", "wang")

    house.clock.set("2026-03-20 09:00")
    house.office.catch_up(house.now)

    found = house.office.duties(date(2026, 3, 2), date(2026, 3, 4), duty="b11_morning_meeting", now=house.now)
    assert [(row.state, row.by) for row in found] == [("missed", None), ("done", "wang")]
    assert found[0].done_at == at("2026-03-09 13:30")
    assert max(row.done_at for row in house.office.duties(*MARCH, now=house.now) if row.done_at) <= house.now


def test_what_a_person_did_meanwhile_stands(house: House) -> None:
    """Under the clock that was ahead somebody waived a duty: who says that the clock is right keeps it, the missed ones go back."""
    house.office.catch_up(house.now)
    rows = house.office.duties(date(2026, 3, 2), date(2026, 3, 3), duty="b11_morning_meeting", now=house.now)
    ahead = at("2026-03-06 08:40")
    house.fired(rows[0].ref, "waive", "zhou", reason="停电", now=ahead)
    house.office.catch_up(at("2026-04-06 08:40"))

    doubted = house.office.catch_up(house.now)
    done = house.office.catch_up(house.now, sure=True)

    assert (doubted.doubted, doubted.rewound) == (ahead, 0)
    assert done.rewound > 0
    assert standing(house)["missed"] == 0
    assert standing(house)["waived"] == 1


def test_a_clock_far_ahead_opens_nothing(house: House) -> None:
    """In 2099 nothing is opened or fired, however often somebody looks, until somebody says that it is right."""
    house.office.catch_up(house.now)
    before = house.rows()

    for year in (2099, 2030):
        done = house.office.catch_up(at(f"{year}-03-02 09:00"))
        assert (done.doubted, done.opened, done.fired) == (house.now, 0, 0)
    assert house.rows() == before

    assert house.office.catch_up(at("2026-07-01 09:00")).doubted == house.now
    assert house.office.catch_up(at("2026-07-01 09:00"), sure=True).missed > 100


def test_an_empty_battery_takes_nothing_back(house: House) -> None:
    """A clock in 2020 is behind what people have entered: nothing is taken back, and later nothing is doubted."""
    house.office.catch_up(house.now)
    house.clock.set("2026-03-20 09:00")
    house.office.catch_up(house.now)
    house.opened()
    before = house.rows(), standing(house)

    done = house.office.catch_up(at("2020-01-01 00:00"))

    assert (done.doubted, done.rewound) == (house.now, 0)
    assert (house.rows(), standing(house)) == before
    house.clock.forward(days=1)
    assert house.office.catch_up(house.now).doubted is None


def test_what_such_a_step_opens_counts_from_the_same_instant(house: House) -> None:
    """A problem found by a clock an hour behind: the case that it opens begins when the step counts."""
    ref = house.opened("callback")
    since = house.now
    house.clock.forward(hours=-1)

    done = house.fired(ref, "complain", "wang", TOLD, papers=["quick_form"])

    assert done.at == since
    assert [house.case(opened).opened_at for opened in done.opened] == [since]


def test_a_timed_step_that_moved_another_case_stays_and_is_named(house: House) -> None:
    """By a clock that was ahead: a document that takes effect alone goes back; one that replaced an older is told. [C21]"""
    rule = {"title": "防病毒措施", "kind": "antivirus", "secrecy": "internal", "kept_by": "IT部"}
    days = {"issued_on": "2026-03-02", "in_force_on": "2026-03-09"}

    def issued(**other: str) -> str:
        ref = house.office.open("controlled_document", actor="wu", fields={**rule, **other}, now=house.now).ref
        house.fired(ref, "submit", "wu", {"file": "a" * 64}, papers=["document"])
        for who in ("wu", "xu", "ma"):
            house.fired(ref, "sign", who)
        house.fired(ref, "issue", "xu", days)
        return ref

    house.office.catch_up(house.now)
    alone, replaced = issued(), issued(title="旧措施")
    newer = issued(title="新措施", replaces=str(house.case(replaced).data.fields["number"]))
    house.office.catch_up(at("2026-03-20 08:40"))
    assert [house.case(ref).state for ref in (alone, newer)] == ["in_force", "in_force"]

    house.clock.forward(minutes=5)
    done = house.office.catch_up(house.now)

    assert house.case(alone).state == "issued"
    assert (house.case(newer).state, newer in done.stay, alone in done.stay) == ("in_force", True, False)
    house.clock.set("2026-03-09 08:40")
    house.office.catch_up(house.now)
    assert house.case(alone).state == "in_force"

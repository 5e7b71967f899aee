"""Cases that a step opened for each entry of a list end with their parent; a new cycle has new ones. [language.md (a) Fan-out]"""

from datetime import timedelta

from tests.support.house import House


def asked(house: House, people: str = "li, liu") -> tuple[str, list[str]]:
    """A draft about which people were asked; their cases."""
    ref = house.office.open("trial", actor="sun", fields={"title": "年会"}, now=house.now).ref
    return ref, house.fired(ref, "ask", "sun", {"people": people}).opened


def test_open_children_are_cancelled_with_their_parent(trial_house: House) -> None:
    """In the same commit, because of it, on nobody's list any more; one that has ended stays as it ended."""
    house = trial_house
    ref, (first, second) = asked(house)
    house.fired(first, "reply", "li", {"text": "去"})

    house.fired(ref, "cancel", "sun", reason="不办了")

    assert [house.case(one).state for one in (ref, first, second)] == ["cancelled", "answered", "cancelled"]
    event = house.events(second)[-1]
    assert (event.action, event.by, event.recorded_at) == ("cancel", "sun", house.events(ref)[-1].recorded_at)
    (*_, past) = house.office.history(second)
    assert past.reason == ref
    assert house.item(second, "liu") is None


def test_their_own_children_too(trial_house: House) -> None:
    """However deep: who was asked had asked others."""
    house = trial_house
    ref, (first,) = asked(house, "li")
    (below,) = house.fired(first, "pass_on", "li", {"people": "tao"}).opened
    (lowest,) = house.fired(below, "pass_on", "tao", {"people": "liu"}).opened

    house.fired(ref, "cancel", "sun", reason="不办了")

    assert {house.case(one).state for one in (ref, first, below, lowest)} == {"cancelled"}


def test_nothing_is_kept_of_a_try(trial_house: House) -> None:
    """--dry-run: neither of the parent nor of the children."""
    house = trial_house
    ref, _ = asked(house)
    before = house.rows()

    house.fired(ref, "cancel", "sun", reason="试试", dry_run=True)

    assert house.rows() == before


def test_a_child_that_moved_meanwhile_is_seen_as_it_is(trial_house: House) -> None:
    """An answer that came a moment before the cancelling stays an answer."""
    house = trial_house
    ref, (first, _) = asked(house)
    house.another().fire(first, "reply", actor="li", fields={"text": "去"}, now=house.now)

    house.fired(ref, "cancel", "sun", reason="不办了")

    assert house.case(first).state == "answered"


def test_a_reopened_parent_has_new_children(trial_house: House) -> None:
    """The cancelled ones stay cancelled and count no more; the new ones are waited for."""
    house = trial_house
    ref, old = asked(house)
    house.fired(ref, "cancel", "sun", reason="不办了")
    house.fired(ref, "reopen", "sun", reason="又办")
    new = house.fired(ref, "ask", "sun", {"people": "li, tao"}).opened

    assert house.refused(ref, "submit", "sun")["not_all_answered"].message.zh == "还有人没答复: 0/2"
    for one, who in zip(new, ("li", "tao"), strict=True):
        house.fired(one, "reply", who, {"text": "去"})
    assert house.fired(ref, "submit", "sun").to == "sequence"
    assert {house.case(one).state for one in old} == {"cancelled"}


def test_an_entry_added_later_has_its_own_due(trial_house: House) -> None:
    """Four working hours from when that person was asked."""
    house = trial_house
    ref, (first, _) = asked(house)
    house.clock.forward(hours=1)

    (added,) = house.fired(ref, "ask", "sun", {"people": "tao"}).opened

    due, later = house.case(first).due, house.case(added).due
    assert due is not None
    assert later == due + timedelta(hours=1)


def test_counting_again_drops_the_differences_of_the_first_count(house: House) -> None:
    """Whoever was to explain them is rid of them; the second count has its own. [D17]"""
    from tests.support.vins import vin

    ref = house.office.open("stocktake", actor="sun", fields={"month": "2026-02"}, now=house.now).ref
    cars = [{"vin": vin(1)}, {"vin": vin(2)}]
    house.fired(ref, "freeze", "sun", {"cutoff": house.now, "lines": cars}, papers=["sheet"])
    counted = {"cars": 1, "differs": [{"vin": vin(1), "found": "missing"}]}
    (old,) = house.fired(ref, "count", "qian", counted).opened

    house.fired(ref, "recount", "qian", reason="漏数一排")
    (new,) = house.fired(ref, "count", "qian", counted).opened

    assert (house.case(old).state, house.case(new).state) == ("dropped", "open")
    assert house.item(old, "sun") is None

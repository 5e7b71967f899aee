"""Who may, who holds, who stands in: claim, release, hand over, dated absence. [semantics: Transitions]"""

from datetime import timedelta

import pytest

from cuiban.errors import Conflict, Refused
from tests.support.clock import at
from tests.support.house import House
from tests.support.people import ADMIN, AUDITOR

PROMISE = {"promised_at": "2026-03-03T10:00:00+08:00"}


def away(house: House, person: str, substitute: str | None, days: int = 3) -> None:
    """Somebody is away from now on."""
    until = house.now + timedelta(days=days)
    house.office.absence_add(person, house.now, until, substitute=substitute, actor=person, now=house.now)


# claim, release, hand over --------------------------------------------------------------------------------------------


def test_a_claimed_case_is_its_holders(house: House) -> None:
    """Claimed, it leaves the others' hands; released, anyone in the role may do it again."""
    ref = house.brought("complaint", "resolved")

    held = house.office.claim(ref, actor="chen", now=house.now)
    met = house.refused(ref, "confirm", "wang")
    mine = house.item(ref, "chen")
    released = house.office.release(ref, actor="chen", now=house.now)

    assert (held.assignee, released.assignee) == ("chen", None)
    assert met["claimed"].who == ["chen"]
    assert mine is not None
    assert mine.mine == "assignee"
    assert house.fired(ref, "confirm", "wang").to == "satisfied"


def test_claiming_twice_is_no_harm(house: House) -> None:
    """Whoever has it may claim it again."""
    ref = house.brought("complaint", "resolved")
    house.office.claim(ref, actor="chen", now=house.now)

    assert house.office.claim(ref, actor="chen", now=house.now).assignee == "chen"


def test_only_the_role_claims(house: House) -> None:
    """Somebody outside the role is told whose it is."""
    ref = house.brought("complaint", "resolved")

    with pytest.raises(Refused) as refused:
        house.office.claim(ref, actor="sun", now=house.now)

    assert refused.value.blockers[0].who == ["role:customer_service"]


def test_a_step_may_claim(house: House) -> None:
    """Taking an incident is claiming it, and it stays claimed while it waits. [C1]"""
    ref = house.brought("incident", "in_progress")
    house.fired(ref, "wait", "wu")
    house.fired(ref, "resume", "wu")

    assert house.case(ref).assignee == "wu"


def test_handing_over_is_for_good_and_a_person_field_follows(house: House) -> None:
    """By holder, chaser or a superior; the responsible person of the case is then another."""
    ref = house.opened()

    held = house.office.assign(ref, "liu", actor="zhou", now=house.now)

    assert held.assignee == "liu"
    assert house.case(ref).data.fields["responsible"] == "liu"
    assert house.refused(ref, "accept", "li", PROMISE)["not_allowed"].who == ["liu"]
    assert house.fired(ref, "accept", "liu", PROMISE).to == "accepted"


@pytest.mark.parametrize("actor", ["li", "wang", "zhou", "ma"])
def test_holder_chaser_and_superiors_hand_over(house: House, actor: str) -> None:
    """Whose it is, who chases it (anyone of the role), and two levels of superiors."""
    assert house.office.assign(house.opened(), "liu", actor=actor, now=house.now).assignee == "liu"


def test_nobody_else_hands_over(house: House) -> None:
    """A colleague is told who can; a person who left, or a stranger, gets nothing."""
    ref = house.opened()
    house.office.user_off("liu", actor=ADMIN, now=house.now)

    assert house.refused(ref, "assign", "zhao")["cannot_assign"].who == ["li", "role:customer_service"]
    for person, code in (("liu", "not_active"), ("某某", "unknown_person")):
        with pytest.raises(Refused) as refused:
            house.office.assign(ref, person, actor="zhou", now=house.now)
        assert [b.code for b in refused.value.blockers] == [code]


# absence ---------------------------------------------------------------------------------------------------------------


def test_a_substitute_acts_for_the_absent(house: House) -> None:
    """Both names are recorded; the case stays the absent person's and is on the substitute's list."""
    ref = house.opened()
    away(house, "li", "tao")
    item = house.item(ref, "tao")

    done = house.fired(ref, "accept", "tao", PROMISE)

    assert item is not None
    assert (item.mine, item.acting_for) == ("substitute", "li")
    assert (done.by, done.for_) == ("tao", "li")
    event = house.events(ref)[-1]
    assert (event.by, event.for_) == ("tao", "li")
    assert house.case(ref).holder == "li"
    assert house.case(ref).data.signatures[0].for_ == "li"


def test_the_absence_over_the_case_is_its_owners_again(house: House) -> None:
    """On the last moment of an absence the substitute may, from then on not; the list says the same."""
    ref = house.opened()
    away(house, "li", "tao", days=1)
    house.clock.set("2026-03-03 08:59")
    assert house.item(ref, "tao") is not None
    house.clock.set("2026-03-03 09:00")

    assert house.item(ref, "tao") is None
    assert "not_allowed" in house.refused(ref, "accept", "tao", PROMISE)


def test_an_absence_ends_early(house: House) -> None:
    """Back sooner: the substitution ends with it."""
    ref = house.opened()
    away(house, "li", "tao")

    ended = house.office.absence_end(1, actor="zhou", now=house.now + timedelta(hours=1))

    assert ended.to == house.now + timedelta(hours=1)
    house.clock.forward(hours=2)
    assert house.item(ref, "tao") is None


def test_without_a_substitute_the_superior_sees_it(house: House) -> None:
    """What somebody without a substitute left behind also stands on the superior's list, at once."""
    ref = house.opened()
    away(house, "li", None)

    item = house.item(ref, "zhou")

    assert item is not None
    assert item.mine == "escalated"


def test_a_substitute_who_has_left_or_only_reads_is_none(house: House) -> None:
    """Nobody names one; and of one who leaves meanwhile, the superior sees at once what lies there, and nothing can be done for
    the absent."""
    until = house.now + timedelta(days=9)
    house.office.user_off("chen", actor=ADMIN, now=house.now)
    for gone in ("chen", AUDITOR):
        with pytest.raises(Refused) as refused:
            house.office.absence_add("li", house.now, until, substitute=gone, actor="li", now=house.now)
        assert [one.code for one in refused.value.blockers] == ["cannot_stand_in"]
    ref = house.opened()
    away(house, "li", "tao", days=9)
    assert house.item(ref, "zhou") is None

    house.clock.forward(days=1)
    house.office.user_off("tao", actor=ADMIN, now=house.now)

    item = house.item(ref, "zhou")
    assert item is not None
    assert item.mine == "escalated"
    assert "not_active" in house.refused(ref, "accept", "tao", {"promised_at": "2026-03-10T10:00:00+08:00"})


def test_a_substitute_who_is_away_too_leaves_it_to_the_superior(house: House) -> None:
    """Two absences that overlap: while both last nobody has it, and the superior sees it."""
    ref = house.opened()
    away(house, "li", "tao", days=3)
    away(house, "tao", None, days=1)
    assert house.item(ref, "zhou") is not None

    house.clock.forward(days=2)

    seen = house.item(ref, "tao")
    assert seen is not None
    assert (seen.mine, seen.acting_for) == ("substitute", "li")


def test_a_substitute_and_the_absent_are_one_pair_of_eyes(house: House) -> None:
    """Who resolved for the absent person may not confirm, and neither may the absent person. [four eyes]"""
    house.office.role_grant("li", "customer_service", actor=ADMIN, now=house.now)
    house.office.role_grant("tao", "customer_service", actor=ADMIN, now=house.now)
    ref = house.brought("complaint", "accepted")
    away(house, "li", "tao", days=1)
    house.fired(ref, "resolve", "tao", {"remedy": "换件"}, papers=["quick_form"])

    assert "four_eyes" in house.refused(ref, "confirm", "tao")
    house.clock.forward(days=1, hours=1)
    met = house.refused(ref, "confirm", "li")

    assert met["four_eyes"].params["action"] == "resolve"
    assert set(met["four_eyes"].who) == {"wang", "chen"}


def test_for_names_whom_one_acts_for(house: House) -> None:
    """Where the substitute could act in his own right too, `for_` says in whose name."""
    house.office.role_grant("tao", "customer_service", actor=ADMIN, now=house.now)
    ref = house.brought("complaint", "resolved")
    away(house, "chen", "tao")

    own = house.fired(ref, "no_answer", "tao")
    done = house.fired(ref, "confirm", "tao", for_="chen")

    assert (own.for_, done.for_) == (None, "chen")


def test_an_absent_persons_roles_are_covered(house: House) -> None:
    """What any after-sales clerk may do, the only one's substitute may."""
    ref = house.brought("complaint", "resolved")
    away(house, "wang", "tao")

    item = house.item(ref, "tao")
    done = house.fired(ref, "confirm", "tao")

    assert item is not None
    assert item.acting_for == "wang"
    assert done.for_ == "wang"


def test_absences_say_what_is_in_hand(house: House) -> None:
    """How many cases the person has, and which of them nobody could sign meanwhile."""
    house.opened()
    signing = house.brought("call_order", "signing")
    until = at("2026-03-09 09:00")

    view = house.office.absence_add("li", house.now, until, substitute=None, actor="li", now=house.now)
    boss = house.office.absence_add("ma", house.now, until, substitute=None, actor="ma", now=house.now)
    covered = house.office.absence_add("he", house.now, until, substitute="sun", actor="ma", now=house.now)

    assert (view.open_cases, view.unsignable) == (1, [])
    assert boss.unsignable == [signing]
    assert covered.unsignable == []


@pytest.mark.parametrize(
    ("person", "start", "days", "substitute", "actor", "code"),
    [
        ("li", 0, 3, "li", "li", "own_substitute"),
        ("li", 0, -1, None, "li", "backward"),
        ("li", 0, 0, None, "li", "backward"),
        ("li", 0, 3, "某某", "li", "unknown_person"),
        ("某某", 0, 3, None, ADMIN, "unknown_person"),
        ("li", 0, 3, None, "wang", "not_allowed"),
        ("wang", 1, 1, None, "wang", "overlaps"),
    ],
)
def test_absences_that_make_no_sense_are_refused(
    house: House, person: str, start: int, days: int, substitute: str | None, actor: str, code: str
) -> None:
    """By the person, a superior or an administrator; forwards; not oneself; not twice."""
    away(house, "wang", None)
    since = house.now + timedelta(days=start)
    until = since + timedelta(days=days)

    with pytest.raises(Refused) as refused:
        house.office.absence_add(person, since, until, substitute=substitute, actor=actor, now=house.now)

    assert [b.code for b in refused.value.blockers] == [code]


def test_an_auditor_reads_and_does_nothing(house: House) -> None:
    """Steps, acts and openings are refused; every reading is open."""
    ref = house.opened()

    assert set(house.refused(ref, "accept", "shen", PROMISE)) == {"reads_only"}
    assert set(house.refused(ref, "chase", "shen")) == {"reads_only"}
    with pytest.raises(Refused) as refused:
        house.opened(by="shen")
    assert [b.code for b in refused.value.blockers] == ["reads_only"]
    assert house.office.show(ref, actor="shen", now=house.now).ref == ref
    assert house.office.todo(actor="shen", now=house.now) == []


def test_what_anyone_holds_is_not_taken_twice(house: House) -> None:
    """The claim that comes second is a conflict that names the holder, even for a superior's role."""
    ref = house.brought("complaint", "resolved")
    house.office.claim(ref, actor="wang", now=house.now)

    with pytest.raises(Conflict):
        house.office.claim(ref, actor="chen", now=house.now)
    assert house.office.assign(ref, "chen", actor="zhou", now=house.now).assignee == "chen"

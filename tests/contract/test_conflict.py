"""Two people at once: one wins, the other learns who and what. Nothing is lost, nothing is done twice. [R4]"""

import pytest

from cuiban.engine.facts import Fire
from cuiban.engine.plan import plan_step
from cuiban.errors import Conflict, Refused
from cuiban.office import Office
from cuiban.store.store import Moved
from cuiban.store.troubles import Retry
from tests.support.house import House
from tests.support.people import ADMIN
from tests.support.vins import vin

PROMISE = {"promised_at": "2026-03-03T10:00:00+08:00"}


def undecided(office: Office, ref: str, fire: Fire) -> tuple[object, int]:
    """The plan of a step that somebody has decided and not yet written, and the reference data that it was judged by."""
    loaded = office.store.load(ref)
    world = office.world(loaded.reference_version)
    return plan_step(office.store.program(loaded.case.definition), loaded.case, fire, office.facts(world)), loaded.reference_version


def test_the_loser_learns_who_was_first(house: House) -> None:
    """Whoever saw an older version is told who moved the case, when, and what they did."""
    ref = house.opened()
    seen = house.case(ref).version
    house.fired(ref, "accept", "li", PROMISE)
    house.clock.forward(minutes=5)

    with pytest.raises(Conflict) as lost:
        house.fired(ref, "note", "wang", note="晚了", if_version=seen)

    assert lost.value.code == "conflict"
    assert lost.value.exit == 4
    assert "李强" in lost.value.message.zh
    assert "签字承诺" in lost.value.message.zh
    assert "03-02 09:00" in lost.value.message.zh
    assert "Sign and promise" in lost.value.message.en
    assert len(house.events(ref)) == 2


def test_a_plan_that_was_overtaken_is_not_written(house: House) -> None:
    """Compare and set: what was decided on an older version writes nothing at all."""
    ref = house.opened()
    plan, seen = undecided(house.office, ref, Fire("accept", "li", house.now, house.now, fields=PROMISE))
    house.another().fire(ref, "note", actor="wang", note="先到", now=house.now)
    before = house.rows()

    with pytest.raises(Moved) as moved:
        house.office.store.commit(plan, seen)  # type: ignore[arg-type]

    assert moved.value.event is not None
    assert (moved.value.event.by, moved.value.event.action) == ("wang", "note")
    assert house.rows() == before


def test_a_plan_judged_by_an_older_roster_is_judged_again(house: House) -> None:
    """A role that was taken away while a step was decided forbids it."""
    ref = house.brought("complaint", "resolved")
    plan, seen = undecided(house.office, ref, Fire("confirm", "chen", house.now, house.now))
    house.another().role_revoke("chen", "customer_service", actor=ADMIN, now=house.now)

    with pytest.raises(Retry):
        house.office.store.commit(plan, seen)  # type: ignore[arg-type]
    with pytest.raises(Refused) as refused:
        house.fired(ref, "confirm", "chen")

    assert [blocker.code for blocker in refused.value.blockers] == ["not_allowed"]
    assert house.case(ref).state == "resolved"


def test_the_loser_of_a_thing_learns_who_has_it(house: House) -> None:
    """Two orders, one car: the second is told which order has it. [D2 B]"""
    house.brought("vehicle", "stock")
    first = house.brought("delivery", "allocated")
    second = house.brought("delivery", "reviewed", given={"contract_number": "HT2"})

    met = house.refused(second, "allocate", "sun", {"vin": vin(1)})

    assert met["held"].params["ref"] == first
    assert first in met["held"].message.zh


def test_claiming_what_another_has_names_him(house: House) -> None:
    """A claim of what somebody else holds is a conflict, as two claims at once are. [Flowable]"""
    ref = house.brought("complaint", "resolved")
    house.office.claim(ref, actor="wang", now=house.now)

    with pytest.raises(Conflict) as lost:
        house.office.claim(ref, actor="chen", now=house.now)

    assert "王芳" in lost.value.message.zh
    assert house.case(ref).assignee == "wang"

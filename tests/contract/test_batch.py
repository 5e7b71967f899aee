"""Many steps in one call: read together, written together, and still each decided by itself, in order."""

from typing import Any

from tests.support.house import House
from tests.support.vins import vin

PROMISE = {"promised_at": "2026-03-03T10:00:00+08:00"}


def wish(ref: str, action: str, actor: str, fields: dict[str, Any] | None = None, **rest: Any) -> dict[str, Any]:
    """A step of the call."""
    return {"ref": ref, "action": action, "actor": actor, "fields": fields or {}, **rest}


def codes(answers: list[Any]) -> list[str]:
    """`done`, or the code of the error, of each answer."""
    return [getattr(answer, "code", "done") for answer in answers]


def test_a_case_goes_on_within_one_call(house: House) -> None:
    """Each step stands on the one before it; the row holds what the last one made, the history every one."""
    ref = house.opened()
    before = house.rows()

    answers = house.office.fire_many([
        wish(ref, "accept", "li", PROMISE),
        wish(ref, "note", "li", note="配件已订"),
        wish(ref, "accept", "li", PROMISE),
        wish(ref, "resolve", "li", {"remedy": "更换压缩机"}, papers={"quick_form": None}),
    ], now=house.now)  # fmt: skip

    assert codes(answers) == ["done", "done", "refused", "done"]
    assert [answer.version for answer in answers if hasattr(answer, "version")] == [2, 3, 4]
    assert (house.case(ref).state, house.case(ref).version) == ("resolved", 4)
    assert [event.action for event in house.events(ref)] == ["open", "accept", "note", "resolve"]
    assert house.rows()["personal"] == before["personal"] + 2  # the note, the remedy


def test_steps_that_reach_beyond_their_case_stand_among_the_others(house: House) -> None:
    """An allocation holds a car that the same call stocked in; who comes after it is told who has it."""
    car = house.opened("vehicle", given={"vin": vin(1)})
    first, second = (house.brought("delivery", "reviewed", given={"contract_number": f"HT{n}"}) for n in (1, 2))
    stock = {"model_year": "15", "year_source": "usual", "arrived_on": "2026-03-02", "ledger_entered": True, "bag_labelled": True}

    answers = house.office.fire_many([
        wish(car, "stock_in", "sun", stock),
        wish(first, "allocate", "sun", {"vin": vin(1)}),
        wish(second, "allocate", "sun", {"vin": vin(1)}),
        wish(first, "note", "sun", note="已通知客户"),
    ], now=house.now)  # fmt: skip

    assert codes(answers) == ["done", "done", "refused", "done"]
    assert "held" in {blocker.code for blocker in answers[2].blockers}
    assert (house.case(car).state, house.case(first).version, house.case(second).state) == ("held", 4, "reviewed")


def test_more_cases_than_are_read_at_once(house: House) -> None:
    """Some hundred are read at a time; none is left out, none is doubled."""
    refs = [house.opened(given={"topic": f"第{number}件"}) for number in range(103)]

    answers = house.office.fire_many([wish(ref, "accept", "li", PROMISE) for ref in reversed(refs)], now=house.now)

    assert [answer.ref for answer in answers] == list(reversed(refs))
    assert {house.case(ref).version for ref in refs} == {2}


def test_nothing_to_do_is_nothing_done(house: House) -> None:
    """An empty call answers nothing."""
    assert house.office.fire_many([], now=house.now) == []

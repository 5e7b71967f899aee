"""Once: under one key a wish is done once, however often it is asked, by whom, in the middle of what. [R3]

Quick: 30 keys x 5 retries on each engine; full: 1,000 x 20.
"""

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from cuiban import Office
from cuiban.errors import Refused
from tests.support.house import House
from tests.torture.work import Delivery, opening, step
from tests.torture.worker import Wish


def asked(office: Office, wish: Wish) -> Any:
    """What the office answers."""
    method, arguments = wish
    return getattr(office, method)(**arguments)


def told(answer: Any) -> tuple[Any, ...]:
    """What an answer says, but for whether it is the first."""
    return tuple(getattr(answer, name, None) for name in ("ref", "seq", "to", "at", "numbers", "chased", "opened"))


def test_keys_are_asked_again_and_again(house: House, dice: random.Random, full: bool) -> None:
    """In any order, old ones among new ones, by several at once: each retry gets the first answer, one event a key."""
    keys, retries, clients = (1000, 20, 8) if full else (30, 5, 4)
    offices = [house.another() for _ in range(clients)]
    known: list[tuple[Wish, tuple[Any, ...]]] = []
    number = 0
    while len(known) < keys:
        number += 1
        delivery = Delivery(number, house.now)
        for n in range(min(delivery.LENGTH, keys - len(known))):
            wish = delivery.wish(n)
            with ThreadPoolExecutor(clients) as pool:
                answers = list(pool.map(lambda office, wish=wish: asked(office, wish), offices))
            assert len({str(told(answer)) for answer in answers}) == 1
            delivery.learn(n, answers[0])
            known.append((wish, told(answers[0])))
            for old, first in dice.choices(known, k=retries):
                assert told(asked(dice.choice(offices), old)) == first

    commands = [e.command for view in house.office.cases(closed=None, now=house.now) for e in house.events(view.ref) if e.command]
    assert len(commands) == len(set(commands)) == keys


def test_other_content_under_a_known_key_changes_nothing(house: House, dice: random.Random, full: bool) -> None:
    """Whatever is changed in a wish, its key refuses it, and every row stays."""
    changes: dict[str, Any] = {"actor": "lin", "reason": "别的", "note": "别的", "for_": "ma"}
    ref = asked(house.office, ("open", {**opening("complaint", house.now)[1], "key": "open"})).ref
    method, arguments = step("complaint", "accept", ref, house.now)
    asked(house.office, (method, {**arguments, "key": "k"}))
    before = house.rows()

    for _ in range(1000 if full else 20):
        name = dice.choice(sorted(changes))
        with pytest.raises(Refused) as refused:
            asked(house.office, (method, {**arguments, "key": "k", name: changes[name]}))
        assert [blocker.code for blocker in refused.value.blockers] == ["key_reused"]

    assert house.rows() == before

"""kill -9 at any point: every acknowledged step is there, nothing is half-written, nothing is done twice. [R1, R5]

A killed wish is asked again under its key, as a client would who heard no answer.
"""

import random
from datetime import datetime
from itertools import count
from typing import Any

import pytest

from cuiban.office.views import Chased, Done
from tests.support.house import House
from tests.torture.work import Delivery, opening, step
from tests.torture.worker import Killed, Wish, Worker, spins


def exactly_once(house: House) -> None:
    """Every case is what its history says, every row beside it too; each key did one thing."""
    house.assert_sound()
    commands = [event.command for ref in refs(house) for event in house.events(ref) if event.command is not None]
    assert len(commands) == len(set(commands))


def refs(house: House) -> list[str]:
    """Every case."""
    return [view.ref for view in house.office.cases(closed=None, now=house.now)]


def test_killed_at_random(house: House, dice: random.Random, seed: int, full: bool) -> None:
    """Some of the wishes of a day, each killed while it runs or while it answers: quick 25 kills, full 2,500 an engine."""
    kills, left = 0, 2500 if full else 25
    worker = Worker(house.url, seed)
    slips: list[str] = []
    for number in count(1):
        delivery = Delivery(number, house.now)
        for n in range(delivery.LENGTH):
            answer = None
            while answer is None:
                worker.asked(delivery.wish(n))
                if kills < left and dice.random() < 0.3:
                    spins(dice, 0.006)
                    worker.kill()
                    kills += 1
                    worker = Worker(house.url, seed + kills)
                    assert house.office.replay_all().unequal == []
                    continue
                answer = worker.answered()
            assert isinstance(answer, Done | Chased), answer
            delivery.learn(n, answer)
            if isinstance(answer, Done):
                slips += answer.numbers.values()
                assert house.case(answer.ref).version >= answer.seq
        exactly_once(house)
        if kills >= left:
            break
    worker.ends()

    assert slips == [f"{n:07}" for n in range(1, len(slips) + 1)]
    book = [(row["number"], row["state"]) for row in house.office.numbers("outbound_slip")]
    assert book == [(slip, "void" if n % 2 == 0 else "used") for n, slip in enumerate(slips)]


def fired(ref: str, action: str, actor: str, now: datetime, **rest: Any) -> Wish:
    """Any step or act."""
    return "fire", {"ref": ref, "action": action, "actor": actor, "now": now, **rest}


def chain(house: House) -> dict[str, Wish]:
    """A wish of each kind, ready to be done in this house."""
    car = house.brought("vehicle", "stock")
    order = house.brought("delivery", "invoiced")
    callback = house.opened("callback")
    complaint = house.opened()
    calls = house.opened("call_order")
    told: dict[str, Any] = {"overall": 2, "topic": "漆面", "department": "paint", "description": "划痕", "responsible": "li"}
    promised = house.brought("complaint", "accepted")
    later = house.clock.forward(hours=1)
    return {
        "open": opening("complaint", later),
        "step": step("complaint", "accept", complaint, later),
        "slip": step("delivery", "send_out", order, later),
        "spawn": fired(callback, "complain", "wang", later, fields=told, papers={"quick_form": None}),
        "signers": step("call_order", "submit", calls, later),
        "correct": fired(car, "correct", "sun", later, fields={"colour": "黑"}, reason="错"),
        "withdraw": fired(promised, "withdraw", "li", later),
        "chase": ("chase", {"ref": complaint, "actor": "wang", "note": "快", "now": later}),
        "catch_up": ("catch_up", {"now": later}),
        "absence": ("absence_add", {"person": "li", "since": later, "until": later.replace(month=4), "actor": "li", "now": later}),
        "void": ("number_void", {"book": "outbound_slip", "number": 1, "reason": "破", "actor": "sun", "now": later}),
    }


WISHES = ("open", "step", "slip", "spawn", "signers", "correct", "withdraw", "chase", "catch_up", "absence", "void")


@pytest.mark.parametrize("which", WISHES)
def test_killed_at_every_statement(sqlite_house: House, dice: random.Random, seed: int, full: bool, which: str) -> None:
    """SQLite: one wish, killed at the beginning of its first statement, its second, .. until it lives: all of it or nothing.

    A catch-up has some thousand statements: quick, a dozen of them.
    """
    wish = chain(sqlite_house)[which]
    before = sqlite_house.rows()
    die_at = 0
    while True:
        die_at += 1 if full or which != "catch_up" else dice.randint(1, 300)
        worker = Worker(sqlite_house.url, seed, die_at)
        try:
            worker.does(wish)
        except Killed:
            worker.kill()
            after = sqlite_house.rows()
            sqlite_house.assert_sound()
            if after != before:  # killed after its COMMIT, before its answer
                break
            continue
        worker.ends()
        break

    assert die_at > 3
    assert sqlite_house.rows() != before
    sqlite_house.assert_sound()

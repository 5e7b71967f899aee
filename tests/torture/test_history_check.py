"""Linearizable per case: every history that clients saw is one that could have happened one step after the other. [R4]

`seq` is the witness: what was answered has its place in the case's history, places follow the order in which answers and
calls followed each other, and nobody reads what lies behind an answer that was there before he asked.
"""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count

from cuiban.errors import Conflict, Refused
from tests.support.house import House

PROMISE = {"promised_at": "2026-12-31T10:00:00+08:00"}


@dataclass(frozen=True)
class Call:
    """What a client saw: when it asked and heard (ticks of one clock), of which case, which seq or version (0: refused)."""

    asked: int
    heard: int
    ref: str
    seq: int
    writes: bool


def client(house: House, refs: list[str], ticks: "count[int]", chance: str, length: int) -> list[Call]:
    """One client's calls: writes and reads of random cases, by random people."""
    dice, office, calls = random.Random(chance), house.another(), []
    for number in range(length):
        ref, writes = dice.choice(refs), dice.random() < 0.7
        asked, seq = next(ticks), 0
        try:
            if not writes:
                seq = office.case(ref).version
            elif dice.random() < 0.5:
                seq = office.fire(ref, "note", actor="wang", note=f"{chance} {number}", now=house.now).seq
            else:
                action, actor = dice.choice([("accept", "li"), ("change_promise", "li"), ("withdraw", "li")])
                fields = PROMISE if action != "withdraw" else {}
                seq = office.fire(ref, action, actor=actor, fields=fields, reason="改", now=house.now).seq
        except (Refused, Conflict):
            seq = 0
        calls.append(Call(asked, next(ticks), ref, seq, writes))
    return calls


def test_what_clients_saw_happened_in_some_order(house: House, dice: random.Random, full: bool) -> None:
    """Quick: 6 clients of 25 calls on 3 cases; full: 16 of 400 on 5, thirty times over."""
    clients, length, cases, rounds = (16, 400, 5, 30) if full else (6, 25, 3, 1)
    for turn in range(rounds):
        refs = [house.opened() for _ in range(cases)]
        ticks = count(1)
        with ThreadPoolExecutor(clients) as pool:
            chances = [f"{dice.random()} {turn} {number}" for number in range(clients)]
            calls = [call for some in pool.map(lambda c: client(house, refs, ticks, c, length), chances) for call in some]  # noqa: B023

        for ref in refs:
            judged([call for call in calls if call.ref == ref and call.seq], len(house.events(ref)))


def judged(calls: list[Call], length: int) -> None:
    """Judge the calls on one case against its history of `length` events."""
    written = sorted(call.seq for call in calls if call.writes)
    assert written == list(range(2, length + 1))  # the opening is 1; each acknowledged once, none beside
    for one in calls:
        for other in calls:
            if one.heard < other.asked and one.writes:
                assert other.seq >= one.seq + other.writes, f"{other} came after {one}"
            if one.heard < other.asked and not one.writes:
                assert other.seq >= one.seq + other.writes, f"{other} saw less than {one}"

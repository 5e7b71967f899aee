"""A crowd of processes, some of them killed, and workers beside them: numbers without gap or double, nobody sees a lock. [R5, R8]

Quick: 6 clients and a worker, 4 deliveries each; full: 50 clients, 2 workers, 20 each. A third of the clients is killed.
"""

import random
from collections.abc import Callable
from datetime import datetime
from multiprocessing.connection import Connection, wait
from typing import Any, cast

from cuiban import Office
from cuiban.errors import CuibanError
from cuiban.office.views import Chased, Done
from tests.support.chance import salts
from tests.support.house import DEALERSHIP, House
from tests.torture.work import Delivery
from tests.torture.worker import FORKS, spins

Seen = tuple[int, int, str]  # delivery, step, what came of it


def deliver(url: str, seed: int, numbers: list[int], now: datetime, tell: Callable[[Seen], object]) -> None:
    """Take deliveries all the way, one after the other; tell what was seen."""
    with Office(url, DEALERSHIP, chance=salts(seed)) as office:
        for number in numbers:
            delivery = Delivery(number, now)
            for n in range(delivery.LENGTH):
                method, arguments = delivery.wish(n)
                try:
                    answer = getattr(office, method)(**arguments)
                except CuibanError as error:
                    tell((number, n, f"{error.code}: {error}"))
                    return
                delivery.learn(n, answer)
                tell((number, n, "done" if isinstance(answer, Done | Chased) else str(answer)))


def client(url: str, seed: int, numbers: list[int], now: datetime, pipe: Connection) -> None:
    """A client, as a process."""
    deliver(url, seed, numbers, now, pipe.send)


def worker(url: str, seed: int, now: datetime, pipe: Connection) -> None:
    """Catch up again and again, as a worker does, until killed."""
    with Office(url, DEALERSHIP, chance=salts(seed)) as office:
        while True:
            try:
                office.catch_up(now, everything=True)
            except CuibanError as error:
                pipe.send((0, 0, f"{error.code}: {error}"))


def begun(target: Callable[..., None], *arguments: Any) -> tuple[Connection, Any]:
    """A process that does `target`, and the end of its pipe."""
    ours, theirs = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=target, args=(*arguments, theirs), daemon=True)
    process.start()
    theirs.close()
    return ours, process


def test_a_crowd_of_which_some_are_killed(house: House, dice: random.Random, seed: int, full: bool) -> None:
    """Everybody draws from one book. The killed ones' work is taken up again under its keys; then every number is there once."""
    clients, workers, each = (50, 2, 20) if full else (6, 1, 4)
    shares = [list(range(1 + c * each, 1 + (c + 1) * each)) for c in range(clients)]
    helpers = [begun(worker, house.url, seed - 1 - w, house.now) for w in range(workers)]
    people = [begun(client, house.url, seed + c, share, house.now) for c, share in enumerate(shares)]
    listening = {pipe for pipe, _ in people}
    victims = [process for _, process in dice.sample(people, clients // 3)]
    seen: list[Seen] = []
    while listening:
        for pipe in cast("list[Connection]", wait([*listening, *(pipe for pipe, _ in helpers)])):
            try:
                seen.append(pipe.recv())
            except (EOFError, OSError):
                listening.discard(pipe)
            if victims and dice.random() < 0.05:
                spins(dice, 0.002)
                victims.pop().kill()
    for pipe, process in [*helpers, *people]:
        process.kill()
        process.join()
        pipe.close()

    assert {what for _, _, what in seen} == {"done"}
    again: list[Seen] = []
    for c, share in enumerate(shares):
        deliver(house.url, seed + 1000 + c, share, house.now, again.append)
    assert {what for _, _, what in again} == {"done"}
    book = [(row["number"], row["state"]) for row in house.office.numbers("outbound_slip")]
    assert [number for number, _ in book] == [f"{n:07}" for n in range(1, 2 * clients * each + 1)]
    assert [state for _, state in book].count("void") == clients * each
    house.assert_sound()

"""Single steps and many at once: ours, the floor and the usual way, on one engine with the same settings.

Every case goes forth and back for ever: `check` by the clerk, `send_back` by the manager.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.postgres import Postgres

from benchmarks import ground
from benchmarks.floor import Floor, Pair
from benchmarks.timing import Round, Times, take_turns
from benchmarks.usual import Usual
from cuiban import Office


@dataclass(frozen=True)
class Step:
    """A step that is measured: what is done, by whom, with what."""

    action: str
    actor: str
    fields: dict[str, Any]


FORTH, BACK = Step("check", "wang", {"amount": 4, "kind": "stock"}), Step("send_back", "zhou", {"finding": "amount"})
BESIDE = {
    "with a number": Step("number", "wang", {"amount": 4, "kind": "stock"}),
    "with an opening": Step("split", "wang", {"amount": 4, "kind": "stock"}),
    "with a personal value": Step("remark", "wang", {"amount": 4, "remark": "客户下午来取"}),
}
RETURN = Step("return", "zhou", {"finding": "amount"})
SHARED, OWN = "usual, one machine", "usual, a machine a case"


class Laps:
    """Cases in groups, one a round; all are taken forth, then all back."""

    def __init__(self, refs: Sequence[str], group: int) -> None:
        self.groups = [refs[begin : begin + group] for begin in range(0, len(refs), group)]
        self.turn = 0

    def next(self) -> tuple[Sequence[str], Step]:
        """The cases of this round, and the step that they are ready for."""
        lap, place = divmod(self.turn, len(self.groups))
        self.turn += 1
        return self.groups[place], BACK if lap % 2 else FORTH


class Ours:
    """Cuiban's side. Each step has a moment of its own, a second after the one before."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.second = 10_000

    def steps(self, refs: Sequence[str], step: Step) -> float:
        """Do `step` on each of `refs`, a transaction each; seconds a step."""
        fire = self.office.fire
        moments = [ground.at(self.second + number) for number in range(len(refs))]
        self.second += len(refs)
        start = perf_counter()
        for ref, now in zip(refs, moments, strict=True):
            fire(ref, step.action, actor=step.actor, fields=step.fields, now=now)
        return (perf_counter() - start) / len(refs)

    def batch(self, refs: Sequence[str], step: Step) -> float:
        """Do `step` on all of `refs` in one call; seconds a step."""
        wishes = [{"ref": ref, "action": step.action, "actor": step.actor, "fields": step.fields} for ref in refs]
        self.second += 1
        start = perf_counter()
        answers = self.office.fire_many(wishes, now=ground.at(self.second))
        taken = (perf_counter() - start) / len(refs)
        if any(isinstance(answer, Exception) for answer in answers):
            raise RuntimeError("refused")
        return taken


class Pairing:
    """Ours, and the floor that follows a round behind with what ours wrote."""

    def __init__(
        self, place: "Place", run: Callable[[Sequence[str], Step], float], write: Callable[[Sequence[Pair]], float]
    ) -> None:
        self.place, self.run, self.write = place, run, write
        self.written: deque[list[Pair]] = deque()
        self.ours()

    def ours(self) -> float:
        """A round of ours."""
        refs, step = self.place.laps.next()
        taken = self.run(refs, step)
        self.written.append(self.place.floor.written(self.place.ours.office.database.connection().raw, refs))
        return taken

    def floor(self) -> float:
        """The same rows on the floor."""
        return self.write(self.written.popleft())


@dataclass
class Place:
    """An engine with its settings: a database of ours, its twin for the floor, a second twin, and two of the usual way."""

    ours: Ours
    floor: Floor
    beside: Ours
    usual: dict[str, Usual]
    refs: list[str]
    group: int

    def __post_init__(self) -> None:
        self.laps = Laps(self.refs, self.group)

    def single(self, rounds: int) -> Times:
        """Ours, floor, usual way, a transaction a step; and the steps that do more."""
        pair = Pairing(self, self.ours.steps, self.floor.steps)
        contestants: dict[str, Round] = {"ours": pair.ours, "floor": pair.floor}
        for name, usual in self.usual.items():
            contestants[name] = _lapping(usual, Laps(usual.refs(), self.group))
        for number, (name, step) in enumerate(BESIDE.items()):
            contestants[name] = self._more(step, self.refs[number * self.group : (number + 1) * self.group])
        times = take_turns(contestants, rounds)
        pair.floor()  # so that the twin stands where ours does
        return times

    def many(self, rounds: int) -> Times:
        """Ours and the floor, many steps in one transaction."""
        pair = Pairing(self, self.ours.batch, self.floor.batch)
        times = take_turns({"ours": pair.ours, "floor": pair.floor}, rounds)
        pair.floor()
        return times

    def _more(self, step: Step, refs: list[str]) -> Round:
        def run() -> float:
            taken = self.beside.steps(refs, step)
            self.beside.steps(refs, RETURN)
            return taken

        return run

    def close(self) -> None:
        """Give every connection back."""
        self.ours.office.close()
        self.beside.office.close()
        self.floor.raw.close()
        for usual in self.usual.values():
            usual.close()


def _lapping(usual: Usual, laps: Laps) -> Round:
    def run() -> float:
        refs, step = laps.next()
        return usual.steps(refs, step.action, step.actor, step.fields, ground.at(laps.turn))

    return run


@contextmanager
def on_sqlite(folder: Path, cases: int, group: int, *, durable: bool) -> Iterator[Place]:
    """The place on SQLite, FULL or NORMAL."""
    import sqlite3

    paths = {name: folder / f"{name}.db" for name in ("ours", "floor", "beside", SHARED, OWN)}
    ground.founded(f"sqlite:///{paths['ours']}")
    with ground.opened(f"sqlite:///{paths['ours']}", durable=False) as office:
        refs = ground.drafted(office, cases)
    for name in ("floor", "beside"):
        ground.copy(paths["ours"], paths[name])
    ours = ground.opened(f"sqlite:///{paths['ours']}", durable=durable)
    raw = sqlite3.connect(paths["floor"], isolation_level=None, cached_statements=256)
    for pragma in ours.database.pragmas():
        raw.execute(f"PRAGMA {pragma}")
    place = Place(
        Ours(ours), Floor(raw, "BEGIN IMMEDIATE", "?"),
        Ours(ground.opened(f"sqlite:///{paths['beside']}", durable=durable)),
        {name: Usual(f"sqlite:///{paths[name]}", cases, durable=durable, shared=name == SHARED) for name in (SHARED, OWN)},
        refs, group,
    )  # fmt: skip
    try:
        yield place
    finally:
        place.close()


@contextmanager
def on_postgresql(server: Postgres, cases: int, group: int) -> Iterator[Place]:
    """The place on PostgreSQL."""
    ground.founded(server.create("ours"))
    with ground.opened(server.url("ours")) as office:
        refs = ground.drafted(office, cases)
    for name in ("floor", "beside"):
        server.create(name, template="ours")
    usual = {
        name: Usual(server.create(name.replace(" ", "_")), cases, durable=True, shared=name == SHARED) for name in (SHARED, OWN)
    }
    place = Place(
        Ours(ground.opened(server.url("ours"))), Floor(server.connect("floor"), "BEGIN", "%s"),
        Ours(ground.opened(server.url("beside"))), usual, refs, group,
    )  # fmt: skip
    try:
        yield place
    finally:
        place.close()

"""python -m benchmarks [--quick]: every target side by side in one run, as ratios, in one table. Read docs/performance.md."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.postgres import running_postgres

from benchmarks import crowd, lists, missed, replays, whole
from benchmarks.steps import BESIDE, OWN, SHARED, Place, on_postgresql, on_sqlite
from benchmarks.table import Line, at_least, at_most, beside, heading, of_seconds, printed

FEW, MANY, FEWER_THAN_MANY = 10_000, 1_000_000, 100_000


def main() -> None:
    """Measure, and print each line as soon as it is known."""
    quick = "--quick" in sys.argv
    print(heading())
    for line in measured(quick):
        print(printed(line), flush=True)


def measured(quick: bool) -> Iterator[Line]:
    """Every line of the table."""
    rounds, cases, group = (5, 800, 100) if quick else (15, 4000, 500)
    with tempfile.TemporaryDirectory(dir=_disk()) as name:
        folder = Path(name)
        for label, durable, floor, usual in (("SQLite FULL", True, 0.7, 3.0), ("SQLite NORMAL", False, 0.55, 5.0)):
            (folder / label).mkdir()
            with on_sqlite(folder / label, cases, group, durable=durable) as place:
                yield from _steps(label, place, rounds, at_least(floor), at_least(usual))
        with running_postgres(durable=True) as server, on_postgresql(server, cases, group) as place:
            yield from _steps("PostgreSQL", place, rounds, at_least(1.0), at_least(2.5))
        yield from _lists(crowd.kept(FEW), crowd.kept(FEWER_THAN_MANY if quick else MANY), 11 if quick else 101)
        yield from _whole(folder, rounds)
        yield from _replays(crowd.kept(FEW), 3 if quick else 9)
        yield from _missed(folder, 2 if quick else 5)


def _disk() -> str | None:
    """Where a database may lie: the system's temporary folder is often memory, and then a commit costs nothing."""
    return "/var/tmp" if Path("/var/tmp").is_dir() else None


def _steps(label: str, place: Place, rounds: int, floor: Callable[[float], str], usual: Callable[[float], str]) -> Iterator[Line]:
    single = place.single(rounds)
    yield Line(f"{label}: a step", "floor", single.rate("ours"), single.rate("floor"), single.speed("ours", "floor"), floor)
    for name in (SHARED, OWN):
        yield Line(f"{label}: a step", name, single.rate("ours"), single.rate(name), single.speed("ours", name), usual)
    for name in BESIDE:
        yield Line(f"{label}: a step {name}", "floor", single.rate(name), single.rate("floor"), single.speed(name, "floor"), beside)
    many = place.many(rounds)
    yield Line(
        f"{label}: many steps in one call", "floor, one transaction", many.rate("ours"), many.rate("floor"),
        many.speed("ours", "floor"), at_least(0.35),
    )  # fmt: skip


def _lists(few: Path, many: Path, rounds: int) -> Iterator[Line]:
    times = lists.lists(few, many, rounds)
    for size in lists.SIZES:
        ours, raw = f"{lists.TODO}, {size}", f"{lists.RAW}, {size}"
        ratio = 1 / times.speed(ours, raw)
        yield Line(f"list of 300 due, {size} cases", "raw SQL", times.rate(ours), times.rate(raw), ratio, at_most(2.0))
    small, large = (f"{lists.TODO}, {size}" for size in lists.SIZES)
    ratio = 1 / times.speed(large, small)
    yield Line("list of 300 due, many cases", "few cases", times.rate(large), times.rate(small), ratio, at_most(1.3))


def _whole(folder: Path, rounds: int) -> Iterator[Line]:
    times = whole.whole(folder, rounds)
    ours, floor = whole.TODO, whole.IMPORTS
    yield Line("cuiban todo, whole process", floor, times.rate(ours), times.rate(floor), 1 / times.speed(ours, floor), at_most(1.6))


def _replays(few: Path, rounds: int) -> Iterator[Line]:
    times = replays.replays(few, rounds)
    ours, floor = replays.REPLAY, replays.HASHING
    yield Line(
        "replay and chain check, events",
        "hashing loop",
        times.rate(ours),
        times.rate(floor),
        times.speed(ours, floor),
        at_least(0.3),
    )


def _missed(folder: Path, rounds: int) -> Iterator[Line]:
    times, opened = missed.missed(folder, rounds)
    seconds = times.seconds(missed.CATCH_UP)
    yield Line(f"30 days of 40 duties, {opened} opened, in s", "", opened / seconds, None, seconds, of_seconds(1.0))


if __name__ == "__main__":
    main()

"""python -m benchmarks [--quick]: every target side by side in one run, as ratios, in one table."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.postgres import running_postgres

from benchmarks import lists, process
from benchmarks.steps import BESIDE, OWN, SHARED, Place, on_postgresql, on_sqlite

Line = tuple[str, str, str, str]


def main() -> None:
    """Measure, and print a line as soon as it is known."""
    quick = "--quick" in sys.argv
    print(f"{'what':<58}{'ours':>14}{'ratio':>8}{'target':>9}")
    for what, ours, ratio, target in measured(quick):
        print(f"{what:<58}{ours:>14}{ratio:>8}{target:>9}", flush=True)


def measured(quick: bool) -> Iterator[Line]:
    """Every line of the table."""
    rounds, cases, group = (7, 1200, 100) if quick else (21, 3000, 200)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for label, durable, floor, usual in (("SQLite FULL", True, "0.70", "3"), ("SQLite NORMAL", False, "0.55", "5")):
            (folder / label).mkdir()
            with on_sqlite(folder / label, cases, group, durable=durable) as place:
                yield from _steps(label, place, rounds, floor, usual)
        with running_postgres(durable=True) as server, on_postgresql(server, cases, group) as place:
            yield from _steps("PostgreSQL", place, rounds, "1.00", "2.5")
        yield from _lists(quick)
        times = process.todo(folder / "demo.db", rounds)
        yield (
            "cuiban todo / import sqlalchemy, click (processor time)",
            _ms(times.seconds("ours")),
            _ratio(1 / times.speed("ours", "floor")),
            "<= 1.6",
        )
        duties, opened, seconds = process.a_month_of_duties(folder)
        yield f"30 days of {duties} duties: {opened} occurrences opened", f"{seconds:.2f} s", "", "< 1 s"


def _steps(label: str, place: Place, rounds: int, floor: str, usual: str) -> Iterator[Line]:
    single = place.single(rounds)
    yield f"{label}: a durable step / floor", _rate(single.rate("ours")), _ratio(single.speed("ours", "floor")), f">= {floor}"
    for name in (SHARED, OWN):
        yield f"{label}: a durable step / {name}", _rate(single.rate(name)), _ratio(single.speed("ours", name)), f">= {usual}"
    for name in BESIDE:
        yield f"{label}: a step {name} / floor", _rate(single.rate(name)), _ratio(single.speed(name, "floor")), ""
    many = place.many(rounds)
    yield f"{label}: many steps in one call / floor", _rate(many.rate("ours")), _ratio(many.speed("ours", "floor")), ">= 0.35"


def _lists(quick: bool) -> Iterator[Line]:
    folder = Path(tempfile.gettempdir()) / "cuiban-benchmarks"
    folder.mkdir(exist_ok=True)
    sizes = (lists.FEW, lists.FEW * 10) if quick else (lists.FEW, lists.MANY)
    seconds = {}
    for cases in sizes:
        times = lists.todo(lists.path_of(folder, cases), 31)
        seconds[cases] = times.seconds("ours")
        yield f"todo, 300 due among {cases:,} / raw SQL", _ms(seconds[cases]), _ratio(1 / times.speed("ours", "raw")), "<= 2"
    yield f"todo, {sizes[1]:,} / {sizes[0]:,} cases", "", _ratio(seconds[sizes[1]] / seconds[sizes[0]]), "<= 1.3"
    times = lists.replay(lists.path_of(folder, lists.FEW), 7)
    yield "replay and chain check / bare hashing loop", _rate(times.rate("ours")), _ratio(times.speed("ours", "floor")), ">= 0.30"


def _rate(rate: float) -> str:
    return f"{rate:,.0f}/s"


def _ms(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms"


def _ratio(ratio: float) -> str:
    return f"{ratio:.2f}"


if __name__ == "__main__":
    main()

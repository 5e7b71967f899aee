"""The same for several cases: a transaction each, a result each, the exit code of the first that failed. [cli.md 1]"""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from cuiban.commands.asking import confirm
from cuiban.commands.faults import error_json, error_lines, settled
from cuiban.commands.naming import Chosen
from cuiban.commands.output import answer
from cuiban.commands.render import json_line
from cuiban.commands.screen import note
from cuiban.engine.labels import L
from cuiban.errors import CuibanError

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk

Work = Callable[[Chosen], Any]
Lines = Callable[[Any], Iterable[str]]


class Result(NamedTuple):
    """What became of one case."""

    ref: str
    value: Any
    error: CuibanError | None


def each(desk: "Desk", cases: Sequence[Chosen], what: L, work: Work, lines: Lines, *, listed: bool = False) -> int:
    """Do `work` on each case and hand over what came of it; the exit code.

    Args:
        what: the question before several cases, with {count}.
        lines: how a result reads.
        listed: the answer is a list even for one case.
    """
    if len(cases) == 1:
        value = work(cases[0])
        answer(desk, [value] if listed else value, lambda: lines(value))
        return 0
    confirm(desk, what.fill(count=len(cases)))
    results = [_one(case, work) for case in cases]
    if desk.is_for_people:
        _tell(desk, results, lines)
    else:
        answer(desk, [_json(desk, one, listed) for one in results], lambda: ())
    return _exit(desk, results)


def only_once(desk: "Desk", case: Chosen, cases: Sequence[Chosen]) -> dict[str, Any]:
    """Key and version for one of the cases: under one key each of several is done once."""
    key = desk.sources.options.get("key")
    own = key if key is None or len(cases) == 1 else f"{key} {case.ref}"
    return {"key": own, "if_version": desk.sources.options.get("if_version")}


def _one(case: Chosen, work: Work) -> Result:
    try:
        return Result(case.ref, work(case), None)
    except CuibanError as error:
        return Result(case.ref, None, error)


def _tell(desk: "Desk", results: list[Result], lines: Lines) -> None:
    for one in results:
        if one.error is None:
            desk.screen.write(lines(one.value))
        else:
            desk.screen.write([])
            for told in error_lines(desk, one.error):
                note(told)


def _json(desk: "Desk", one: Result, listed: bool) -> dict[str, Any]:
    if listed and one.error is None:
        return {**_plain(desk, one.value), "exit": 0, "error": None}
    error = None if one.error is None else error_json(desk, one.error)
    return {
        "ref": one.ref, "exit": 0 if one.error is None else one.error.exit,
        "result": None if one.error is not None else _plain(desk, one.value), "error": error,
    }  # fmt: skip


def _plain(desk: "Desk", value: Any) -> Any:
    from cuiban.commands.render import as_json

    return as_json(value, desk.reader())


def _exit(desk: "Desk", results: list[Result]) -> int:
    failed = next((one.error for one in results if one.error is not None), None)
    if failed is None:
        return 0
    if desk.wants_json:
        note(json_line({"error": error_json(desk, failed)}))
    return (settled(failed) or failed).exit

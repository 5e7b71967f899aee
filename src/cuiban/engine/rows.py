"""The rows of registers that a step writes, worked out from what it declares. [language.Enter]

Belongs here: paths to values.   Start at: rows_of
Must never enter: SQL, whether a register takes the row (the caller asks it), the name of any register.
"""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any

from cuiban.engine.attempt import Attempt, attempt
from cuiban.engine.case import Case
from cuiban.engine.facts import Facts, Fire
from cuiban.engine.fields import instant_text
from cuiban.engine.judge import Scene
from cuiban.engine.matching import span_of
from cuiban.engine.program import Program
from cuiban.engine.register import Row

NONE: Mapping[str, Any] = MappingProxyType({})
ENDS = ("first", "last")  # of a period: its days
CASE = "@case"  # the path of the reference, which an opening has only when it is planned


def rows_of(a: Attempt, drawn: Mapping[str, Any]) -> list[Row]:
    """The rows that a step writes; nothing from a log, which moves its own case alone.

    Args:
        drawn: what the step gave beside what was given to it.
    """
    return [] if a.lenient else [row for _, row in placed(a, drawn)]


def placed(a: Attempt, drawn: Mapping[str, Any] = NONE) -> Iterator[tuple[tuple[int, int], Row]]:
    """The same, each with the place where it is declared and that of its entry."""
    new = {name: value for name, value in drawn.items() if value is not None}  # what is emptied is still seen
    values = {**a.values, **new, **a.facts.personal, **a.given}
    for number, enter in enumerate(a.step.enters):
        for entry, each in enumerate(entries(values.get(enter.each) or []) if enter.each else [{}]):
            if enter.when is None or scene_of(a, each).holds(enter.when):
                sets = {name: _value(a, path, values, each) for name, path in enter.sets.items()}
                said = {name: value for name, value in sets.items() if value is not None or enter.sets[name] == [None]}
                yield (number, entry), Row(enter, said, a.fire.at)


def rows_wanted(program: Program, case: Case | None, fire: Fire, facts: Facts) -> list[Row]:
    """The rows that a refused step would write, as far as they are known: so that their faults are told with the others."""
    step = program.find(case.state, fire.action) if case is not None else program.process.opening
    if step is None or not step.enters:
        return []
    return rows_of(attempt(program, case, step, fire, facts), {})


def _value(a: Attempt, path: Any, values: Mapping[str, Any], each: Mapping[str, Any]) -> Any:
    if not isinstance(path, str):
        return path[0]
    if path.startswith("@"):
        return path if path == CASE else _of_step(a, path)
    if path in each:
        return each[path]
    relation, dot, name = path.partition(".")
    if name in ENDS and relation in a.program.fields:
        return _end_of(values.get(relation), name)
    value = values.get(path) if not dot else _linked(a, relation, name)
    return None if isinstance(value, dict) else value  # of a personal value that was not looked up only the commitment is here


def _end_of(period: Any, name: str) -> str | None:
    """The first or last day of a week, month or quarter."""
    if not isinstance(period, str):
        return None
    first, beyond = span_of(period)
    return (first if name == "first" else beyond - timedelta(days=1)).isoformat()


def _of_step(a: Attempt, path: str) -> str:
    at = a.fire.at if path != "@opened" or a.case is None else a.case.opened_at
    day = at.astimezone(a.facts.calendar.zone).date().isoformat()
    return instant_text(at) if path == "@at" else day[:7] if path == "@month" else day


def _linked(a: Attempt, relation: str, name: str) -> Any:
    linked = a.facts.links.get(relation, [])
    return linked[0][1].data.fields.get(name) if len(linked) == 1 else None


def scene_of(a: Attempt, each: dict[str, Any]) -> Scene:
    """What a test looks at, an entry of a list too."""
    if not each:
        return a.scene
    return Scene(a.program, a.case, {**a.scene.values, **each}, a.facts, at=a.fire.at, lenient=a.lenient)


def entries(listed: list[Any]) -> list[dict[str, Any]]:
    """The entries of a list, reached as `each` or `each.column`."""
    return [{f"each.{k}": v for k, v in one.items()} if isinstance(one, dict) else {"each": one} for one in listed]


__all__ = ["CASE", "entries", "rows_of", "rows_wanted", "scene_of"]

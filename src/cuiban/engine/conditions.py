"""Named tests over what a case holds: guards, and when a field is needed. Data, so that they are versioned with it.

A path is a field of the case (`vin`) or of a linked one (`vehicle.model_year`). A test's name never changes meaning:
a new meaning is a new class. [language.md (a) Guard]
"""

from typing import Any, Union

import msgspec

from cuiban.engine.labels import L
from cuiban.engine.who import Who


class Is(msgspec.Struct, frozen=True, tag="is"):
    """The value at `path` is one of `values`."""

    path: str
    values: list[Any]


class Has(msgspec.Struct, frozen=True, tag="has"):
    """There is a value at `path`."""

    path: str


class Same(msgspec.Struct, frozen=True, tag="same"):
    """Both paths hold the same value."""

    path: str
    other: str


class AtLeast(msgspec.Struct, frozen=True, tag="at_least"):
    """The number (or day, or instant) at `path` is `least` or more; `least` may be a path."""

    path: str
    least: Any  # a number or path, or a Setting until bound


class Count(msgspec.Struct, frozen=True, tag="count"):
    """The list at `path` has `least` entries or more; `least` may be a path."""

    path: str
    least: Any  # a number or path, or a Setting until bound


class Listed(msgspec.Struct, frozen=True, tag="listed"):
    """The values at `paths`, joined by a colon, are one of `among`; capitals or not are the same."""

    paths: list[str]
    among: Any  # a list of texts, or a Setting until bound


class Later(msgspec.Struct, frozen=True, tag="later"):
    """The instant at `path` lies after the step, the day not before the step's."""

    path: str


class InMonth(msgspec.Struct, frozen=True, tag="in_month"):
    """The day (or instant) at `path` lies in the month of the step."""

    path: str


class Attempts(msgspec.Struct, frozen=True, tag="attempts"):
    """The step `action` was tried `times` times in this cycle, on `days` different days."""

    action: str
    times: Any  # int, or a Setting until bound
    days: Any = 1


class Linked(msgspec.Struct, frozen=True, tag="linked"):
    """Of the cases linked as `relation`, `of` ("all", "any", a number) stand in one of `states` (none named: ended).

    Of those that steps opened only the ones of the latest cycle in which any were: a new cycle has new children.
    """

    relation: str
    states: list[str] = []
    of: str | int = "all"


class Agree(msgspec.Struct, frozen=True, tag="agree"):
    """The registers agree: the check `check` of the process finds no difference; or, of a compare, nothing in its lists
    contradicts another (an entry told twice, one that is said to be extra and was expected).

    As the whole test of a guard it refuses once for each, worded by `{found}`, `{vin}` (of a compare what stands in its key)
    and, of a check, `{remark}`.
    """

    check: str


class PapersComplete(msgspec.Struct, frozen=True, tag="papers_complete"):
    """Every paper of the case is present or waived."""


class Within(msgspec.Struct, frozen=True, tag="within"):
    """The rows at `path` ask for no more than the rows at `other`, by the columns `by`, summed over `amount`.

    Attributes:
        other: a path, or several whose rows count together.
        amount: a column; a row without it counts as 1.
    """

    path: str
    other: str | list[str]
    by: list[str]
    amount: str


class Cycle(msgspec.Struct, frozen=True, tag="cycle"):
    """The case is in its cycle number `least` or a later one."""

    least: int


class Not(msgspec.Struct, frozen=True, tag="not"):
    """`test` does not hold."""

    test: "Test"


class Both(msgspec.Struct, frozen=True, tag="both"):
    """Every one of `tests` holds."""

    tests: list["Test"]


class Either(msgspec.Struct, frozen=True, tag="either"):
    """At least one of `tests` holds."""

    tests: list["Test"]


Test = Union[  # noqa: UP007 - the names are quoted in the classes above
    Is, Has, Same, AtLeast, Count, Listed, Later, InMonth, Attempts, Linked, Agree, PapersComplete, Within, Cycle, Not, Both, Either
]  # fmt: skip


class Guard(msgspec.Struct, frozen=True, omit_defaults=True):
    """A test that must hold for a step.

    Attributes:
        code: stable name of the refusal.
        test: what must hold.
        message: the refusal in both languages; `{path}` is filled with the value at that path (dots as `_`).
        clears: who can clear it.
        override: the role that may pass over it with a reason, if any.
    """

    code: str
    test: Test
    message: L
    clears: Who | None = None
    override: str | None = None


def is_(path: str, *values: Any) -> Is:
    """The value at `path` is one of `values`."""
    return Is(path, list(values))


def has(path: str) -> Has:
    """There is a value at `path`."""
    return Has(path)


def not_(test: Test) -> Not:
    """`test` does not hold."""
    return Not(test)


def both(*tests: Test) -> Both:
    """Every one of `tests` holds."""
    return Both(list(tests))


def either(*tests: Test) -> Either:
    """At least one of `tests` holds."""
    return Either(list(tests))


def paths_of(test: Test) -> list[str]:
    """Every path that `test` looks at."""
    match test:
        case Not():
            return paths_of(test.test)
        case Both() | Either():
            return [path for one in test.tests for path in paths_of(one)]
        case Attempts() | Linked() | Agree() | PapersComplete() | Cycle():
            return []
        case Same():
            return [test.path, test.other]
        case Listed():
            return test.paths
        case Within():
            return [test.path, *([test.other] if isinstance(test.other, str) else test.other)]
        case AtLeast() | Count():
            return [test.path, *([test.least] if isinstance(test.least, str) else [])]
        case _:
            return [test.path]

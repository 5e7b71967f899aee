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
    least: int | str


class Attempts(msgspec.Struct, frozen=True, tag="attempts"):
    """The step `action` was tried `times` times in this cycle, on `days` different days."""

    action: str
    times: Any  # int, or a Setting until bound
    days: Any = 1


class Linked(msgspec.Struct, frozen=True, tag="linked"):
    """Of the cases linked as `relation`, `of` ("all", "any" or a number) stand in one of `states` (none named: ended)."""

    relation: str
    states: list[str] = []
    of: str | int = "all"


class PapersComplete(msgspec.Struct, frozen=True, tag="papers_complete"):
    """Every paper of the case is present or waived."""


class Within(msgspec.Struct, frozen=True, tag="within"):
    """The rows at `path` ask for no more than the rows at `other`, compared by the columns `by`, summed over `amount`."""

    path: str
    other: str
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


Test = Union[Is, Has, Same, AtLeast, Attempts, Linked, PapersComplete, Within, Cycle, Not, Both, Either]


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
    return Is(path, list(values))


def has(path: str) -> Has:
    return Has(path)


def not_(test: Test) -> Not:
    return Not(test)

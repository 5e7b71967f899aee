"""Who may do a step or holds a case, as data. [language.md (a) Who]"""

from typing import Union

import msgspec


class Role(msgspec.Struct, frozen=True, tag="role"):
    """Anyone who has the role `id`."""

    id: str


class Person(msgspec.Struct, frozen=True, tag="person"):
    """The person whose id stands in the field `field` of the case."""

    field: str


class Opener(msgspec.Struct, frozen=True, tag="opener"):
    """Who opened the case."""


class Doer(msgspec.Struct, frozen=True, tag="doer"):
    """Who last did the step `of`."""

    of: str


class Superior(msgspec.Struct, frozen=True, tag="superior"):
    """The superior of `of`, `levels` up. Of a role: of its holders."""

    of: "Who"
    levels: int = 1


class Chaser(msgspec.Struct, frozen=True, tag="chaser"):
    """Who chases the case."""


class Holder(msgspec.Struct, frozen=True, tag="holder"):
    """Who holds the case."""


class AnyOf(msgspec.Struct, frozen=True, tag="any"):
    """Any of these."""

    of: list["Who"]


class System(msgspec.Struct, frozen=True, tag="system"):
    """Nobody by hand: the scheduler, or the step of another case."""


Who = Union[Role, Person, Opener, Doer, Superior, Chaser, Holder, AnyOf, System]  # noqa: UP007 - a union of quoted names, or as its kin


def role(id: str) -> Role:
    """Anyone who has the role."""
    return Role(id)


def person(field: str) -> Person:
    """The person named in the field."""
    return Person(field)


def superior(of: Who, levels: int = 1) -> Superior:
    """The superior of `of`."""
    return Superior(of, levels)


def any_of(*of: Who) -> AnyOf:
    """Any of these."""
    return AnyOf(list(of))

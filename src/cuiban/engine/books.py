"""A book of numbers without a gap: what it is called, and who has it in hand."""

import msgspec

from cuiban.engine.labels import L


class Book(msgspec.Struct, frozen=True):
    """A pre-printed book, or one that only the database has.

    Attributes:
        keepers: the roles that draw its numbers; they, their superiors and administrators may void a spoilt one.
        digits: of a number, with zeros before it.
    """

    label: L
    keepers: list[str]
    digits: int = 7

"""What can go wrong, as values that carry their code, their words in both languages and their exit code.

Belongs here: the exceptions that cross a room's door.   Must never enter: printing, SQL, business rules.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from cuiban.engine.labels import L, short

if TYPE_CHECKING:
    from cuiban.engine.blockers import Blocker


LONGEST = 1500  # signs of a sentence; the fields of the largest process go in


class CuibanError(Exception):
    """An answer that is not the one asked for.

    Attributes:
        code: stable, English, documented in docs/errors.md.
        message: one sentence for the person who reads it, in both languages.
        exit: the exit code of the command line [cli.md 1].
    """

    exit: ClassVar[int] = 1

    def __init__(self, code: str, message: L) -> None:
        if len(message.zh) > LONGEST or len(message.en) > LONGEST:
            message = L(*(str(short(text, LONGEST)) for text in (message.zh, message.en)))
        super().__init__(message.en)
        self.code, self.message = code, message


class Refused(CuibanError):
    """Rules forbid it; `blockers` names every one of them."""

    exit = 1

    def __init__(self, message: L, blockers: "Sequence[Blocker]", code: str = "refused") -> None:
        super().__init__(code, message)
        self.blockers = tuple(blockers)


class Usage(CuibanError):
    """The words of the call cannot be read."""

    exit = 2


class NotFound(CuibanError):
    """Nothing of that name, or several (`ambiguous`)."""

    exit = 3


class Conflict(CuibanError):
    """Somebody was first, and is named."""

    exit = 4


class BadInput(CuibanError):
    """A file, or a cell of it, cannot be used; says where."""

    exit = 5

    def __init__(self, code: str, message: L, line: int | None = None, column: int | str | None = None) -> None:
        super().__init__(code, message)
        self.line, self.column = line, column


class DatabaseTrouble(CuibanError):
    """The database is absent, locked, read-only, full, newer than this program, or not Cuiban's."""

    exit = 6


class VerificationFailed(CuibanError):
    """What is stored is not what was written."""

    exit = 7

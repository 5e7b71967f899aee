"""What can go wrong, as values that carry their code, their words in both languages and their exit code.

Belongs here: the exceptions that cross a room's door.   Must never enter: printing, SQL, business rules.
"""

import errno
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from cuiban.engine.labels import L, short

if TYPE_CHECKING:
    from cuiban.engine.blockers import Blocker


LONGEST = 1500  # signs of a sentence; the fields of the largest process go in


# What the system says of a file, in words; anything else in the system's own.
CAUSES = {
    errno.ENOENT: L("没有这个文件夹或文件", "there is no such folder or file"),
    errno.EACCES: L("没有权限", "permission denied"),
    errno.EPERM: L("不允许", "not permitted"),
    errno.EISDIR: L("这是文件夹", "it is a folder"),
    errno.ENOTDIR: L("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EROFS: L("磁盘是只读的", "the disk is read-only"),
    errno.ENOSPC: L("磁盘已满", "the disk is full"),
    errno.EDQUOT: L("超过磁盘配额", "the disk quota is used up"),
    errno.ENAMETOOLONG: L("文件名太长", "the name is too long"),
    errno.EBUSY: L("正被别的程序使用", "another program is using it"),
    errno.EIO: L("磁盘读写出错", "the disk failed"),
}


def cause_of(error: Exception) -> L:
    """What went wrong with a file, in words, without its path."""
    said = getattr(error, "strerror", None) or str(error) or error.__class__.__name__
    return CAUSES.get(getattr(error, "errno", None) or 0, L(said, said))


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

    @classmethod
    def because(cls, *blockers: "Blocker") -> "Refused":
        """The refusal of which the first reason says all."""
        return cls(blockers[0].message, blockers)


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

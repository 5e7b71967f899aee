"""Files that a person names: their bytes, their text, their lines.

Belongs here: opening what was named.   Must never enter: what stands in it.
Input is UTF-8 or GB18030. [cli.md 1, Looks]
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from cuiban.engine.labels import L
from cuiban.errors import BadInput, cause_of

MOST_BYTES = 64 * 1024 * 1024


def content_of(name: str) -> bytes:
    """The bytes of the file `name`, at most 64 MB; raises BadInput if it cannot be read."""
    try:
        path = Path(name)
        _ordinary(path, name)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise _unreadable(name, error) from None
    if len(content) > MOST_BYTES:
        raise _unusable(name, L("超过 64 MB", "is larger than 64 MB"))
    return content


def text_of(name: str) -> str:
    """The text of the file `name`."""
    return decoded(content_of(name), name)


def decoded(content: bytes, name: str) -> str:
    """The bytes as text: UTF-8, else GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _unusable(name, L("既不是 UTF-8 也不是 GB18030", "is neither UTF-8 nor GB18030"))


def lines_of(name: str) -> Iterator[str]:
    """The lines of the file `name`, or of stdin for `-`; one that is no text comes as a replacement sign."""
    if name == "-":
        yield from map(_line, sys.stdin.buffer)
        return
    try:
        _ordinary(Path(name), name)
        with Path(name).open("rb") as file:
            yield from map(_line, file)
    except OSError as error:
        raise _unreadable(name, error) from None


def _ordinary(path: Path, name: str) -> None:
    """Raise BadInput for a folder, and for a pipe or device, which might be waited for for ever."""
    if path.is_dir():
        raise _unusable(name, L("是文件夹, 不是文件", "is a folder, not a file"))
    if path.exists() and not path.is_file():
        raise _unusable(name, L("不是普通文件", "is not an ordinary file"))


def _line(content: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return "\ufffd"


def _unreadable(name: str, error: OSError) -> BadInput:
    if isinstance(error, FileNotFoundError):
        return BadInput("file_missing", L("找不到文件 {name}", "there is no file {name}").fill(name=name))
    return _unusable(name, L("读不了: {cause}", "cannot be read: {cause}").fill(cause=cause_of(error)))


def _unusable(name: str, why: L) -> BadInput:
    return BadInput("file_unreadable", L("文件 {name} {why}", "the file {name} {why}").fill(name=name, why=why))

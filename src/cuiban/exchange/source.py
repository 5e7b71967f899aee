"""The bytes of a file, unpacked where they are packed, never more of them than the limits allow.

Belongs here: opening, gzip, caps, what kind of file it is by its first bytes.   Must never enter: what the bytes mean.
"""

import gzip
import io
import os
import stat
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Literal

from cuiban.errors import cause_of
from cuiban.exchange.faults import fault
from cuiban.exchange.limits import MIB, Limits

Kind = Literal["xml", "zip", "ole", "binary", "text", "empty"]
HEAD = 4096
GZIP = b"\x1f\x8b"
CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f"))  # a text has hardly any; one NUL in it is told with its line
UTF16 = (b"\xff\xfe", b"\xfe\xff")


class Source(io.RawIOBase):
    """The unpacked bytes of an open file; every read is counted, and refused beyond the limits."""

    def __init__(self, packed: BinaryIO, limits: Limits) -> None:
        start = packed.read(2)
        packed.seek(0)
        self.packed, self.limits = packed, limits
        self.plain: Any = gzip.GzipFile(fileobj=packed) if start == GZIP else packed
        self.is_packed = start == GZIP
        self.count = self.element_start = 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer`, as `io` asks for it."""
        data = self.take(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def mark_element(self) -> None:
        """Say that an element ended here: what may grow in memory starts anew."""
        self.element_start = self.count

    def take(self, size: int) -> bytes:
        """Return at most `size` bytes, none at the end; raise BadInput for a damaged file or one too large."""
        try:
            data: bytes = self.plain.read(size)
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise fault("gz_broken", cause=str(error)) from error
        self.count += len(data)
        self._judge_size()
        return data

    def _judge_size(self) -> None:
        limits = self.limits
        if self.count > limits.unpacked:
            raise fault("file_too_big", limit=limits.unpacked // MIB)
        if self.is_packed and self.count > limits.ratio_from and self.count > limits.ratio * self.packed.tell():
            raise fault("file_bomb", ratio=limits.ratio)
        if self.count - self.element_start > limits.element:
            raise fault("element_too_big", limit=limits.element // MIB)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open an ordinary, non-empty file; raise BadInput for anything else."""
    name = os.fspath(path)
    try:
        mode = path.stat()
        if stat.S_ISDIR(mode.st_mode):
            raise fault("file_is_folder", file=name)
        if not stat.S_ISREG(mode.st_mode):
            raise fault("file_not_regular", file=name)
        if mode.st_size == 0:
            raise fault("file_empty", file=name)
        file = path.open("rb")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise fault("file_missing", file=name) from error
    except (OSError, ValueError) as error:
        raise fault("file_unreadable", file=name, cause=cause_of(error)) from error
    with file:
        yield file


def kind_of(packed: BinaryIO, limits: Limits) -> Kind:
    """Say what a file is by its first unpacked bytes; leaves it at its start."""
    packed.seek(0)
    head = Source(packed, limits).take(HEAD)
    packed.seek(0)
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "ole"
    if head.startswith(UTF16):
        return _kind_of_text(head.decode("utf-16", "ignore"))
    if head.startswith(GZIP) or len(head.translate(None, CONTROLS)) < 0.95 * len(head):
        return "binary"
    return _kind_of_text(head.decode("utf-8-sig", "replace"))


def _kind_of_text(text: str) -> Kind:
    text = text.strip()
    return "xml" if text.startswith("<") else "text" if text else "empty"

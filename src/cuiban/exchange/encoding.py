"""The characters of a text file: its encoding found or as told, its lines bounded.

Belongs here: UTF-8 (with or without BOM), GB18030, UTF-16 as Excel writes them.   Must never enter: CSV.
"""

import codecs
import io
from collections.abc import Iterator
from typing import BinaryIO

from cuiban.exchange.faults import fault
from cuiban.exchange.limits import Limits
from cuiban.exchange.source import Source

# What a map may name. Stateful or non-text codecs of Python are left out on purpose.
KNOWN = ("auto", "utf-8", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5", "latin-1", "cp1252")
CHUNK = 1 << 18


def encoding_of(packed: BinaryIO, limits: Limits, told: str = "auto") -> str:
    """Return the codec for a file: the one `told`, else found by its BOM or by decoding all of it once.

    All of it, because a log may be plain ASCII for a hundred thousand lines before the first Chinese name.
    """
    head = packed_head(packed, limits)
    if told != "auto":
        return "utf-8-sig" if told == "utf-8" else told
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for name in ("utf-8", "gb18030"):
        if bad_line(packed, limits, name) is None:
            return name
    raise fault("encoding_unknown", line=bad_line(packed, limits, "utf-8"))


def packed_head(packed: BinaryIO, limits: Limits) -> bytes:
    """Return the first unpacked bytes, where a BOM would stand."""
    packed.seek(0)
    return Source(packed, limits).take(4)


def bad_line(packed: BinaryIO, limits: Limits, encoding: str) -> int | None:
    """Return the first line that is not valid in `encoding`, None if the whole file is."""
    packed.seek(0)
    source, decoder, line = Source(packed, limits), codecs.getincrementaldecoder(encoding)(), 1
    while True:
        chunk = source.take(CHUNK)
        try:
            line += decoder.decode(chunk, final=not chunk).count("\n")
        except UnicodeDecodeError as error:
            return line + error.object[: error.start].count(b"\n")
        except UnicodeError:  # UTF-16 without a BOM
            return line
        if not chunk:
            return None
        source.mark_element()


def lines_of(packed: BinaryIO, limits: Limits, encoding: str) -> Iterator[str]:
    """Yield the lines of a file, ends kept, none longer than the limit; raise BadInput with the line at fault."""
    packed.seek(0)
    source = Source(packed, limits)
    text = io.TextIOWrapper(io.BufferedReader(source, CHUNK), encoding, newline="")
    number = 0
    while True:
        number += 1
        try:
            line = text.readline(limits.line + 1)
        except UnicodeError as error:
            line_at_fault = bad_line(packed, limits, encoding)  # the decoder works a block ahead of `number`
            raise fault("text_undecodable", line=line_at_fault, encoding=encoding) from error
        if not line:
            return
        if len(line) > limits.line:
            raise fault("line_too_long", line=number, limit=limits.line)
        if "\0" in line:
            raise fault("text_not_allowed", line=number, what="NUL")
        source.mark_element()
        yield line

"""Text on a terminal: how wide it is, cut to fit, cleared of what a terminal would obey.

Belongs here: signs and columns.   Must never enter: meaning, languages.
"""

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

# ANSI escapes, other controls, marks that turn the direction of writing, halves of surrogate pairs.
_UNSAFE = re.compile(
    "\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|.)?"
    "|[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
CLIP = ".."


def clean(text: str) -> str:
    """One line of foreign text as a terminal may show it."""
    return text if text.isascii() and text.isprintable() else _UNSAFE.sub(" ", text)


def width_of(text: str) -> int:
    """How many columns the text takes; a Chinese sign takes two."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(sign) in "WF" else 0 if combining(sign) else 1 for sign in text)


def pad(text: str, width: int) -> str:
    """The text, filled up with blanks to `width` columns."""
    return text + " " * (width - width_of(text))


def clipped(text: str, width: int) -> str:
    """The text, or as much of its beginning as fits into `width` columns, `..` behind it."""
    if width_of(text) <= width:
        return text
    return _beginning(text, width - len(CLIP)) + CLIP


def _beginning(text: str, width: int) -> str:
    """As much of the text's beginning as fits into `width` columns."""
    kept, room = "", width
    for sign in text:
        room -= width_of(sign)
        if room < 0:
            break
        kept += sign
    return kept


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` columns: broken at blanks, and between Chinese signs where there is none."""
    lines, line = [], ""
    for piece in re.findall(r"\s*(?:[^\s\u2e80-\uffef]+|[\u2e80-\uffef][,.:;)」]*)", text):
        if line and width_of(line + piece) > width:
            lines.append(line)
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line] if line else lines or [""]


def entries_in(text: str, width: int) -> list[str]:
    """A list `a 1, b 2` in lines of at most `width` columns: broken between its entries, an entry only if it is longer itself."""
    *entries, last = text.split(", ")
    lines: list[str] = []
    for entry in [*(f"{one}," for one in entries), last]:
        if lines and width_of(f"{lines[-1]} {entry}") <= width:
            lines[-1] += f" {entry}"
        else:
            lines += _cut(entry, width)
    return lines


def _cut(entry: str, width: int) -> Iterator[str]:
    """An entry in lines; what has no place to be broken at is broken anywhere."""
    for line in wrapped(entry, width):
        while width_of(line) > width:
            kept = _beginning(line, width) or line[0]
            yield kept
            line = line[len(kept) :]
        yield line

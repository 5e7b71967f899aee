"""Foreign text made harmless: for a sentence on a screen, for a cell of a file.

Belongs here: control and direction characters, halves of surrogate pairs, what a spreadsheet would take for a formula.
Must never enter: encodings, what a text means.
"""

import re

ANSI = re.compile("\x1b\\[[0-9;?]*[A-Za-z]")
# Controls but for tab and line feed, marks that turn the direction of writing, halves of surrogate pairs.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t")


def shown(value: str, limit: int = 120) -> str:
    """Return text for a sentence: one line, printable, at most `limit` characters."""
    text = "".join(sign if sign.isprintable() else " " for sign in ANSI.sub("", value[: 2 * limit])).strip()
    return text if len(text) <= limit else text[: limit - 2] + ".."


def cleaned(value: str) -> str:
    """Return text for a cell: lines and tabs stay, what no cell should hold goes."""
    text = ANSI.sub("", value).replace("\r\n", "\n").replace("\r", "\n")
    return UNSAFE.sub("", text)


def starts_formula(value: str) -> bool:
    """Say whether a spreadsheet that opens `value` as text of a CSV would compute it, apostrophes before it aside."""
    return value.lstrip("'").startswith(FORMULA_STARTS)

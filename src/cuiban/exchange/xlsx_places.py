"""Where a cell stands: `AB12` is column 27, row 12.

Belongs here: letters to numbers.   Must never enter: values.
"""

import re

PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")


def column_of(letters: str) -> int:
    """Return the index of a column from its letters; A is 0."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def place_of(text: str) -> int | None:
    """Return the column of a cell's reference, None if it is none."""
    match = PLACE.fullmatch(text)
    return column_of(match[1]) if match else None

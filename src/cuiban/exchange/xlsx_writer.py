"""Tables as xlsx: heading frozen, columns as wide as their texts, dates as dates, nothing computed.

Belongs here: formats and widths.   Must never enter: what the columns mean.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from cuiban.exchange.faults import fault
from cuiban.exchange.tables import Column
from cuiban.exchange.text import cleaned, starts_formula

LAST_ROW = 1_048_575  # of Excel, the heading being row 0
LONGEST_TEXT = 32_767
EXACT = 10**15  # Excel keeps 15 digits of a number
FIRST_YEAR = 1900
WIDTHS = (6, 60)
CREATED = datetime(1980, 1, 1)  # in the file's properties: the same table makes the same bytes
FORMATS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"},
    "formula_like": {"quote_prefix": True},
    "date": {"num_format": "yyyy-mm-dd"},
    "datetime": {"num_format": "yyyy-mm-dd hh:mm"},
    "time": {"num_format": "hh:mm"},
    "duration": {"num_format": "[h]:mm"},
}
SHOWN_WIDTH = {"date": 11, "datetime": 17, "time": 7, "duration": 9}


def write_xlsx(path: Path, columns: Sequence[Column], rows: Iterable[Mapping[str, object]]) -> int:
    """Write heading and rows; return the number of rows."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "tmpdir": str(path.parent),
    }
    with Workbook(str(path), options) as workbook:
        workbook.set_properties({"created": CREATED})
        sheet = SheetWriter(workbook, columns)
        for row in rows:
            sheet.add(row)
        sheet.finish()
    return sheet.count


class SheetWriter:
    """Writes one sheet from its first row to its last."""

    def __init__(self, workbook: Any, columns: Sequence[Column]) -> None:
        self.sheet = workbook.add_worksheet()
        self.formats = {name: workbook.add_format(each) for name, each in FORMATS.items()}
        self.columns, self.count = columns, 0
        self.widths = [width_of(column.label) for column in columns]
        for place, column in enumerate(columns):
            self.sheet.write_string(0, place, cleaned(column.label), self.formats["heading"])

    def add(self, row: Mapping[str, object]) -> None:
        """Write the next row."""
        self.count += 1
        if self.count > LAST_ROW:
            raise fault("too_many_rows", limit=LAST_ROW)
        for place, column in enumerate(self.columns):
            self.write(place, row.get(column.key))

    def write(self, place: int, value: object) -> None:
        """Write one cell as what it is."""
        if value is None or value == "":
            return
        kind = kind_of_time(value)
        if kind:
            plain = value.replace(tzinfo=None) if isinstance(value, datetime | time) else value
            self.sheet.write_datetime(self.count, place, plain, self.formats[kind])
        elif isinstance(value, bool):
            self.sheet.write_boolean(self.count, place, value)
        elif is_exact(value):
            self.sheet.write_number(self.count, place, value)
        else:
            self.write_text(place, fitting(cleaned(str(value))))
        self.widths[place] = max(self.widths[place], SHOWN_WIDTH[kind] if kind else width_of(str(value)))

    def write_text(self, place: int, text: str) -> None:
        """Write a text; one that looks like a formula is marked as typed with an apostrophe."""
        looks = self.formats["formula_like"] if starts_formula(text) else None
        self.sheet.write_string(self.count, place, text, looks)

    def finish(self) -> None:
        """Set what is known only at the end: widths; and what helps the reader: a heading that stays, filters."""
        for place, width in enumerate(self.widths):
            self.sheet.set_column(place, place, min(max(width + 2, WIDTHS[0]), WIDTHS[1]))
        self.sheet.freeze_panes(1, 0)
        if self.columns and self.count:
            self.sheet.autofilter(0, 0, self.count, len(self.columns) - 1)


def kind_of_time(value: object) -> str | None:
    """Return the format of a date or time that Excel can hold, None for anything else."""
    if isinstance(value, datetime):
        return "datetime" if value.year >= FIRST_YEAR else None
    if isinstance(value, date):
        return "date" if value.year >= FIRST_YEAR else None
    if isinstance(value, timedelta):
        return "duration" if value >= timedelta(0) else None
    return "time" if isinstance(value, time) else None


def is_exact(value: object) -> bool:
    """Say whether Excel holds a number as it is; others are written as text."""
    return (isinstance(value, int) and abs(value) < EXACT) or (isinstance(value, float) and math.isfinite(value))


def fitting(text: str) -> str:
    """Return text cut to what a cell can hold, with a sign that it was."""
    return text if len(text) <= LONGEST_TEXT else text[: LONGEST_TEXT - 4] + " ..."


def width_of(text: str) -> int:
    """Return how wide the widest line of a text is, a Chinese character being two."""
    lines = text[:1_000].split("\n")
    return max(sum(2 if east_asian_width(sign) in "WF" else 1 for sign in line) for line in lines)

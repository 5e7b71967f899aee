"""What is written is what is read, and whatever bytes a table holds, nothing but rows or one sentence comes of it."""

import tempfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

from hypothesis import given, settings, strategies as st

from cuiban.errors import BadInput
from cuiban.exchange.tables import Column, read_table, write_table
from cuiban.exchange.text import cleaned
from tests.exchange.test_fuzz import assert_can_be_shown, damaged
from tests.exchange.workbooks import parts, zipped

TEXTS = st.one_of(st.text(max_size=40).map(cleaned), st.text("'=+-@\ta", max_size=5)).filter(bool)
CLOCKS = st.times().map(lambda each: each.replace(microsecond=each.microsecond // 1000 * 1000))
# Dates from March 1900: before it Excel's calendar has a day too many.
DAYS = st.dates(date(1900, 3, 1), date(9999, 12, 31))
VALUES = st.one_of(
    TEXTS,
    st.integers(-(10**14), 10**14),
    st.floats(allow_nan=False, allow_infinity=False, min_value=-1e9, max_value=1e9).map(lambda each: round(each, 3)),
    st.booleans(),
    DAYS,
    CLOCKS,
    st.builds(datetime.combine, DAYS, CLOCKS),
    st.none(),
)
COLUMNS = [Column(key, f"列{key}") for key in "abc"]


@given(st.lists(st.lists(VALUES, min_size=3, max_size=3), max_size=8))
@settings(max_examples=100)
def test_an_xlsx_is_read_as_it_was_written(rows: list[list[object]]) -> None:
    """Every type, empty cells too."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.xlsx")
        write_table(path, COLUMNS, [dict(zip("abc", row, strict=True)) for row in rows])
        heading, *found = read_table(path)

    assert heading.cells == ["列a", "列b", "列c"]
    assert [(row.line, padded(row.cells)) for row in found] == [
        (line, row) for line, row in enumerate(rows, 2) if any(cell is not None for cell in row)
    ]


def padded(cells: Sequence[object]) -> list[object]:
    """Return three cells; those at the end that are empty are not in the file."""
    return [*cells, *[None] * (3 - len(cells))]


@given(st.lists(st.lists(st.one_of(TEXTS, st.none()), min_size=3, max_size=3), max_size=8))
@settings(max_examples=100)
def test_a_csv_is_read_as_it_was_written(rows: list[list[str | None]]) -> None:
    """Every text, in its place."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        write_table(path, COLUMNS, [dict(zip("abc", row, strict=True)) for row in rows])
        heading, *found = read_table(path)

    assert heading.cells == ["列a", "列b", "列c"]
    assert [row.cells for row in found] == [row for row in rows if any(row)]


GOOD = parts(
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1"><v>46092.5</v></c></row><row><c t="b"><v>1</v></c></row>',
    after='<mergeCells><mergeCell ref="A1:B2"/></mergeCells>',
    strings="<si><t>姓名</t></si>",
    styles='<numFmts><numFmt numFmtId="164" formatCode="yyyy"/></numFmts><cellXfs><xf/><xf numFmtId="164"/></cellXfs>',
)


@given(st.sampled_from(sorted(GOOD)), st.data())
@settings(max_examples=400)
def test_a_workbook_with_a_damaged_part(part: str, data: st.DataObject) -> None:
    """Its checksums are right: the damage is in the XML."""
    content = {**GOOD, part: data.draw(damaged([str(GOOD[part]).encode()]))}
    with tempfile.TemporaryDirectory() as folder:
        read_or_refused(zipped(Path(folder, "book.xlsx"), content))


@given(st.one_of(st.binary(max_size=200), st.data()))
@settings(max_examples=400)
def test_a_table_of_any_bytes(drawn: object) -> None:
    """Nothing at all, or a zip with wrong bytes."""
    with tempfile.TemporaryDirectory() as folder:
        path = zipped(Path(folder, "book.xlsx"), GOOD)
        data = drawn if isinstance(drawn, bytes) else drawn.draw(damaged([path.read_bytes()]))  # type: ignore[attr-defined]
        path.write_bytes(data)
        read_or_refused(path)


def read_or_refused(path: Path) -> None:
    """Read all of a table, or its fault."""
    try:
        for row in read_table(path):
            assert all(isinstance(cell, str | int | float | datetime | date | time | timedelta | None) for cell in row.cells)
    except BadInput as fault:
        assert_can_be_shown(fault)

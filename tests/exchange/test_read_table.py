"""Tables of others, xlsx and csv: values, dates, marks; and files that are locked, damaged, or mean harm."""

import struct
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped]

from cuiban.exchange.limits import Limits
from cuiban.exchange.tables import Mark, Row, read_table
from tests.exchange.workbooks import MAIN, fault_of, parts, relations, rows_of, zipped


def written(path: Path, **options: Any) -> Any:
    """Return a workbook that is being written to `path`."""
    return Workbook(str(path), options)


def test_values_are_what_the_spreadsheet_shows(tmp_path: Path) -> None:
    """Texts, numbers, truth, dates, clocks; blank rows are passed over, the line is the spreadsheet's own."""
    path = tmp_path / "book.xlsx"
    with written(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["编号", "", "金额"])
        sheet.write_row(3, 0, ["00123", 5, 2.5, True, -1e20])
        for column, (value, form) in enumerate(
            [
                (datetime(2026, 3, 11), "yyyy-mm-dd"),
                (datetime(2026, 3, 11, 8, 40), "yyyy/m/d h:mm"),
                (datetime(2026, 3, 11, 8, 40), "yyyy-mm-dd"),
                (datetime(2026, 3, 11), 'yyyy"年"m"月"d"日"'),
                (timedelta(hours=9, minutes=5), "hh:mm"),
                (timedelta(hours=30, minutes=5), "[h]:mm"),
            ]
        ):
            sheet.write_datetime(4, column, value, book.add_format({"num_format": form}))
        sheet.write_rich_string(5, 0, "粗", book.add_format({"bold": True}), "细", " 尾")

    heading, first, dates, rich = read_table(path)

    assert (heading.line, heading.cells) == (1, ["编号", None, "金额"])
    assert (first.line, first.cells) == (4, ["00123", 5, 2.5, True, -1e20])
    assert dates.cells == [
        date(2026, 3, 11),
        datetime(2026, 3, 11, 8, 40),
        datetime(2026, 3, 11, 8, 40),
        date(2026, 3, 11),
        time(9, 5),
        timedelta(hours=30, minutes=5),
    ]
    assert rich.cells == ["粗细 尾"]


@pytest.mark.parametrize("code", [14, 27, 28, 29, 30, 31, 36, 50, 54, 57, 58])
def test_the_built_in_dates_of_chinese_excel(tmp_path: Path, code: int) -> None:
    """Formats that have a number only, and no text in the file."""
    path = tmp_path / "book.xlsx"
    with written(path) as book:
        book.add_worksheet().write_datetime(0, 0, datetime(2026, 3, 11), book.add_format({"num_format": code}))

    assert [row.cells for row in read_table(path)] == [[date(2026, 3, 11)]]


@pytest.mark.parametrize(
    ("number", "form", "from_1904", "value"),
    [
        ("1", "yyyy-mm-dd", False, date(1900, 1, 1)),
        ("59", "yyyy-mm-dd", False, date(1900, 2, 28)),
        ("60", "yyyy-mm-dd", False, 60),
        ("61", "yyyy-mm-dd", False, date(1900, 3, 1)),
        ("2958465", "yyyy-mm-dd", False, date(9999, 12, 31)),
        ("2958466", "yyyy-mm-dd", False, 2958466),
        ("-1", "yyyy-mm-dd", False, -1),
        ("0", "yyyy-mm-dd", True, date(1904, 1, 1)),
        ("44630", "yyyy-mm-dd", True, date(2026, 3, 11)),
        ("46092.36111111111", "m/d h:mm", False, datetime(2026, 3, 11, 8, 40)),
        ("46092", "General", False, 46092),
        ("46092", "0.00_);[Red]\\d0", False, 46092),
        ("46092", '0" day"', False, 46092),
        ("46092", "[DBNum1]yyyy", False, date(2026, 3, 11)),
        ("46092", "mmm", False, date(2026, 3, 11)),
        ("0.5", "h:mm AM/PM", False, time(12)),
        ("0.5", "上午/下午h时", False, time(12)),
        ("0.5", "@", False, 0.5),
    ],
)
def test_numbers_that_are_dates(tmp_path: Path, number: str, form: str, from_1904: bool, value: object) -> None:
    """A number is a date if its format shows one and the calendar has one."""
    styles = f"<numFmts><numFmt numFmtId='164' formatCode='{form}'/></numFmts>"
    styles += "<cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='164'/></cellXfs>"
    content = parts(f'<row r="1"><c r="A1" s="1"><v>{number}</v></c></row>', styles=styles)
    content["xl/workbook.xml"] = str(content["xl/workbook.xml"]).replace(
        "<sheets>", f'<workbookPr date1904="{int(from_1904)}"/><sheets>'
    )

    (row,) = rows_of(tmp_path / "book.xlsx", content)

    assert row.cells == [value]
    assert type(row.cells[0]) is type(value)


def test_formulas_errors_and_merged_cells_are_marked(tmp_path: Path) -> None:
    """They are no fault: the row says what is not as it was typed, and whoever reads it decides."""
    path = tmp_path / "book.xlsx"
    with written(path) as book:
        sheet = book.add_worksheet()
        sheet.write_formula(0, 0, "=1+1", value=2)
        sheet.write_formula(0, 1, '="a"', value="a")
        sheet.write_formula(0, 2, "=1/0", value="#DIV/0!")
        sheet.write(0, 3, "plain")
        sheet.merge_range(1, 0, 2, 1, "merged")
        sheet.write(2, 2, "beside")
        sheet.write(3, 0, "below")

    rows = list(read_table(path))

    assert rows == [
        Row(1, [2, "a", "#DIV/0!", "plain"], {0: Mark.FORMULA, 1: Mark.FORMULA, 2: Mark.ERROR}),
        Row(2, ["merged"], {0: Mark.MERGED}),
        Row(3, [None, None, "beside"], {0: Mark.MERGED, 1: Mark.MERGED}),
        Row(4, ["below"]),
    ]


def test_merges_without_end_are_bounded(tmp_path: Path) -> None:
    """A title over the whole sheet is a title; ranges upon ranges are damage."""
    title = '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>'
    heap = "<mergeCells>" + '<mergeCell ref="A1:XFD1048576"/>' * 20_000 + "</mergeCells>"

    (row,) = rows_of(tmp_path / "title.xlsx", parts(ROW.format(1), title))

    assert row == Row(1, [1], {0: Mark.MERGED})
    assert fault_of(zipped(tmp_path / "heap.xlsx", parts(ROW.format(1), heap))).code == "table_broken"


def test_sheets(tmp_path: Path) -> None:
    """The first that is not hidden, or the one that is named."""
    path = tmp_path / "book.xlsx"
    with written(path) as book:
        for name in "隐", "一", "二":
            book.add_worksheet(name).write(0, 0, name)
        book.get_worksheet_by_name("隐").hide()
        book.get_worksheet_by_name("一").activate()

    assert [row.cells for row in read_table(path)] == [["一"]]
    assert [row.cells for row in read_table(path, sheet="二")] == [["二"]]
    assert [row.cells for row in read_table(path, sheet="隐")] == [["隐"]]
    fault = fault_of(path, sheet="三")
    assert (fault.code, "一, 二, 隐" in fault.message.zh) == ("sheet_missing", True)


def test_what_other_programs_leave_out_or_put_in(tmp_path: Path) -> None:
    """No positions, inline texts, how a text is pronounced, escapes, another namespace, UTF-16."""
    strings = "<si><t>东京</t><rPh><t>トウキョウ</t></rPh></si><si><r><t>a_x000D_</t></r><r><t>_x005F_x0041_</t></r></si>"
    rows = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c/><c t="inlineStr"><is><t>行内</t></is></c></row>'
    rows += '<row r="7"><c t="str"><f>A1</f><v>x</v></c><c t="d"><v>2026-03-11</v></c><c><f>B1</f></c></row><row r="8"/>'
    content = parts(rows, strings=strings)
    expected = [
        Row(1, ["东京", "a\n_x0041_", None, "行内"]),
        Row(7, ["x", "2026-03-11", None], {0: Mark.FORMULA, 2: Mark.FORMULA}),
    ]
    strict = {name: str(part).replace(MAIN, "http://purl.oclc.org/ooxml/spreadsheetml/main") for name, part in content.items()}
    wide = {**content, "xl/worksheets/sheet1.xml": str(content["xl/worksheets/sheet1.xml"]).encode("utf-16")}

    assert rows_of(tmp_path / "book.xlsx", content) == expected
    assert rows_of(tmp_path / "strict.xlsx", {**strict}) == expected
    assert rows_of(tmp_path / "wide.xlsx", wide) == expected


def test_a_file_behind_a_password(tmp_path: Path) -> None:
    """Told as such: not as damaged, not as an unknown kind."""
    from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]

    path, locked = tmp_path / "book.xlsx", tmp_path / "locked.xlsx"
    with written(path) as book:
        book.add_worksheet().write(0, 0, "secret")
    with path.open("rb") as plain, locked.open("wb") as file:
        OOXMLFile(plain).encrypt("1234", file)

    fault = fault_of(locked)

    assert (fault.code, "密码" in fault.message.zh) == ("table_locked", True)


def test_a_zip_that_is_encrypted(tmp_path: Path) -> None:
    """The other kind of password."""
    path = zipped(tmp_path / "book.xlsx", parts(""))
    data = bytearray(path.read_bytes())
    data[6] |= 1
    central = data.index(b"PK\x01\x02")
    data[central + 8] |= 1
    path.write_bytes(data)

    assert fault_of(path).code == "table_locked"


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("file_empty", b""),
        ("not_a_table", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("not_a_table", b"<html/>"),
        ("not_a_table", b"%PDF\0\0\0\0"),
        ("table_broken", b"PK\x03\x04 cut short"),
    ],
)
def test_another_kind_of_file(tmp_path: Path, code: str, data: bytes) -> None:
    """An old xls, a page, a PDF, half a zip."""
    (tmp_path / "book.xlsx").write_bytes(data)

    assert fault_of(tmp_path / "book.xlsx").code == code


def test_a_zip_of_something_else(tmp_path: Path) -> None:
    """A zip is a workbook only if it says so."""
    assert fault_of(zipped(tmp_path / "a.xlsx", {"mimetype": "application/epub+zip"})).code == "not_a_table"
    assert fault_of(zipped(tmp_path / "b.xlsx", {"_rels/.rels": relations()})).code == "not_a_table"


ROW = '<row r="{}"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    ("code", "line", "rows"),
    [
        ("table_broken", 1, ROW.format(2) + ROW.format(1)),
        ("table_broken", 2, ROW.format(2) * 2),
        ("table_broken", None, ROW.format("x")),
        ("table_broken", 1, '<row r="1"><c r="1A"><v>1</v></c></row>'),
        ("table_broken", 1, '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>1</v></c></row>'),
        ("table_broken", 1, '<row r="1"><c r="A1" t="s"><v>9</v></c></row>'),
        ("table_broken", 1, '<row r="1"><c r="A1"><v>one</v></c></row>'),
        ("table_broken", 1, '<row r="1"><c r="A1"><v>inf</v></c></row>'),
        ("table_broken", 1, '<row r="1"><c r="A1" s="x"><v>1</v></c></row>'),
        ("too_many_rows", 9_999_999, ROW.format(9_999_999)),
        ("too_many_columns", 1, '<row r="1"><c r="XFD1"><v>1</v></c></row>'),
        ("cell_too_long", 1, f'<row r="1"><c r="A1" t="str"><v>{"x" * 40_000}</v></c></row>'),
        ("element_too_big", None, f'<row r="1">{"<c/>" * 3_000_000}</row>'),
        ("xml_broken", 1, '<row r="1"><c r="A1"></row>'),
        ("xml_huge", 1, "<row>" + "<c>" * 1_000),
    ],
)
def test_a_sheet_that_is_damaged_or_too_large(tmp_path: Path, code: str, line: int | None, rows: str) -> None:
    """The line is the spreadsheet's row where there is one."""
    path = zipped(tmp_path / "book.xlsx", parts(rows), level=1)

    fault = fault_of(path, Limits(ratio=10_000))

    assert (fault.code, fault.line) == (code, line)


def test_two_cells_at_opposite_ends_cost_nothing(tmp_path: Path) -> None:
    """A reader that fills the rectangle between them dies of it; this one holds a row at a time."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="ALL1048576"><v>2</v></c></row>'

    first, last = rows_of(tmp_path / "book.xlsx", parts(rows))

    assert (first.cells, last.line, len(last.cells), last.cells[-1]) == ([1], 1_048_576, 1_000, 2)


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    """By the sizes that the zip declares; a part that lies about its size yields no more than it declared."""
    bomb = zipped(tmp_path / "bomb.xlsx", {**parts(""), "xl/media/zero.bin": b"\0" * 100_000_000})
    large = zipped(tmp_path / "large.xlsx", parts(ROW.format(1)))
    liar = tmp_path / "liar.xlsx"
    data = bytearray(zipped(liar, parts("".join(ROW.format(i) for i in range(1, 9_000)))).read_bytes())
    with zipfile.ZipFile(liar) as file:
        info = file.getinfo("xl/worksheets/sheet1.xml")
    real = struct.pack("<I", info.file_size)
    for start in (data.index(real), data.rindex(real)):
        data[start : start + 4] = struct.pack("<I", 1_000)
    liar.write_bytes(data)

    assert fault_of(bomb).code == "file_bomb"
    assert fault_of(large, Limits(unpacked=500)).code == "file_too_big"
    assert fault_of(zipped(tmp_path / "many.xlsx", {f"x{number}": "" for number in range(10_001)})).code == "too_many_parts"
    assert fault_of(liar).code in ("table_broken", "xml_broken")


def test_entities_in_a_workbook_are_never_followed(tmp_path: Path) -> None:
    """Any part of it may hide them."""
    for part in parts(""):
        content = parts('<row><c t="s"><v>0</v></c></row>', strings="<si><t>x</t></si>")
        content[part] = '<!DOCTYPE x [<!ENTITY a SYSTEM "secret.txt">]>' + str(content[part])
        path = zipped(tmp_path / "book.xlsx", content)

        if part == "xl/styles.xml":
            content["xl/worksheets/sheet1.xml"] = str(content["xl/worksheets/sheet1.xml"]).replace(' t="s"', "")
            path = zipped(tmp_path / "book.xlsx", content)
        assert fault_of(path).code == "xml_doctype", part


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_as_excel_in_china_saves_it(tmp_path: Path, encoding: str, sign: str) -> None:
    """Encoding and separator are found; cells are texts; blank lines are passed over."""
    text = f"姓名{sign}电话{sign}备注\r\n\r\n孙丽{sign}'+86 138{sign}\"一\n二\"\r\n{sign}{sign}\r\n何军{sign}{sign}''x\r\n"
    (tmp_path / "list.csv").write_bytes(text.encode(encoding))

    assert list(read_table(tmp_path / "list.csv")) == [
        Row(1, ["姓名", "电话", "备注"]),
        Row(3, ["孙丽", "+86 138", "一\n二"]),
        Row(6, ["何军", None, "''x"]),
    ]


def test_a_csv_is_bounded_too(tmp_path: Path) -> None:
    """Rows, columns, cells."""
    path = tmp_path / "list.csv"
    path.write_text("a,b,c\n1,2,3\n")

    assert fault_of(path, Limits(rows=1)).code == "too_many_rows"
    assert fault_of(path, Limits(columns=2)).code == "too_many_columns"
    path.write_text("a,b,c\n1,22,3\n")
    fault = fault_of(path, Limits(cell=1))
    assert (fault.code, fault.line, fault.column) == ("cell_too_long", 2, 2)

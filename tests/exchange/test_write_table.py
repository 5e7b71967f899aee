"""Tables for others: what a spreadsheet shows of them, what it never computes, and that they are whole or not there."""

import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from cuiban.errors import BadInput, Usage
from cuiban.exchange.limits import Limits
from cuiban.exchange.tables import Column, read_table, write_table

COLUMNS = [Column("ref", "编号"), Column("subject", "事由"), Column("due", "到期"), Column("late", "超时")]
CHINA = timezone(timedelta(hours=8))
ROWS = [
    {"ref": "TS-260306-002", "subject": "空调异响", "due": datetime(2026, 3, 10, 10, tzinfo=CHINA), "late": 24000},
    {"ref": "HF-260306-011", "subject": '回访\n保养, "急"', "due": date(2026, 3, 9)},
]


def test_a_csv_opens_in_excel_as_it_is(tmp_path: Path) -> None:
    """UTF-8 with BOM, Windows line ends, quotes where needed, the clock that the datetime shows."""
    path = tmp_path / "待办.csv"

    assert write_table(path, COLUMNS, ROWS) == 2
    assert path.read_bytes().decode("utf-8") == (
        "\ufeff编号,事由,到期,超时\r\n"
        "TS-260306-002,空调异响,2026-03-10 10:00:00,24000\r\n"
        'HF-260306-011,"回访\n保养, ""急""",2026-03-09,\r\n'
    )


def test_an_xlsx_holds_the_same_for_another_reader(tmp_path: Path) -> None:
    """Dates are dates, numbers numbers; a program that is not ours reads it so."""
    path = tmp_path / "todo.XLSX"

    assert write_table(path, COLUMNS, ROWS) == 2
    assert CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python() == [
        ["编号", "事由", "到期", "超时"],
        ["TS-260306-002", "空调异响", datetime(2026, 3, 10, 10), 24000],
        ["HF-260306-011", '回访\n保养, "急"', date(2026, 3, 9), ""],
    ]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-5", "@SUM(A1)", "\tx", "'=1", "''=1", "'a", '=HYPERLINK("http://x")'])
def test_a_text_is_never_computed(tmp_path: Path, ending: str, text: str) -> None:
    """What looks like a formula stays the text that it is, and is the same text when read back."""
    path = tmp_path / f"list.{ending}"
    write_table(path, [Column("a", "=A"), Column("b", "B")], [{"a": text, "b": -5}])

    heading, row = read_table(path)

    assert (heading.cells[0], row.cells[0], row.marks) == ("=A", text, {})
    if ending == "csv":
        assert f"'{text[:4]}" in path.read_text("utf-8-sig") or text == "'a"
        assert row.cells[1] == "-5"
    else:
        assert "<f>" not in part(path, "xl/worksheets/sheet1.xml")
        assert "quotePrefix" in part(path, "xl/styles.xml") or text == "'a"
        assert row.cells[1] == -5


def part(path: Path, name: str) -> str:
    """Return the text of a part of a workbook."""
    with zipfile.ZipFile(path) as file:
        return file.read(name).decode()


def test_columns_are_as_wide_as_what_they_hold(tmp_path: Path) -> None:
    """A Chinese character is two wide; the heading stays when the list is scrolled, and can be filtered."""
    path = tmp_path / "list.xlsx"
    columns = [Column("a", "A"), Column("b", "姓名"), Column("c", "C")]
    write_table(path, columns, [{"a": "x" * 20, "b": "一二三四五六七八九十百", "c": "x" * 500}])

    sheet = part(path, "xl/worksheets/sheet1.xml")

    widths = [float(each.split('"')[0]) for each in sheet.split(' width="')[1:]]
    assert 22 < widths[0] < 23
    assert 24 < widths[1] < 25
    assert 60 < widths[2] < 61
    assert 'state="frozen"' in sheet
    assert "<autoFilter" in sheet


def test_the_same_table_makes_the_same_bytes(tmp_path: Path) -> None:
    """No clock stands in the file."""
    for name in "a.xlsx", "b.xlsx":
        write_table(tmp_path / name, COLUMNS, ROWS)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_hostile_and_odd_values(tmp_path: Path, ending: str) -> None:
    """Controls, escapes and direction marks go; what Excel cannot hold exactly becomes text."""
    path = tmp_path / f"list.{ending}"
    values: list[object] = [
        "a\0b\x1b[31mred\u202e",
        "\ud800x",
        "l1\r\nl2",
        123456789012345678,
        float("nan"),
        date(1899, 1, 1),
    ]
    values += [datetime(1, 1, 1, tzinfo=UTC), timedelta(hours=30), time(9, 5), True, "", None, "字" * 40_000]
    columns = [Column(str(i), f"列{i}") for i in range(len(values))]
    write_table(path, columns, [{str(i): value for i, value in enumerate(values)}])

    heading, row = read_table(path, Limits(cell=50_000))

    assert len(heading.cells) == len(values)
    assert row.cells[:5] == ["abred", "x", "l1\nl2", "123456789012345678", "nan"]
    assert str(row.cells[5]) == "1899-01-01"
    assert str(row.cells[6]).startswith("0001-01-01 00:00:00")
    if ending == "xlsx":
        assert row.cells[7:10] == [timedelta(hours=30), time(9, 5), True]
        assert len(str(row.cells[12])) == 32_767
        assert str(row.cells[12]).endswith("字 ...")
    else:
        assert row.cells[7:10] == ["1 day, 6:00:00", "09:05:00", "TRUE"]
        assert row.cells[12] == "字" * 40_000
    assert row.cells[10:12] == [None, None]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_table_that_fails_half_way_leaves_what_was_there(tmp_path: Path, ending: str) -> None:
    """The old file stays, byte for byte, and no draft lies about."""
    path = tmp_path / f"list.{ending}"
    path.write_bytes(b"the old list")

    def rows() -> Iterator[dict[str, object]]:
        for i in range(5_000):
            yield {"ref": f"TS-{i}"}
        raise RuntimeError("the database went away")

    with pytest.raises(RuntimeError, match="went away"):
        write_table(path, COLUMNS, rows())

    assert path.read_bytes() == b"the old list"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    """The file it points to is replaced, not the link."""
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")

    write_table(tmp_path / "link.csv", COLUMNS, [])

    assert (tmp_path / "link.csv").is_symlink()
    assert "编号" in (tmp_path / "real.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("name", ["list", "list.xls", "list.txt", ".csv", "list.xlsx.gz"])
def test_another_ending_is_refused(tmp_path: Path, name: str) -> None:
    """Before anything is written."""
    with pytest.raises(Usage) as caught:
        write_table(tmp_path / name, COLUMNS, ROWS)

    assert caught.value.code == "ending_unknown"
    assert ".xlsx, .csv" in caught.value.message.zh
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_place_that_cannot_be_written(tmp_path: Path, ending: str) -> None:
    """No such folder, a folder of that name, a file in a folder's place: a sentence."""
    (tmp_path / f"folder.{ending}").mkdir()
    (tmp_path / "file").write_text("x")

    codes = []
    for name in f"none/list.{ending}", f"folder.{ending}", f"file/list.{ending}", f"nul\0.{ending}":
        with pytest.raises(BadInput) as caught:
            write_table(tmp_path / name, COLUMNS, ROWS)
        codes.append(caught.value.code)

    assert codes == ["file_unwritable", "file_is_folder", "file_unwritable", "file_unwritable"]

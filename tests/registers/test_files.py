"""Registers by file: templates, what Excel in China writes, a result a row, the bad rows handed back. [issue 4, Bad input]"""

import csv
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]
from msoffcrypto.format.ooxml import OOXMLFile  # type: ignore[import-untyped]

from cuiban.errors import BadInput, Refused
from cuiban.exchange.tables import read_table
from cuiban.registers.faults import MESSAGES
from cuiban.registers.importing import Imported
from tests.cli.clerk import Clerk
from tests.registers.test_by_hand import added
from tests.support.house import House
from tests.support.vins import vin

HEADING = ["姓名*", "电话*", "客户类型", "俱乐部会员", "建档日期", "备注"]
SUN = ["孙丽", "13800138000", "私人", "是", date(2026, 3, 1), "老客户"]
HE = ["何军", "13900139000", "单位", "否", None, None]


def book(path: Path, rows: list[list[Any]], heading: list[str] | None = None) -> Path:
    """Write an xlsx: formulae begin with =, a merged cell is ("merge", value)."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as written:
        sheet = written.add_worksheet()
        for number, row in enumerate([heading or HEADING, *rows]):
            for column, value in enumerate(row):
                if isinstance(value, tuple):
                    sheet.merge_range(number, column, number + 1, column, value[1])
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, value)
                elif value is not None:
                    sheet.write(number, column, value)
    return path


def taken(house: House, path: Path, register: str = "customer", by: str = "wang", **rest: Any) -> Imported:
    """Take a file in."""
    return house.office.register_import(register, path, actor=by, now=house.now, **rest)


def codes(done: Imported) -> list[list[str]]:
    """What is wrong with each row."""
    return [sorted(error.code for error in result.errors) for result in done.results]


def test_a_file_goes_in_once(house: House, tmp_path: Path) -> None:
    """The same file again changes nothing; another content of the same key is a change; an empty cell leaves things alone."""
    path = book(tmp_path / "kunden.xlsx", [SUN, HE])
    assert [r.action for r in taken(house, path, dry_run=True).results] == ["add", "add"]
    assert house.office.register_list("customer") == []

    assert [(r.row, r.action, r.ref) for r in taken(house, path).results] == [(2, "add", "KH-000001"), (3, "add", "KH-000002")]
    before = house.rows()
    assert [r.action for r in taken(house, path).results] == ["none", "none"]
    assert house.rows() == before

    changed = book(tmp_path / "new.xlsx", [["孙丽丽", 13800138000, None, None, None, None]])
    assert [r.action for r in taken(house, changed).results] == ["set"]
    row = house.office.register_get("customer", "KH-000001", actor="wang")
    assert (row.fields["name"], row.fields["kind"], row.fields["since"], row.version) == ("孙丽丽", "private", "2026-03-01", 2)


def test_good_rows_go_in_and_bad_ones_come_back(house: House, tmp_path: Path) -> None:
    """Text in a number, a wrong choice, a day ahead, a formula, an error, merged cells, a key twice: each told in its row."""
    rows: list[list[Any]] = [
        SUN,
        ["何军", "不详", "公家", "是", date(2026, 3, 9), None],
        ["赵敏", "13700137000", "私人", "=1+1", None, None],
        ["钱多", "13600136000", ("merge", "私人"), "是", None, None],
        ["李四", "13500135000", None, "是", None, None],
        [None, "13400134000", None, None, None, None],
        ["孙二", "138-0013-8000", None, None, None, None],
        HE,
    ]

    done = taken(house, book(tmp_path / "mixed.xlsx", rows))

    assert codes(done) == [
        [], ["in_future", "wrong_value", "wrong_value"], ["cell_formula"], ["cell_merged"], ["cell_merged"], ["field_missing"],
        ["row_twice"], [],
    ]  # fmt: skip
    assert [row.fields["name"] for row in house.office.register_list("customer")] == ["孙丽", "何军"]
    assert done.results[1].errors[0].value == "不详"


def test_numbers_as_excel_writes_them(house: House, tmp_path: Path) -> None:
    """Money in yuan, days in five forms, moments without a zone, a VIN in small letters; wrong VINs, a double invoice number."""
    taken(house, book(tmp_path / "cars.xlsx", [[vin(1).lower()], [vin(2)]], ["车架号"]), "vehicle", "sun")
    heading = ["发票号", "类别", "开票日期", "车架号", "金额"]
    rows: list[list[Any]] = [
        ["F1", "蓝字", datetime(2026, 3, 1), vin(1), 128600.5],
        ["F2", "blue", "2026/3/1", vin(2), "128,600元"],
        ["F3", "蓝字", "2026年3月1日", None, 100],
        ["F4", "蓝字", 20260301, "LSGPC52U0FF000001", "abc"],
        ["F1", "蓝字", "2026.3.1", None, 1],
        ["F6", "蓝字", "2026-02-30", vin(3), 0.001],
    ]

    done = taken(house, book(tmp_path / "invoices.xlsx", rows, heading), "invoice", "qian")

    assert codes(done)[:3] == [[], [], []]
    assert codes(done)[3:] == [["wrong_value", "wrong_value"], ["row_twice"], ["no_such_row", "wrong_value", "wrong_value"]]
    kept = {row.fields["number"]: row.fields for row in house.office.register_list("invoice")}
    assert [kept[n]["amount"] for n in ("F1", "F2", "F3")] == [12860050, 12860000, 10000]
    assert {kept[n]["day"] for n in kept} == {"2026-03-01"}


@pytest.mark.parametrize("encoding", ["gbk", "utf-8", "utf-8-sig", "utf-16"])
def test_a_csv_in_any_usual_encoding(house: House, tmp_path: Path, encoding: str) -> None:
    """What Excel in China saves, and what others do."""
    path = tmp_path / "kunden.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(
            [["姓名", "电话", "建档日期"], ["孙丽", "13800138000", "2026/3/1"], ["何军", "1.39E+10", "去年"]]
        )

    done = taken(house, path)

    assert codes(done) == [[], ["wrong_value", "wrong_value"]]
    assert house.office.register_list("customer", part="孙丽")[0].fields["since"] == "2026-03-01"


@pytest.mark.parametrize(("rows", "heading", "code"), [
    ([SUN], ["姓名", "电话", "微信"], "heading_unknown"), ([SUN], ["姓名", "电话", "姓名"], "heading_twice"),
    ([SUN], ["姓名"], "heading_missing"), ([], None, "no_rows"),
])  # fmt: skip
def test_a_heading_that_does_not_fit(
    sqlite_house: House, tmp_path: Path, rows: list[list[Any]], heading: list[str] | None, code: str
) -> None:
    """One sentence, and nothing went in."""
    with pytest.raises(BadInput) as caught:
        taken(sqlite_house, book(tmp_path / "f.xlsx", rows, heading))

    assert caught.value.code == code
    assert sqlite_house.office.register_list("customer") == []


def test_files_that_are_none(sqlite_house: House, tmp_path: Path) -> None:
    """Empty, behind a password, a picture, a zip of another kind, cut short: nothing went in."""
    import zipfile

    good = book(tmp_path / "good.xlsx", [SUN])
    files = {name: tmp_path / name for name in ("empty.xlsx", "locked.xlsx", "picture.png", "other.xlsx", "short.xlsx")}
    files["empty.xlsx"].touch()
    with good.open("rb") as plain, files["locked.xlsx"].open("wb") as locked:
        OOXMLFile(plain).encrypt("1234", locked)
    files["picture.png"].write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    with zipfile.ZipFile(files["other.xlsx"], "w") as other:
        other.writestr("readme.txt", "nothing")
    files["short.xlsx"].write_bytes(good.read_bytes()[:3000])

    found = {}
    for name, path in files.items():
        with pytest.raises(BadInput) as caught:
            taken(sqlite_house, path)
        found[name] = caught.value.code

    assert found["empty.xlsx"] == "file_empty"
    assert found["locked.xlsx"] == "table_locked"
    assert sqlite_house.office.register_list("customer") == []


def test_a_zip_bomb(sqlite_house: House, tmp_path: Path) -> None:
    """Refused before it is unpacked."""
    import zipfile

    path = book(tmp_path / "bomb.xlsx", [SUN])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/big.xml", b"0" * (64 << 20))

    with pytest.raises(BadInput) as caught:
        taken(sqlite_house, path)

    assert caught.value.code == "file_bomb"


def test_who_may(sqlite_house: House, tmp_path: Path) -> None:
    """As by hand."""
    with pytest.raises(Refused):
        taken(sqlite_house, book(tmp_path / "f.xlsx", [SUN]), by="wu")


def test_many_rows_are_several_transactions(sqlite_house: House, tmp_path: Path) -> None:
    """A key twice is found over their border, a reference to an earlier one too."""
    rows = [["客户", f"1380013{n:04d}", None, None, None, None] for n in range(1100)]
    done = taken(sqlite_house, book(tmp_path / "f.xlsx", [*rows, rows[0]]))

    assert done.accepted == 1100
    assert codes(done)[-1] == ["row_twice"]


def test_from_the_command_line(clerk: Clerk) -> None:
    """A template out, filled in, in; the refused rows in a file that can be put right and read again; out again."""
    assert clerk.does("template customer") == "已写入 customer.xlsx, 0行\n"
    heading = [str(cell) for cell in next(read_table(clerk.home / "customer.xlsx")).cells]
    assert heading[:3] == ["姓名*", "电话*", "客户类型"]
    book(clerk.home / "kunden.xlsx", [SUN, ["何军", "不详", "单位", None, None, None]])

    assert clerk.runs("import customer kunden.xlsx").code == 2  # nobody to ask
    answer = clerk.runs("import customer kunden.xlsx -y")
    assert answer.code == 5
    assert answer.out.splitlines()[:3] == [
        "2行: 读入1, 拒绝1", "  新增1, 更改0, 无变化0", "  第3行: 电话: 应为电话号码, 7到15位数字",
    ]  # fmt: skip
    (told, bad) = read_table(clerk.home / "kunden.refused.xlsx")
    assert told.cells[-1] == "错误"
    assert bad.cells[:2] == ["何军", "不详"]

    done = clerk.runs("import customer kunden.xlsx -y --json").json
    assert (done["rows"], done["accepted"], done["refused"]) == (2, 1, 1)
    error = done["results"][1]["errors"][0]
    assert error == {"column": "电话", "code": "wrong_value", "message": "电话: 应为电话号码, 7到15位数字", "value": "不详"}


def test_rows_that_hold_again_are_counted_apart(clerk: Clerk) -> None:
    """In words only where there are any; neither new nor changed. A try says the same."""
    for number, name in ((1, "孙丽"), (2, "何军"), (3, "赵敏")):
        clerk.does(f"register add customer --set name={name} --set phone=1380013800{number}")
    for number in (1, 2):
        clerk.does(f"register end customer KH-00000{number} --reason 搬走")
    (clerk.home / "rows.csv").write_text("name,phone\n孙丽,13800138001\n何军,13800138002\n赵小敏,13800138003\n钱多,13800138004\n")

    tried = clerk.reads("import customer rows.csv -y --dry-run")
    told = clerk.does("import customer rows.csv -y")

    assert told.splitlines() == ["4行: 读入4, 拒绝0", "  新增1, 更改1, 无变化0, 恢复2(原已停用)"]
    assert (tried["revived"], tried["accepted"]) == (2, 4)
    assert [one["action"] for one in tried["results"]] == ["again", "again", "set", "add"]
    assert len(clerk.reads("register list customer")) == 4
    assert clerk.reads("import customer rows.csv -y")["revived"] == 0
    assert clerk.does("import customer rows.csv -y --lang en").splitlines()[1] == "  0 new, 0 changed, 4 as they were"


def test_what_goes_out_comes_in_as_it_was(clerk: Clerk) -> None:
    """Every kind of value, xlsx and csv; masked phones do not come back as phones."""
    house = clerk.house
    added(house, "customer", {"name": "孙丽", "phone": "13800138000", "club": "是", "kind": "company", "since": "2026-03-01"})
    added(house, "vehicle", {"vin": vin(1), "plate": "皖H3D905", "customer": "KH-000001"})
    added(house, "repair", {"number": "WX1", "vin": vin(1), "settled_at": "2026-03-01T16:00:00+08:00", "amount": "99.50",
                            "advisor": "赵磊", "mileage": "12000", "work": "upkeep"})  # fmt: skip
    for ending in ("xlsx", "csv"):
        for name in ("customer", "vehicle", "repair"):
            clerk.does(f"export {name} --reveal -o {name}.{ending}")
            done = clerk.runs(f"import {name} {name}.{ending} -y --json").json
            assert [one["action"] for one in done["results"]] == ["none"]
    clerk.does("export customer -o masked.csv")
    assert clerk.runs("import customer masked.csv -y").code == 5


def test_every_reason_of_this_room_is_met_above() -> None:
    """Their codes stand in these tests: row_there, row_referred by hand; cell_error below."""
    names = ("test_files.py", "test_by_hand.py", "test_once.py", "test_filled.py", "test_changed_by_hand.py")
    told = "".join((Path(__file__).parent / name).read_text(encoding="utf-8") for name in names)
    assert [code for code in MESSAGES if f'"{code}"' not in told] == []


def test_an_error_value(sqlite_house: House, tmp_path: Path) -> None:
    """#N/A where a value should stand."""
    with xlsxwriter.Workbook(tmp_path / "f.xlsx") as written:
        sheet = written.add_worksheet()
        sheet.write_row(0, 0, ["姓名", "电话"])
        sheet.write(1, 0, "孙丽")
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")

    done = taken(sqlite_house, tmp_path / "f.xlsx")

    assert codes(done)[0][0] in ("cell_error", "cell_formula")

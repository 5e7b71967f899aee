"""cuiban import-log: figures for people and programs, faults as one sentence. [cli.md 5]"""

from pathlib import Path

import pytest

from tests.imports.conftest import Desk
from tests.imports.desklog import CSV_MAP, GOOD, XES_MAP, ways, write_csv, write_map, write_xes

KEYS = ["cases", "events", "conforming_cases", "conforming_events", "deviations", "ignored"]


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Give a log of ten cases, two of them odd."""
    return write_xes(tmp_path / "log.xes.gz", ways(10))


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """Give the map of it."""
    return write_map(tmp_path / "map.toml", XES_MAP)


def test_a_program_gets_the_contract(desk: Desk, log: Path, mapping: Path) -> None:
    """Every key, English ids, the same at a second run; nothing on stderr."""
    once, twice = desk.imports(log, mapping, "--json"), desk.imports(log, mapping, "--json")

    assert (once.code, once.err) == (0, "")
    assert list(once.json) == KEYS
    assert once.json["deviations"][0] == {
        "code": "after_close", "activity": "关闭", "state": "closed", "count": 2, "example": "G004"
    }  # fmt: skip
    assert twice.out == once.out


def test_a_person_gets_words(desk: Desk, log: Path, mapping: Path) -> None:
    """Shares, what came in, and the commonest deviations, by labels; in both languages."""
    zh, en = desk.imports(log, mapping), desk.imports(log, mapping, "--lang", "en")

    assert zh.out.splitlines() == [
        "10案, 相符 8 (80.0%)",
        "54个事件, 相符 48 (88.9%); 另有 2 个按映射不计",
        "读入 10案, 接续 0案, 原已读入 0案",
        "不相符的 6 个事件:",
        "  个数  活动  环节    原因                  例",
        "     2  关闭  已关闭  案件已办结            G004",
        "     2  受理  已登记  流程当时不能走这一步  G004",
        "     2  返工  已分级  映射里没有这个活动    G004",
    ]
    assert en.out.splitlines()[1:4] == [
        "54 events, 48 conform (88.9%); 2 more are left out by the map",
        "0 cases came in, 0 went on, 10 were in",
        "The 6 events that do not conform:",
    ]


def test_strict_imports_all_the_same(desk: Desk, log: Path, mapping: Path, tmp_path: Path) -> None:
    """7 if anything deviates, 0 if all conforms."""
    good = write_xes(tmp_path / "good.xes", {"A": GOOD})

    odd, clean = desk.imports(log, mapping, "--strict", "--json"), desk.imports(good, mapping, "--strict")

    assert (odd.code, clean.code) == (7, 0)
    assert odd.json["conforming_cases"] == 8
    assert desk.house.rows()["cases"] == 11


def test_a_dry_run_keeps_nothing(desk: Desk, log: Path, mapping: Path) -> None:
    """And says so."""
    rows = desk.house.rows()

    tried = desk.imports(log, mapping, "--dry-run")

    assert tried.out.splitlines()[2] == "只判断, 没有读入"
    assert desk.house.rows() == rows


def test_a_bad_cell_is_told_by_line_and_column(desk: Desk, tmp_path: Path) -> None:
    """A CSV is read to its end first, so that nothing came in."""
    log = write_csv(tmp_path / "log.csv", ways(2), "utf-8")
    lines = log.read_text("utf-8").splitlines()
    lines[6] = "G001;受理;昨天下午;张1"
    log.write_text("\n".join(lines), "utf-8")
    rows = desk.house.rows()

    done = desk.imports(log, write_map(tmp_path / "map.toml", CSV_MAP), "--json")

    assert done.code == 5
    assert (done.error["code"], done.error["line"], done.error["column"]) == ("bad_input", 7, 3)
    assert done.error["message"].startswith("第 7 行第 3 列: 时间看不懂: 昨天下午")
    assert done.error["message"].endswith("; 什么都没有读入")
    assert desk.house.rows() == rows


def test_what_stands_before_a_fault_is_in(desk: Desk, mapping: Path, tmp_path: Path) -> None:
    """Whole cases of a XES are kept and counted; mended, the import goes on."""
    log = write_xes(tmp_path / "log.xes", ways(4))
    whole = log.read_text("utf-8")
    log.write_text(whole.replace('value="2025-06-02T10:02:00.000+08:00"', 'value="10:02"'), "utf-8")

    broken = desk.imports(log, mapping)
    log.write_text(whole, "utf-8")
    mended = desk.imports(log, mapping)

    assert (broken.code, broken.out) == (5, "")
    assert broken.err.rstrip().endswith("; 它之前的2案已读入, 改好后再运行即接着读")
    assert mended.out.splitlines()[2] == "读入 2案, 接续 0案, 原已读入 2案"


MAPS = {
    "action": ('[activities]\n"登记" = "opne"\n', "第 2 行: 流程 incident 没有动作「opne」"),
    "field": ('[activities]\na = "take"\n[fields]\nb = "colour"\n', "第 4 行: 流程 incident 没有字段「colour」"),
    "toml": ("[activities\n", "第 1 行第 12 列: 映射文件不是正确的 TOML"),
}


@pytest.mark.parametrize("fault", MAPS)
def test_a_wrong_map_is_told_before_anything_comes_in(desk: Desk, log: Path, tmp_path: Path, fault: str) -> None:
    """With its line."""
    text, said = MAPS[fault]

    done = desk.imports(log, write_map(tmp_path / "wrong.toml", text))

    assert (done.code, done.out) == (5, "")
    assert done.err.startswith(said)
    assert desk.house.rows()["cases"] == 0


BOMB = '<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><log><trace>&b;</trace></log>'


@pytest.mark.parametrize(("name", "content"), [("bomb.xes", BOMB), ("torn.xes", "<log><trace>"), ("empty.csv", "")])
def test_a_broken_log_is_one_sentence(desk: Desk, mapping: Path, tmp_path: Path, name: str, content: str) -> None:
    """No traceback, nothing written."""
    (tmp_path / name).write_text(content, "utf-8")

    done = desk.imports(tmp_path / name, mapping)

    assert (done.code, done.out) == (5, "")
    assert done.err.count("\n") == 1
    assert desk.house.rows()["cases"] == 0


def test_what_is_not_there_is_told(desk: Desk, log: Path, mapping: Path) -> None:
    """File, map, process, person, options: each its exit code."""
    missing = Path("gone.xes")

    assert desk.imports(missing, mapping).code == 5
    assert desk.imports(log, missing).code == 5
    assert desk.runs("import-log", str(log), "--process", "incidents", "--map", str(mapping)).code == 3
    assert desk.runs("import-log", str(log), "--process", "incident").code == 2
    assert desk.imports(log, mapping, CUIBAN_USER="nobody").code == 3


def test_an_auditor_imports_nothing(desk: Desk, log: Path, mapping: Path) -> None:
    """Whose events they are is not judged; who imports them is."""
    done = desk.imports(log, mapping, "--json", CUIBAN_USER="shen")

    assert done.code == 1
    assert [blocker["code"] for blocker in done.error["blockers"]] == ["reads_only"]
    assert desk.house.rows()["cases"] == 0


def test_an_imported_case_is_found_and_read(desk: Desk, log: Path, mapping: Path) -> None:
    """By what its map calls it; its history says what the log says."""
    desk.imports(log, mapping)

    found = desk.runs("list", "G004", "--any", "--json").json

    told = desk.runs("history", found[0]["ref"]).out.splitlines()
    assert found[0]["state"] == "closed"
    assert told[0].endswith("吴刚 登记 -> 已登记  日志: G004, 登记, 张1")

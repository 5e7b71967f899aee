"""CSV as others write it: separators, headings, encodings, cases mixed; and every fault a cell can have."""

import gzip
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cuiban.exchange.limits import Limits
from cuiban.exchange.logmap import LogMap, Names
from cuiban.exchange.mapfile import parse_map
from tests.exchange.logfiles import PLAIN, SHOP, fault_of, steps, traces_of

LOG = """工单号,环节,时间,经办人,状态,备注
A1,登记,2026-03-11T09:00:00+08:00,王芳,complete,"客户说:
""空调异响"", 请尽快"
A2,登记,2026-03-11T09:05:00+08:00,,complete,
A1,处理,2026-03-11T10:00:00+08:00,李强,complete,
"""


def test_cases_mixed_in_the_file_come_out_whole(tmp_path: Path) -> None:
    """Cases in the order of their first line, events by time, cells with line breaks and quotes intact."""
    first, second = traces_of(tmp_path / "log.csv", LOG, SHOP)

    assert (first.case, second.case) == ("A1", "A2")
    assert steps(first) == [("登记", "2026-03-11T01:00:00+00:00"), ("处理", "2026-03-11T02:00:00+00:00")]
    assert first.events[0].attributes["备注"] == '客户说:\n"空调异响", 请尽快'
    assert [event.line for event in first.events] == [2, 5]
    assert (first.line, second.line, second.events[0].line, second.events[0].column) == (2, 4, 4, 2)
    assert "经办人" not in second.events[0].attributes


def test_events_of_one_instant_keep_the_files_order(tmp_path: Path) -> None:
    """A stable order, though the file is sorted by nothing."""
    rows = [("c", 12), ("z", 11), ("a", 11), ("m", 11), ("b", 10)]
    log = "工单号,环节,时间\n" + "".join(f"A1,{name},2026-03-11T{hour}:00:00Z\n" for name, hour in rows)

    (trace,) = traces_of(tmp_path / "log.csv", log, SHOP)

    assert [event.activity for event in trace.events] == ["b", "z", "a", "m", "c"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("packed", [False, True])
def test_encodings_are_found(tmp_path: Path, encoding: str, packed: bool) -> None:
    """UTF-8 with and without BOM, GB18030 and UTF-16 as Excel saves them, packed or not."""
    bom = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    data = (bom + LOG).encode(encoding)

    first, _ = traces_of(tmp_path / "log.csv", gzip.compress(data) if packed else data, SHOP)

    assert first.events[1].attributes["经办人"] == "李强"


def test_an_encoding_is_found_though_the_first_chinese_word_comes_late(tmp_path: Path) -> None:
    """A hundred thousand plain lines, then a name."""
    rows = "".join(f"A{i},go,2026-03-11 09:00:00Z\n" for i in range(30_000))
    log = "case:concept:name,concept:name,time:timestamp\n" + rows + "B,登记,2026-03-11 09:00:00Z\n"

    *_, last = traces_of(tmp_path / "log.csv", log.encode("gb18030"))

    assert last.events[0].activity == "登记"


def test_an_encoding_may_be_told(tmp_path: Path) -> None:
    """What cannot be guessed is named by the map."""
    data = "工单号,环节,时间\nA1,réparer,2026-03-11Z\n".replace("工单号", "case").encode("latin-1", "replace")
    names = Names(case="case", activity="??", timestamp="??")
    assert fault_of(tmp_path / "log.csv", data, LogMap(activities={}, names=names, encoding="latin-1")).code == ("column_twice")
    data = "case,step,time\nA1,réparer,2026-03-11 08:00Z\n".encode("latin-1")
    names = Names(case="case", activity="step", timestamp="time")

    (trace,) = traces_of(tmp_path / "log.csv", data, LogMap(activities={}, names=names, encoding="latin-1"))

    assert trace.events[0].activity == "réparer"


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found(tmp_path: Path, sign: str, end: str) -> None:
    """Whatever the system wrote, its first line shows."""
    rows = [["工单号", "环节", "时间"], ["A1", "登记", "2026-03-11T09:00:00Z"]]
    log = end.join(sign.join(row) for row in rows) + end

    (trace,) = traces_of(tmp_path / "log.csv", log, SHOP)

    assert steps(trace) == [("登记", "2026-03-11T09:00:00+00:00")]


def test_a_separator_may_be_told_by_excel_or_by_the_map(tmp_path: Path) -> None:
    """`sep=` in the first line is Excel's own way; it is no heading. Line numbers count it."""
    log = "工单号^环节^时间\nA1^登记^2026-03-11T09:00:00Z\n"
    told = LogMap(activities={}, names=SHOP.names, delimiter="^")

    (by_excel,) = traces_of(tmp_path / "log.csv", "sep=^\r\n" + log, SHOP)
    (by_map,) = traces_of(tmp_path / "log.csv", log, told)

    assert (by_excel.events[0].line, by_map.events[0].line) == (3, 2)


def test_the_usual_headings_need_no_map(tmp_path: Path) -> None:
    """A CSV made of a XES by the usual tools has XES's own names."""
    log = "case:concept:name,concept:name,time:timestamp,org:resource,lifecycle:transition\nA1,go,2026-03-11Z,R1,start\n"
    log = log.replace("2026-03-11Z", "2026-03-11 00:00:00+00:00")

    (trace,) = traces_of(tmp_path / "log.csv", log)

    assert (trace.events[0].resource, trace.events[0].lifecycle) == ("R1", "start")


def test_headings_in_other_letters_and_with_blanks(tmp_path: Path) -> None:
    """`Case ID ` is the map's `case id`, but an exact name goes before."""
    log = "Case ID ,activity,Activity,TIME\nA1,exact,other,2026-03-11T09:00:00Z\n"
    names = Names(case="case id", activity="activity", timestamp="time")

    (trace,) = traces_of(tmp_path / "log.csv", log, LogMap(activities={}, names=names))

    assert (trace.case, trace.events[0].activity) == ("A1", "exact")


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026/3/11 9:05", "2026-03-11T01:05:00+00:00"),
        ("2026/03/11 09:05:06.789", "2026-03-11T01:05:06.789000+00:00"),
        ("2026-3-11", "2026-03-10T16:00:00+00:00"),
        ("2026年3月11日 9:05", "2026-03-11T01:05:00+00:00"),
        ("2026.03.11 09:05:06", "2026-03-11T01:05:06+00:00"),
        ("2026-03-11 09:05:06 +0100", "2026-03-11T08:05:06+00:00"),
        ("2026/3/11 9:05 -05:30", "2026-03-11T14:35:00+00:00"),
        ("2026/3/11 9:05 Z", "2026-03-11T09:05:00+00:00"),
    ],
)
def test_times_of_spreadsheets_in_the_maps_zone(tmp_path: Path, text: str, utc: str) -> None:
    """Year-first times are read as they stand; the map's zone holds where they say none."""
    log = f"工单号,环节,时间\nA1,登记,{text}\n"

    (trace,) = traces_of(tmp_path / "log.csv", log, LogMap(activities={}, names=SHOP.names, zone=ZoneInfo("Asia/Shanghai")))

    assert steps(trace) == [("登记", utc)]


@pytest.mark.parametrize(
    ("form", "text", "utc"),
    [
        ("%d.%m.%Y %H:%M", "03.10.2011 14:50", "2011-10-03T12:50:00+00:00"),
        ("%m/%d/%Y %I:%M %p", "03/10/2011 02:50 PM", "2011-03-10T13:50:00+00:00"),
        ("%d-%b-%Y %H:%M:%S %z", "03-Oct-2011 14:50:00 +0000", "2011-10-03T14:50:00+00:00"),
        ("unix", "1317646200.25", "2011-10-03T12:50:00.250000+00:00"),
        ("unix_ms", "1317646200250", "2011-10-03T12:50:00.250000+00:00"),
        ("unix", "-1.5", "1969-12-31T23:59:58.500000+00:00"),
    ],
)
def test_times_by_the_maps_format(tmp_path: Path, form: str, text: str, utc: str) -> None:
    """A day that stands before its month, or seconds since 1970, must be told."""
    told = parse_map(f'[log]\ntime_format = "{form}"\nzone = "Europe/Rome"\n[activities]\ngo = "open"')
    log = f"case:concept:name,concept:name,time:timestamp\nA1,go,{text}\n"

    (trace,) = traces_of(tmp_path / "log.csv", log, told)

    assert steps(trace) == [("go", utc)]


ROW = "A3,登记,2026-03-11T09:00:00Z\n"


@pytest.mark.parametrize(
    ("code", "line", "column", "log"),
    [
        ("column_missing", 1, None, LOG.replace("环节", "步骤")),
        ("column_missing", 1, None, "这是一封信, 不是日志\n"),
        ("column_twice", 1, 4, LOG.replace("经办人", "工单号")),
        ("case_missing", 4, 1, LOG.replace("A2", " ")),
        ("activity_missing", 5, 2, LOG.replace("处理", "")),
        ("time_missing", 5, 3, LOG.replace("2026-03-11T10:00:00+08:00", "")),
        ("time_missing", 6, 3, LOG + "A3,登记\n"),
        ("time_unreadable", 5, 3, LOG.replace("2026-03-11T10", "2026-13-11T10")),
        ("time_unreadable", 5, 3, LOG.replace("2026-03-11T10:00:00+08:00", "11/03/2026 10:00")),
        ("time_unreadable", 5, 3, LOG.replace("2026-03-11T10:00:00+08:00", "0001-01-01 00:00:00+08:00")),
        ("zone_missing", 5, 3, LOG.replace("10:00:00+08:00", "10:00:00")),
        ("row_too_wide", 6, 7, LOG + ROW.strip() + ",,,,more\n"),
        ("text_not_allowed", 5, None, LOG.replace("李强", "李\0强")),
        ("csv_broken", 6, None, LOG + '"A3,登记,2026-03-11T09:00:00Z\n'),
        ("csv_broken", 6, None, LOG + '"A3"x,登记,2026-03-11T09:00:00Z\n'),
        ("cell_too_long", 6, None, LOG + f"A3,{'x' * 200_000},2026-03-11T09:00:00Z\n"),
        ("log_empty", None, None, "工单号,环节,时间\n"),
        ("log_empty", None, None, "工单号,环节,时间\n\n,,\n"),
    ],
)
def test_a_fault_is_told_with_line_and_column(tmp_path: Path, code: str, line: int | None, column: int | None, log: str) -> None:
    """Which cell, by its numbers, as a spreadsheet counts them."""
    fault = fault_of(tmp_path / "log.csv", log, SHOP)

    assert (fault.code, fault.line, fault.column) == (code, line, column)


def test_a_missing_column_names_those_that_are_there(tmp_path: Path) -> None:
    """The way out stands in the sentence."""
    fault = fault_of(tmp_path / "log.csv", LOG, PLAIN)

    assert "工单号, 环节, 时间" in fault.message.en
    assert "case:concept:name" in fault.message.zh


def test_a_cell_with_escapes_is_shown_harmless(tmp_path: Path) -> None:
    """What a hostile cell holds reaches no terminal."""
    log = LOG.replace("2026-03-11T10:00:00+08:00", "\x1b[31mred\u202e" + "x" * 500)

    fault = fault_of(tmp_path / "log.csv", log, SHOP)

    assert "\x1b" not in fault.message.zh
    assert "\u202e" not in fault.message.zh
    assert len(fault.message.zh) < 300


@pytest.mark.parametrize(
    ("encoding", "data", "line"),
    [
        ("auto", b"a,b,c\n1,2,\xff\xff\n", 2),
        ("utf-8", b"a,b,c\n1,2,3\n1,2,\xd6\xd0\n", 3),
        ("auto", b"\xef\xbb\xbfa,b,c\n1,2,\xd6\xd0\n", 2),
        ("auto", "a,b,c\n,,\n".encode("utf-16") + b"\x00\xd8\n\x00", 3),
        ("auto", "a,b,c\n,,\n".encode("utf-16") + b"x", 3),
        ("utf-8", b"a,b,c\n1,2,\xed\xa0\x80\n", 2),
    ],
)
def test_text_that_is_not_what_it_should_be(tmp_path: Path, encoding: str, data: bytes, line: int) -> None:
    """Wrong bytes, halves of surrogate pairs, half a character at the end: with the line."""
    told = LogMap(activities={}, names=Names(case="a", activity="b", timestamp="c"), encoding=encoding)

    fault = fault_of(tmp_path / "log.csv", data, told)

    assert fault.code in ("encoding_unknown", "text_undecodable")
    assert fault.line == line


def test_lines_records_and_cases_are_bounded(tmp_path: Path) -> None:
    """A line without end, a quote never closed, a case without end."""
    path, quoted = tmp_path / "log.csv", LOG + '"' + "A3,登记\n" * 40_000

    assert fault_of(path, LOG + "A" * 2_000_000, SHOP).code == "line_too_long"
    assert fault_of(path, quoted, SHOP).code == "cell_too_long"
    assert fault_of(path, LOG + '"A\n3",' * 2_000, SHOP, Limits(record=10_000)).code == "record_too_long"
    assert fault_of(path, LOG, SHOP, Limits(events_per_case=1)).code == "case_too_long"

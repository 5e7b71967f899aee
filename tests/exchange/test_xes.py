"""XES as others write it: namespaces, nesting, lifecycles, order; and XML that is broken or means harm."""

import gzip
from pathlib import Path

import pytest

from cuiban.exchange.limits import Limits
from cuiban.exchange.logmap import LogMap, Names
from tests.exchange.logfiles import EVENT, fault_of, steps, traces_of, xes

NOON, ONE = "2026-03-11T12:00:00+08:00", "2026-03-11T13:00:00+08:00"


def test_times_come_out_in_utc_and_in_order(tmp_path: Path) -> None:
    """Within a case the events stand by time; those of one instant as the file has them."""
    log = xes(("A1", [("late", ONE), ("first", NOON), ("second", NOON), ("third", NOON)]))

    (trace,) = traces_of(tmp_path / "log.xes", log)

    assert steps(trace) == [
        ("first", "2026-03-11T04:00:00+00:00"),
        ("second", "2026-03-11T04:00:00+00:00"),
        ("third", "2026-03-11T04:00:00+00:00"),
        ("late", "2026-03-11T05:00:00+00:00"),
    ]


@pytest.mark.parametrize(
    "time",
    [
        "2026-03-11T12:00:00+08:00",
        "2026-03-11T12:00:00.000+08:00",
        "2026-03-11T12:00:00.0000000+08:00",
        "2026-03-11T04:00:00Z",
        "2026-03-11 04:00:00+00:00",
        "2026-03-10T23:00:00-05:00",
    ],
)
def test_every_usual_way_to_write_a_time(tmp_path: Path, time: str) -> None:
    """Offsets, Z and fractions of any length say the same instant."""
    (trace,) = traces_of(tmp_path / "log.xes", xes(("A1", [("go", time)])))

    assert steps(trace) == [("go", "2026-03-11T04:00:00+00:00")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("packed", [False, True])
def test_encodings_packed_or_not(tmp_path: Path, encoding: str, packed: bool) -> None:
    """What the file is, its bytes say, not its name."""
    text = xes(("工单 1", [("登记", NOON)])).replace("UTF-8", encoding.removesuffix("-sig"))
    data = text.encode(encoding)

    (trace,) = traces_of(tmp_path / "log", gzip.compress(data) if packed else data)

    assert (trace.case, trace.events[0].activity) == ("工单 1", "登记")


def test_a_log_without_namespace_with_nested_and_late_attributes(tmp_path: Path) -> None:
    """Old writers name no namespace, nest attributes, and some put those of the case after its events."""
    log = f"""<log>
<global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
<string key="concept:name" value="the log"/>
<trace><int key="amount" value="5"><string key="concept:name" value="nested"/></int>
<event><string key="concept:name" value="go"><string key="concept:name" value="nested"/></string>
<list key="l"><values><string key="concept:name" value="in a list"/></values></list>
<date key="time:timestamp" value="{NOON}"/></event>
<string key="concept:name" value="A1"/></trace><trace/>
</log>"""

    (trace,) = traces_of(tmp_path / "log.xes", log)

    assert (trace.case, trace.attributes) == ("A1", {"amount": "5", "concept:name": "A1"})
    assert trace.events[0].attributes == {"concept:name": "go", "time:timestamp": NOON}


def test_the_map_may_name_other_attributes(tmp_path: Path) -> None:
    """A log whose activity is not concept:name is read by the map's names."""
    log = xes(("A1", [("go", NOON)])).replace('"concept:name"', '"步骤"').replace('"time:timestamp"', '"时间"')
    names = Names(case="步骤", activity="步骤", timestamp="时间")

    (trace,) = traces_of(tmp_path / "log.xes", log, LogMap(activities={}, names=names))

    assert steps(trace) == [("go", "2026-03-11T04:00:00+00:00")]


GOOD = xes(("A1", [("a", NOON), ("b", ONE)]), ("A2", [("a", NOON)]))
NO_NAME, NO_TIME = '<string key="concept:name" value="b"/>', f'<date key="time:timestamp" value="{ONE}"/>'


@pytest.mark.parametrize(
    ("code", "line", "log"),
    [
        ("xml_broken", 6, GOOD.replace(f'value="{ONE}"/></event>', f'value="{ONE}"></event>')),
        ("xml_broken", 10, GOOD[: GOOD.rindex("<event>")]),
        ("xml_broken", 6, GOOD.replace('value="b"', 'value="&#xD800;"')),
        ("xml_broken", 6, GOOD.replace('value="b"', 'value="&#0;"')),
        ("xml_broken", 6, GOOD.replace('value="b"', 'value="&unknown;"')),
        ("activity_missing", 6, GOOD.replace(NO_NAME, "")),
        ("activity_missing", 6, GOOD.replace('value="b"', 'value=" "')),
        ("time_missing", 6, GOOD.replace(NO_TIME, "")),
        ("time_unreadable", 6, GOOD.replace(ONE, "yesterday")),
        ("time_unreadable", 6, GOOD.replace(ONE, "2026-02-30T10:00:00Z")),
        ("time_unreadable", 6, GOOD.replace(ONE, "0001-01-01T00:00:00+08:00")),
        ("zone_missing", 6, GOOD.replace(ONE, "2026-03-11T13:00:00")),
        ("case_missing", 3, GOOD.replace('value="A1"', 'value=""')),
        ("case_missing", 3, GOOD.replace('<string key="concept:name" value="A1"/>', "")),
        ("case_missing", 2, f"<log>\n{EVENT.format('a', NOON)}</log>"),
        ("case_twice", 8, GOOD.replace('value="A2"', 'value="A1"')),
        ("log_empty", None, xes()),
        ("log_empty", None, xes(("A1", []))),
        ("xml_root", None, "<html><body/></html>"),
        ("xml_root", None, GOOD.replace("<log", "<pnml").replace("</log", "</pnml")),
    ],
)
def test_a_fault_is_told_with_its_line(tmp_path: Path, code: str, line: int | None, log: str) -> None:
    """Whatever is missing or broken: which line, and one sentence in both languages that says it too."""
    fault = fault_of(tmp_path / "log.xes", log)

    assert (fault.code, fault.line) == (code, line)
    assert line is None or (f"第 {line} 行" in fault.message.zh and f"ine {line}" in fault.message.en)


def test_a_broken_xml_tells_its_column(tmp_path: Path) -> None:
    """Where exactly the parser stopped."""
    fault = fault_of(tmp_path / "log.xes", "<log>\n<trace>\n</log>")

    assert (fault.code, fault.line, fault.column) == ("xml_broken", 3, 7)


ENTITIES = '<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)
)


@pytest.mark.parametrize(
    ("codes", "declared", "used"),
    [
        (("xml_broken", "xml_doctype"), ENTITIES + "]>", "&j;"),
        (("xml_broken", "xml_doctype"), '<!DOCTYPE log [<!ENTITY x SYSTEM "secret.txt">]>', "&x;"),
        (("xml_doctype",), '<!DOCTYPE log [<!ENTITY x "harmless">]>', "&x;"),
        (("xml_doctype",), '<!DOCTYPE log SYSTEM "http://127.0.0.1:9/log.dtd">', "b"),
    ],
)
def test_entities_are_never_followed(tmp_path: Path, codes: tuple[str, ...], declared: str, used: str) -> None:
    """Bombs, files and addresses hidden in a DOCTYPE are refused; no byte of them is read."""
    (tmp_path / "secret.txt").write_text("the secret")
    log = GOOD.replace("<log", declared + "<log", 1).replace('value="b"', f'value="{used}"')

    fault = fault_of(tmp_path / "log.xes", log)

    assert fault.code in codes
    assert "secret" not in fault.message.en


def test_an_entity_bomb_in_text_is_refused_too(tmp_path: Path) -> None:
    """Entities may stand between elements as well."""
    log = GOOD.replace("<log", ENTITIES + "]><log", 1).replace("<trace>", "<trace>&j;", 1)

    assert fault_of(tmp_path / "log.xes", log).code in ("xml_broken", "xml_doctype")


def test_depth_size_and_number_are_bounded(tmp_path: Path) -> None:
    """An element without end, a text without end, a case without end: each is refused before memory is."""
    deep = GOOD.replace('<string key="concept:name" value="b"/>', "<list>" * 5000)
    wide = GOOD.replace("</event>", '<string key="k" value="v"/>' * 1000 + "</event>", 1)
    long = GOOD.replace('value="b"', f'value="{"b" * 11_000_000}"')
    path = tmp_path / "log.xes"

    assert "XML_PARSE" not in fault_of(path, deep).message.en
    assert fault_of(path, deep).code == "xml_huge"
    assert fault_of(path, long, limits=Limits(element=1 << 30)).code == "xml_huge"
    assert fault_of(path, wide * 20, limits=Limits(element=10_000)).code == "element_too_big"
    assert fault_of(path, "<html>" + "<p/>" * 3_000_000).code == "element_too_big"
    assert fault_of(path, GOOD, limits=Limits(events_per_case=1)).code == "case_too_long"

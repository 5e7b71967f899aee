"""The map: what its words make of an event, and that a word it does not know is refused at its line."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from cuiban.errors import BadInput
from cuiban.exchange.logmap import Candidate, LogMap, Meaning
from cuiban.exchange.logs import LogEvent, LogTrace
from cuiban.exchange.mapfile import parse_map, read_map

NOON = datetime(2026, 3, 11, 4, tzinfo=UTC)
FULL = """
[log]
case = "工单号"
activity = "环节"
timestamp = "时间"
resource = "经办人"
lifecycle = "状态"
counts = ["Complete", "已完成"]
time_format = "%Y/%m/%d %H:%M"
zone = "Asia/Shanghai"
encoding = "GBK"
delimiter = ";"

[case]
subject = "{品名}, {case:客户} ({case})"

[activities]
"登记" = "open"
"受理" = ["open", "take"]
"作废" = { action = "reject", set = { reason = "invalid" } }
"重复" = [{ action = "reject", set = { reason = "duplicate" } }, "note"]
"受理/挂起" = "wait"
"已阅" = "ignore"

[fields]
"优先级" = { field = "severity", values = { "1" = "high", "2" = "normal" } }
"品名" = "device"
"case:客户" = "requester"
"""
MAP = parse_map(FULL)


def event(activity: str, lifecycle: str | None = None, **attributes: str) -> LogEvent:
    """Return an event of that activity."""
    return LogEvent(activity, NOON, None, lifecycle, attributes, 1)


def fault_of(text: str) -> BadInput:
    """Return the fault that reading a map gives."""
    with pytest.raises(BadInput) as caught:
        parse_map(text)
    return caught.value


def test_an_activity_becomes_what_may_be_tried_in_order() -> None:
    """Opening, an action, a list of which the first open one fires, values given with it, nothing at all."""
    assert MAP.step(event("登记")).candidates == (Candidate("open"),)
    assert MAP.step(event("受理")).candidates == (Candidate("open"), Candidate("take"))
    assert MAP.step(event("作废")).candidates == (Candidate("reject", {"reason": "invalid"}),)
    assert MAP.step(event("重复")).candidates == (Candidate("reject", {"reason": "duplicate"}), Candidate("note"))
    assert MAP.step(event("已阅")).meaning == Meaning.IGNORE
    assert MAP.step(event("别的")).meaning == Meaning.UNMAPPED


def test_a_lifecycle_counts_as_the_map_says() -> None:
    """Values listed count, in any letters; an event without a value always does; a key of its own goes before."""
    assert MAP.step(event("受理", "COMPLETE")).meaning == Meaning.FIRE
    assert MAP.step(event("受理", "已完成")).meaning == Meaning.FIRE
    assert MAP.step(event("受理", "start")).meaning == Meaning.NOT_COUNTED
    assert MAP.step(event("受理", "挂起")).candidates == (Candidate("wait"),)


@pytest.mark.parametrize(
    ("lifecycle", "meaning"),
    [
        (None, Meaning.FIRE),
        ("complete", Meaning.FIRE),
        ("COMPLETE", Meaning.FIRE),
        ("SCHEDULE", Meaning.NOT_COUNTED),
        ("start", Meaning.NOT_COUNTED),
        ("suspend", Meaning.NOT_COUNTED),
        ("In Progress", Meaning.FIRE),
        ("Awaiting Assignment", Meaning.FIRE),
    ],
)
def test_unless_told_the_standards_own_model_is_meant(lifecycle: str | None, meaning: Meaning) -> None:
    """Of IEEE 1849's values only `complete` counts; a log whose values are statuses of its own counts whole."""
    assert parse_map('[activities]\ngo = "take"').step(event("go", lifecycle)).meaning == meaning


def test_fields_come_from_the_event_else_from_its_case() -> None:
    """Values are translated where the map lists them, kept where it does not; the empty are left out."""
    trace = LogTrace("A1", [], {"客户": "赵敏", "品名": "打印机"})

    assert MAP.fields_of(trace, event("受理", 优先级="1", 品名="电脑")) == {
        "severity": "high",
        "device": "电脑",
        "requester": "赵敏",
    }
    assert MAP.fields_of(trace, event("受理", 优先级="3", 品名="")) == {
        "severity": "3",
        "device": "打印机",
        "requester": "赵敏",
    }


def test_the_subject_is_filled_from_the_first_event() -> None:
    """What the log leaves out leaves no hole; braces in a value are a value."""
    first = LogTrace("A1", [event("受理", 品名="{case}"), event("受理", 品名="别的")], {})

    assert MAP.subject_of(first) == "{case}, (A1)"
    assert LogMap(activities={}).subject_of(first) == "A1"


def test_how_the_log_is_read() -> None:
    """Names, encoding, separator, format and zone reach the reader."""
    assert (MAP.names.case, MAP.names.lifecycle) == ("工单号", "状态")
    assert (MAP.encoding, MAP.delimiter, MAP.time_format, str(MAP.zone)) == (
        "gb18030",
        ";",
        "%Y/%m/%d %H:%M",
        "Asia/Shanghai",
    )


def test_it_is_held_against_the_process() -> None:
    """An action or field that the process does not have is told at the line that names it."""
    actions, fields = {"take", "wait", "reject", "note"}, {"severity", "device", "requester", "reason"}
    MAP.check_against("incident", actions, fields)

    with pytest.raises(BadInput) as no_action:
        MAP.check_against("incident", actions - {"wait"}, fields)
    with pytest.raises(BadInput) as no_field:
        MAP.check_against("incident", actions, fields - {"device"})
    with pytest.raises(BadInput) as no_set:
        MAP.check_against("incident", actions, fields - {"reason"})

    assert (no_action.value.code, no_action.value.line) == ("map_action_unknown", line_of('"受理/挂起"'))
    assert (no_field.value.code, no_field.value.line) == ("map_field_unknown", line_of('"品名" ='))
    assert (no_set.value.code, no_set.value.line) == ("map_field_unknown", line_of('"作废"'))


def line_of(start: str, text: str = FULL) -> int:
    """Return the line of `text` that begins with `start`."""
    return next(i for i, line in enumerate(text.splitlines(), 1) if line.strip().startswith(start))


@pytest.mark.parametrize(
    ("code", "at", "old", "new"),
    [
        ("map_key_unknown", "zones", "zone =", "zones ="),
        ("map_key_unknown", "[logs]", "[log]", "[logs]"),
        ("map_key_unknown", "titel", "subject =", "titel ="),
        ("map_key_unknown", '"作废"', "set = { reason", "sets = { reason"),
        ("map_key_unknown", '"优先级"', "values = {", "value = {"),
        ("map_value_wrong", "zone", "Asia/Shanghai", "Asia/Wuhu"),
        ("map_value_wrong", "zone", "Asia/Shanghai", "../../etc/passwd"),
        ("map_value_wrong", "time_format", "%Y/%m/%d %H:%M", "%H:%M"),
        ("map_value_wrong", "time_format", "%Y/%m/%d %H:%M", "%Q"),
        ("map_value_wrong", "encoding", "GBK", "rot13"),
        ("map_value_wrong", "delimiter", '";"', '";;"'),
        ("map_value_wrong", "counts", '["Complete", "已完成"]', '"complete"'),
        ("map_value_wrong", "case", '"工单号"', "5"),
        ("map_value_wrong", "subject", '"{品名}, {case:客户} ({case})"', "[]"),
        ("map_value_wrong", '"登记"', '"open"\n"受理"', '""\n"受理"'),
        ("map_value_wrong", '"登记"', '"open"\n"受理"', '[]\n"受理"'),
        ("map_value_wrong", '"登记"', '"open"\n"受理"', '5\n"受理"'),
        ("map_value_wrong", '"受理" =', '["open", "take"]', '["open", "ignore"]'),
        ("map_value_wrong", '"受理" =', '["open", "take"]', '["open", ["take"]]'),
        ("map_value_wrong", '"作废"', '{ reason = "invalid" }', '"invalid"'),
        ("map_value_wrong", '"优先级"', '"1" = "high"', '"1" = 3'),
        ("map_value_wrong", '"品名" =', '"device"', "true"),
        ("map_broken", "zone", 'zone = "', "zone = "),
    ],
)
def test_what_it_does_not_know_is_refused(code: str, at: str, old: str, new: str) -> None:
    """A misspelt word never passes silently; its line is told."""
    assert old in FULL
    text = FULL.replace(old, new, 1)

    fault = fault_of(text)

    assert (fault.code, fault.line) == (code, line_of(at, text))


def test_a_map_without_activities_is_none() -> None:
    """Nothing would fire."""
    assert fault_of("").code == "map_activities_missing"
    assert fault_of("[activities]").code == "map_activities_missing"
    assert fault_of('activities = "all"').code == "map_value_wrong"
    assert fault_of('[activities]\ngo = "open"\n[activities]').line == 3


def test_a_table_may_be_written_out(tmp_path: Path) -> None:
    """TOML's long form says the same; a BOM of Notepad is no fault."""
    text = '[activities."作废"]\naction = "reject"\n[activities."作废".set]\nreason = "invalid"\n'
    (tmp_path / "map.toml").write_text(text, "utf-8-sig")

    assert read_map(tmp_path / "map.toml").activities == {"作废": (Candidate("reject", {"reason": "invalid"}),)}
    assert read_map(tmp_path / "map.toml").lines == {"作废": 1}
    assert fault_of(text.replace("action =", "act =")).line == 1


@pytest.mark.parametrize(
    ("code", "data"),
    [
        ("file_empty", b""),
        ("text_undecodable", '[activities]\n"登记" = "open"'.encode("gb18030")),
        ("map_broken", b"[activities]\n\x00"),
        ("map_broken", b"a = " + b"[" * 100_000),
        ("file_too_big", b"#" * 2_000_000),
    ],
)
def test_a_file_that_is_no_map(tmp_path: Path, code: str, data: bytes) -> None:
    """Not TOML, not UTF-8, not small."""
    (tmp_path / "map.toml").write_bytes(data)

    with pytest.raises(BadInput) as caught:
        read_map(tmp_path / "map.toml")

    assert caught.value.code == code

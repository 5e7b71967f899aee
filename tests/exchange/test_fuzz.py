"""Whatever bytes a file holds: cases, or one sentence about what is wrong. Never anything else."""

import gzip
import tempfile
from pathlib import Path

from hypothesis import example, given, settings, strategies as st

from cuiban.errors import BadInput
from cuiban.exchange.logmap import LogMap, Names
from cuiban.exchange.logs import read_log
from cuiban.exchange.mapfile import read_map
from tests.exchange.logfiles import xes

XES = xes(("A1", [("登记", "2026-03-11T12:00:00+08:00"), ("b", "2026-03-11T12:00:00Z")]), ("A2", [("a", "2026-03-11Z")]))
CSV = 'case,step,time\nA1,登记,2026/3/11 9:00\nA2,b,2026-03-11T09:00:00Z\nA1,"c\nd",1317646200\n'
MAP = """[log]
zone = "Asia/Shanghai"
[case]
subject = "{a}"
[activities]
a = ["open", {action = "b", set = {c = "d"}}]
"""
READERS = (
    LogMap(activities={}),
    LogMap(activities={}, names=Names(case="case", activity="step", timestamp="time")),
    LogMap(activities={}, names=Names(case="case", activity="step", timestamp="time"), time_format="unix"),
    LogMap(activities={}, names=Names(case="case", activity="step", timestamp="time"), encoding="utf-16"),
)
SEEDS = [
    *(text.encode(encoding) for text in (XES, CSV) for encoding in ("utf-8", "gb18030", "utf-16")),
    *(gzip.compress(text.encode(), mtime=0) for text in (XES, CSV)),
    XES.replace("UTF-8", "UTF-16").encode("utf-16"),
]


@st.composite
def damaged(draw: st.DrawFn, seeds: list[bytes]) -> bytes:
    """Return a good file with some bytes cut out, put in, or doubled."""
    data = draw(st.sampled_from(seeds))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = draw(st.integers(start, min(len(data), start + 60)))
        middle = draw(st.one_of(st.binary(max_size=8), st.just(data[start:end] * 3), st.sampled_from([b"<", b'"', b"\0"])))
        data = data[:start] + middle + data[end:]
    return data


@given(st.one_of(st.binary(max_size=300), damaged(SEEDS)), st.sampled_from(READERS))
@example(b"\xff\xfe<\x00", READERS[0])
@example(b"\x1f\x8b", READERS[0])
@example(b"<", READERS[0])
@settings(max_examples=400)
def test_a_log_of_any_bytes(data: bytes, mapping: LogMap) -> None:
    """It is read, or refused in one line that can be shown in both languages."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "log")
        path.write_bytes(data)
        try:
            for trace in read_log(path, mapping):
                assert trace.case.strip()
                assert trace.events == sorted(trace.events, key=lambda event: event.at)
        except BadInput as fault:
            assert_can_be_shown(fault)


@given(st.one_of(st.binary(max_size=300), damaged([MAP.encode()])))
@settings(max_examples=400)
def test_a_map_of_any_bytes(data: bytes) -> None:
    """It is read, or refused."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "map.toml")
        path.write_bytes(data)
        try:
            assert read_map(path).activities
        except BadInput as fault:
            assert_can_be_shown(fault)


def assert_can_be_shown(fault: BadInput) -> None:
    """Hold a fault to what every sentence is held to: one line, printable, encodable."""
    for text in fault.message.zh, fault.message.en:
        assert text.isprintable()
        assert "\n" not in text
        text.encode("utf-8")

"""Small logs written for a test, and the fault that reading one gives."""

from pathlib import Path

import pytest

from cuiban.errors import BadInput
from cuiban.exchange.limits import LOG_LIMITS, Limits
from cuiban.exchange.logmap import LogMap, Names
from cuiban.exchange.logs import LogTrace, read_log

EXAMPLES = Path(__file__).parents[2] / "examples"
PLAIN = LogMap(activities={})
SHOP = LogMap(activities={}, names=Names(case="工单号", activity="环节", timestamp="时间"))
EVENT = '<event><string key="concept:name" value="{}"/><date key="time:timestamp" value="{}"/></event>\n'


def xes(*traces: tuple[str, list[tuple[str, str]]]) -> str:
    """Return a XES of (case, [(activity, time)])."""
    inner = ""
    for case, events in traces:
        inner += f'<trace>\n<string key="concept:name" value="{case}"/>\n'
        inner += "".join(EVENT.format(*event) for event in events) + "</trace>\n"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<log xmlns="http://www.xes-standard.org/">\n{inner}</log>\n'


def traces_of(path: Path, content: str | bytes, mapping: LogMap = PLAIN, limits: Limits = LOG_LIMITS) -> list[LogTrace]:
    """Write `content` to `path` and return what reading it gives."""
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(read_log(path, mapping, limits))


def fault_of(path: Path, content: str | bytes, mapping: LogMap = PLAIN, limits: Limits = LOG_LIMITS) -> BadInput:
    """Write `content` to `path` and return the fault that reading it gives."""
    with pytest.raises(BadInput) as caught:
        traces_of(path, content, mapping, limits)
    return caught.value


def steps(trace: LogTrace) -> list[tuple[str, str]]:
    """Return (activity, time) of a trace's events."""
    return [(event.activity, event.at.isoformat()) for event in trace.events]

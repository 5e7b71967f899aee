"""Event logs of other systems, read one case at a time, whatever their form.

Belongs here: what a log is to us, reading and counting one.   The forms: xes.py, csvlog.py.
Must never enter: processes, what an event leads to.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from cuiban.exchange.faults import fault
from cuiban.exchange.limits import LOG_LIMITS, Limits
from cuiban.exchange.logmap import LogMap, Meaning
from cuiban.exchange.source import kind_of, opened


class LogEvent(msgspec.Struct, frozen=True, gc=False):
    """One event of a log.

    Attributes:
        activity: what was done, in the log's words.
        at: when, in UTC.
        resource: who or what did it; None: the log does not say.
        lifecycle: what of the activity this is (start, complete, a status); None: the log does not say.
        attributes: all that the log says of the event, the above too, by its own names.
        line: where it stands in the file, the first line being 1.
        column: of the activity's cell in a CSV, the first being 1; None in a XES.
    """

    activity: str
    at: datetime
    resource: str | None
    lifecycle: str | None
    attributes: dict[str, str]
    line: int
    column: int | None = None


class LogTrace(msgspec.Struct, frozen=True):
    """One case of a log with its events, at least one, by time; those at the same instant in the file's order.

    Attributes:
        case: its id in the log.
        events: in order.
        attributes: what the log says of the case itself (XES only).
        line: where the case begins in the file.
    """

    case: str
    events: list[LogEvent]
    attributes: dict[str, str] = {}
    line: int = 1


class LogSurvey(msgspec.Struct, frozen=True):
    """What a whole log holds: for progress, and to find every fault before the first case is imported.

    Attributes:
        cases, events: all of them.
        counted: events that the map neither ignores nor leaves out by their lifecycle; unmapped ones are in.
        activities: how often each (activity, lifecycle) occurs.
        variants: number of different orders of activities.
        first, last: instants in UTC.
    """

    cases: int
    events: int
    counted: int
    activities: Counter[tuple[str, str | None]]
    variants: int
    first: datetime
    last: datetime


def read_log(path: Path, mapping: LogMap, limits: Limits = LOG_LIMITS) -> Iterator[LogTrace]:
    """Yield the cases of a XES or CSV, packed by gzip or not, in the order in which they first occur in the file.

    A XES is read case by case; what was yielded before a fault stays yielded. A CSV is read to its end first,
    since the events of a case may stand anywhere in it. Memory is flat in both.

    Args:
        path: of the file; what it is, its first bytes say, not its name.
        mapping: names of columns or attributes, time format and zone, encoding.
        limits: caps on what the file may cost.

    Raises:
        BadInput: with code, line and column, for whatever cannot be read.
    """
    from cuiban.exchange.csvlog import read_csv
    from cuiban.exchange.xes import read_xes

    seen = False
    with opened(path) as file:
        kind = kind_of(file, limits)
        if kind == "empty":
            raise fault("file_empty", file=str(path))
        if kind not in ("xml", "text"):
            raise fault("not_a_log", what="xlsx, zip" if kind == "zip" else kind)
        for trace in (read_xes if kind == "xml" else read_csv)(file, mapping, limits):
            seen = True
            yield trace
    if not seen:
        raise fault("log_empty")


def survey_log(path: Path, mapping: LogMap, limits: Limits = LOG_LIMITS) -> LogSurvey:
    """Read a whole log and say what it holds; raise BadInput as read_log does."""
    activities: Counter[tuple[str, str | None]] = Counter()
    variants: set[int] = set()
    cases = counted = 0
    first, last = datetime.max.replace(tzinfo=UTC), datetime.min.replace(tzinfo=UTC)
    for trace in read_log(path, mapping, limits):
        cases += 1
        keys = [(event.activity, event.lifecycle) for event in trace.events]
        activities.update(keys)
        variants.add(hash(tuple(keys)))
        counted += sum(mapping.step(event).meaning in (Meaning.FIRE, Meaning.UNMAPPED) for event in trace.events)
        first = min(first, trace.events[0].at)
        last = max(last, trace.events[-1].at)
    return LogSurvey(cases, activities.total(), counted, activities, len(variants), first, last)

"""Short words for a case of a log, and for what becomes of it; no file, no database."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from cuiban.audit.conformance import Judge, Judged, Verdict
from cuiban.calendar import standard
from cuiban.engine.case import Case
from cuiban.engine.facts import Facts
from cuiban.engine.language import Process
from cuiban.engine.program import Program, bind
from cuiban.engine.roster import Roster
from cuiban.exchange.logs import LogEvent, LogTrace
from cuiban.exchange.mapfile import parse_map
from cuiban.workflows import defaults

DAY = datetime(2025, 6, 2, tzinfo=UTC)
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)


def event(said: str, at: datetime, **attributes: str) -> LogEvent:
    """An event `activity`, or `activity/lifecycle`."""
    activity, _, lifecycle = said.partition("/")
    return LogEvent(activity, at, attributes.get("resource"), lifecycle or None, attributes, 1)


def trace(*said: str | LogEvent, case: str = "A1", **about: str) -> LogTrace:
    """A case with an event an hour, from 2025-06-02 00:00 UTC on; `about` is what the log says of the case itself."""
    events = [event(one, DAY + timedelta(hours=n)) if isinstance(one, str) else one for n, one in enumerate(said)]
    return LogTrace(case, events, about)


def judge(process: Process, mapping: str, now: datetime = NOW) -> Judge:
    """A judge by a process as it is declared, in a dealership where nobody works."""
    program = Program(bind(process, defaults()))
    facts = Facts(Roster({}, []), standard(), {program.name: program}, bytes, serials={process.prefix: 1})
    return Judge(program, parse_map(mapping), facts, "admin", now, "login@host")


def case_of(judged: Judged) -> Case:
    """The case that comes out."""
    assert judged.plan is not None
    return judged.plan.main.after


def codes(verdicts: Sequence[Verdict]) -> list[str]:
    """What became of each event; "" for one that conforms."""
    return [verdict.code for verdict in verdicts]

"""The map that ties a foreign event log to one of our processes.

Belongs here: what a map says, and what it makes of one event.   Reading it from TOML: mapfile.py.
Must never enter: the states of a process, whether a step is open. The office tries the candidates in their order.
"""

import re
from collections.abc import Mapping
from datetime import tzinfo
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from cuiban.exchange.faults import fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cuiban.exchange.logs import LogEvent, LogTrace

OPEN, IGNORE = "open", "ignore"
# The transactional model of IEEE 1849: of these only the last moves a case; words outside it are a log's own statuses.
STANDARD_LIFECYCLE = frozenset(
    "schedule assign reassign start suspend resume autoskip manualskip withdraw ate_abort pi_abort unknown".split()  # noqa: SIM905
)
PLACE = re.compile(r"\{([^{}]+)\}")


class Names(msgspec.Struct, frozen=True, kw_only=True):
    """What a log calls the five things every log has: columns of a CSV, attributes of a XES. None: the usual names."""

    case: str | None = None
    activity: str | None = None
    timestamp: str | None = None
    resource: str | None = None
    lifecycle: str | None = None


class Candidate(msgspec.Struct, frozen=True):
    """One thing that an activity may stand for: `open` (the case), or an action of the process.

    Attributes:
        action: "open", possible only while there is no case yet, or an action's name.
        fields: values that the action is given besides those of the event.
    """

    action: str
    fields: Mapping[str, str] = {}


class Meaning(StrEnum):
    """What a map makes of an event."""

    FIRE = "fire"
    IGNORE = "ignore"
    NOT_COUNTED = "not_counted"
    UNMAPPED = "unmapped"


class Step(msgspec.Struct, frozen=True):
    """An event as the map reads it: its meaning, and for FIRE what to try, the first that is open wins."""

    meaning: Meaning
    candidates: tuple[Candidate, ...] = ()


class FieldRule(msgspec.Struct, frozen=True):
    """Which process field an attribute fills, and what its values are called there."""

    field: str
    values: Mapping[str, str] = {}


class LogMap(msgspec.Struct, frozen=True, kw_only=True):
    """How to read a log, and what its activities and attributes mean to a process.

    Attributes:
        activities: activity, or "activity/lifecycle", to candidates; none of them: ignored.
        names: what the log calls case, activity, timestamp, resource, lifecycle.
        counts: lifecycle values that count, in small letters; None: all but the standard ones before "complete".
        time_format: "auto", "unix", "unix_ms" or a strptime format.
        zone: of times that say no offset; None: such times are refused.
        encoding, delimiter: of a CSV; "auto": found.
        subject: text of the case's subject with `{attribute}` places; "{case}" is the case id.
        fields: attribute to field; "case:NAME" is an attribute of the case.
        lines: line of each activity and field in the map's file, for messages.
    """

    activities: Mapping[str, tuple[Candidate, ...]]
    names: Names = Names()
    counts: frozenset[str] | None = None
    time_format: str = "auto"
    zone: tzinfo | None = None
    encoding: str = "auto"
    delimiter: str = "auto"
    subject: str = "{case}"
    fields: Mapping[str, FieldRule] = {}
    lines: Mapping[str, int] = {}

    def step(self, event: "LogEvent") -> Step:
        """Say what `event` stands for. A key with its lifecycle goes before the bare activity, and always counts."""
        exact = self.activities.get(f"{event.activity}/{event.lifecycle}") if event.lifecycle else None
        if exact is None and not self.is_counted(event.lifecycle):
            return Step(Meaning.NOT_COUNTED)
        found = self.activities.get(event.activity) if exact is None else exact
        if found is None:
            return Step(Meaning.UNMAPPED)
        return Step(Meaning.FIRE if found else Meaning.IGNORE, found)

    def is_counted(self, lifecycle: str | None) -> bool:
        """Say whether an event of that lifecycle value counts; one without a value always does."""
        if lifecycle is None:
            return True
        value = lifecycle.casefold()
        return value not in STANDARD_LIFECYCLE if self.counts is None else value in self.counts

    def fields_of(self, trace: "LogTrace", event: "LogEvent") -> dict[str, str]:
        """Return the process fields that the event, or its case, gives."""
        found = {}
        for name, rule in self.fields.items():
            value = attribute(name, trace, event)
            if value:
                found[rule.field] = rule.values.get(value, value)
        return found

    def subject_of(self, trace: "LogTrace") -> str:
        """Return the subject of a case: the template filled from its first event; what is missing is left out."""
        first = trace.events[0]
        return " ".join(PLACE.sub(lambda place: attribute(place[1], trace, first), self.subject).split())

    def check_against(self, process: str, actions: "Iterable[str]", fields: "Iterable[str]") -> None:
        """Raise BadInput, with the map's line, for an action or field that `process` does not have."""
        known_actions, known_fields = sorted(actions), sorted(fields)
        for activity, candidates in self.activities.items():
            line = self.lines.get(activity)
            for candidate in candidates:
                if candidate.action not in (OPEN, *known_actions):
                    names = ", ".join(known_actions)
                    raise fault("map_action_unknown", line=line, process=process, name=candidate.action, known=names)
                self._check_fields(process, candidate.fields, known_fields, line)
        for name, rule in self.fields.items():
            self._check_fields(process, [rule.field], known_fields, self.lines.get(name))

    def _check_fields(self, process: str, names: "Iterable[str]", known: list[str], line: int | None) -> None:
        for name in names:
            if name not in known:
                raise fault("map_field_unknown", line=line, process=process, name=name, known=", ".join(known))


def attribute(name: str, trace: "LogTrace", event: "LogEvent") -> str:
    """Return what the event says of `name`, else its case; "" if neither does."""
    if name == "case":
        return trace.case
    found = event.attributes.get(name) or trace.attributes.get(name)
    return found or trace.attributes.get(name.removeprefix("case:"), "")

"""XES (IEEE 1849): read event by event, each forgotten as soon as it is read.

Belongs here: elements and attributes of XES.   Must never enter: maps' meanings.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from cuiban.exchange.faults import fault
from cuiban.exchange.limits import Limits
from cuiban.exchange.logmap import LogMap
from cuiban.exchange.logs import LogEvent, LogTrace
from cuiban.exchange.markup import elements, line_of, name_of
from cuiban.exchange.source import Source
from cuiban.exchange.times import NoOffset, TimeReader

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


def read_xes(packed: BinaryIO, mapping: LogMap, limits: Limits) -> Iterator[LogTrace]:
    """Yield the traces of a XES that hold events; raise BadInput with line and column."""
    source, reader = Source(packed, limits), TraceReader(mapping, limits)
    for element in elements(source, ("event", "trace"), "log"):
        if name_of(element) == "event":
            reader.add(element)
        elif trace := reader.ended(element):
            yield trace


class TraceReader:
    """Gathers the events of the trace that is being read, by the names that the map gives."""

    def __init__(self, mapping: LogMap, limits: Limits) -> None:
        names = mapping.names
        self.case_name = names.case or "concept:name"
        self.activity_name = names.activity or "concept:name"
        self.time_name = names.timestamp or "time:timestamp"
        self.resource_name = names.resource or "org:resource"
        self.lifecycle_name = names.lifecycle or "lifecycle:transition"
        self.time = TimeReader(mapping.time_format, mapping.zone)
        self.limits = limits
        self.events: list[LogEvent] = []
        self.about: dict[str, str] = {}
        self.seen: set[str] = set()

    def add(self, element: "Element") -> None:
        """Keep an event, and what stands before it about its trace, which is about to be forgotten."""
        parent = element.getparent()
        if parent is None or name_of(parent) != "trace":
            raise fault("case_missing", line=line_of(element), name=self.case_name)
        for sibling in element.itersiblings(preceding=True):
            self.about_trace(sibling)
        self.events.append(self.event(element))
        if len(self.events) > self.limits.events_per_case:
            case = self.about.get(self.case_name, "")
            raise fault("case_too_long", line=line_of(element), case=case, limit=self.limits.events_per_case)

    def ended(self, element: "Element") -> LogTrace | None:
        """Return the trace whose element ended, None if it had no events."""
        for child in element:
            self.about_trace(child)
        events, about, line = self.events, self.about, line_of(element)
        self.events, self.about = [], {}
        if not events:
            return None
        case = about.get(self.case_name)
        if not case or not case.strip():
            raise fault("case_missing", line=line, name=self.case_name)
        if case in self.seen:
            raise fault("case_twice", line=line, case=case)
        self.seen.add(case)
        events.sort(key=lambda event: event.at)
        return LogTrace(case, events, about, line)

    def about_trace(self, element: "Element") -> None:
        """Keep an attribute of the trace."""
        key, value = element.get("key"), element.get("value")
        if key is not None and value is not None:
            self.about[key] = value

    def event(self, element: "Element") -> LogEvent:
        """Return the event that an element holds."""
        attributes = {}
        for child in element:
            key, value = child.get("key"), child.get("value")
            if key is not None and value is not None:
                attributes[key] = value
        activity, time = attributes.get(self.activity_name), attributes.get(self.time_name)
        line = line_of(element)
        if not activity or not activity.strip():
            raise fault("activity_missing", line=line, name=self.activity_name)
        if not time:
            raise fault("time_missing", line=line, name=self.time_name)
        try:
            at = self.time(time.strip())
        except NoOffset as error:
            raise fault("zone_missing", line=line, value=time) from error
        except ValueError as error:
            raise fault("time_unreadable", line=line, value=time) from error
        resource, lifecycle = attributes.get(self.resource_name), attributes.get(self.lifecycle_name)
        return LogEvent(activity, at, resource or None, lifecycle or None, attributes, line)

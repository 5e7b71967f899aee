"""XES (IEEE 1849): read event by event, each forgotten as soon as it is read.

Belongs here: elements and attributes of XES, the guards against hostile XML.   Must never enter: maps' meanings.
"""

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from cuiban.errors import BadInput
from cuiban.exchange.faults import fault
from cuiban.exchange.limits import Limits
from cuiban.exchange.logmap import LogMap
from cuiban.exchange.logs import LogEvent, LogTrace
from cuiban.exchange.source import Source
from cuiban.exchange.times import NoOffset, TimeReader

if TYPE_CHECKING:
    from lxml.etree import XMLSyntaxError, _ListErrorLog
    from lxml.etree import _Element as Element

BLOCK = 1 << 16
SHORT_LINES = 65_535  # libxml2 keeps no more in an element; beyond, it tells where the element's text ends


def read_xes(packed: BinaryIO, mapping: LogMap, limits: Limits) -> Iterator[LogTrace]:
    """Yield the traces of a XES that hold events; raise BadInput with line and column."""
    from lxml import etree

    source = Source(packed, limits)
    parser = etree.iterparse(
        io.BufferedReader(source, BLOCK),
        tag=("{*}event", "{*}trace"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    reader, known_root = TraceReader(mapping, limits), False
    try:
        for _, element in parser:
            source.mark_element()
            known_root = known_root or is_log(element)
            if name_of(element) == "event":
                reader.add(element)
            elif trace := reader.ended(element):
                yield trace
            forget(element)
        known_root = known_root or is_log(parser.root)
    except etree.XMLSyntaxError as error:
        raise broken(error, parser.error_log) from error


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


def is_log(element: "Element") -> bool:
    """Return True if the document is a XES; raise BadInput if it is another, or one that declares a DOCTYPE."""
    tree = element.getroottree()
    if tree.docinfo.internalDTD is not None:
        raise fault("xml_doctype")
    if name_of(tree.getroot()) != "log":
        raise fault("not_a_log", what=f"<{name_of(tree.getroot())}>")
    return True


def name_of(element: "Element") -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def line_of(element: "Element") -> int:
    """Return the line on which an element begins."""
    line: int = cast("Any", element).sourceline or 1
    return line - (element.text or "").count("\n") if line >= SHORT_LINES else line


def forget(element: "Element") -> None:
    """Free an element and all that stands before it; what comes after is not yet read."""
    parent = element.getparent()
    element.clear()
    while parent is not None and (before := element.getprevious()) is not None:
        parent.remove(before)


def broken(error: "XMLSyntaxError", log: "_ListErrorLog") -> BadInput:
    """Return the fault in the parser's words: its log's first entry is the cause, what it raises may be a sequel."""
    for entry in log:
        return fault("xml_broken", line=entry.line, column=entry.column, cause=entry.message)
    line, column = error.position
    return fault("xml_broken", line=line or None, column=column or None, cause=error.msg or "")

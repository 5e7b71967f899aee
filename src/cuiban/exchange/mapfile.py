"""Reads a map from its TOML file, strictly: a word that is not known is refused, with its line.

Belongs here: the format of docs/import-log.md.   Must never enter: logs, processes.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import tzinfo
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cuiban.engine.labels import L
from cuiban.exchange.encoding import KNOWN as ENCODINGS
from cuiban.exchange.faults import fault
from cuiban.exchange.limits import MIB
from cuiban.exchange.logmap import IGNORE, Candidate, FieldRule, LogMap, Names
from cuiban.exchange.source import opened
from cuiban.exchange.times import UNIX, keeps_the_date

TABLES = ("log", "case", "activities", "fields")
NAMES = ("case", "activity", "timestamp", "resource", "lifecycle")
READING = (*NAMES, "counts", "time_format", "zone", "encoding", "delimiter")
TEXT = L("文字", "text")


def read_map(path: Path) -> LogMap:
    """Return the map in a TOML file; raise BadInput with the line at fault."""
    with opened(path) as file:
        data = file.read(MIB + 1)
    if len(data) > MIB:
        raise fault("file_too_big", limit=1)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise fault("text_undecodable", line=line, encoding="utf-8") from error
    return parse_map(text)


def parse_map(text: str) -> LogMap:
    """Return the map that a TOML text says; raise BadInput with the line at fault."""
    try:
        tables = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"line (\d+), column (\d+)", str(error))
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        raise fault("map_broken", line=line, column=column, cause=str(error).split(" (at ")[0]) from error
    return MapText(text).map_of(tables)


class MapText:
    """A map's text beside its values, so that a wrong value can be told with its line."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()

    def map_of(self, tables: dict[str, Any]) -> LogMap:
        """Return the map of parsed TOML."""
        self.only(tables, TABLES, "")
        log, case = self.table(tables, "log"), self.table(tables, "case")
        activities, fields = self.table(tables, "activities"), self.table(tables, "fields")
        if not activities:
            raise fault("map_activities_missing")
        self.only(log, READING, "log")
        self.only(case, ("subject",), "case")
        return LogMap(
            activities={name: self.candidates(name, value) for name, value in activities.items()},
            names=Names(**{name: self.text(log, name, "log") for name in NAMES if name in log}),
            counts=self.counts(log),
            time_format=self.time_format(log),
            zone=self.zone(log),
            encoding=self.encoding(log),
            delimiter=self.delimiter(log),
            subject=self.text(case, "subject", "case") if "subject" in case else "{case}",
            fields={name: self.field(name, value) for name, value in fields.items()},
            lines={
                **{name: line for name in fields if (line := self.line("fields", name))},
                **{name: line for name in activities if (line := self.line("activities", name))},
            },
        )

    def table(self, tables: dict[str, Any], name: str) -> dict[str, Any]:
        """Return a table, empty if the map leaves it out."""
        found = tables.get(name, {})
        if not isinstance(found, dict):
            self.wrong("", name, L("一张表", "a table"))
        return found

    def only(self, table: Mapping[str, Any], known: tuple[str, ...], name: str) -> None:
        """Refuse a key that is not known."""
        for key in table:
            if key not in known:
                raise fault("map_key_unknown", line=self.line(name, key), key=key, known=", ".join(known))

    def text(self, table: Mapping[str, Any], key: str, name: str) -> str:
        """Return a text that is not blank."""
        value = table[key]
        if not isinstance(value, str) or not value.strip():
            self.wrong(name, key, TEXT)
        return str(value)

    def candidates(self, activity: str, value: Any) -> tuple[Candidate, ...]:
        """Return what an activity may stand for; none: ignored."""
        if value == IGNORE:
            return ()
        values = value if isinstance(value, list) else [value]
        if not values:
            self.wrong("activities", activity, L("至少一个动作", "one action at least"))
        return tuple(self.candidate(activity, item) for item in values)

    def candidate(self, activity: str, value: Any) -> Candidate:
        """Return one candidate: an action's name, or a table of action and set."""
        table = {"action": value} if isinstance(value, str) else value
        if not isinstance(table, dict) or not isinstance(table.get("action"), str) or not table["action"].strip():
            self.wrong("activities", activity, L("动作名、动作名的列表或 ignore", "an action, a list, or ignore"))
        if table["action"] == IGNORE:
            self.wrong("activities", activity, L("动作名; ignore 只能单独写", "an action; ignore stands alone"))
        self.only(table, ("action", "set"), "activities")
        return Candidate(table["action"], self.texts(table.get("set", {}), "activities", activity))

    def field(self, name: str, value: Any) -> FieldRule:
        """Return the rule of an attribute: a field's name, or a table of field and values."""
        table = {"field": value} if isinstance(value, str) else value
        if not isinstance(table, dict) or not isinstance(table.get("field"), str) or not table["field"].strip():
            self.wrong("fields", name, L("字段名", "the name of a field"))
        self.only(table, ("field", "values"), "fields")
        return FieldRule(table["field"], self.texts(table.get("values", {}), "fields", name))

    def texts(self, value: Any, table: str, key: str) -> dict[str, str]:
        """Return a table of text to text."""
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            self.wrong(table, key, L("文字到文字的表", "a table of texts"))
        return dict(value)

    def counts(self, log: Mapping[str, Any]) -> frozenset[str] | None:
        """Return the lifecycle values that count."""
        value = log.get("counts")
        if value is not None and (not isinstance(value, list) or not all(isinstance(item, str) for item in value)):
            self.wrong("log", "counts", L('列表, 如 ["complete"]', 'a list such as ["complete"]'))
        return None if value is None else frozenset(item.casefold() for item in value)

    def time_format(self, log: Mapping[str, Any]) -> str:
        """Return a format that reads back what it writes."""
        form = self.text(log, "time_format", "log") if "time_format" in log else "auto"
        if form != "auto" and form not in UNIX and not keeps_the_date(form):
            expected = L("auto、unix、unix_ms 或 %d.%m.%Y %H:%M 之类", "auto, unix, unix_ms or such as %d.%m.%Y %H:%M")
            self.wrong("log", "time_format", expected)
        return form

    def zone(self, log: Mapping[str, Any]) -> tzinfo | None:
        """Return the zone of times without an offset."""
        if "zone" not in log:
            return None
        try:
            return ZoneInfo(self.text(log, "zone", "log"))
        except (ZoneInfoNotFoundError, ValueError, OSError):
            self.wrong("log", "zone", L("时区名, 如 Asia/Shanghai", "a time zone such as Asia/Shanghai"))

    def encoding(self, log: Mapping[str, Any]) -> str:
        """Return the encoding of a CSV."""
        name = self.text(log, "encoding", "log").lower() if "encoding" in log else "auto"
        name = {"utf8": "utf-8", "utf-8-sig": "utf-8", "gbk": "gb18030", "gb2312": "gb18030"}.get(name, name)
        if name not in ENCODINGS:
            known = ", ".join(ENCODINGS)
            self.wrong("log", "encoding", L(f"其中之一: {known}", f"one of {known}"))
        return name

    def delimiter(self, log: Mapping[str, Any]) -> str:
        """Return the separator of a CSV's cells."""
        sign = log.get("delimiter", "auto")
        if sign != "auto" and (not isinstance(sign, str) or len(sign) != 1 or sign in '"\r\n\0 '):
            self.wrong("log", "delimiter", L("auto 或一个字符", "auto or one character"))
        return str(sign)

    def wrong(self, table: str, key: str, expected: L) -> NoReturn:
        """Raise BadInput for a value, at its line."""
        raise fault("map_value_wrong", line=self.line(table, key), key=key, expected=expected)

    def line(self, table: str, key: str) -> int | None:
        """Return the line on which a table sets `key`, None where it cannot be told."""
        quoted = rf'(?:"{re.escape(key)}"|\'{re.escape(key)}\'|{re.escape(key)})'
        sets = re.compile(rf"^\s*(?:{quoted}\s*[.=]|\[\s*(?:{re.escape(table)}\s*\.\s*)?{quoted}\s*[\].])")
        inside = re.compile(rf"[{{,]\s*{quoted}\s*=")
        current = ""
        for number, text in enumerate(self.lines, 1):
            if header := re.match(r"^\s*\[\s*([A-Za-z_-]+)", text):
                current = header[1]
            if current == table and (sets.match(text) or inside.search(text)):
                return number
            if table == "" and sets.match(text):
                return number
        return None

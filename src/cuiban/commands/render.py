"""Answers as JSON has them: every key always there, instants in the person's offset, labels in the person's language.

Belongs here: from values to JSON and to rows of a table file. [cli.md 1, JSON]   Must never enter: words for people.
"""

import json
import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo
from typing import Any, NamedTuple

import msgspec

from cuiban.engine.labels import L, Lang

INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Reader(NamedTuple):
    """For whom an answer is put into JSON.

    Attributes:
        lang: of labels, titles, messages; `subjects`: of what a case is about, which does not follow the reader.
        zone: in which instants are shown.
        native: days and instants stay what they are, for a spreadsheet.
        spoken: how a sentence from below reads, with ids and instants in it; None: as it came.
    """

    lang: Lang
    subjects: Lang
    zone: tzinfo
    native: bool = False
    spoken: Callable[[L], str] | None = None


def as_json(value: Any, reader: Reader) -> Any:
    """The value as JSON has it: structs as objects, labels in a language, instants with seconds in a zone."""
    if isinstance(value, L):
        return value[reader.lang]
    if isinstance(value, msgspec.Struct):
        names = zip(value.__struct_fields__, value.__struct_encode_fields__, strict=True)
        return {key: _member(key, getattr(value, name), reader) for name, key in names}
    if (keys := getattr(value, "KEYS", None)) is not None:  # an entry of a list, worked out as it is asked
        return {key: _member(key, getattr(value, key), reader) for key in keys}
    if isinstance(value, dict):
        return {str(key): as_json(item, reader) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(item, reader) for item in value]
    if isinstance(value, datetime):
        shows = value.astimezone(reader.zone)
        return shows if reader.native else shows.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) and not reader.native else value


def _member(key: str, value: Any, reader: Reader) -> Any:
    if key == "subject" and isinstance(value, L):
        return value[reader.subjects]
    if key == "message" and isinstance(value, L):
        return reader.spoken(value) if reader.spoken is not None else value[reader.lang]
    if key in ("fields", "params") and isinstance(value, dict):
        value = {name: _moment(item) for name, item in value.items()}
    return as_json(value, reader)


def _moment(value: Any) -> Any:
    """An instant of a field, which is kept in UTC, as an instant."""
    return datetime.fromisoformat(value) if isinstance(value, str) and INSTANT.fullmatch(value) else value


def json_text(value: Any) -> str:
    """JSON over several lines, as people and programs read it."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def json_line(value: Any) -> str:
    """JSON on one line."""
    return json.dumps(value, ensure_ascii=False)


def table_of(value: Any) -> tuple[list[str], list[list[Any]]]:
    """The columns and rows of a JSON value: of a list its objects, of one object a single row."""
    objects = value if isinstance(value, list) else [value]
    columns = list(dict.fromkeys(key for one in objects for key in one))
    return columns, [[_cell(one.get(column)) for column in columns] for one in objects]


def _cell(value: Any) -> Any:
    """What stands in a cell: lists of words with blanks between, other lists and objects as JSON."""
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return " ".join(value)
    if isinstance(value, list) and all(isinstance(item, dict) and "name" in item for item in value):
        return " ".join(str(item["name"]) for item in value)
    return json_line(value) if isinstance(value, list | dict) else value


def csv_lines(columns: list[str], rows: Iterable[list[Any]]) -> Iterable[str]:
    """The lines of a CSV; a cell that a spreadsheet would take for a formula gets a leading apostrophe."""
    import csv
    import io

    yield _csv_line(csv, io, columns)
    for row in rows:
        yield _csv_line(csv, io, [_harmless(cell) for cell in row])


def _csv_line(csv: Any, io: Any, cells: list[Any]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return str(line.getvalue())


def _harmless(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\0") else cell

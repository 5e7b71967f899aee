"""Many questions at once, a JSON object a line: `calendar due --batch`, `duties occurrences --batch`. [cli.md 4]

Belongs here: a line to a question, its answer to JSON.   Must never enter: files, exit codes, rules of the calendar.

A bad line is answered by its error, and the rest go on.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from cuiban.calendar.deadline import due
from cuiban.calendar.errors import CalendarError, shown
from cuiban.calendar.hours import Calendar, local
from cuiban.calendar.lateness import worked_seconds
from cuiban.calendar.reading import date_of, instant_of, list_of, object_of, text_of
from cuiban.calendar.recurrence import occurrences
from cuiban.calendar.spans import datetime_of

Answer = dict[str, Any]
Line = Mapping[str, Any]
MOST_CALENDARS = 64


def dues(lines: Iterable[str], calendar: Calendar, *, lang: str = "zh") -> Iterator[Answer]:
    """Answer each line `{id, start, unit, amount, mode?, calendar?, pauses?}` or `{id, start, end, ..}`.

    Args:
        lines: JSON texts; empty ones are passed over.
        calendar: for the lines that bring none.
        lang: of the messages, zh or en.
    """
    return _answers(lines, calendar, _due, lang)


def recurrences(lines: Iterable[str], calendar: Calendar, *, lang: str = "zh") -> Iterator[Answer]:
    """Answer each line `{id, rrule, time, start?, roll, from, to, calendar?}`; arguments as `dues`."""
    return _answers(lines, calendar, _occurrences, lang)


def instant_json(calendar: Calendar, instant: datetime) -> str:
    """The instant as JSON has it: ISO 8601, seconds, the offset of the calendar's zone."""
    return local(calendar, instant).isoformat(timespec="seconds")


def _due(line: Line, calendar: Calendar) -> Answer:
    start = _instant(line, "start", calendar)
    pauses = [_pause(pair, calendar) for pair in list_of(_optional(line, "pauses", []), "pauses")]
    if line.get("end") is not None:
        return _worked(line, calendar, start, pauses)
    mode = _optional(line, "mode", None)
    found = due(
        calendar, start, _needed(line, "amount"), text_of(_needed(line, "unit"), "unit"),  # type: ignore[arg-type]
        mode=None if mode is None else text_of(mode, "mode"), pauses=pauses,
    )  # fmt: skip
    return {"due": None if found.at is None else instant_json(calendar, found.at), "provisional": found.provisional}


def _worked(line: Line, calendar: Calendar, start: datetime, pauses: list[tuple[datetime, datetime | None]]) -> Answer:
    if line.get("unit") is not None or line.get("amount") is not None:
        raise CalendarError("end 与 unit, amount 只能给一种", "give either end, or unit and amount")
    end = _instant(line, "end", calendar)
    if end < start:
        raise CalendarError("end 早于 start", "the end is before the start")
    return {"seconds": worked_seconds(calendar, start, end, pauses)}


def _occurrences(line: Line, calendar: Calendar) -> Answer:
    start = _optional(line, "start", None)
    found = occurrences(
        text_of(_needed(line, "rrule"), "rrule"),
        text_of(_needed(line, "time"), "time"),
        text_of(_optional(line, "roll", "keep"), "roll"),
        None if start is None else date_of(start, "start"),
        date_of(_needed(line, "from"), "from"),
        date_of(_needed(line, "to"), "to"),
        calendar,
    )
    return {
        "occurrences": [{"nominal": instant_json(calendar, one.nominal), "due": instant_json(calendar, one.due)} for one in found]
    }


def _answers(lines: Iterable[str], calendar: Calendar, answer: Callable[[Line, Calendar], Answer], lang: str) -> Iterator[Answer]:
    calendars: dict[str, Calendar] = {}
    for text in lines:
        if not text.strip("\ufeff \t\r\n"):
            continue
        name: str | int | float | None = None
        try:
            line = _read(text)
            name = _name(line)
            yield {"id": name, **answer(line, _calendar(line, calendar, calendars))}
        except RecursionError:
            yield _refused(name, _not_json("RecursionError"), lang)
        except CalendarError as error:
            yield _refused(name, error, lang)


def _refused(name: str | int | float | None, error: CalendarError, lang: str) -> Answer:
    return {"id": name, "error": {"code": error.code, "message": error.message(lang)}}


def _read(text: str) -> Line:
    try:
        read = json.loads(text.strip("\ufeff \t\r\n"), parse_constant=_no_number)
    except CalendarError:
        raise
    except json.JSONDecodeError as error:
        raise _not_json(f"{error.msg}, {error.pos}") from None
    except ValueError:  # a number of more than 4,300 digits
        raise _not_json("ValueError") from None
    return object_of(read, "line")


def _no_number(text: str) -> None:
    raise _not_json(text)


def _not_json(where: str) -> CalendarError:
    return CalendarError(f"这一行不是 JSON ({where})", f"this line is no JSON ({where})")


def _name(line: Line) -> str | int | float | None:
    """The id, to be given back as it came."""
    name = line.get("id")
    if name is None or (isinstance(name, str | int | float) and not isinstance(name, bool) and _is_text(str(name))):
        return name
    raise CalendarError(f"id: {shown(name)} 不是文字或数", f"id: {shown(name)} is neither text nor number")


def _is_text(text: str) -> bool:
    """Whether it can be written: half a surrogate pair cannot."""
    return not any("\ud800" <= sign <= "\udfff" for sign in text)


def _calendar(line: Line, usual: Calendar, known: dict[str, Calendar]) -> Calendar:
    """The line's own calendar, read once however many lines bring it."""
    given = line.get("calendar")
    if given is None:
        return usual
    key = json.dumps(given, sort_keys=True)
    if key not in known:
        if len(known) >= MOST_CALENDARS:
            known.clear()
        known[key] = Calendar.from_json(given)
    return known[key]


def _pause(pair: object, calendar: Calendar) -> tuple[datetime, datetime | None]:
    ends = list_of(pair, "pauses")
    if len(ends) != 2:
        raise CalendarError(f"pauses: {shown(pair)} 不是 [起, 止]", f"pauses: {shown(pair)} is no [from, to]")
    begin, end = ends
    return _moment(begin, "pauses", calendar), None if end is None else _moment(end, "pauses", calendar)


def _instant(line: Line, key: str, calendar: Calendar) -> datetime:
    return _moment(_needed(line, key), key, calendar)


def _moment(value: object, where: str, calendar: Calendar) -> datetime:
    return datetime_of(instant_of(text_of(value, where), calendar.zone, where))


def _needed(line: Line, key: str) -> Any:
    if line.get(key) is None:
        raise CalendarError(f"缺 {key}", f"{key} is missing")
    return line[key]


def _optional(line: Line, key: str, default: Any) -> Any:
    value = line.get(key)
    return default if value is None else value

"""cuiban calendar due: when something is due, step by step, or for many at once. [cli.md 4]

Belongs here: words to arguments, steps to lines.   Must never enter: how a due is computed; the calendar room knows.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import click

from cuiban.calendar import Calendar, CalendarError, standard
from cuiban.commands.desk import Desk
from cuiban.commands.naming import calendar_if_named
from cuiban.commands.output import answer
from cuiban.commands.reading import lines_of, text_of
from cuiban.commands.render import json_line
from cuiban.commands.verbs import OneOf, option, verb
from cuiban.commands.when import unreadable
from cuiban.commands.words import due_day, short, with_weekday
from cuiban.engine.labels import L
from cuiban.errors import BadInput, DatabaseTrouble, Usage

CALENDAR = L(
    "日历文件 F.json 或名称(如 showroom), 否则用本店的, 再否则用内置的",
    "calendar F.json or one by name (showroom), else the dealership's, else the built-in one",
)


def calendar_of(desk: Desk, file: str | None) -> Calendar:
    """The calendar of the file or name, else the dealership's, else, where there is no database, the built-in one."""
    if file is not None and desk.has_database and (name := calendar_if_named(desk, file)) is not None:
        return desk.office.world().calendar_of(name)
    if file is not None:
        try:
            return Calendar.from_json(json.loads(text_of(file)))
        except (ValueError, RecursionError) as error:
            if isinstance(error, CalendarError):
                raise
            raise BadInput("not_json", L("{file} 不是 JSON", "{file} is no JSON").fill(file=file)) from None
    try:
        return desk.office.calendar if desk.has_database or desk.sources.value("db") is not None else standard()
    except DatabaseTrouble as trouble:
        if trouble.code not in ("absent", "empty"):
            raise
        return standard()


@verb("due", L("推算到期, 逐段说明", "when something is due, step by step"))
@option("--start", metavar="T", words=L("起点", "from when"))
@option("--amount", metavar="N", words=L("多少", "how much"))
@option(
    "--unit",
    type=OneOf("wh", "wd", "h", "cd"),
    words=L("单位: 工时, 工作日, 小时, 自然日", "working hours, working days, hours, calendar days"),
)
@option(
    "--mode",
    type=OneOf("same_clock", "end_of_day"),
    words=L("同一钟点, 或当日结束", "same clock time, or the end of the day"),
)
@option(
    "--pause",
    "pauses",
    multiple=True,
    metavar="FROM/TO",
    words=L("暂停; 未结束的写 FROM/", "a pause; FROM/ if it lasts"),
)
@option("--calendar", "file", metavar="F", words=CALENDAR)
@option("--batch", metavar="F", words=L("逐行 JSON 的文件, - 为标准输入", "a file of JSON lines, - for stdin"))
@click.pass_obj
def due_verb(
    desk: Desk, start: str | None, amount: str | None, unit: str | None, mode: str | None, pauses: tuple[str, ...],
    file: str | None, batch: str | None,
) -> int | None:  # fmt: skip
    """Say when `amount` of `unit` after `start` is over."""
    calendar = calendar_of(desk, file)
    if batch is not None:
        from cuiban.calendar.batch import dues

        return print_batch(desk, dues(lines_of(batch), calendar, lang=desk.lang))
    if start is None or amount is None or unit is None:
        raise Usage("usage", L("要写 --start --amount --unit, 或 --batch", "give --start, --amount and --unit, or --batch"))
    from cuiban.calendar.explanation import explain

    found = explain(
        calendar, instant(desk, "--start", start, calendar), number(amount), unit,  # type: ignore[arg-type]
        mode=mode, pauses=[pause(desk, text, calendar) for text in pauses],
    )  # fmt: skip
    zone = calendar.zone
    steps = [
        {
            "kind": s.kind,
            "from": s.from_.astimezone(zone),
            "to": s.to.astimezone(zone),
            "n": s.n,
            "reason": L(*s.reason),
        }
        for s in found.steps
    ]
    value = {"due": found.at, "provisional": found.provisional, "steps": steps}
    show_in(desk, calendar, value, lambda: due_lines(desk, calendar, found.at, found.provisional, steps))
    return None


def print_batch(desk: Desk, answers: Iterable[dict[str, Any]]) -> int:
    """Print an answer a line; 5 if a line was bad."""
    code = 0
    for one in answers:
        desk.screen.write([json_line(one)])
        if "error" in one:
            code = 5
    return code


def show_in(desk: Desk, calendar: Calendar, value: Any, lines: Any) -> None:
    """Hand over an answer in the calendar's own zone."""
    desk.__dict__["calendar"] = calendar
    answer(desk, value, lines)


def instant(desk: Desk, name: str, text: str, calendar: Calendar) -> datetime:
    """An instant: ISO (without offset in the calendar's zone), or any time that people type."""
    if text[:4].isdigit():
        from cuiban.calendar.reading import instant_of
        from cuiban.calendar.spans import datetime_of

        try:
            return datetime_of(instant_of(text, calendar.zone, name))
        except CalendarError:
            raise unreadable(text) from None
    return desk.when(name, text, "near", calendar).at


def number(text: str) -> int | float:
    """The amount; a whole number stays one."""
    try:
        return int(text) if text.strip().lstrip("+-").isdigit() else float(text)
    except ValueError:
        raise Usage("usage", L("--amount: {text} 不是数", "--amount: {text} is no number").fill(text=text)) from None


def pause(desk: Desk, text: str, calendar: Calendar) -> tuple[datetime, datetime | None]:
    """A pause written FROM/TO, or FROM/ where it lasts."""
    begin, slash, end = text.partition("/")
    if not slash:
        raise Usage("usage", L("--pause 要写成 FROM/TO: {text}", "--pause should be FROM/TO: {text}").fill(text=text))
    return (
        instant(desk, "--pause", begin, calendar),
        instant(desk, "--pause", end, calendar) if end.strip() else None,
    )


def due_lines(desk: Desk, calendar: Calendar, at: datetime | None, provisional: bool, steps: list[Any]) -> Iterable[str]:
    """The due, and below it how it came about: what was skipped by its beginning, what was counted by its end."""
    lang, zone = desk.lang, calendar.zone
    if at is None:
        yield desk.say(L("到期 未定, 仍在暂停", "due: not known, still paused"))
    else:
        day, clock = due_day(at, zone, exact=True)
        told = L("  暂定", "  provisional")[lang] if provisional else ""
        yield f"{desk.say(L('到期', 'due'))} {with_weekday(day, lang)} {clock}{told}"
    yield from step_lines(desk, calendar, steps)


def step_lines(desk: Desk, calendar: Calendar, steps: list[Any]) -> Iterable[str]:
    """The steps to a due, each at the moment that people look for."""
    for step in steps:
        at = step["to"] if step["kind"] == "count" else step["from"]
        yield f"  {short(at, calendar.zone, at.astimezone(calendar.zone).date(), exact=True)}  {step['reason'][desk.lang]}"

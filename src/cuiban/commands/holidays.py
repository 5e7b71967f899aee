"""cuiban calendar set, publish, recompute: changing the calendar, and what moves with it. [cli.md 4]"""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cuiban.commands.desk import Desk
from cuiban.commands.naming import calendar_named
from cuiban.commands.options import REASON
from cuiban.commands.output import answer
from cuiban.commands.verbs import Number, argument, option, verb
from cuiban.commands.words import short_due
from cuiban.engine.labels import L
from cuiban.errors import BadInput

if TYPE_CHECKING:
    from cuiban.office.views import MovedDue

DATE = L("日期", "DATE")
CALENDAR = L("哪本日历(如 showroom), 否则本店的", "which calendar (showroom), else the house's")
KINDS = {"off": "off", "休": "off", "放假": "off", "makeup": "makeup", "班": "makeup", "调休上班": "makeup"}
NONE = L("没有到期时间变动", "no due moved")


@verb("set", L("改某一天的工作时间", "other hours on a day"), writes=True)
@argument("day", DATE)
@argument("hours", L("off|HH:MM-HH:MM,..", "off|HH:MM-HH:MM,.."))
@option("--calendar", "name", metavar="NAME", words=CALENDAR)
@REASON
@click.pass_obj
def set_verb(desk: Desk, day: str, hours: str, name: str | None, reason: str | None) -> None:
    """Give DATE other hours, or none."""
    from cuiban.calendar.windows import windows_from_text, windows_json

    windows = windows_json(windows_from_text(hours, "calendar set"))
    chosen = desk.when(desk.say(DATE), day, "near").day
    which = calendar_named(desk, name) if name is not None else None
    moved = desk.office.calendar_set(chosen, windows, calendar=which, reason=reason or "", **desk.change)
    answer(desk, moved, lambda: lines(desk, moved))


@verb("publish", L("国务院公布了某年的放假安排", "the days off of a year are known"), writes=True)
@argument("year", L("年", "YEAR"), type=Number(1970))
@argument("file", L("F.csv", "F.csv"))
@click.pass_obj
def publish_verb(desk: Desk, year: int, file: str) -> None:
    """Take in the days off and make-up days of YEAR."""
    moved = desk.office.calendar_publish(year, days_of(file, year), **desk.change)
    answer(desk, moved, lambda: lines(desk, moved))


@verb("recompute", L("重算所有在办的到期时间", "compute every open due anew"), writes=True)
@click.pass_obj
def recompute_verb(desk: Desk) -> None:
    """Compute every open due anew."""
    moved = desk.office.calendar_recompute(**desk.change)
    answer(desk, moved, lambda: lines(desk, moved))


def days_of(file: str, year: int) -> dict[str, str]:
    """The days of a table with the columns day and off|makeup; a heading may stand above.

    Raises:
        BadInput: with line and column of what cannot be read.
    """
    from cuiban.exchange.tables import read_table

    found: dict[str, str] = {}
    for row in read_table(Path(file)):
        cells = [*row.cells, None, None]
        day = _day(cells[0])
        if day is None:
            if found or row.line > 1:
                raise _bad(row.line, 1, L("不是日期: {v}", "is no date: {v}").fill(v=cells[0]))
            continue
        kind = KINDS.get(str(cells[1] or "").strip().lower())
        if kind is None:
            raise _bad(row.line, 2, L("应为 off 或 makeup: {v}", "should be off or makeup: {v}").fill(v=cells[1]))
        if day.year != year:
            raise _bad(row.line, 1, L("{day} 不在 {year} 年", "{day} is not in {year}").fill(day=day, year=year))
        found[day.isoformat()] = kind
    return found


def _day(cell: object) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    try:
        return date.fromisoformat(str(cell).strip()) if len(str(cell).strip()) == 10 else None
    except ValueError:
        return None


def _bad(line: int, column: int, why: L) -> BadInput:
    return BadInput("bad_cell", L(
        "第 {line} 行第 {column} 列: {why}", "line {line}, column {column}: {why}"
    ).fill(line=line, column=column, why=why), line, column)  # fmt: skip


def lines(desk: Desk, moved: "list[MovedDue]") -> Iterator[str]:
    """Each due that moved: TS-260311-004  03-12 12:10 -> 03-13 12:10."""
    if not moved:
        yield desk.say(NONE)
    for one in moved:
        old, new = (short_due(at, desk.zone, desk.today) if at else "-" for at in (one["old"], one["new"]))
        yield f"{one['ref']}  {old} -> {new}"

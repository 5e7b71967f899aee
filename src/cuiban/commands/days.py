"""cuiban calendar days: which days are worked. [cli.md 4]"""

from datetime import date, timedelta
from typing import Any

import click

from cuiban.calendar import Calendar
from cuiban.commands.columns import aligned
from cuiban.commands.desk import Desk
from cuiban.commands.dues import CALENDAR, calendar_of
from cuiban.commands.output import answer
from cuiban.commands.verbs import option, verb
from cuiban.commands.words import weekday
from cuiban.engine.labels import L
from cuiban.errors import Usage


@verb("days", L("哪些天上班", "which days are worked"))
@option("--month", metavar="2026-03", words=L("哪个月", "which month"))
@option("--from", "frm", metavar="D", words=L("从哪天", "from which day"))
@option("--to", metavar="D", words=L("到哪天之前", "up to but not including"))
@option("--calendar", "file", metavar="F", words=CALENDAR)
@click.pass_obj
def days_verb(desk: Desk, month: str | None, frm: str | None, to: str | None, file: str | None) -> None:
    """List the days of a month or a range."""
    from cuiban.calendar.days import day_rows

    calendar = calendar_of(desk, file)
    begin, end = days_between(desk, month, frm, to, calendar)
    rows = day_rows(calendar, begin, end)
    answer(desk, [row.to_json(desk.lang) for row in rows], lambda: day_lines(desk, rows))


def days_between(desk: Desk, month: str | None, frm: str | None, to: str | None, calendar: Calendar) -> tuple[date, date]:
    """The range that --month, or --from and --to name; the present month if nothing does."""
    if month is not None and (frm is not None or to is not None):
        raise Usage("usage", L("--month 与 --from --to 只能选一种", "give --month, or --from and --to"))
    if frm is None and to is None:
        return month_of(month) if month is not None else month_of(f"{desk.today:%Y-%m}")
    if frm is None or to is None:
        raise Usage("usage", L("--from 和 --to 要一起写", "--from and --to go together"))
    begin, end = desk.when("--from", frm, "near", calendar).day, desk.when("--to", to, "near", calendar).day
    if begin > end:
        raise Usage("usage", L("--from {frm} 晚于 --to {to}", "--from {frm} is later than --to {to}").fill(frm=frm, to=to))
    if begin == end:
        desk.hint(L("--to 那天不算在内: {day} 一天写 --to {after}", "--to is not included: for {day} alone give --to {after}"),
                  day=begin, after=end + timedelta(days=1))  # fmt: skip
    return begin, end


def month_of(text: str) -> tuple[date, date]:
    """The first day of the month `2026-03`, and of the next."""
    try:
        first = date.fromisoformat(f"{text}-01" if len(text) == 7 else "")
    except ValueError:
        raise Usage("usage", L("月份要写成 2026-03: {text}", "a month is written 2026-03: {text}").fill(text=text)) from None
    return first, (first + timedelta(days=31)).replace(day=1)


KINDS = {
    "workday": L("上班", "workday"),
    "makeup": L("调休上班", "make-up day"),
    "weekend": L("周末", "weekend"),
    "holiday": L("放假", "holiday"),
    "override": L("本店另定", "settled here"),
}


def day_lines(desk: Desk, rows: list[Any]) -> list[str]:
    """The days as lines."""
    cells = [
        [
            str(row.date), weekday(row.date, desk.lang), desk.say(KINDS[row.kind]),
            " ".join(f"{a}-{b}" for a, b in row.to_json(desk.lang)["intervals"]) or "-",
            ("" if row.name is None else row.name[desk.lang != "zh"])
            + ("" if row.published else desk.say(L("  未公布", "  not published"))),
        ]
        for row in rows
    ]  # fmt: skip
    return aligned(cells)

"""cuiban duties: the ledger of recurring duties, changing one, working out when they come round. [cli.md 4]"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import click

from cuiban.calendar import Calendar, worked_days
from cuiban.commands.columns import aligned
from cuiban.commands.days import days_between
from cuiban.commands.desk import Desk
from cuiban.commands.dues import CALENDAR, calendar_of, print_batch, show_in
from cuiban.commands.filters import person_named
from cuiban.commands.naming import named, role_named
from cuiban.commands.options import REASON
from cuiban.commands.output import answer
from cuiban.commands.reading import lines_of
from cuiban.commands.telling import LATE
from cuiban.commands.verbs import OneOf, argument, family, option, subverb
from cuiban.commands.words import due_day, late, short, short_date
from cuiban.engine.duty import Duty
from cuiban.engine.labels import L
from cuiban.errors import CuibanError, NotFound, Usage
from cuiban.office.views import ClosedMonth, DutyRate, Occurrence

duties_verb = family("duties", alone="list")
STATES = {
    "open": L("未到期", "open"),
    "overdue": L("未报", "not done"),
    "done": L("按时", "done"),
    "done_late": L("迟报", "done late"),
    "waived": L("免报", "waived"),
    "missed": L("漏报", "missed"),
}
NONE = L("这段时间没有例行事项", "no duties in this time")


@subverb(duties_verb, "list", L("台账", "the ledger"))
@option("--month", metavar="2026-03", words=L("哪个月", "which month"))
@option("--week", metavar="2026-W11", words=L("哪一周", "which week"))
@option("--from", "frm", metavar="D", words=L("从哪天", "from which day"))
@option("--to", metavar="D", words=L("到哪天之前", "up to but not including"))
@option("--duty", metavar="ID", words=L("哪项", "which duty"))
@option("--person", metavar="P", words=L("谁的", "whose"))
@option("--state", type=OneOf(*STATES), words=L("哪种结果", "in which state"))
@option("--by", type=OneOf("duty", "person"), words=L("按事项或按人的按时率", "how much was done in time, by duty or person"))
@click.pass_obj
def list_verb(desk: Desk, month: str | None, week: str | None, frm: str | None, to: str | None, duty: str | None,
              person: str | None, state: str | None, by: str | None) -> None:  # fmt: skip
    """Every occurrence of a week, a month or a range; this month if none is named."""
    if by is not None and state is not None:
        raise Usage("usage", L("--by 与 --state 只能选一个", "give --by or --state"))
    if week is not None:
        if month is not None or frm is not None or to is not None:
            raise Usage("usage", L("--week, --month, --from --to 只能选一种", "give one of --week, --month, --from and --to"))
        begin, end = week_of(week)
    else:
        begin, end = days_between(desk, month, frm, to, desk.calendar)
    who = person_named(desk, person) if person else None
    name = duty_named(desk, duty) if duty else None
    if by is not None:
        rates = desk.office.duty_rates(begin, end, by=by, duty=name, person=who, now=desk.now)
        answer(desk, rates, lambda: aligned(_rate_rows(desk, rates)) or [desk.say(NONE)])
        return
    found = desk.office.duties(begin, end, duty=name, person=who, state=state, now=desk.now)
    answer(desk, found, lambda: aligned([_cells(desk, one) for one in found]) or [desk.say(NONE)])


COUNTED = ("owed", "done", "done_late", "waived", "missed", "overdue", "open")
OWED = L("应报", "owed")
RATE = L("按时率", "in time")


def _rate_rows(desk: Desk, rates: list[DutyRate]) -> list[list[str]]:
    heading = ["", *(desk.say(STATES.get(name, OWED)) for name in COUNTED), desk.say(RATE)]
    return [heading, *(_rate_cells(desk, one) for one in rates)] if rates else []


def _rate_cells(desk: Desk, one: DutyRate) -> list[str]:
    """早会反馈厂家  22  20  1  0  1  0  0  91%."""
    rate = "-" if one.rate is None else f"{one.rate:.0%}"
    return [desk.say(one.label), *(str(getattr(one, name)) for name in COUNTED), rate]


def week_of(text: str) -> tuple[date, date]:
    """The Monday of the week `2026-W11`, and of the next."""
    try:
        year, week = text.upper().split("-W")
        monday = date.fromisocalendar(int(year), int(week), 1)
    except ValueError:
        raise Usage("usage", L("周要写成 2026-W11: {text}", "a week is written 2026-W11: {text}").fill(text=text)) from None
    return monday, monday + timedelta(days=7)


def duty_named(desk: Desk, text: str) -> str:
    """The id of a duty, named by id or label."""
    duties = desk.office.registry.duties
    if text in duties:
        return text
    found = [name for name, duty in duties.items() if text == duty.label.zh or text.lower() == duty.label.en.lower()]
    if len(found) == 1:
        return found[0]
    raise NotFound("not_found", L("没有 {text} 这项例行事项", "there is no duty {text}").fill(text=text))


def _cells(desk: Desk, one: Occurrence) -> list[str]:
    """03-09 维修案例 周涛(代 刘洋) 未报 超1个工作日."""
    day, clock = due_day(one.due, desk.zone)
    who = _doer(desk, one)
    ended = desk.say(STATES[one.state])
    until = one.done_at or desk.now
    late_by = late(one.late_s, worked_days(desk.calendar, one.due, until), until - one.due)
    ended += desk.say(LATE) if one.late_entry else ""
    told = desk.say(late_by) if one.state in ("overdue", "done_late") else ""
    return [short_date(day, desk.today), clock, desk.say(one.title), who, ended, told, one.ref, one.reason or ""]


def _doer(desk: Desk, one: Occurrence) -> str:
    """Who did it or has to; of somebody absent also who stands in."""
    if one.by is not None:
        return desk.called(one.by)
    deputy = desk.office.roster(desk.now).substitute(one.doer, desk.now)
    if deputy is None:
        return desk.called(one.doer)
    words = L("{deputy}(代 {who})", "{deputy} (for {who})")
    return words.fill(deputy=desk.called(deputy), who=desk.called(one.doer))[desk.lang]


@subverb(duties_verb, "set", L("改一项例行事项", "change a duty"), writes=True)
@argument("duty", L("编号", "ID"))
@option("--from", "frm", metavar="D", words=L("自哪天起", "from which day on"))
@option("--off", is_flag=True, words=L("停掉", "no longer"))
@option("--due", metavar="HH:MM", words=L("改到几点", "due at another time"))
@option("--doer", metavar="ROLE|P", words=L("改由谁办", "done by somebody else"))
@REASON
@click.pass_obj
def set_verb(desk: Desk, duty: str, frm: str | None, off: bool, due: str | None, doer: str | None, reason: str | None) -> None:
    """The duty ID is off, due at another time or somebody else's, from a day on."""
    from cuiban.calendar.windows import clock_text, minutes_of

    changed = desk.office.duty_set(
        duty_named(desk, duty),
        start=desk.when("--from", frm, "future").day if frm else None,
        off=off or None,
        due=clock_text(minutes_of(due, "--due")) if due else None,
        doer=doer_named(desk, doer) if doer else None,
        reason=reason or "",
        **desk.change,
    )
    said = L("已改 {duty}, 自 {since} 起", "{duty} changed from {since} on").fill(**changed)
    answer(desk, changed, lambda: [desk.say(said)])


LEDGER = option("--ledger", metavar="NAME", default="sales", words=L("哪本账(编号或名称)", "which ledger (id or name)"))
NO_MONTHS = L("还没有结账的月份", "no month is closed yet")
MONTHS = {True: L("已结账", "closed"), False: L("已重开", "open again")}


@subverb(duties_verb, "months", L("哪些月份已结账", "which months are closed"))
@click.pass_obj
def months_verb(desk: Desk) -> None:
    """The closed months of every ledger: nothing is entered late into them."""
    found = desk.office.months()
    answer(desk, found, lambda: _month_lines(desk, found) or [desk.say(NO_MONTHS)])


@subverb(duties_verb, "reopen", L("重开已结账的月份", "let a closed month take late entries again"), writes=True)
@argument("month", L("月份", "MONTH"))
@LEDGER
@REASON
@click.pass_obj
def reopen_verb(desk: Desk, month: str, ledger: str, reason: str | None) -> None:
    """MONTH takes late entries once more."""
    done = desk.office.month_reopen(month, ledger=ledger_named(desk, ledger), reason=reason or "", **desk.change)
    answer(desk, done, lambda: _month_lines(desk, [done]))


@subverb(duties_verb, "close", L("再结账", "close a month that was reopened"), writes=True)
@argument("month", L("月份", "MONTH"))
@LEDGER
@REASON
@click.pass_obj
def close_verb(desk: Desk, month: str, ledger: str, reason: str | None) -> None:
    """MONTH takes no late entry; the duty that closes it does the same."""
    done = desk.office.month_close(month, ledger=ledger_named(desk, ledger), reason=reason or "", **desk.change)
    answer(desk, done, lambda: _month_lines(desk, [done]))


def _month_lines(desk: Desk, rows: list[ClosedMonth]) -> list[str]:
    """2026-03  进销存账  已结账  04-01 09:10  孙丽  LX-260331-004."""
    ledgers = desk.office.registry.ledgers
    return aligned([
        [row["month"], desk.say(ledgers.get(row["ledger"], L(row["ledger"], row["ledger"]))), desk.say(MONTHS[row["closed"]]),
         short(row["at"], desk.zone, desk.today), desk.called(row["by"]), row["ref"] or ""] for row in rows
    ])  # fmt: skip


def ledger_named(desk: Desk, text: str) -> str:
    """The id of a ledger, named by id or label."""
    return named(text, desk.office.registry.ledgers, L("账", "ledger"))


def doer_named(desk: Desk, text: str) -> str:
    """A person's id, or `role:ID`."""
    try:
        return f"role:{role_named(desk, text)}"
    except CuibanError:
        return person_named(desk, text)


@subverb(duties_verb, "occurrences", L("推算哪些天轮到", "when a duty comes round"))
@option("--duty", metavar="ID", words=L("哪项例行事项", "which duty"))
@option("--rrule", metavar="R", words=L("RFC 5545 规则", "a rule of RFC 5545"))
@option("--time", metavar="HH:MM", words=L("几点, 可到 24:00", "at what time, up to 24:00"))
@option("--start", metavar="D", words=L("规则从哪天起", "where the rule starts"))
@option("--roll", type=OneOf("previous", "next", "skip", "keep"), words=L("逢休: 提前, 顺延, 免, 不动", "on a day off"))
@option("--from", "frm", metavar="D", words=L("从哪天", "from which day"))
@option("--to", metavar="D", words=L("到哪天之前", "up to but not including"))
@option("--calendar", "file", metavar="F", words=CALENDAR)
@option("--batch", metavar="F", words=L("逐行 JSON 的文件, - 为标准输入", "a file of JSON lines, - for stdin"))
@click.pass_obj
def occurrences_verb(desk: Desk, /, file: str | None, batch: str | None, **given: Any) -> int | None:
    """Every nominal and rolled time of a rule, or of a declared duty, in a range."""
    duty = desk.office.world().duties[duty_named(desk, given["duty"])] if given["duty"] is not None else None
    calendar = calendar_of(desk, file or (duty.calendar if duty is not None else None))
    if batch is not None:
        from cuiban.calendar.batch import recurrences

        return print_batch(desk, recurrences(lines_of(batch), calendar, lang=desk.lang))
    frm, to = given["frm"], given["to"]
    if frm is None or to is None:
        raise Usage("usage", L("要写 --from 和 --to", "give --from and --to"))
    rule, time, roll = _rule(duty, given)
    from cuiban.calendar.recurrence import occurrences

    start = day(desk, "--start", given["start"], calendar) if given["start"] else None
    begin, end = day(desk, "--from", frm, calendar), day(desk, "--to", to, calendar)
    found = occurrences(rule, time, roll, start, begin, end, calendar)
    value = [{"nominal": one.nominal, "due": one.due} for one in found]
    show_in(desk, calendar, value, lambda: aligned([[_when(one.nominal, calendar), _when(one.due, calendar)] for one in found]))
    return None


def _rule(duty: Duty | None, given: Mapping[str, Any]) -> tuple[str, str, str]:
    """The rule, clock time and roll that were given, or those of the duty that was named."""
    if duty is not None:
        return given["rrule"] or duty.rrule, given["time"] or str(duty.due), given["roll"] or duty.roll
    if given["rrule"] is None or given["time"] is None:
        raise Usage("usage", L("要写 --duty, 或 --rrule 和 --time", "give --duty, or --rrule and --time"))
    return given["rrule"], given["time"], given["roll"] or "keep"


def day(desk: Desk, name: str, text: str, calendar: Calendar) -> date:
    """A day that was typed."""
    return desk.when(name, text, "near", calendar).day


def _when(at: Any, calendar: Calendar) -> str:
    shows, clock = due_day(at, calendar.zone, exact=True)
    return f"{shows} {clock}"

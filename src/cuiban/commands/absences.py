"""cuiban absence: who is away, who stands in. [cli.md 2]"""

import click

from cuiban.commands.columns import aligned
from cuiban.commands.desk import Desk
from cuiban.commands.filters import person_named
from cuiban.commands.output import answer
from cuiban.commands.verbs import Number, argument, family, option, subverb
from cuiban.commands.words import due_day, short_date
from cuiban.engine.labels import L
from cuiban.office.views import AbsenceView

absence_verb = family("absence")
NONE = L("没有请假", "no absences")
UNSIGNABLE = L("  其间无人可签: {refs}", "  nobody could sign meanwhile: {refs}")


@subverb(absence_verb, "add", L("登记请假", "somebody will be away"), writes=True)
@argument("person", L("谁", "P"))
@argument("frm", L("起", "FROM"))
@argument("to", L("止", "TO"))
@option("--substitute", metavar="P", words=L("由谁代", "who stands in"))
@click.pass_obj
def add_verb(desk: Desk, person: str, frm: str, to: str, substitute: str | None) -> None:
    """Somebody is away from FROM to TO; a bare date counts whole."""
    since = desk.when(desk.say(L("起", "FROM")), frm, "future").at
    until = desk.when(desk.say(L("止", "TO")), to, "future").end(desk.calendar)
    deputy = person_named(desk, substitute) if substitute else None
    view = desk.office.absence_add(person_named(desk, person), since, until, substitute=deputy, **desk.change)
    answer(desk, view, lambda: lines(desk, view))


@subverb(absence_verb, "list", L("列出请假", "list absences"))
@click.pass_obj
def list_verb(desk: Desk) -> None:
    """Every absence, the newest first."""
    views = desk.office.absences(desk.now)
    rows = [[str(view.id), *_cells(desk, view)] for view in views]
    answer(desk, views, lambda: aligned(rows, right=[0]) or [desk.say(NONE)])


@subverb(absence_verb, "end", L("提前销假", "an absence ends now"), writes=True)
@argument("number", L("编号", "ID"), type=Number(1))
@click.pass_obj
def end_verb(desk: Desk, number: int) -> None:
    """The absence ID ends now."""
    view = desk.office.absence_end(number, **desk.change)
    answer(desk, view, lambda: lines(desk, view))


def lines(desk: Desk, view: AbsenceView) -> list[str]:
    """刘洋 03-09 至 03-13 由 周涛 代, 在办6件."""
    who, span, deputy, cases = _cells(desk, view)
    said = [f"{who} {span} {deputy}, {cases}"]
    if view.unsignable:
        said.append(UNSIGNABLE.fill(refs=", ".join(view.unsignable))[desk.lang])
    return said


def _cells(desk: Desk, view: AbsenceView) -> list[str]:
    begin = view.from_.astimezone(desk.zone)
    day, clock = due_day(view.to, desk.zone)
    first, last = short_date(begin.date(), desk.today), short_date(day, desk.today)
    if (begin.hour, begin.minute) != (0, 0):
        first += f" {begin:%H:%M}"
    if clock != "24:00":
        last += f" {clock}"
    deputy = (
        L("由 {who} 代", "{who} stands in").fill(who=desk.called(view.substitute))
        if view.substitute
        else L("无人代", "nobody stands in")
    )
    return [
        desk.called(view.person),
        L("{first} 至 {last}", "{first} to {last}").fill(first=first, last=last)[desk.lang],
        desk.say(deputy),
        L("在办{n}件", "{n} open").fill(n=view.open_cases)[desk.lang],
    ]

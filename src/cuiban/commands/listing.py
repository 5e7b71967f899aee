"""cuiban list: finding cases. [cli.md 3]"""

from typing import Any

import click

from cuiban.commands.columns import aligned, fitted
from cuiban.commands.desk import Desk
from cuiban.commands.filters import filtered, filters_of
from cuiban.commands.output import answer
from cuiban.commands.verbs import argument, option, verb
from cuiban.commands.words import short_due
from cuiban.engine.labels import L
from cuiban.errors import Usage
from cuiban.office.views import CaseView

NONE = L("没有符合的案件", "no such cases")


@verb("list", reveals=True)
@argument("text", L("文字", "TEXT"), required=False)
@option("--closed", is_flag=True, words=L("只看已办结的", "closed ones only"))
@option("--any", "everything", is_flag=True, words=L("未结已结都看", "open and closed ones"))
@filtered(L("登记不早于", "opened from then on"), L("登记不晚于(只写日期: 含当天)", "opened up to then (a bare date: its end)"))
@click.pass_obj
def list_verb(desk: Desk, /, text: str | None, closed: bool, everything: bool, **given: Any) -> None:
    """List open cases whose subject or reference holds TEXT."""
    if closed and everything:
        raise Usage("usage", L("--closed 和 --any 只能选一个", "--closed and --any exclude each other"))
    wanted = None if everything else closed
    if desk.flag("reveal"):
        desk.office.revealed("list", actor=desk.person, now=desk.now)
    cases = desk.office.cases(text=text, closed=wanted, filters=filters_of(desk, given), now=desk.now)
    if desk.is_for_people and "output" not in desk.sources.options:
        desk.numbers.show([(case.ref, case.version) for case in cases])
    answer(desk, cases, lambda: case_lines(desk, cases) or [desk.say(NONE)])


def case_lines(desk: Desk, cases: list[CaseView]) -> list[str]:
    """The cases as lines, numbered."""
    rows = [
        [str(number), case.ref, desk.say(case.title), desk.say(case.state_label), _holder(desk, case), _due(desk, case)]
        for number, case in enumerate(cases, 1)
    ]
    return aligned(fitted(desk.screen, rows, 2), right=[0])


def _holder(desk: Desk, case: CaseView) -> str:
    holder = case.assignee or (f"role:{case.role}" if case.role else None)
    return desk.called(holder) if holder is not None else ""


def _due(desk: Desk, case: CaseView) -> str:
    if case.due is None or not case.open:
        return ""
    late = desk.say(L(" 超时", " late")) if case.overdue else ""
    return short_due(case.due, desk.zone, desk.today) + late

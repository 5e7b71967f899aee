"""cuiban stuck: where work piles up, and who has it. [cli.md 3]"""

from typing import Any

import click

from cuiban.commands.columns import aligned
from cuiban.commands.desk import Desk
from cuiban.commands.filters import filtered, filters_of
from cuiban.commands.output import answer
from cuiban.commands.verbs import OneOf, option, verb
from cuiban.commands.words import rough
from cuiban.engine.labels import L
from cuiban.office.views import Stuck

HEADINGS = [
    L("在办", "open"), L("超时", "late"), L("积压", "stuck"), L("中位", "median"), L("九成内", "90 %"), L("最久", "oldest"),
    L("在谁手上", "with"),
]  # fmt: skip
FIRST = {
    "state": L("环节", "state"), "owner": L("经办", "owner"), "role": L("岗位", "role"), "process": L("流程", "process"),
}  # fmt: skip
OWNERS = 4
NONE = L("没有在办的事", "nothing is open")


@verb("stuck")
@option("--by", type=OneOf(*FIRST), default="state", words=L("按什么分", "a row for each of what"))
@option(
    "--over",
    metavar="90%|3wd",
    default="90%",
    words=L("多久算慢: 超过九成的先例, 或几个工作日", "slow: longer than 90 % of past ones, or N wd"),
)
@filtered(
    L("进入本环节不早于", "in its state since then or later"),
    L("进入本环节不晚于(只写日期: 含当天)", "in its state since then or earlier (a bare date: its end)"),
)
@click.pass_obj
def stuck_verb(desk: Desk, /, by: str, over: str, **given: Any) -> None:
    """Show what is stuck, the worst first."""
    found = desk.office.stuck(by=by, over=over, filters=filters_of(desk, given), now=desk.now)
    answer(desk, found, lambda: _lines(desk, by, found))


def _lines(desk: Desk, by: str, found: list[Stuck]) -> list[str]:
    if not found:
        return [desk.say(NONE)]
    heading = [desk.say(FIRST[by]), *map(desk.say, HEADINGS)]
    return aligned([heading, *(_cells(desk, one) for one in found)], right=[1, 2, 3])


def _cells(desk: Desk, one: Stuck) -> list[str]:
    owners = [f"{desk.called(owner.id)} {owner.open}" for owner in one.owners[:OWNERS]]
    more = sum(owner.open for owner in one.owners[OWNERS:])
    return [
        desk.say(one.label), str(one.open), str(one.overdue), str(one.stuck), _length(desk, one.median_s), _length(desk, one.p90_s),
        one.oldest or "", ", ".join([*owners, *([desk.say(L(f"其他 {more}", f"others {more}"))] if more else [])]),
    ]  # fmt: skip


def _length(desk: Desk, seconds: int | None) -> str:
    return "-" if seconds is None else desk.say(rough(seconds))

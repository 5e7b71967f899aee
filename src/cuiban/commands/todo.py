"""cuiban todo: what is to be done today, and what I chase. [cli.md 2]

Belongs here: catching up before the list, choosing what of it is shown.   Start at: todo_verb.
Must never enter: what stands on whose list (office), how a line looks (todo_lines.py).
"""

from collections.abc import Iterator
from typing import Any

import click

from cuiban.commands.asking import spare
from cuiban.commands.desk import Desk
from cuiban.commands.filters import filtered, filters_of
from cuiban.commands.output import answer, target_of
from cuiban.commands.verbs import option, verb
from cuiban.commands.words import moment_with_weekday, short_due
from cuiban.engine.labels import L
from cuiban.errors import CuibanError
from cuiban.office.items import Item
from cuiban.office.views import Filters

SHOWN = 30
PATIENCE_S = 5  # a list only reads: it does not wait for whoever has locked the database


@verb("todo", reveals=False)
@option("--all", "everybody", is_flag=True, words=L("全店的", "everybody's"))
@option("--overdue", is_flag=True, words=L("只看超时的", "only what is overdue"))
@option("--chasing", is_flag=True, words=L("只看我催的", "only what I chase"))
@option("--unclaimed", is_flag=True, words=L("只看没人认领的", "only what nobody has claimed"))
@option(
    "-y",
    "--yes",
    "sure",
    is_flag=True,
    words=L("时钟没错, 照样补开; 文件可以覆盖", "the clock is right: catch up; replace the file"),
)
@filtered(L("到期不早于", "due from then on"), L("到期不晚于(只写日期: 含当天)", "due up to then (a bare date: its end)"))
@click.pass_obj
def todo_verb(desk: Desk, /, everybody: bool, overdue: bool, chasing: bool, unclaimed: bool, sure: bool, **given: Any) -> None:
    """Show the list of who asks, or everybody's."""
    sheet = target_of(desk)
    if sheet is not None and not sure:  # somebody may have filled it in
        spare(desk, sheet)
    catch_up(desk, sure)
    limit = given.pop("limit")
    filters = filters_of(desk, {**given, "limit": None})
    person = None if everybody else desk.person
    items = desk.office.todo(actor=person, now=desk.now, filters=filters)
    wanted = [item for item in items if _wanted(item, overdue, chasing, unclaimed)]
    whole = items if filters == Filters() else None
    hand_over(desk, person, wanted, limit, whole)


def hand_over(desk: Desk, person: str | None, wanted: list[Item], limit: int | None, whole: list[Item] | None = None) -> None:
    """Show what was asked for of the list of `person` (None: everybody's); a table for people ends somewhere.

    Args:
        wanted: what was asked for; limit: how much of it at most.
        whole: the whole list, if it is known.
    """
    from cuiban.commands.todo_lines import todo_lines

    items, output = wanted[:limit], target_of(desk)
    if output is not None and output.suffix.lower() == ".xlsx":
        from cuiban.commands.todo_sheet import write_sheet

        write_sheet(desk, items, output)
        return
    shown = items[: limit or SHOWN]
    kept = desk.is_for_people and output is None and desk.numbers.show([(item.ref, item.version) for item in shown])

    def lines() -> Iterator[str]:
        everything = desk.office.todo(actor=person, now=desk.now) if whole is None else whole
        due = any(item.mine != "chaser" and item.group in ("overdue", "today") for item in everything)
        return todo_lines(desk, person, wanted, items, shown, kept=kept, due=due, nearest=lambda: nearest(desk, person, everything))

    answer(desk, items, lines)


def _wanted(item: Item, overdue: bool, chasing: bool, unclaimed: bool) -> bool:
    return (
        (item.overdue or not overdue)
        and (item.mine == "chaser" or not chasing)
        and ((item.role is not None and item.assignee is None) or not unclaimed)
    )


def catch_up(desk: Desk, sure: bool = False) -> None:
    """Open the duties that were missed; say so where that was long ago, or cannot be done."""
    if desk.environ.get("CUIBAN_NOW") and not desk.office.sandbox:
        return
    office, now = desk.office, desk.now  # what is wrong with these is wrong with the list too, and told once
    try:
        done = office.catch_up(now, sure=sure, patience=PATIENCE_S)
    except CuibanError as error:
        desk.hint(L("例行事项没能补开: {why}", "duties could not be opened: {why}"), why=error.message)
        return
    _say_of_the_clock(desk, done)
    if done.since is not None:
        since = moment_with_weekday(done.since, desk.zone, desk.lang)
        desk.hint(L(
            "上次补开例行事项是 {since}, 这次补开 {opened} 件, 其中漏报 {missed} 件",
            "duties were last opened on {since}; now {opened} more, {missed} of them missed",
        ), since=since, opened=done.opened, missed=done.missed)  # fmt: skip


def _say_of_the_clock(desk: Desk, done: Any) -> None:
    """That the clock is doubted, or was ahead, and what that means for the list."""
    at = done.doubted or done.ahead
    if at is None:
        return
    now, then = (moment_with_weekday(one, desk.zone, desk.lang) for one in (desk.now, at))
    if done.doubted is None:
        desk.hint(L(
            "时钟曾走到 {then}, 现在是 {now}; 提前记的漏报和到点动作已撤回 {count} 件",
            "the clock has been at {then}, it is now {now}; what was fired too early is taken back: {count} cases",
        ), now=now, then=then, count=done.rewound)  # fmt: skip
        if done.stay:
            desk.hint(L(
                "到点动作已带动别的案件, 没有撤回, 请核对: cuiban history {ref}",
                "these timed steps moved other cases and were not taken back; look at them: cuiban history {ref}",
            ), ref=", ".join(done.stay))  # fmt: skip
    elif done.doubted > desk.now:
        desk.hint(L(
            "时钟是 {now}, 比已有的记录 {then} 还早; 例行事项没有补开, 时钟没错就用 cuiban todo -y",
            "the clock says {now}, before what was entered on {then}; no duties were opened; if it is right: cuiban todo -y",
        ), now=now, then=then)  # fmt: skip
    else:
        desk.hint(L(
            "时钟是 {now}, 离上次补开 {then} 太久; 例行事项没有补开, 时钟没错就用 cuiban todo -y",
            "the clock says {now}, long after the last catch-up on {then}; no duties were opened; if it is right: cuiban todo -y",
        ), now=now, then=then)  # fmt: skip


def nearest(desk: Desk, person: str | None, items: list[Item]) -> str | None:
    """The next thing to come where nothing is due, on the list or a duty that is not on it yet: `03-12 17:00 重点用户提报表`."""
    known = [(item.due, item.title) for item in items if item.mine != "chaser" and item.due is not None]
    duty = desk.office.coming(person, desk.now)
    if duty is not None:
        known.append((duty.due, duty.title))
    if not known:
        return None
    due, title = min(known, key=lambda one: one[0])
    return f"{short_due(due, desk.zone, desk.today)} {desk.say(title)}"

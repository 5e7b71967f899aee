"""How the to-do list looks. [cli.md 2]

Belongs here: header, groups, the two lines of an entry, what to type next.   Must never enter: what stands on the list.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from cuiban.commands.columns import fitted
from cuiban.commands.text import clean, pad, width_of
from cuiban.commands.waiting import waiting_notes
from cuiban.commands.words import due_day, late, left, moment_with_weekday, short_date
from cuiban.engine.labels import L, lowered
from cuiban.office.items import Item

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk

GROUPS = {
    "overdue": L("已超时", "OVERDUE"),
    "today": L("今天到期", "TODAY"),
    "upcoming": L("近期", "UPCOMING"),
    "undated": L("未定期限", "NO DATE YET"),
    "chaser": L("我催的", "CHASING"),
}
COUNTS = (("overdue", L("超时 {n}", "overdue {n}")), ("today", L("今天到期 {n}", "today {n}")),
          ("upcoming", L("近期 {n}", "upcoming {n}")))  # fmt: skip
PASSED = L("(已过点 {n})", " ({n} past)")
NOTHING = L("今天没有要办的事。", "Nothing is due today.")
NONE = L("没有符合的事。", "Nothing here fits.")
NEAREST = L("{nothing}最近: {what}", "{nothing} Next: {what}")
MORE = L("还有 {n} 件: cuiban todo --limit {all}", "{n} more: cuiban todo --limit {all}")
GAPS = (1, 2, 2, 1)
MOST = 4  # actions on a line


def todo_lines(
    desk: "Desk", person: str | None, wanted: Sequence[Item], items: Sequence[Item], shown: Sequence[Item], *,
    kept: bool, due: bool, nearest: Callable[[], str | None],
) -> Iterator[str]:  # fmt: skip
    """The list as lines; hints go to stderr at the end.

    Args:
        wanted: what was asked for, of which the header tells; items: as much of it as was asked for; shown: what the table
            has room for.
        kept: whether this terminal knows the entries by their numbers.
        due: whether anything of the whole list is overdue or due today.
        nearest: what comes next where nothing is due.
    """
    yield desk.screen.style(_header(desk, person, wanted), bold=True)
    if not due:
        what = nearest()
        yield desk.say(NOTHING if what is None else NEAREST.fill(nothing=NOTHING, what=what))
    elif not items:
        yield desk.say(NONE)
    first = _padded(fitted(desk.screen, [_cells(desk, n, item) for n, item in enumerate(shown, 1)], 2))
    group = ""
    for item, line in zip(shown, first, strict=True):
        if _group(item) != group:
            group = _group(item)
            yield desk.screen.style(desk.say(GROUPS[group]), bold=True)
        yield desk.screen.style(line, fg="red" if item.overdue else None)
        second = _second(desk, item)
        if second:
            yield " " * (max(2, len(str(len(shown)))) + 1) + second
    if len(items) > len(shown):
        yield desk.say(MORE.fill(n=len(items) - len(shown), all=len(items)))
    _hints(desk, shown, kept)


def _padded(rows: list[list[str]]) -> list[str]:
    """The cells of each row under each other; by hand, for the list is what has to come at once (docs/performance.md)."""
    widths = [max(width_of(row[index]) for row in rows) for index in range(len(GAPS))] if rows else []
    return ["".join(pad(cell, width + gap) for cell, width, gap in zip(row, widths, GAPS, strict=False)) + row[-1] for row in rows]


def _group(item: Item) -> str:
    return "chaser" if item.mine == "chaser" else item.group


def _header(desk: "Desk", person: str | None, items: Sequence[Item]) -> str:
    """王芳 售后信息员 客服代表  2026-03-11 周三 08:40  超时 1  今天到期 1."""
    zh = desk.lang == "zh"
    mine = [item for item in items if item.mine != "chaser"]
    counts = [count for group, label in COUNTS if (count := _count(desk, label, [i for i in mine if i.group == group]))]
    if person is None:
        who = [desk.office.dealership]
    else:
        roles = [desk.role_label(role) for role in sorted(desk.office.roster(desk.now).roles(person, desk.now))]
        who = [desk.called(person), *(roles if zh else map(lowered, roles))]
    now = moment_with_weekday(desk.now, desk.zone, desk.lang)
    return "  ".join([(" " if zh else ", ").join(who), now, ("  " if zh else ", ").join(counts)]).rstrip()


def _count(desk: "Desk", label: L, items: list[Item]) -> str:
    """今天到期 10(已过点 9): how many there are of a group, and of today's how many are past their hour."""
    passed = sum(item.overdue for item in items if item.group == "today")
    return desk.say(label.fill(n=len(items))) + (desk.say(PASSED.fill(n=passed)) if passed else "") if items else ""


def _cells(desk: "Desk", number: int, item: Item) -> list[str]:
    """The first line of an entry: number, reference, what it is, due, how late or how long yet."""
    return [
        f" {number}" if number < 10 else str(number),
        item.ref,
        _title(desk, item),
        _due(desk, item),
        _late(desk, item),
    ]


def _title(desk: "Desk", item: Item) -> str:
    """投诉 空调异响 赵敏, 已承诺: the state where it is not the one that cases begin in."""
    title = desk.say(item.title)
    process = desk.office.processes.get(item.process)
    first = process is not None and item.state == (process.opening.to or process.states[0].name)
    if first:
        return title
    state = desk.say(item.state_label)
    return f"{title}, {state if desk.lang == 'zh' else lowered(state)}"


def _due(desk: "Desk", item: Item) -> str:
    """03-09 24:00; today the clock time alone."""
    if item.due is None:
        return ""
    day, clock = due_day(item.due, desk.zone)
    return clock if day == desk.today else f"{short_date(day, desk.today)} {clock}"


def _late(desk: "Desk", item: Item) -> str:
    if item.due is None:
        return desk.say(L("未定", "no date yet"))
    told = late(item.late_s, item.late_days, desk.now - item.due) if item.overdue else left(item.due, desk.now, desk.zone)
    return desk.say(told) + desk.say(L(" 暂定", " provisional") if item.provisional else L("", ""))


def _second(desk: "Desk", item: Item) -> str:
    """The second line: who has it, what happened, and what the reader may try next."""
    named = [f"{a.name} {a.label.zh}" if desk.lang == "zh" else a.name for a in item.actions]
    actions = ", ".join(named[:MOST] if len(named) > MOST + 1 else named)
    if len(named) > MOST + 1:  # the usual ones come first in a definition; `why` has them all
        actions += desk.say(L(" 等{n}种", " .. {n} in all").fill(n=len(named)))
    return clean("  ".join([*_notes(desk, item), *([actions] if actions else [])]))


def _notes(desk: "Desk", item: Item) -> Iterator[str]:
    say = desk.say
    holder = item.assignee or (f"role:{item.role}" if item.role else None)
    if item.mine in ("chaser", "escalated", None) and holder is not None:
        yield say(L("在 {who}", "with {who}").fill(who=desk.called(holder)))
    if item.mine == "substitute" and item.acting_for is not None:
        yield say(L("代 {who}", "for {who}").fill(who=desk.called(item.acting_for)))
    yield from waiting_notes(desk, item)
    if item.not_before is not None and item.not_before > desk.now:
        day, clock = due_day(item.not_before, desk.zone)
        yield say(L("{at} 起才能办", "not before {at}").fill(at=f"{short_date(day, desk.today)} {clock}"))
    for name, count in item.tried.items():
        word = item.tried_words[name]
        yield say(L(f"已{word.zh}{count}次", f"{word.en} {_times(count)}"))
    if item.chased:
        yield say(L(f"已催{item.chased}次", f"chased {_times(item.chased)}"))
    if item.level:
        people = ", ".join(desk.called(who) for who in item.told)
        yield say(L(f"已报{people or '上级'}", f"escalated to {people}" if people else "escalated"))


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _hints(desk: "Desk", shown: Sequence[Item], kept: bool) -> None:
    """What to type next, for the first entry that it fits: by its number where this terminal knows that."""
    numbered = [(str(number) if kept else item.ref, item, item.actions) for number, item in enumerate(shown, 1)]
    step = next(((name, way) for name, item, _ in numbered if (way := item.way_on) is not None), None)
    chase = next((name for name, _, actions in numbered if any(a.name == "chase" for a in actions)), None)
    told = []
    if step is not None:
        label = step[1].label.zh if desk.lang == "zh" else step[1].name
        told.append(L("接着办: cuiban do {case} {action}", "next: cuiban do {case} {action}").fill(case=step[0], action=label))
    if chase is not None:
        told.append(L("催: cuiban chase {case}", "chase: cuiban chase {case}").fill(case=chase))
    if shown:
        told.append(L("问原因: cuiban why {case}", "why: cuiban why {case}").fill(case=chase or numbered[-1][0]))
        desk.hint(L("    ".join(t.zh for t in told), "    ".join(t.en for t in told)))

"""The rule of a due in words, as `why` tells it. What it comes to in a case is reckoned in engine/clocks.py.

Belongs here: a sentence for every shape of a due.   Must never enter: cases, the calendar, instants.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import After, At, Before, Due, First, On
from cuiban.engine.program import Program

UNITS = {
    "wh": (L("工作小时", "working hour"), L("工作小时", "working hours")),
    "wd": (L("个工作日", "working day"), L("个工作日", "working days")),
    "h": (L("小时", "hour"), L("小时", "hours")),
    "cd": (L("日内", "day"), L("日内", "days")),
}
MODES = {
    ("wd", "end_of_day"): L("下班时", "at closing"),
    ("cd", "same_clock"): L("同一钟点", "at the same time of day"),
}
ROLLS = {
    "keep": L("", ""),
    "next": L(", 遇休息日顺延", "; on a day off, the next working day"),
    "previous": L(", 遇休息日提前", "; on a day off, the working day before"),
}
WEEKDAYS = [
    L("周一", "Monday"), L("周二", "Tuesday"), L("周三", "Wednesday"), L("周四", "Thursday"), L("周五", "Friday"),
    L("周六", "Saturday"), L("周日", "Sunday"),
]  # fmt: skip
SHORTEST = 28  # days that every month has


def rule_words(program: Program, due: Due | None) -> L:
    """The rule of a due in words.

    Args:
        due: as `clocks.applied` gives it: of a `First` the one that holds.
    """
    if due is None:
        return L("没有时限", "no time limit")
    assert not isinstance(due, First)
    if isinstance(due, After):
        return _after(program, due)
    if isinstance(due, On):
        return _on(program, due)
    name, end = program.fields[due.field].label, _ends(program, due.field)
    if isinstance(due, At):
        return L(f"「{name.zh}」{end}", f"the end of {name.en}") if end else L(f"按「{name.zh}」", f"as given: {name.en}")
    assert isinstance(due, Before)
    of = f"the end of {name.en}" if end else name.en
    return L(f"「{name.zh}」{end}前{due.amount}个工作日", f"{_days(due.amount, 'working day')} before {of}")


def _ends(program: Program, field: str) -> str:
    """What the due of a field that is no instant is counted to: the end of the day, week, month or quarter in it."""
    return {"instant": "", "day": "当天结束"}.get(program.fields[field].type, "结束")


def _after(program: Program, due: After) -> L:
    if due.since is None:
        since = L("进入本环节", "it came here")
    else:
        since = L("登记", "it was opened") if due.since == "opened" else program.fields[due.since].label
    amount = due.amount
    assert isinstance(amount, int | float)
    if amount < 0:  # always working days: days_before
        return L(f"{since.zh}前{-amount}个工作日", f"{_days(-amount, 'working day')} before {since.en}")
    unit = UNITS[due.unit][amount != 1]
    mode = MODES.get((due.unit, due.mode or ""), L("", ""))
    code = f" ({amount} {due.unit})"
    return L(
        f"{since.zh}后{amount}{unit.zh}{mode.zh and ', ' + mode.zh}{code}",
        f"{amount} {unit.en} after {since.en}{mode.en and ', ' + mode.en}{code}",
    )


def _on(program: Program, due: On) -> L:
    spec = program.fields[due.field]
    if due.months is not None:
        day = _day_of_month(spec.label, spec.type, due)
    elif spec.type == "week":
        day = _day_of_week(spec.label, due)
    elif spec.type in ("month", "quarter"):
        day = _day_of_span(spec.label, spec.type, due)
    else:
        day = _day_from(spec.label, due.days)
    rolled = ROLLS[due.roll]
    return L(f"{day.zh} {due.time}{rolled.zh}", f"{due.time} on {day.en}{rolled.en}")


def _day_from(label: L, days: int) -> L:
    near = {0: L("当天", ""), 1: L("次日", "the day after "), -1: L("前一天", "the day before ")}.get(days)
    if near is not None:
        return L(f"「{label.zh}」{near.zh}", f"{near.en}{label.en}")
    return _counted(L(f"「{label.zh}」", label.en), days)


def _counted(from_: L, days: int) -> L:
    if days == 0:
        return from_
    zh, en = ("后", "after") if days > 0 else ("前", "before")
    return L(f"{from_.zh}{zh}{abs(days)}天", f"the day {_days(abs(days), 'day')} {en} {from_.en}")


def _day_of_week(label: L, due: On) -> L:
    number = due.days + 6 * due.last
    if 0 <= number < len(WEEKDAYS):
        day = WEEKDAYS[number]
        return L(f"「{label.zh}」的{day.zh}", f"the {day.en} of {label.en}")
    return _counted(L(f"「{label.zh}」的周一", f"the Monday of {label.en}"), number)


def _day_of_span(label: L, type_: str, due: On) -> L:
    """A day of the month or quarter that the field holds."""
    if due.last:
        return _counted(L(f"「{label.zh}」最后一天", f"the last day of {label.en}"), due.days)
    if type_ == "quarter":
        return _numbered(L(f"「{label.zh}」首月", f"the first month of {label.en}"), due.days)
    return _numbered(L(f"「{label.zh}」的", label.en), due.days)


def _day_of_month(label: L, type_: str, due: On) -> L:
    """A day counted from the first of a month: so many after the one that the field, or its first or last day, lies in."""
    months = due.months
    assert months is not None
    start = L(f"「{label.zh}」", label.en)
    if type_ == "quarter":
        start = L(f"「{label.zh}」{'末月' if due.last else '首月'}", f"the {'last' if due.last else 'first'} month of {label.en}")
    elif type_ == "week":
        end = WEEKDAYS[6 * due.last]
        start = L(f"「{label.zh}」{end.zh}", f"the {end.en} of {label.en}")
    if months == 0:
        return _numbered(L(f"{start.zh}当月", f"the month of {start.en}"), due.days)
    if months == 1:
        return _numbered(L(f"{start.zh}次月", f"the month after {start.en}"), due.days)
    if months == -1:
        return _numbered(L(f"{start.zh}上月", f"the month before {start.en}"), due.days)
    zh, en = ("后", "after") if months > 0 else ("前", "before")
    return _numbered(L(f"{start.zh}{zh}第{abs(months)}个月", f"the month {abs(months)} months {en} {start.en}"), due.days)


def _numbered(month: L, days: int) -> L:
    """The day of a month that comes so many after its first."""
    if 0 <= days < SHORTEST:
        return L(f"{month.zh}{days + 1}日", f"day {days + 1} of {month.en}")
    return _counted(L(f"{month.zh}1日", f"day 1 of {month.en}"), days)


def _days(n: object, unit: str) -> str:
    return f"{n} {unit}{'s' * (n != 1)}"

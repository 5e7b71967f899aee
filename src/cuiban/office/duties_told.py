"""When a duty comes round, in words: its rule, its hour, what becomes of it on a day off, whether its hour was changed.

Belongs here: a sentence for every rule that a duty may have.   Must never enter: cases, the calendar, instants.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from cuiban.calendar import rule_of
from cuiban.calendar.rule import Rule
from cuiban.engine.duty import Duty
from cuiban.engine.labels import L
from cuiban.office.dues_told import ROLLS, WEEKDAYS

SKIP = L(", 休息日免", "; not on a day off")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
UNITS = {
    "DAILY": (L("每天", "every day"), L("每{n}天", "every {n} days")),
    "WEEKLY": (L("每", "every week"), L("每{n}周的", "every {n} weeks")),
    "MONTHLY": (L("每月", "every month"), L("每{n}个月的", "every {n} months")),
    "YEARLY": (L("每年", "every year"), L("每{n}年", "every {n} years")),
}
RARE = ("times", "until", "year_days", "weeks", "positions")  # told by the rule's own text


class Changed(NamedTuple):
    """That the dealership put a duty to another hour, from a day on."""

    usual: str
    since: date


def duty_words(duty: Duty, time: str, changed: Changed | None) -> L:
    """The rule of a duty whose hour is `time`."""
    when, rolled = _when(duty.rrule), SKIP if duty.roll == "skip" else ROLLS[duty.roll]
    words = L(f"{when.zh} {time}{rolled.zh}", f"{time} {when.en}{rolled.en}")
    if changed is None:
        return words
    since = f"{changed.since:%m-%d}"
    return L(f"{words.zh} (原 {changed.usual}, 自 {since} 起改)", f"{words.en} ({changed.usual} before {since})")


def _when(rrule: str) -> L:
    rule = rule_of(rrule)
    days = _days(rule)
    if any(getattr(rule, part) for part in RARE) or (days is None) != (rule.freq == "DAILY") or _odd(rule):
        return L(f"按 {rrule}", f"by {rrule}")
    once, every = UNITS[rule.freq]
    unit = once if rule.interval == 1 else every.fill(n=rule.interval)
    if days is None:
        return unit
    if rule.months:
        months = sorted(rule.months)
        named = L(f"{_joined(f'{n}月' for n in months)}的", _joined(MONTHS[n - 1] for n in months))
        return L(f"{unit.zh}{named.zh}{days.zh}", f"on {days.en} of {named.en}, {unit.en}")
    if rule.freq == "WEEKLY" and rule.interval == 1:
        return L(f"{unit.zh}{days.zh}", f"every {days.en}")
    return L(f"{unit.zh}{days.zh}", f"on {days.en} of {unit.en}" if rule.freq == "MONTHLY" else f"on {days.en} {unit.en}")


def _odd(rule: Rule) -> bool:
    """Whether it says less, or more, than its frequency usually does."""
    return (rule.freq == "YEARLY") != bool(rule.months) or bool(rule.month_days and rule.weekdays)


def _days(rule: Rule) -> L | None:
    """The days of the week or month."""
    if rule.month_days:
        days = sorted(rule.month_days, key=lambda n: (n < 0, n))
        return L(_joined(_day_zh(n) for n in days), _joined(_day_en(n) for n in days))
    if rule.weekdays:
        named = [_weekday(n, WEEKDAYS[day]) for n, day in rule.weekdays]
        return L(_joined(one.zh for one in named), _joined(one.en for one in named))
    return None


def _day_zh(n: int) -> str:
    return f"{n}日" if n > 0 else "最后一天" if n == -1 else f"倒数第{-n}天"


def _day_en(n: int) -> str:
    return f"day {n}" if n > 0 else "the last day" if n == -1 else f"day {-n} from the end"


def _weekday(n: int, day: L) -> L:
    if n == 0:
        return day
    zh = f"第{n}个" if n > 0 else "最后一个" if n == -1 else f"倒数第{-n}个"
    en = f"{day.en} {n}" if n > 0 else f"the last {day.en}" if n == -1 else f"{day.en} {-n} from the end"
    return L(zh + day.zh, en)


def _joined(words: Iterable[str]) -> str:
    found: Sequence[str] = list(words)
    return ", ".join(found)

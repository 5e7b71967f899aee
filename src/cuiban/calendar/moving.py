"""How a due came about that is no amount after a start: a day moved off a day off, working days counted back. [semantics: `why`]

Belongs here: the way from where a due was nominally to where it is, which may lead backwards.   Start at: explain_roll.
Must never enter: rules. Where a due is, recurrence.py and deadline.py alone decide; tests hold them together.
"""

from collections.abc import Iterator
from datetime import date, datetime

from cuiban.calendar.days import kind_of
from cuiban.calendar.explanation import Step
from cuiban.calendar.hours import Calendar
from cuiban.calendar.spans import micros_of, second_of
from cuiban.calendar.walk import land, last_working, previous_working_day
from cuiban.calendar.wording import MAKEUP, WEEKDAYS_ZH, Wording, Words, bracketed, listed

WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TURNED: Words = ("提前就出了本周或本月", "a day before would be of another week or month")


def explain_roll(calendar: Calendar, nominal: datetime, at: datetime, rule: str) -> tuple[Step, ...]:
    """How a due that was nominally `nominal` became `at`: the days off over which it was moved, and what they are called.

    Args:
        calendar: whose days off count.
        nominal, at: aware; a midnight belongs to the day that it ends.
        rule: the roll rule; it does not decide, it tells why `previous` moved a due on.

    Returns:
        The nominal instant, a step of no length; then, if it was moved, a `skip` from there to `at`, backwards where it
        was moved to a day before.
    """
    begin, end = micros_of(nominal), micros_of(at)
    words, days = Wording(calendar, begin), calendar.days
    first, last = days.number_of(begin - 1), days.number_of(end - 1)
    found = Step("count", second_of(begin), second_of(begin), 0, _nominally(words, first, begin))
    if begin == end:
        return (found,)
    off, to = words.off(min(first, last + 1), max(last, first + 1)), words.ending(end)
    if begin < end:
        turned = [TURNED] if rule == "previous" else []
        moved = [*turned, (f"顺延至 {to[0]}", f"moved on to {to[1]}")]
    else:
        moved = [(f"提前至 {to[0]}", f"brought forward to {to[1]}")]
    return found, Step("skip", second_of(begin), second_of(end), 0, listed([*off, *moved]))


def _nominally(words: Wording, number: int, at: int) -> Words:
    weekday = date.fromordinal(number).weekday()
    if words.calendar.days.number_of(at) == number:
        return f"周{WEEKDAYS_ZH[weekday]}, 应到期", f"{WEEKDAYS_EN[weekday]}, nominally due"
    to = words.ending(at)
    return f"应到期 {to[0]}", f"nominally due {to[1]}"


def explain_before(calendar: Calendar, instant: datetime, amount: int) -> tuple[Step, ...]:
    """How `days_before(calendar, instant, amount)` came about, a `count` for each working day; the steps lead backwards."""
    return tuple(_back(calendar, micros_of(instant), amount))


def _back(calendar: Calendar, begin: int, amount: int) -> Iterator[Step]:
    words, days = Wording(calendar, begin), calendar.days
    at, number = last_working(days, begin)
    if at != begin:
        off = words.off(number + 1, days.number_of(begin - 1) + 1)
        to = words.ending(at)
        reason = listed([*off, (f"自 {to[0]} 往前数", f"counting back from {to[1]}")])
        yield Step("skip", second_of(begin), second_of(at), 0, reason)
    clock = days.clock(number, at)
    for count in range(1, amount + 1):
        after, number = number, previous_working_day(days, number)
        to_ = land(days, number, clock)
        notes: list[Words] = words.off(number + 1, after)
        if kind_of(calendar, date.fromordinal(number)) == "makeup":
            notes = [*notes, MAKEUP]
        told = bracketed((f"往前第{count}个工作日", f"working day {count} before"), notes)
        yield Step("count", second_of(at), second_of(to_), count, told)
        at = to_

"""The dates on which a rule recurs.

Belongs here: going through the days of a range and asking each.   Must never enter: roll rules, clock times.

Each day in the range is asked, so a rule that never comes true costs no more than one that does: a library that
searches on for the next hit runs to the year 9999. [docs/decisions/0002-calendar-readings.md]
"""

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from cuiban.calendar.rule import Rule

ONE_DAY = timedelta(days=1)


def dates(rule: Rule, start: date, begin: date, end: date) -> Iterator[date]:
    """The dates in [begin, end), in order, on which `rule` recurs that starts at `start`."""
    rule = _completed(rule, start)
    if rule.times is None:
        yield from _recurring(rule, start, max(start, begin), end)
        return
    for passed, day in enumerate(_recurring(rule, start, start, end)):
        if passed == rule.times:
            return
        if day >= begin:
            yield day


def _completed(rule: Rule, start: date) -> Rule:
    """What a rule leaves open it takes from its start."""
    if rule.weekdays or rule.month_days or rule.year_days or rule.weeks or rule.freq == "DAILY":
        return rule
    if rule.freq == "WEEKLY":
        return rule._replace(weekdays=((0, start.weekday()),))
    months = rule.months or frozenset([start.month]) if rule.freq == "YEARLY" else rule.months
    return rule._replace(months=months, month_days=frozenset([start.day]))


def _recurring(rule: Rule, start: date, begin: date, end: date) -> Iterator[date]:
    if rule.positions:
        yield from _by_position(rule, start, begin, end)
        return
    days: Iterator[date] = map(date.fromordinal, range(begin.toordinal(), end.toordinal()))
    if rule.interval != 1:
        days = filter(_turn(rule, start), days)
    for test in _tests(rule):
        days = filter(test, days)
    yield from days


def _by_position(rule: Rule, start: date, begin: date, end: date) -> Iterator[date]:
    """The n-th dates of each day, week, month or year, counted over the whole of it."""
    tests, in_turn = _tests(rule), _turn(rule, start)
    first = _period_start(rule, begin)
    while first < end:
        after = _next_period(rule, first)
        if in_turn(first):
            members = [day for day in _range(first, after) if all(test(day) for test in tests)]
            places = {n - 1 if n > 0 else len(members) + n for n in rule.positions}
            yield from (day for place, day in enumerate(members) if place in places and begin <= day < end)
        first = after


def _turn(rule: Rule, start: date) -> Callable[[date], bool]:
    """Whether INTERVAL counts the period of a day."""
    freq, interval = rule.freq, rule.interval
    if interval == 1:
        return lambda day: True
    if freq == "DAILY":
        return lambda day: (day - start).days % interval == 0
    if freq == "WEEKLY":
        monday = _period_start(rule, start).toordinal()
        return lambda day: (day.toordinal() - monday) // 7 % interval == 0
    if freq == "MONTHLY":
        return lambda day: ((day.year - start.year) * 12 + day.month - start.month) % interval == 0
    return lambda day: (day.year - start.year) % interval == 0


def _tests(rule: Rule) -> list[Callable[[date], bool]]:
    """Of every BY part that the rule has, whether a day fulfils it."""
    tests: list[Callable[[date], bool]] = []
    if months := rule.months:
        tests.append(lambda day: day.month in months)
    if rule.weekdays:
        tests.append(_weekday_test(rule))
    if rule.month_days:
        tests.append(_month_day_test(rule.month_days))
    if rule.year_days:
        tests.append(lambda day: _counted(_day_of_year(day), 365 + isleap(day.year), rule.year_days))
    if rule.weeks:
        tests.append(lambda day: _counted(*_week(day, rule.week_start), rule.weeks))
    return tests


def _month_day_test(wanted: frozenset[int]) -> Callable[[date], bool]:
    if min(wanted) > 0:
        return lambda day: day.day in wanted
    return lambda day: _counted(day.day, monthrange(day.year, day.month)[1], wanted)


def _weekday_test(rule: Rule) -> Callable[[date], bool]:
    every = frozenset(weekday for n, weekday in rule.weekdays if n == 0)
    numbered = frozenset((n, weekday) for n, weekday in rule.weekdays if n)
    if not numbered:
        return lambda day: day.weekday() in every
    in_month = rule.freq == "MONTHLY" or bool(rule.months)

    def numbered_test(day: date) -> bool:
        weekday = day.weekday()
        if in_month:
            place, length = day.day, monthrange(day.year, day.month)[1]
        else:
            place, length = _day_of_year(day), 365 + isleap(day.year)
        return (
            weekday in every or ((place - 1) // 7 + 1, weekday) in numbered or (-((length - place) // 7 + 1), weekday) in numbered
        )

    return numbered_test


def _counted(place: int, length: int, wanted: frozenset[int]) -> bool:
    """Whether the `place`-th of `length` is wanted, counted from the front or (below 0) from the back."""
    return place in wanted or place - length - 1 in wanted


def _week(day: date, week_start: int) -> tuple[int, int]:
    """The number of the week, and how many weeks its year has; a week belongs to the year of its fourth day."""
    fourth = day + timedelta(days=3 - (day.weekday() - week_start) % 7)
    place, length = _day_of_year(fourth), 365 + isleap(fourth.year)
    number = (place - 1) // 7 + 1
    return number, number + (length - place) // 7


def _day_of_year(day: date) -> int:
    return day.toordinal() - date(day.year, 1, 1).toordinal() + 1


def _period_start(rule: Rule, day: date) -> date:
    if rule.freq == "WEEKLY":
        return day - timedelta(days=(day.weekday() - rule.week_start) % 7)
    if rule.freq == "MONTHLY":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if rule.freq == "YEARLY" else day


def _next_period(rule: Rule, first: date) -> date:
    if rule.freq == "WEEKLY":
        return first + timedelta(days=7)
    if rule.freq == "MONTHLY":
        return (first + timedelta(days=31)).replace(day=1)
    return first.replace(year=first.year + 1) if rule.freq == "YEARLY" else first + ONE_DAY


def _range(first: date, after: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), after.toordinal()))

"""A recurrence rule: the dates of RFC 5545 (section 3.3.10), read and checked.

Belongs here: the parts of an RRULE that speak of dates.   Must never enter: calendars, going through dates.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from cuiban.calendar.errors import CalendarError, shown

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_BY_DAY = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?[0-9]{1,6}")
_UNTIL = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")
_LIMITS = {"BYMONTH": 12, "BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYSETPOS": 366}
# Which part goes with which frequency: the table of RFC 5545, page 44.
_ONLY = {
    "BYWEEKNO": ("YEARLY",),
    "BYYEARDAY": ("YEARLY",),
    "BYMONTHDAY": ("DAILY", "MONTHLY", "YEARLY"),
}


class Rule(NamedTuple):
    """When something recurs. An empty part restricts nothing; `weekdays` are (n-th, or 0: every; 0 Monday .. 6)."""

    freq: str
    interval: int = 1
    times: int | None = None
    until: str | None = None
    months: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()
    weekdays: tuple[tuple[int, int], ...] = ()
    positions: frozenset[int] = frozenset()
    week_start: int = 0

    def last_date(self, minutes: int, zone: ZoneInfo) -> date:
        """The last date whose clock time `minutes` (since midnight, in `zone`) is not after UNTIL."""
        if self.until is None:
            return date.max
        if len(self.until) == 8:
            return date.fromisoformat(self.until)
        end = datetime.fromisoformat(self.until.rstrip("Z"))
        if self.until.endswith("Z"):
            end = end.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        return (end - timedelta(minutes=minutes)).date()


@lru_cache(maxsize=256)
def rule_of(text: str) -> Rule:
    """The rule that an RRULE means; raises CalendarError with the part that is wrong."""
    parts = _parts(text)
    freq = parts.pop("FREQ", "")
    if freq not in FREQUENCIES:
        raise _wrong("FREQ", freq, "须为 DAILY, WEEKLY, MONTHLY 或 YEARLY", "has to be DAILY, WEEKLY, MONTHLY or YEARLY")
    read = {READERS[name][0]: READERS[name][1](name, value) for name, value in parts.items() if name in READERS}
    if unknown := sorted(set(parts) - set(READERS)):
        raise _wrong(unknown[0], parts[unknown[0]], "不支持: 规则只定日期", "is not understood: the rule gives dates only")
    rule = Rule(freq=freq, **read)  # type: ignore[arg-type]
    _check(rule, parts)
    return rule


def _parts(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in text.strip().upper().removeprefix("RRULE:").split(";"):
        name, equals, value = part.partition("=")
        if not (equals and name and value) or name in parts:
            raise CalendarError(
                f"重复规则 {shown(text)}: {shown(part)} 不是 名=值, 或出现两次",
                f"the rule {shown(text)}: {shown(part)} is no NAME=VALUE, or stands there twice",
            )
        parts[name] = value
    return parts


def _positive(name: str, value: str) -> int:
    if _NUMBER.fullmatch(value) and int(value) > 0:
        return int(value)
    raise _wrong(name, value, "须为正整数", "has to be a whole number above 0")


def _numbers(name: str, value: str) -> frozenset[int]:
    found = frozenset(int(one) if _NUMBER.fullmatch(one) else 0 for one in value.split(","))
    lowest = 1 if name == "BYMONTH" else -_LIMITS[name]
    if 0 in found or not all(lowest <= one <= _LIMITS[name] for one in found):
        limit = _LIMITS[name]
        signs = ("", "") if name == "BYMONTH" else (" 或其负数", ", or counted from the end")
        raise _wrong(name, value, f"须在 1 至 {limit} 之间{signs[0]}", f"has to be from 1 to {limit}{signs[1]}")
    return found


def _weekdays(name: str, value: str) -> tuple[tuple[int, int], ...]:
    matches = [_BY_DAY.fullmatch(one) for one in value.split(",")]
    days = tuple((int(match[1] or 0), DAYS.index(match[2])) for match in matches if match)
    if len(days) < len(matches) or any(match and match[1] and not int(match[1]) for match in matches):
        raise _wrong(name, value, "须如 MO,TU 或 1MO,-1FR", "has to be like MO,TU or 1MO,-1FR")
    return days


def _week_start(name: str, value: str) -> int:
    if value in DAYS:
        return DAYS.index(value)
    raise _wrong(name, value, f"须为 {', '.join(DAYS)} 之一", f"has to be one of {', '.join(DAYS)}")


def _until(name: str, value: str) -> str:
    if _UNTIL.fullmatch(value):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            pass  # a 30th of February: said below
        else:
            return value
    raise _wrong(name, value, "须如 20261231 或 20261231T235959Z", "has to be like 20261231 or 20261231T235959Z")


READERS: dict[str, tuple[str, Callable[[str, str], object]]] = {
    "INTERVAL": ("interval", _positive),
    "COUNT": ("times", _positive),
    "UNTIL": ("until", _until),
    "BYMONTH": ("months", _numbers),
    "BYMONTHDAY": ("month_days", _numbers),
    "BYYEARDAY": ("year_days", _numbers),
    "BYWEEKNO": ("weeks", _numbers),
    "BYDAY": ("weekdays", _weekdays),
    "BYSETPOS": ("positions", _numbers),
    "WKST": ("week_start", _week_start),
}


def _check(rule: Rule, parts: dict[str, str]) -> None:
    """Refuse what RFC 5545 forbids in combination."""
    if rule.times and rule.until:
        raise _wrong("COUNT", parts["COUNT"], "不能与 UNTIL 同用", "cannot stand beside UNTIL")
    for name, allowed in _ONLY.items():
        if name in parts and rule.freq not in allowed:
            raise _wrong(name, parts[name], f"不能用于 FREQ={rule.freq}", f"does not go with FREQ={rule.freq}")
    numbered = max((abs(n) for n, _ in rule.weekdays), default=0)
    if numbered:
        _check_numbered(rule, numbered, parts["BYDAY"])
    others = set(parts) - {"INTERVAL", "COUNT", "UNTIL", "WKST", "BYSETPOS"}
    if rule.positions and not others:
        raise _wrong("BYSETPOS", parts["BYSETPOS"], "须与另一 BY 项同用", "needs another BY part beside it")


def _check_numbered(rule: Rule, numbered: int, value: str) -> None:
    if rule.freq not in ("MONTHLY", "YEARLY") or rule.weeks:
        raise _wrong("BYDAY", value, "此处星期不能带序号", "cannot number its weekdays here")
    most = 53 if rule.freq == "YEARLY" and not rule.months else 5
    if numbered > most:
        raise _wrong("BYDAY", value, f"的序号最大为 {most}", f"can number its weekdays up to {most}")


def _wrong(name: str, value: str, zh: str, en: str) -> CalendarError:
    return CalendarError(f"重复规则: {name}={value[:40]} {zh}", f"the rule: {name}={value[:40]} {en}")

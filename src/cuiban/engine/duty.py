"""A recurring duty: what comes round, when, who does it, who chases, when it opens and is missed. [semantics: duties]

Belongs here: the value, and its dates worked out from a calendar.   Start at: occurrences, fields_of.
Must never enter: which ones were done, the clock, the name of any process.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal

import msgspec

from cuiban.calendar import Calendar, Occurrence, clock_on, day_end, days_before, due as walk, occurrences as dates_of, rule_of
from cuiban.calendar.recurrence import rolled_date
from cuiban.engine.fields import instant_text
from cuiban.engine.labels import L
from cuiban.engine.language import Setting
from cuiban.engine.subjects import Source, Subject

Roll = Literal["previous", "next", "skip", "keep"]
About = Literal[
    "day", "day_before", "this_week", "last_week", "next_week", "this_month", "last_month", "this_quarter",
    "last_quarter", "this_year", "last_year",
]  # fmt: skip
Clock = str | Setting

MISSED_AFTER = 5  # working days that a daily duty may stay open
AHEAD = 5  # working days before its due on which a monthly or rarer one opens


class Duty(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that comes round.

    Attributes:
        name: row and English name (`b15_key_users`).
        rrule: its dates, a rule of RFC 5545.
        due: "HH:MM", to 24:00, in the dealership's zone.
        doer, chaser: roles.
        start: from when it is meant to be done; it sorts, and refuses nobody unless `start_binds`.
        to: recipients, roles or outside parties; `channel`: on which way; `minimum`: how many have to be ticked.
        about: the day, week, month, quarter or year that it tells of, seen from its nominal date.
        roll: what becomes of it on a day off; an outside start never rolls.
        rows: catalogue rows.
        opens: the process whose case it is, with the period that it is about as field `day`, `week`, `month`, `quarter`
            or `year`; None: a case of the duties' own process.
        done_by: the step of that case with which the duty is done; None: when the case is closed.
        calendar: the name of another calendar than the house's.
        closes: the ledger of which the month that it is about closes when it is done.
        agree: matching rules that have to find nothing of what it is about before it is done; with `opens` its process says so.
        per: one occurrence for each of these, see subjects.py; None: one for all.
    """

    name: str
    label: L
    rrule: str
    due: Clock
    doer: str
    chaser: str | None = None
    start: Clock | None = None
    start_binds: bool = False
    to: list[str] = []
    channel: L | None = None
    minimum: int | None = None
    about: About | Setting = "day"
    roll: Roll = "next"
    rows: list[str] = []
    opens: str | None = None
    done_by: str | None = None
    calendar: str | None = None
    closes: str | None = None
    agree: list[str] = []
    per: Source | None = None

    @property
    def freq(self) -> str:
        """DAILY, WEEKLY, MONTHLY or YEARLY."""
        return rule_of(self.rrule).freq


def period_of(about: str) -> str:
    """What a duty tells of: day, week, month, quarter or year."""
    return "day" if about.startswith("day") else about.split("_")[1]


def bind_duty(duty: Duty, settings: Mapping[str, Any]) -> Duty:
    """The duty with every `Setting` replaced by its value; raises KeyError if `settings` lacks one."""
    found = {n: settings[v.name] for n in ("due", "start", "about") if isinstance(v := getattr(duty, n), Setting)}
    return msgspec.structs.replace(duty, **found) if found else duty


def occurrences(duty: Duty, frm: date, to: date, calendar: Calendar) -> list[Occurrence]:
    """Every occurrence of a bound duty whose nominal date is in [frm, to), by it."""
    return dates_of(duty.rrule, _clock(duty.due), duty.roll, None, frm, to, calendar)


def opens_at(duty: Duty, occurrence: Occurrence, calendar: Calendar, ahead: int = AHEAD) -> datetime:
    """When it comes onto the list (UTC): as the day of its rolled due begins; a monthly or rarer one `ahead` wd before."""
    day = occurrence.due_date
    if duty.freq in ("MONTHLY", "YEARLY"):
        noon = clock_on(calendar, day, 12 * 60)
        day = days_before(calendar, noon, ahead).at.astimezone(calendar.zone).date()  # type: ignore[union-attr]
    return clock_on(calendar, day, 0)


def missed_at(duty: Duty, occurrence: Occurrence, calendar: Calendar, after: int = MISSED_AFTER) -> datetime:
    """When it is missed (UTC): a daily one `after` working days past its due, another when the next month ends."""
    if duty.freq == "DAILY":
        at = walk(calendar, occurrence.due, after, "wd").at
        assert at is not None  # nothing pauses it
        return at
    after_next = _month(occurrence.due_date, 2)
    return day_end(calendar, after_next - timedelta(days=1))


def about(duty: Duty, nominal: date, calendar: Calendar) -> tuple[date, date]:
    """The span [from, to) that a bound duty tells of, seen from its nominal date.

    `day_before` is the working day before.
    """
    which = duty.about
    assert isinstance(which, str)
    if which in ("day", "day_before"):
        day = nominal if which == "day" else _working_day_before(nominal, calendar)
        return day, day + timedelta(days=1)
    when, unit = which.split("_")
    return _period(nominal, unit, {"this": 0, "last": -1, "next": 1}[when])


def fields_of(
    duty: Duty, occurrence: Occurrence, calendar: Calendar, names: Mapping[str, L], after: int = MISSED_AFTER,
    subject: Subject | None = None,
) -> dict[str, Any]:  # fmt: skip
    """The fields with which the case of an occurrence is opened.

    Args:
        duty: bound.
        occurrence: which time.
        calendar: the duty's own.
        names: labels of roles and outside parties, for the recipients.
        after: working days, see `missed_at`.
        subject: of a duty `per` something: which one this occurrence is for.
    """
    first, beyond = about(duty, occurrence.nominal_date, calendar)
    if duty.opens is not None:
        period = period_of(str(duty.about))
        return {period: _period_text(period, first)}
    key, of, doer = ("", "", None) if subject is None else (f": {subject.id}", f": {subject.label}", subject.doer)
    return dict(_filled(duty, occurrence, calendar, names)) | {
        "duty": f"{duty.name}{key}",
        "title": L(f"{duty.label.zh}{of}", f"{duty.label.en}{of}"),
        "nominal": instant_text(occurrence.nominal),
        "due_at": instant_text(occurrence.due),
        "missed_at": instant_text(missed_at(duty, occurrence, calendar, after)),
        "doer": doer or f"role:{duty.doer}",
        "about_from": first.isoformat(),
        "about_last": (beyond - timedelta(days=1)).isoformat(),
    }


def _filled(duty: Duty, occurrence: Occurrence, calendar: Calendar, names: Mapping[str, L]) -> Iterator[tuple[str, Any]]:
    """What only some duties have."""
    if duty.chaser is not None:
        yield "chaser", f"role:{duty.chaser}"
    if duty.start is not None:
        yield "window", f"{_clock(duty.start)}-{_clock(duty.due)}"
        if duty.start_binds:
            yield "start_at", instant_text(clock_on(calendar, occurrence.nominal_date, _minutes(_clock(duty.start))))
    if duty.to:
        named = [names[one] for one in duty.to]
        yield "recipients", L(", ".join(n.zh for n in named), ", ".join(n.en for n in named))
    if duty.channel is not None:
        yield "channel", duty.channel
    if duty.minimum is not None:
        yield "minimum", duty.minimum
    if duty.agree:
        yield "agree", duty.agree


def _clock(value: Clock) -> str:
    assert isinstance(value, str)
    return value


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _working_day_before(day: date, calendar: Calendar) -> date:
    found = rolled_date(calendar, day - timedelta(days=1), "previous", "DAILY")
    assert found is not None
    return found


def _period(day: date, unit: str, shift: int) -> tuple[date, date]:
    if unit == "week":
        first = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
        return first, first + timedelta(weeks=1)
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return _month(first, shift * months), _month(first, (shift + 1) * months)


def _period_text(unit: str, first: date) -> str:
    """The kept form of the period that begins with `first`."""
    if unit == "week":
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02}"
    if unit == "quarter":
        return f"{first.year}-Q{first.month // 3 + 1}"
    return first.isoformat()[: {"day": 10, "month": 7, "year": 4}[unit]]


def _month(day: date, shift: int) -> date:
    """The first of the month `shift` months after that of `day`."""
    years, month = divmod(day.month - 1 + shift, 12)
    return date(day.year + years, month + 1, 1)

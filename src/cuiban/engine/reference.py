"""Reference data is history too: people, absences, calendar, duties, settings, numbers voided, reveals.

Each is a stream of events of its own, hashed like a case's. A stream's data is the fold of its events.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec

from cuiban.engine.case import Event, canonical
from cuiban.engine.labels import L
from cuiban.engine.roster import Absence, Grant, Member, Roster


class People(msgspec.Struct, omit_defaults=True):
    """Who works here, has which roles, since when."""

    members: dict[str, Member] = {}


class Absences(msgspec.Struct, omit_defaults=True):
    """Who is away when, and who stands in."""

    absences: list[Absence] = []


class CalendarData(msgspec.Struct, omit_defaults=True):
    """What a dealership says otherwise than the built-in calendar.

    Attributes:
        base: a whole calendar in place of the built-in one.
        overrides: day -> windows ([]: off); published: year -> {day: "off"|"makeup"}.
        named: the overrides of each calendar beside the house's own.
    """

    base: dict[str, Any] | None = None
    overrides: dict[str, list[list[str]]] = {}
    published: dict[str, dict[str, str]] = {}
    named: dict[str, dict[str, list[list[str]]]] = {}


class Closed(msgspec.Struct, omit_defaults=True):
    """Who closed a month, and when; `case`: the duty by which."""

    at: datetime
    by: str
    case: str | None = None


class DutyChange(msgspec.Struct, omit_defaults=True):
    """From `since` (a day) on a duty is off, due at another time or done by somebody else."""

    since: str
    off: bool | None = None
    due: str | None = None
    doer: str | None = None


class DutyChanges(msgspec.Struct, omit_defaults=True):
    """Duties changed, by id, oldest first."""

    changes: dict[str, list[DutyChange]] = {}


class SettingValue(msgspec.Struct, omit_defaults=True):
    """A choice that the dealership made itself."""

    value: Any
    since: datetime


class Settings(msgspec.Struct, omit_defaults=True):
    """Choices by key."""

    values: dict[str, SettingValue] = {}


class Months(msgspec.Struct, omit_defaults=True):
    """Which months of a ledger are closed: ledger -> month -> when it was closed, by whom."""

    closed: dict[str, dict[str, Closed]] = {}


class Tally(msgspec.Struct, omit_defaults=True):
    """A stream that only records: numbers voided, reveals."""

    count: int = 0


def _people(data: People, event: Event) -> None:
    f = event.fields
    id = f["id"]
    match event.action:
        case "user_add":
            data.members[id] = Member(id, f["name"], event.at, f.get("department"), f.get("superior"))
            for role in f.get("roles", []):
                _grant(data.members[id], role, event.at)
        case "user_set":
            member = data.members[id]
            member.name = f.get("name", member.name)
            member.department = f.get("department", member.department)
            member.superior = f.get("superior", member.superior)
        case "user_off":
            data.members[id].off = event.at
        case "user_on":
            data.members[id].off = None
        case "role_grant":
            _grant(data.members[id], f["role"], event.at)
        case "role_revoke":
            for grant in data.members[id].grants:
                if grant.role == f["role"] and grant.until is None:
                    grant.until = event.at


def _grant(member: Member, role: str, since: datetime) -> None:
    if not any(g.role == role and g.until is None for g in member.grants):
        member.grants = [*member.grants, Grant(role, since)]


def _absences(data: Absences, event: Event) -> None:
    f = event.fields
    if event.action == "absence_add":
        since, until = datetime.fromisoformat(f["from"]), datetime.fromisoformat(f["to"])
        data.absences.append(Absence(f["id"], f["person"], since, until, f.get("substitute")))
    elif event.action == "absence_end":
        for absence in data.absences:
            if absence.id == f["id"]:
                absence.until = max(absence.since, min(absence.until, event.at))


def _calendar(data: CalendarData, event: Event) -> None:
    f = event.fields
    if event.action == "calendar_base":
        data.base = f["calendar"]
    elif event.action == "calendar_set":
        days = data.named.setdefault(f["calendar"], {}) if "calendar" in f else data.overrides
        days[f["date"]] = f["windows"]
    elif event.action == "calendar_publish":
        data.published[f["year"]] = f["days"]


def _duties(data: DutyChanges, event: Event) -> None:
    f = event.fields
    change = DutyChange(f["since"], f.get("off"), f.get("due"), f.get("doer"))
    kept = [c for c in data.changes.get(f["id"], []) if c.since != change.since]
    data.changes[f["id"]] = sorted([*kept, change], key=lambda c: c.since)


def _months(data: Months, event: Event) -> None:
    f = event.fields
    months = data.closed.setdefault(f["ledger"], {})
    if event.action == "month_close":
        months[f["month"]] = Closed(event.at, event.by, f.get("case"))
    elif event.action == "month_reopen":
        months.pop(f["month"], None)


def _settings(data: Settings, event: Event) -> None:
    data.values[event.fields["key"]] = SettingValue(event.fields["value"], event.at)


def _tally(data: Tally, event: Event) -> None:
    data.count += 1


Apply = Callable[[Any, Event], None]
STREAMS: dict[str, tuple[type[msgspec.Struct], Apply]] = {
    "@absences": (Absences, _absences),
    "@access": (Tally, _tally),
    "@calendar": (CalendarData, _calendar),
    "@duties": (DutyChanges, _duties),
    "@months": (Months, _months),
    "@numbers": (Tally, _tally),
    "@people": (People, _people),
    "@settings": (Settings, _settings),
}
# What the changes are called; every action of a stream stands here.
CALLED = {
    "absence_add": L("登记缺勤", "absence entered"),
    "absence_end": L("销假", "absence ended"),
    "calendar_base": L("换日历", "another calendar"),
    "calendar_set": L("改一天的上班时间", "hours of a day set"),
    "calendar_publish": L("公布一年的节假日", "holidays of a year published"),
    "duty_set": L("改例行事项", "duty changed"),
    "month_close": L("结账", "month closed"),
    "month_reopen": L("重开已结账的月份", "month reopened"),
    "number_start": L("定起号", "first number set"),
    "number_void": L("作废号码", "number void"),
    "reveal": L("看未遮盖的资料", "saw unmasked values"),
    "role_grant": L("给岗位", "role granted"),
    "role_revoke": L("收回岗位", "role revoked"),
    "setting": L("改设置", "setting changed"),
    "user_add": L("新来的人", "somebody new"),
    "user_off": L("离职", "somebody left"),
    "user_on": L("回来上班", "somebody came back"),
    "user_set": L("改姓名, 部门, 上级", "name, department, superior changed"),
}


def empty(stream: str) -> Any:
    """The data of a stream without events."""
    return STREAMS[stream][0]()


def read(stream: str, text: str) -> Any:
    """The data of a stored text."""
    return msgspec.json.decode(text, type=STREAMS[stream][0])


def text_of(data: Any) -> str:
    """The canonical text of a stream's data."""
    return canonical(data).decode()


def apply(stream: str, data: Any, event: Event) -> Any:
    """The data after `event`; `data` stays as it was."""
    fresh = read(stream, text_of(data))
    STREAMS[stream][1](fresh, event)
    return fresh


def fold(stream: str, events: list[Event]) -> Any:
    """The data that `events` add up to."""
    data = empty(stream)
    for event in events:
        STREAMS[stream][1](data, event)
    return data


def roster_of(people: People, absences: Absences) -> Roster:
    """The people and their absences, ready to be asked."""
    return Roster(people.members, absences.absences)

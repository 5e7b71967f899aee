"""What an event of reference data changed, in words: people, absences, calendar, duties, settings, numbers, months.

Belongs here: what its fields are called, and their values.   Must never enter: JSON, which keeps the ids; what may be changed.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cuiban.commands.render import json_line
from cuiban.commands.words import short
from cuiban.engine.labels import L

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk
    from cuiban.office.views import Past

Told = Callable[["Desk", Any], str]


def _plain(desk: "Desk", value: Any) -> str:
    if isinstance(value, bool):
        return desk.say(L("是", "yes") if value else L("否", "no"))
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return ", ".join(value)
    return value if isinstance(value, str) else json_line(value)


def _who(desk: "Desk", value: Any) -> str:
    return desk.called(str(value))


def _member(desk: "Desk", value: Any) -> str:
    """By name as today, and by the id, which stays."""
    return f"{desk.called(value)}({value})"


def _roles(desk: "Desk", value: Any) -> str:
    return desk.role_labels([value] if isinstance(value, str) else value)


def _labelled(kind: str) -> Told:
    """By the label that the installed packages give it."""

    def told(desk: "Desk", value: Any) -> str:
        found = getattr(desk.office.registry, kind).get(value)
        return str(value) if found is None else desk.say(getattr(found, "label", found))

    return told


def _moment(desk: "Desk", value: Any) -> str:
    return short(datetime.fromisoformat(value), desk.zone, desk.today)


def _windows(desk: "Desk", value: Any) -> str:
    return " ".join("-".join(window) for window in value) or desk.say(L("休", "off"))


FIELDS: dict[str, tuple[L, Told]] = {
    "id": (L("编号", "id"), _plain),
    "name": (L("姓名", "name"), _plain),
    "department": (L("部门", "department"), _plain),
    "superior": (L("上级", "superior"), _who),
    "roles": (L("岗位", "roles"), _roles),
    "role": (L("岗位", "role"), _roles),
    "person": (L("何人", "who"), _who),
    "substitute": (L("代理人", "substitute"), _who),
    "from": (L("从", "from"), _moment),
    "to": (L("到", "to"), _moment),
    "date": (L("日期", "day"), _plain),
    "windows": (L("上班", "hours"), _windows),
    "calendar": (L("日历", "calendar"), _labelled("calendars")),
    "year": (L("年份", "year"), _plain),
    "days": (L("放假和调休", "days off and made up"), _plain),
    "since": (L("自", "from"), _plain),
    "off": (L("停掉", "off"), _plain),
    "due": (L("几点", "due"), _plain),
    "doer": (L("由谁办", "done by"), _who),
    "key": (L("项目", "setting"), _labelled("choices")),
    "value": (L("值", "value"), _plain),
    "book": (L("号簿", "book"), _labelled("books")),
    "number": (L("号码", "number"), _plain),
    "ledger": (L("账", "ledger"), _labelled("ledgers")),
    "month": (L("月份", "month"), _plain),
    "case": (L("由", "by"), _plain),
    "what": (L("看了", "saw"), _plain),
}
OF_STREAM: dict[tuple[str, str], tuple[L, Told]] = {
    ("@people", "id"): (L("何人", "who"), _member),
    ("@duties", "id"): (L("事项", "duty"), _labelled("duties")),
}
ORDER = {name: place for place, name in enumerate(FIELDS)}


def change_told(desk: "Desk", one: "Past") -> str:
    """岗位 财务, 何人 王芳: each field that an event of a stream gives, named."""
    found = []
    for name, value in sorted(one.fields.items(), key=lambda field: ORDER.get(field[0], len(ORDER))):
        label, told = OF_STREAM.get((one.ref, name)) or FIELDS.get(name) or (L(name, name), _plain)
        found.append(f"{desk.say(label)} {'-' if value is None else told(desk, value)}")
    return ", ".join(found)

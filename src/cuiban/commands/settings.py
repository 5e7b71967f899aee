"""cuiban settings: what this dealership has settled where the business leaves a choice. [cli.md 5]"""

from typing import TYPE_CHECKING

import click

from cuiban.commands.columns import aligned
from cuiban.commands.desk import Desk
from cuiban.commands.options import REASON
from cuiban.commands.output import answer
from cuiban.commands.verbs import argument, verb
from cuiban.engine.labels import L
from cuiban.errors import NotFound

if TYPE_CHECKING:
    from cuiban.office.views import SettingRow


@verb("settings", writes=True, more=L("在办的案件按登记时的设定走完。", "Open cases keep those under which they were opened."))
@argument("name", L("项目", "KEY"), required=False)
@argument("value", L("值", "VALUE"), required=False)
@REASON
@click.pass_obj
def settings_verb(desk: Desk, name: str | None, value: str | None, reason: str | None) -> None:
    """Every choice, or one; with VALUE the dealership chooses otherwise."""
    desk.writes = value is not None
    if name is None:
        rows = desk.office.settings()
    elif value is None:
        rows = [row for row in desk.office.settings() if row["key"] == name]
        if not rows:
            raise NotFound("not_found", L("没有 {key} 这项设置", "there is no setting {key}").fill(key=name))
    else:
        rows = [desk.office.setting(name, value, reason=reason or "", **desk.change)]
    answer(desk, rows, lambda: _lines(desk, rows), long=True)


def _lines(desk: Desk, rows: "list[SettingRow]") -> list[str]:
    return aligned([
        [row["key"], _told(desk, row["value"]), desk.say(row["label"]), desk.say(row["why"]), _since(desk, row)] for row in rows
    ])  # fmt: skip


def _told(desk: Desk, value: object) -> str:
    """A value as it may be typed again."""
    if isinstance(value, list):
        return ", ".join(_told(desk, one) for one in value) or "-"
    return desk.say(L("是", "yes") if value else L("否", "no")) if isinstance(value, bool) else str(value)


def _since(desk: Desk, row: "SettingRow") -> str:
    if row["since"] is None:
        return ""
    day = row["since"].astimezone(desk.zone).date()
    default = _told(desk, row["default"])
    return L("{day} 起, 原为 {default}", "since {day}, usually {default}").fill(day=day, default=default)[desk.lang]

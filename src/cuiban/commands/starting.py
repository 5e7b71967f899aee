"""cuiban init: a database to begin with. [cli.md 5]"""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from cuiban.address import of_file
from cuiban.commands.asking import can_ask, confirm, line
from cuiban.commands.desk import Desk
from cuiban.commands.output import answer
from cuiban.commands.place import clock_is_set, login_name
from cuiban.commands.telling import TRIED
from cuiban.commands.verbs import option, verb
from cuiban.engine.labels import L
from cuiban.errors import CuibanError, DatabaseTrouble

ANOTHER = L(
    "{url} 里已有 {names}; 再加一家 {name}, 以后每条命令都要用 --dealership 说明是哪家, 确定吗?",
    "{url} holds {names}; with {name} beside it, every command has to say by --dealership which is meant; add it?",
)
SEVERAL = L(
    "现在有 {names}: 每条命令都要写 --dealership, 或设 CUIBAN_DEALERSHIP",
    "there are {names} now: every command needs --dealership, or CUIBAN_DEALERSHIP",
)
HOUSE = L("本店", "Dealership")


@verb("init", writes=True)
@option("--admin", metavar="P", words=L("系统管理员", "the administrator"))
@option("--sandbox", is_flag=True, words=L("练习用的库: 可设 CUIBAN_NOW", "for practice: CUIBAN_NOW may be set"))
@click.pass_obj
def init_verb(desk: Desk, admin: str | None, sandbox: bool) -> None:
    """Create the database, or add a dealership to one, once it is confirmed."""
    from cuiban.office import create
    from cuiban.store.migrate import HEAD

    if desk.environ.get("CUIBAN_NOW") and not sandbox:
        raise clock_is_set()
    name = desk.dealership or _asked(desk, L("店名", "name of the dealership"), HOUSE[desk.lang])
    admin = admin or _asked(desk, L("系统管理员", "administrator"), login_name() or "admin")
    found: dict[str, Any] = {
        "dealership": name,
        "admin": admin,
        "lang": desk.lang,
        "sandbox": sandbox,
        "via": desk.via,
        "now": desk.now,
        "dry_run": desk.flag("dry_run"),
    }
    demo = _is_demo(desk)
    others = [] if demo else _others(desk, name)
    if others:
        confirm(desk, ANOTHER.fill(url=desk.shown_url, names=", ".join(others), name=name))
    made = _over_a_demo(desk, found) if demo else create(desk.url, **found)
    value = {"database": desk.shown_url, "schema": HEAD, "created": made}
    told = _said(made).fill(name=name, url=desk.shown_url)[desk.lang] + (TRIED[desk.lang] if desk.flag("dry_run") else "")
    answer(desk, value, lambda: [told])
    if others:
        desk.hint(SEVERAL, names=", ".join([*others, name]))
    desk.hint(L("接下来: cuiban user add 编号 姓名 --role 岗位", "next: cuiban user add ID NAME --role ROLE"))


def _is_demo(desk: Desk) -> bool:
    """Whether a demo, whatever its dealership is called, is there."""
    from cuiban.office import Office

    if not desk.has_database:
        return False
    try:
        with Office(desk.url) as office:
            return office.demo is not None
    except CuibanError:  # empty, or several dealerships
        return False


def _others(desk: Desk, name: str) -> list[str]:
    """The dealerships beside which this one would be another."""
    from cuiban.office.founding import beside

    if not desk.has_database:
        return []
    try:
        return beside(desk.url, name)
    except DatabaseTrouble:  # of which the founding says all
        return []


def _over_a_demo(desk: Desk, found: dict[str, Any]) -> bool:
    """Put a new database in the place of a demo, once the person has said yes."""
    from cuiban.office import create
    from cuiban.office.standing import replace_demo

    question = L("{url} 里是演示数据, 要删掉重建, 确定吗?", "{url} holds a demo; replace it?")
    confirm(desk, question.fill(url=desk.shown_url))
    with TemporaryDirectory() as folder:
        fresh = Path(folder) / "fresh.db"
        create(of_file(fresh), **found)
        if not found["dry_run"]:
            replace_demo(fresh, desk.url)
    return True


def _asked(desk: Desk, label: L, usual: str) -> str:
    if not can_ask(desk):
        return usual
    return line(f"{desk.say(label)} [{usual}]").strip() or usual


def _said(made: bool) -> L:
    if made:
        return L("已建库 {url}, 门店 {name}", "created {url}, dealership {name}")
    return L("{url} 里已有 {name}, 未改动", "{name} is in {url} already; nothing changed")

"""cuiban backup, restore, upgrade: keeping the database. [cli.md 5]"""

from pathlib import Path

import click

from cuiban.commands import screen
from cuiban.commands.asking import confirm, spare
from cuiban.commands.desk import Desk
from cuiban.commands.output import answer
from cuiban.commands.telling import TRIED
from cuiban.commands.verbs import argument, verb
from cuiban.engine.labels import L
from cuiban.errors import DatabaseTrouble

FILE = L("文件", "F")
UPGRADED = L("结构 {from} -> {to}", "schema {from} -> {to}")
KEPT = L("{file}: {events}条记录, SHA-256 {sha256}", "{file}: {events} events, SHA-256 {sha256}")


@verb(
    "backup",
    replaces=True,
    more=L("备份前核对全部历史; 边用边备不妨事。", "The whole history is verified; others may go on working."),
)
@argument("file", FILE)
@click.pass_obj
def backup_verb(desk: Desk, file: str) -> None:
    """Write a verified backup to FILE."""
    from cuiban.office.keeping import backup, unguarded

    spare(desk, Path(file))
    kept = backup(desk.office, Path(file))
    _warn(desk, unguarded(desk.office.database))
    value = {"file": kept.file, "sha256": kept.sha256, "events": kept.events}
    answer(desk, value, lambda: [KEPT.fill(**value)[desk.lang]])


@verb("restore", writes=True)
@argument("file", FILE)
@click.pass_obj
def restore_verb(desk: Desk, file: str) -> None:
    """Put the backup FILE in the place of what is there, once it is verified."""
    from cuiban.office.keeping import restore

    if desk.environ.get("CUIBAN_NOW") and desk.has_database:
        _see_the_clock(desk)
    question = L("要用 {file} 替换 {url} 里的全部数据, 确定吗?", "replace all that is in {url} by {file}?")
    confirm(desk, question.fill(file=file, url=desk.shown_url))
    dry = desk.flag("dry_run")
    kept = restore(Path(file), desk.url, dry_run=dry)
    value = {"file": kept.file, "sha256": kept.sha256, "events": kept.events}
    answer(desk, value, lambda: [KEPT.fill(**value)[desk.lang] + (TRIED[desk.lang] if dry else "")])


def _see_the_clock(desk: Desk) -> None:
    """Refuse a set clock but for a sandbox, or where nothing is yet to be replaced."""
    try:
        desk.office.close()
    except DatabaseTrouble as trouble:
        if trouble.code != "empty":
            raise


@verb("upgrade", writes=True)
@click.pass_obj
def upgrade_verb(desk: Desk) -> None:
    """Bring the database to the schema of this program; a backup is made first."""
    from cuiban.office.keeping import upgrade
    from cuiban.store.database import Database
    from cuiban.store.migrate import HEAD, schema_of

    database = Database(desk.url)
    version = schema_of(database)
    database.close()
    if version is not None and version != HEAD:
        question = L("要把 {url} 从 {old} 升级到 {new}, 确定吗?", "bring {url} from {old} to {new}?")
        confirm(desk, question.fill(url=desk.shown_url, old=version, new=HEAD))
    dry = desk.flag("dry_run")
    value = upgrade(desk.url, dry_run=dry)
    _warn(desk, value.pop("warning"))
    said = UPGRADED if version != HEAD else L("结构已是 {to}", "the schema is {to} already")
    answer(desk, value, lambda: [said.fill(**value)[desk.lang] + (TRIED[desk.lang] if dry else "")])


def _warn(desk: Desk, told: L | None) -> None:
    if told is not None:
        screen.note(desk.say(told))

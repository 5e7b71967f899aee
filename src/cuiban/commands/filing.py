"""cuiban template, export, and import of a register: tables that go out to be filled in, and come back. [cli.md 5]

Belongs here: files, what is said of each row.   Must never enter: what becomes of a row (registers/importing.py).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cuiban.commands.asking import confirm, spare
from cuiban.commands.desk import Desk
from cuiban.commands.output import answer, target_of, written
from cuiban.commands.progress import progress
from cuiban.commands.verbs import argument, option, verb
from cuiban.engine.labels import L
from cuiban.errors import Usage
from cuiban.registers import MODULES

if TYPE_CHECKING:
    from cuiban.engine.register import Record, Register
    from cuiban.registers.importing import Imported

HIDDEN = L("电话和证件号已遮; 要改后读回, 用 --reveal 导出(留记录)",
           "phones and ID numbers are masked; to read the file back, export it with --reveal (recorded)")  # fmt: skip
MASKED = ("phone", "id_number")
BAD = 5
TOLD = 20  # lines about refused rows; the file has all
NAME = L("台账", "NAME")
QUESTION = L("要把 {file} 读入{register}, 确定吗?", "take {file} into the register {register}?")
READ = L("已读 {n} 行", "rows read: {n}")
SAID = L("{rows}行: 读入{accepted}, 拒绝{refused}", "{rows} rows: {accepted} taken in, {refused} refused")
CHANGED = L("  新增{add}, 更改{set}, 无变化{none}", "  {add} new, {set} changed, {none} as they were")
REVIVED = L(", 恢复{n}(原已停用)", ", {n} revived that had ended")
REFUSED = L("  第{row}行: {told}", "  row {row}: {told}")
MORE = L("  还有{n}行", "  and {n} more")
IN_FILE = L("被拒的行在 {file}", "what was refused is in {file}")


class RegisterName(click.ParamType[str]):
    """The id of a register, named by id or label; `others` beside them, by id and label."""

    name = "register"

    def __init__(self, **others: L) -> None:
        self.others = others

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The id."""
        from cuiban.commands.naming import named
        from cuiban.registers import every

        return named(str(value), {**self.others, **{one.name: one.label for one in every()}}, L("台账", "register"))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[Any]:
        """The ids that begin so."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(name) for name in (*self.others, *MODULES) if name.startswith(incomplete)]


@verb("template", replaces=True)
@argument("name", NAME, type=RegisterName())
@click.pass_obj
def template_verb(desk: Desk, name: str) -> None:
    """Write an empty table of a register, with the headings that `import` knows; a star: needed."""
    from cuiban.exchange.tables import write_table
    from cuiban.registers.sheet import columns_of

    register = desk.office.register(name)
    path = target_of(desk) or Path(f"{name}.xlsx")
    spare(desk, path)
    write_table(path, columns_of(register, desk.lang, stars=True), [])
    written(desk, path, 0)


@verb("export", reveals=True, replaces=True)
@argument("name", NAME, type=RegisterName())
@option("--any", "everything", is_flag=True, words=L("停用的也导出", "rows that ended too"))
@click.pass_obj
def export_verb(desk: Desk, name: str, everything: bool) -> None:
    """Write a register to the file of -o; phones and ID numbers masked unless --reveal."""
    from cuiban.exchange.tables import write_table
    from cuiban.registers.sheet import columns_of

    path = target_of(desk)
    if path is None:
        raise Usage("usage", L("用 -o F.xlsx 或 F.csv 说明写到哪里", "say by -o F.xlsx or F.csv where to"))
    spare(desk, path)
    register, reveal = desk.office.register(name), desk.flag("reveal")
    if reveal:
        desk.office.revealed(f"export {name}", actor=desk.person, now=desk.now)
    rows = desk.office.register_rows(name, ended=None if everything else False)
    written(desk, path, write_table(path, columns_of(register, desk.lang), (_cells(desk, register, row, reveal) for row in rows)))
    if not reveal and any(spec.type in MASKED for spec in register.fields):
        desk.hint(HIDDEN)


def _cells(desk: Desk, register: "Register", row: "Record", reveal: bool) -> dict[str, object]:
    from cuiban.office.registers import shown
    from cuiban.registers.sheet import cell

    values = shown(register, row, reveal)
    return {spec.name: cell(spec, values[spec.name], desk.lang, desk.zone) for spec in register.fields}


def take_in(desk: Desk, name: str, path: Path) -> int:
    """Take the rows of a file into a register; exit 5 where some were refused."""
    from cuiban.registers.importing import write_refused

    register = desk.office.register(name)
    confirm(desk, QUESTION.fill(file=path.name, register=register.label))
    beside = refused_of(desk, path)
    with progress(desk, READ) as told:
        done = desk.office.register_import(name, path, progress=told, **desk.change)
    refused = len(done.results) - done.accepted
    value = {
        "rows": len(done.results), "accepted": done.accepted, "refused": refused, "revived": done.revived, "results": done.results,
    }  # fmt: skip
    try:
        if refused and not desk.sources.options.get("dry_run"):
            write_refused(beside, desk.office.form(name), done, desk.lang)
    finally:  # the good rows are in, whatever becomes of this file
        answer(desk, value, lambda: _lines(desk, done, beside))
    return BAD if refused else 0


def refused_of(desk: Desk, path: Path) -> Path:
    """Where the refused rows of a file go: beside it, under a name that nothing has. Raises BadInput if nothing can be written."""
    from cuiban.exchange.replacing import prove

    names = (f"{path.stem}.refused{number}.xlsx" for number in ("", *(f"-{n}" for n in range(2, 1000))))
    free = next((place for name in names if not (place := path.with_name(name)).exists()), path.with_name("refused.xlsx"))
    if not desk.sources.options.get("dry_run"):
        prove(free)
    return free


def _lines(desk: Desk, done: "Imported", beside: Path) -> Iterator[str]:
    refused = [result for result in done.results if not result.ok]
    yield SAID.fill(rows=len(done.results), accepted=done.accepted, refused=len(refused))[desk.lang]
    actions = [result.action for result in done.results if result.ok]
    revived = REVIVED.fill(n=done.revived)[desk.lang] if done.revived else ""
    yield CHANGED.fill(**{name: actions.count(name) for name in ("add", "set", "none")})[desk.lang] + revived
    for one in refused[:TOLD]:
        yield REFUSED.fill(row=one.row, told="; ".join(desk.say(error.message) for error in one.errors))[desk.lang]
    if len(refused) > TOLD:
        yield MORE.fill(n=len(refused) - TOLD)[desk.lang]
    if refused and not desk.sources.options.get("dry_run"):
        yield IN_FILE.fill(file=beside)[desk.lang]

"""cuiban import: taking in a table that was filled in: the to-do list, or rows of a register (filing.py). [cli.md 5]

Belongs here: a transaction a row, what became of each row.   Must never enter: reading the sheet (todo_sheet.py).
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from cuiban.commands.asking import confirm
from cuiban.commands.desk import Desk
from cuiban.commands.faults import reason_of
from cuiban.commands.fields import values_of
from cuiban.commands.filing import RegisterName, refused_of
from cuiban.commands.naming import action_named, case_named
from cuiban.commands.output import answer, apart_from
from cuiban.commands.todo_sheet import Wish, read_sheet, write_refused
from cuiban.commands.verbs import argument, verb
from cuiban.engine.labels import L
from cuiban.errors import Conflict, CuibanError, NotFound, Refused

BAD = 5
QUESTION = L("要照 {file} 办 {count} 件, 确定吗?", "do {count} steps as {file} says?")
SAID = L("{rows}行: 办了{accepted}, 拒绝{refused}", "{rows} rows: {accepted} done, {refused} refused")
NOTHING = L("{file} 里没有填动作, 没有要办的", "no action was filled in in {file}: there is nothing to do")
REFUSED = L("  第{row}行 {ref}: {told}", "  row {row} {ref}: {told}")
Error = dict[str, Any]


@verb("import", writes=True)
@argument("name", L("todo 或台账", "todo or a register"), type=RegisterName(todo=L("待办", "to-do list")))
@argument("file", L("F.xlsx|F.csv", "F.xlsx|F.csv"))
@click.pass_obj
def import_verb(desk: Desk, name: str, file: str) -> int:
    """Do what was filled in into the list of `cuiban todo -o F.xlsx`, or take in the rows of a register.

    What is refused goes to F.refused.xlsx.
    """
    path = Path(file)
    apart_from(desk, path)
    if name != "todo":
        from cuiban.commands.filing import take_in

        return take_in(desk, name, path)
    wishes = list(read_sheet(path))
    if wishes:
        confirm(desk, QUESTION.fill(file=file, count=len(wishes)))
    beside = refused_of(desk, path)
    results = [(wish, *_row(desk, wish)) for wish in wishes]
    refused = [(wish, "; ".join(error["message"] for error in errors)) for wish, _, errors in results if errors]
    if refused and not desk.flag("dry_run"):
        write_refused(desk, beside, refused)
    value = {
        "rows": len(results), "accepted": len(results) - len(refused), "refused": len(refused),
        "results": [{"row": w.line, "ok": not errors, "ref": ref, "errors": errors} for w, ref, errors in results],
    }  # fmt: skip
    answer(desk, value, lambda: _lines(desk, value) if wishes else [NOTHING.fill(file=file)[desk.lang]])
    return BAD if refused else 0


def _row(desk: Desk, wish: Wish) -> tuple[str | None, list[Error]]:
    """Do one row: its reference, and what is wrong with it."""
    cells, ref = wish.cells, None
    try:
        ref = case_named(desk, cells.get("ref", "")).ref
        _do(desk, ref, wish)
    except Refused as refused:
        return ref, [_error(cells, _column(b.code), b.code, reason_of(desk, b)) for b in refused.blockers]
    except CuibanError as error:
        column = {NotFound: "ref" if ref is None else "action", Conflict: "version"}.get(type(error), "fields")
        return ref, [_error(cells, column, error.code, desk.spoken(error.message))]
    return ref, []


def _do(desk: Desk, ref: str, wish: Wish) -> None:
    cells, office = wish.cells, desk.office
    case = office.case(ref)
    program = office.store.program(case.definition)
    words = tuple(part.strip() for part in re.split("[;\n\uff1b]", cells.get("fields", "")) if part.strip())
    version = cells.get("version", "")
    key = desk.sources.options.get("key")
    office.fire(
        ref, action_named(program, case.state, cells["action"].split()[0]), fields=values_of(desk, program, words),
        reason=cells.get("reason") or None, note=cells.get("note") or None,
        if_version=int(version) if version.isdigit() else None, key=f"{key}:{wish.line}" if key else None, **desk.act,
    )  # fmt: skip


def _column(code: str) -> str:
    if code in ("reason_missing", "late_reason_missing"):
        return "reason"
    return "fields" if code in ("field_missing", "wrong_value", "unknown_field", "field_not_asked", "unknown_person") else "action"


def _error(cells: dict[str, str], column: str, code: str, message: str) -> Error:
    return {"column": column, "code": code, "message": message, "value": cells.get(column)}


def _lines(desk: Desk, value: dict[str, Any]) -> Iterator[str]:
    yield SAID.fill(**{key: value[key] for key in ("rows", "accepted", "refused")})[desk.lang]
    for one in value["results"]:
        told = "; ".join(error["message"] for error in one["errors"])
        if told:
            yield REFUSED.fill(row=one["row"], ref=one["ref"] or "-", told=told)[desk.lang]

"""The to-do list as a spreadsheet that is filled in and read back: `todo -o F.xlsx`, `import todo F.xlsx`. [cli.md 5]

Belongs here: the columns of that sheet, writing and reading them.   Must never enter: doing what it says (importing.py).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from cuiban.commands.output import written
from cuiban.commands.words import late, left
from cuiban.engine.labels import L
from cuiban.errors import BadInput
from cuiban.office.items import Item

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk

COLUMNS = {
    "ref": L("编号", "Reference"),
    "version": L("版本", "Version"),
    "title": L("事项", "Case"),
    "state": L("环节", "State"),
    "due": L("到期", "Due"),
    "late": L("早晚", "Late or left"),
    "actions": L("可办", "Possible"),
    "action": L("动作", "Action"),
    "fields": L("填写(项目=值; ..)", "Fields (key=value; ..)"),
    "reason": L("原因", "Reason"),
    "note": L("备注", "Note"),
}
ERROR = L("错误", "Error")


class Wish(NamedTuple):
    """A line that was filled in."""

    line: int
    cells: dict[str, str]


def write_sheet(desk: "Desk", items: list[Item], path: Path) -> None:
    """Write the list to a file, with empty cells for what is to be done."""
    from cuiban.exchange.tables import write_table

    rows = write_table(path, columns(desk), (_row(desk, item) for item in items))
    written(desk, path, rows)


def write_refused(desk: "Desk", path: Path, refused: list[tuple[Wish, str]]) -> None:
    """Write the lines that were refused, with the reason, to be put right and read again."""
    from cuiban.exchange.tables import Column, write_table

    heading = [*columns(desk), Column("error", ERROR[desk.lang])]
    write_table(path, heading, ({**wish.cells, "error": why} for wish, why in refused))


def columns(desk: "Desk") -> list[Any]:
    """The columns with their headings."""
    from cuiban.exchange.tables import Column

    return [Column(key, label[desk.lang]) for key, label in COLUMNS.items()]


def _row(desk: "Desk", item: Item) -> dict[str, object]:
    told = None
    if item.due is not None:
        told = late(item.late_s, item.late_days, desk.now - item.due) if item.overdue else left(item.due, desk.now, desk.zone)
    return {
        "ref": item.ref,
        "version": item.version,
        "title": desk.say(item.title),
        "state": desk.say(item.state_label),
        "due": item.due.astimezone(desk.zone) if item.due is not None else None,
        "late": desk.say(told) if told is not None else None,
        "actions": ", ".join(f"{a.name} {desk.say(a.label)}" for a in item.actions),
    }


def read_sheet(path: Path) -> Iterator[Wish]:
    """The lines in which an action was filled in.

    Raises:
        BadInput: it is no such sheet.
    """
    from cuiban.exchange.tables import read_table

    rows = read_table(path)
    first = next(rows, None)
    heading = [_key(cell) for cell in first.cells] if first is not None else []
    if "ref" not in heading or "action" not in heading:
        raise BadInput("not_todo", L(
            "{file} 不是 cuiban todo -o 导出的表: 缺编号或动作列",
            "{file} is no sheet of cuiban todo -o: Reference or Action is missing",
        ).fill(file=path))  # fmt: skip
    for row in rows:
        pairs = zip(heading, row.cells, strict=False)
        cells = {key: _text(cell) for key, cell in pairs if key is not None and cell is not None}
        if cells.get("action"):
            yield Wish(row.line, cells)


def _key(cell: object) -> str | None:
    """The column that a heading names, in either language."""
    text = str(cell or "").strip()
    return next((key for key, label in COLUMNS.items() if text in (key, label.zh, label.en)), None)


def _text(cell: object) -> str:
    """What stands in a cell; a whole number without the fraction that a spreadsheet gives it."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()

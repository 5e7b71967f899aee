"""Handing over an answer: as JSON, as CSV, into a file, or as lines for a person.

Belongs here: the choice of form.   Must never enter: the lines themselves; each verb writes its own.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cuiban.commands.place import is_database
from cuiban.commands.render import as_json, csv_lines, json_line, json_text, table_of
from cuiban.engine.labels import L
from cuiban.errors import Usage

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk

ENDINGS = (".json", ".csv", ".xlsx")
Lines = Callable[[], Iterable[str]]


def answer(desk: "Desk", value: Any, lines: Lines, *, long: bool = False) -> None:
    """Hand over `value`: to a program as the contract says, to a person as `lines`; `long` answers may be paged."""
    target = target_of(desk)
    if target is not None:
        to_file(desk, value, target)
    elif desk.flag("json"):
        desk.screen.write([json_text(as_json(value, desk.reader()))])
    elif desk.flag("csv"):
        desk.screen.write(csv_lines(*table_of(as_json(value, desk.reader()))))
    else:
        told = lines()
        desk.screen.write(_tried(desk, told) if desk.writes and desk.flag("dry_run") else told, long=long)


def _tried(desk: "Desk", lines: Iterable[str]) -> list[str]:
    """The lines, and behind the last that nothing was kept, unless the verb has said so itself."""
    from cuiban.commands.telling import TRIED

    told, mark = list(lines), TRIED[desk.lang]
    return told if any(mark in line for line in told) or not told else [*told[:-1], told[-1].rstrip() + mark]


def to_file(desk: "Desk", value: Any, path: Path) -> None:
    """Write an answer to a file of the form that its ending names, whole or not at all; say how many rows."""
    ending = _ending(path)
    plain = as_json(value, desk.reader(native=ending == ".xlsx"))
    columns, rows = table_of(plain)
    if ending == ".json":
        write_whole(path, (json_text(plain) + "\n").encode("utf-8", "replace"))
    else:
        from cuiban.exchange.tables import Column, write_table

        cells = (dict(zip(columns, row, strict=True)) for row in rows)
        write_table(path, [Column(column, column) for column in columns], cells)
    written(desk, path, len(rows))


def prove_target(desk: "Desk") -> None:
    """Before anything is done: the answer could be written to the file of -o. Raises Usage or BadInput where it could not."""
    path = target_of(desk)
    if path is not None:
        from cuiban.exchange.replacing import prove

        _ending(path)
        prove(path)


def _ending(path: Path) -> str:
    """The ending of a file's name, which says its form. Raises Usage for another."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        known = ", ".join(ENDINGS)
        raise Usage("usage", L("文件名要以 {known} 结尾: {path}", "the file name should end in {known}: {path}").fill(
            known=known, path=path))  # fmt: skip
    return ending


def target_of(desk: "Desk") -> Path | None:
    """The file of -o; None if there is none. Raises Usage where it is the database itself."""
    told = desk.sources.options.get("output")
    if told is None:
        return None
    path = Path(told)
    if is_database(desk.url, path):
        raise Usage("usage", L("{path} 就是数据库, 不能写", "{path} is the database; it cannot be written to").fill(path=path))
    return path


def apart_from(desk: "Desk", source: Path) -> None:
    """Raise Usage where the answer would be written over the file that is read."""
    told = desk.sources.options.get("output")
    if told is not None and Path(told).exists() and source.exists() and Path(told).samefile(source):
        raise Usage("usage", L("-o 就是读入的文件 {path}", "-o is {path}, the file that is read").fill(path=source))


def written(desk: "Desk", path: Path, rows: int) -> None:
    """Say that a file was written."""
    said = {"file": str(path), "rows": rows}
    if desk.flag("json"):
        desk.screen.write([json_line(said)])
    else:
        desk.screen.write([L("已写入 {file}, {rows}行", "{file}: {rows} rows written").fill(**said)[desk.lang]])


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    from cuiban.exchange.replacing import replacing

    with replacing(path) as draft:
        draft.write_bytes(content)

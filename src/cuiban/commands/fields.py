"""Values and papers as they are typed: `--set k=v`, `--set k=@F`, `--attach kind=F`.

Belongs here: from words to the values that the office takes.   Must never enter: whether a value fits; the engine judges.
A day or time is read as people type it, in a field the nearest future one. [cli.md 1, Time]
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cuiban.commands.reading import content_of, text_of
from cuiban.engine.labels import L
from cuiban.errors import Usage

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk
    from cuiban.engine.facts import File
    from cuiban.engine.language import Field
    from cuiban.engine.program import Program


def pairs(words: tuple[str, ...], name: str) -> list[tuple[str, str]]:
    """The words `k=v`, in order."""
    found = []
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not key.strip():
            raise Usage("usage", L("{name}: {word} 要写成 项目=值", "{name}: {word} should be key=value").fill(
                name=name, word=word))  # fmt: skip
        found.append((key.strip(), value))
    return found


def values_of(desk: "Desk", program: "Program", words: tuple[str, ...]) -> dict[str, Any]:
    """The values of `--set`, by field; a field that the process lacks is passed on for the office to refuse."""
    return {key: value_of(desk, program, key, value) for key, value in pairs(words, "--set")}


def value_of(desk: "Desk", program: "Program", key: str, text: str) -> Any:
    """The value of one field: from a file for `@F`, times read, else the text itself."""
    from cuiban.engine.attempt import find_field

    spec = find_field(program, key)
    if text.startswith("@"):
        return _from_file(spec, text[1:])
    if spec is None or not text.strip():
        return text
    if spec.type == "instant":
        return desk.when(spec.label[desk.lang], text, "future").at
    if spec.type == "day":
        return desk.when(spec.label[desk.lang], text, "future").day.isoformat()
    if spec.type == "week" and "W" not in text.upper():
        return desk.when(spec.label[desk.lang], text, "future").day.isoformat()
    return text


def _from_file(spec: "Field | None", name: str) -> Any:
    if spec is not None and spec.type == "hash":
        from hashlib import sha256

        return sha256(content_of(name)).hexdigest()
    if spec is not None and spec.type == "rows":
        return rows_of(name)
    return text_of(name).strip()


def rows_of(name: str) -> list[dict[str, Any]]:
    """The rows of a table file, by the headings of its first row; empty cells are left out."""
    from cuiban.exchange.tables import read_table

    rows = [row.cells for row in read_table(Path(name))]
    if not rows:
        return []
    heading = [str(cell or "").strip() for cell in rows[0]]
    return [{key: _whole(cell) for key, cell in zip(heading, row, strict=False) if key and cell is not None} for row in rows[1:]]


def _whole(cell: Any) -> Any:
    """A spreadsheet keeps every number as a fraction; ours are whole."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def papers_of(words: tuple[str, ...], program: "Program") -> dict[str, "File | None"]:
    """The papers of `--attach`: `kind=F` brings the file, `kind` alone says that the paper was seen."""
    from cuiban.engine.facts import File

    found: dict[str, File | None] = {}
    for word in words:
        kind, equals, name = word.partition("=")
        found[paper_named(program, kind.strip())] = File(Path(name).name, content_of(name)) if equals else None
    return found


def paper_named(program: "Program", text: str) -> str:
    """The id of a paper, named by id or label; the text itself if the checklist lacks it."""
    papers = program.process.papers
    return next((p.name for p in papers if text in (p.name, p.label.zh, p.label.en)), text)

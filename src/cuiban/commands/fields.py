"""Values and papers as they are typed: `--set k=v`, `--set k=@F`, `--attach kind=F`.

Belongs here: from words to the values that the office takes.   Must never enter: whether a value fits; the engine judges.
A day or time is read as people type it, in a field the nearest future one, but where it cannot lie ahead. [cli.md 1, Time]
"""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cuiban.commands.reading import content_of, text_of
from cuiban.commands.verbs import one_of
from cuiban.engine.labels import L
from cuiban.errors import Usage

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk
    from cuiban.commands.when import Toward
    from cuiban.engine.facts import File
    from cuiban.engine.language import Field
    from cuiban.engine.program import Program


def pairs(words: tuple[str, ...], name: str) -> list[tuple[str, str]]:
    """The words `k=v`, in order; a key once."""
    found: dict[str, str] = {}
    for word in words:
        key, equals, value = word.partition("=")
        if not equals or not key.strip():
            raise Usage("usage", L("{name}: {word} 要写成 项目=值", "{name}: {word} should be key=value").fill(
                name=name, word=word))  # fmt: skip
        key = key.strip()
        found[key] = one_of(f"{name} {key}", [found.get(key, value), value])
    return [*found.items()]


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
    toward: Toward = "past" if spec.past else "future"
    if spec.type == "instant":
        when = desk.when(spec.label[desk.lang], text, toward)
        return when.end(desk.calendar) if spec.name in program.deadlines else when.at
    if spec.type == "day":
        return desk.when(spec.label[desk.lang], text, toward).day.isoformat()
    if spec.type == "week" and "W" not in text.upper():
        return desk.when(spec.label[desk.lang], text, "future").day.isoformat()
    return text


HINTS = {
    "day": L("日期, 如 03-11", "a day, as 03-11"), "instant": L("日期 时间, 如 03-11 16:00", "day and time, as 03-11 16:00"),
    "yes": L("是/否", "yes/no"), "money": L("元", "yuan"), "vin": L("17位", "17 signs"), "person": L("姓名", "a name"),
    "persons": L("姓名, 用逗号分开", "names, parted by commas"), "texts": L("用逗号分开", "parted by commas"),
    "rows": L("@表格文件", "@FILE of a table"), "hash": L("@文件", "@FILE"), "week": L("如 2026-W11", "as 2026-W11"),
    "month": L("如 2026-03", "as 2026-03"), "quarter": L("如 2026-Q1", "as 2026-Q1"), "clock": L("如 17:30", "as 17:30"),
}  # fmt: skip


def hint_of(spec: "Field") -> L | None:
    """What an answer should look like; None where anything is one."""
    if spec.choices:
        several = L(", 可几个", ", several") if spec.type == "choices" else L("", "")
        return L(
            "/".join(one.label.zh for one in spec.choices) + several.zh, "/".join(one.name for one in spec.choices) + several.en
        )
    if spec.type == "rating" or (spec.type == "number" and spec.low is not None and spec.high is not None):
        return L("{low}-{high}", "{low}-{high}").fill(low=1 if spec.low is None else spec.low, high=spec.high or 5)
    if spec.type == "number":
        return L("整数", "a whole number")
    return HINTS.get(spec.type)


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
    names: dict[str, str] = {}
    for word in words:
        kind, equals, name = word.partition("=")
        kind = paper_named(program, kind.strip())
        names[kind] = one_of(f"--attach {kind}", [names.get(kind, name), name])
        found[kind] = File(Path(name).name, content_of(name)) if equals else None
    return found


def paper_named(program: "Program", text: str) -> str:
    """The id of a paper, named by id or label; the text itself if the checklist lacks it."""
    papers = program.process.papers
    return next((p.name for p in papers if text in (p.name, p.label.zh, p.label.en)), text)

"""A table of somebody's as rows of a register: which heading is which field, what a cell of a spreadsheet says.

Belongs here: headings, cells as Excel in China writes them, and as we write them.   Must never enter: what becomes of a row.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import structs

from cuiban.engine.blockers import Blocker
from cuiban.engine.labels import L, Lang
from cuiban.engine.language import Field
from cuiban.engine.register import Register
from cuiban.errors import BadInput
from cuiban.exchange.limits import TABLE_LIMITS
from cuiban.exchange.tables import Column, Mark, Row, read_table
from cuiban.registers.faults import fault
from cuiban.registers.writing import Fault, Form

LIMITS = structs.replace(TABLE_LIMITS, rows=300_000)  # 200 MB of memory; a larger table comes in parts
WHY = L("错误", "Error")  # the heading under which refused rows come back with what is wrong; it is not read
YES, NO = L("是", "yes"), L("否", "no")
STAR = "*"  # stands behind the heading of what a row must have
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_SHORT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_MOMENT = re.compile(_DAY.pattern + r"(?:\s*T?\s*(\d{1,2})[::时](\d{1,2})(?:[::分](\d{1,2})秒?|分)?)?")
_FAULTS = {
    "no_heading": L("没有表头; 用 cuiban template {name} 取模板", "there is no heading; cuiban template {name} gives one"),
    "no_rows": L("除了表头没有内容", "there is nothing but a heading"),
    "heading_unknown": L("表头「{heading}」不认识; 可用: {known}", "the heading {heading} is unknown; known are: {known}"),
    "heading_twice": L("表头「{heading}」出现了两次", "the heading {heading} occurs twice"),
    "heading_missing": L("缺少必填的列: {missing}", "columns are missing: {missing}"),
}


class Line(NamedTuple):
    """A row that was read.

    Attributes:
        number: as the spreadsheet shows it. cells: as they stood, by field, to be handed back.
        given: for the writer. faults: what is wrong with cells whatever their values.
    """

    number: int
    cells: dict[str, Any]
    given: dict[str, Any]
    faults: list[Fault]


def columns_of(register: Register, lang: Lang, *, stars: bool = False) -> list[Column]:
    """The columns of a register's table, with their headings."""
    return [Column(f.name, f.label[lang] + (STAR if stars and f.name in register.required else "")) for f in register.fields]


def read_lines(path: Path, form: Form, zone: tzinfo) -> Iterator[Line]:
    """Give the rows of a file, which is read to its end first: what is wrong with the file is known before a row goes in.

    Raises:
        BadInput: it is no table, or its heading does not fit the register: nothing of it can be used.
    """
    reading = read_table(path, LIMITS)
    heading = next(reading, None)
    if heading is None:
        raise _fault("no_heading", name=form.register.name)
    places = _places(heading, form)
    rows = list(reading)
    if not rows:
        raise _fault("no_rows")
    return (_line(row, places, zone) for row in rows)


def _fault(code: str, **params: object) -> BadInput:
    return BadInput(code, _FAULTS[code].fill(**params))


def _places(heading: Row, form: Form) -> dict[int, Field]:
    """Which column holds which field."""
    register = form.register
    found: dict[int, Field] = {}
    named = {name.casefold(): spec for name, spec in form.named.items()}
    for place, cell in enumerate(heading.cells):
        told = "" if cell is None else str(cell).replace("\u3000", " ").strip().rstrip("*＊").strip()
        if not told:
            continue
        spec = named.get(told.casefold())
        if spec is None and told in (WHY.zh, WHY.en):
            continue
        if spec is None:
            known = L(*(", ".join(f.label[lang] for f in register.fields) for lang in ("zh", "en")))
            raise _fault("heading_unknown", heading=told[:40], known=known)
        if spec in found.values():
            raise _fault("heading_twice", heading=told[:40])
        found[place] = spec
    missing = [form.fields[name].label for name in register.key if form.fields[name] not in found.values()]
    if missing:
        raise _fault("heading_missing", missing=L(*(", ".join(label[lang] for label in missing) for lang in ("zh", "en"))))
    return found


def _line(row: Row, places: dict[int, Field], zone: tzinfo) -> Line:
    cells: dict[str, Any] = {}
    given: dict[str, Any] = {}
    faults: list[Fault] = []
    for place, spec in places.items():
        value = row.cells[place] if place < len(row.cells) else None
        mark = row.marks.get(place)
        if value is not None:
            cells[spec.name] = value
        if mark is not None:
            faults.append(Fault(spec.name, _marked(mark, spec, value)))
        elif value is not None:
            given[spec.name] = meant(spec, value, zone)
    return Line(row.line, cells, given, faults)


def _marked(mark: Mark, spec: Field, value: Any) -> Blocker:
    """A cell of which nobody can say whether somebody typed what it shows."""
    if mark is Mark.ERROR:
        return fault("cell_error", field=spec, value=value)
    return fault("cell_formula" if mark is Mark.FORMULA else "cell_merged", field=spec)


def meant(spec: Field, value: Any, zone: tzinfo) -> Any:
    """What a cell says, in the form in which a field of the type is given; what fits nothing is left as it is."""
    if isinstance(value, float):
        value = int(value) if value.is_integer() else Decimal(repr(value))
    if spec.type == "money":
        return str(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else value
    if spec.type in ("day", "month"):
        return _day(value, spec.type)
    if spec.type == "instant":
        return _instant(value, zone)
    return value


def _day(value: Any, kind: str) -> Any:
    if isinstance(value, datetime):
        return value.date() if value.time() == time() or kind == "month" else value
    if isinstance(value, date) or not isinstance(value, int | str) or isinstance(value, bool):
        return value
    text = str(value).strip()
    found = _DAY.fullmatch(text) or _SHORT.fullmatch(text)
    if found:
        return f"{found[1]}-{int(found[2]):02}-{int(found[3]):02}"[: 7 if kind == "month" else 10]
    month = _MONTH.fullmatch(text) if kind == "month" else None
    return f"{month[1]}-{int(month[2]):02}" if month else text


def _instant(value: Any, zone: tzinfo) -> Any:
    if isinstance(value, datetime):
        return value.replace(tzinfo=zone) if value.tzinfo is None else value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day, tzinfo=zone)
    found = _MOMENT.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        return value
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError:
        return value


def cell(spec: Field, value: Any, lang: Lang, zone: tzinfo) -> object:
    """A register's value as a spreadsheet holds it, so that `meant` and the field's reader make the same of it again."""
    if value is None:
        return None
    if spec.type == "money":
        return int(value // 100) if value % 100 == 0 else value / 100
    if spec.type == "day":
        return date.fromisoformat(value)
    if spec.type == "instant":
        return datetime.fromisoformat(value).astimezone(zone)
    if spec.type == "yes":
        return YES[lang] if value else NO[lang]
    choice = next((one for one in spec.choices if one.name == value), None)
    return choice.label[lang] if choice is not None else value

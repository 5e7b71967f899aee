"""cuiban register: the dealership's tables by hand: customers, cars, orders, invoices, repairs and their kin. [issue 4]

Belongs here: words to values, rows to lines.   Must never enter: whether a value fits; the office judges.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from cuiban.commands.columns import aligned, folded
from cuiban.commands.desk import Desk
from cuiban.commands.fields import pairs
from cuiban.commands.numbers import book_label
from cuiban.commands.options import REASON, SET
from cuiban.commands.output import answer
from cuiban.commands.reading import text_of
from cuiban.commands.text import clean
from cuiban.commands.verbs import Number, argument, family, option, subverb
from cuiban.engine.labels import L

if TYPE_CHECKING:
    from datetime import date

    from cuiban.engine.matching import Difference
    from cuiban.engine.register import Register
    from cuiban.registers.writing import RowView

register_verb = family("register", alone="names")
NAME, WHICH = L("台账", "NAME"), L("行(编号或关键值)", "ROW")
SAID = {
    "add": L("已登记 {id} {register}", "entered {id}, {register}"),
    "set": L("已更改 {id} {register}, 第{version}版", "changed {id}, {register}, version {version}"),
    "end": L("已停用 {id} {register}", "ended {id}, {register}"),
    "again": L("已恢复 {id} {register}", "{id} holds again, {register}"),
    "none": L("{id} {register} 没有变化", "{id}, {register}: nothing changed"),
}
NONE = L("没有符合的行", "no such rows")
AGREE = L("对得上", "they agree")
WHAT, UNLIKE, BEFORE, AFTER = L("情况", "What"), L("不同之处", "Difference"), L("前一张", "Before it"), L("后一张", "After it")
NEXT = L("接着看: {way}", "next: {way}")
LIMIT = 200
MORE = L("只列前 {n} 行; 更多用 --limit", "the first {n} only; for more use --limit")


@subverb(register_verb, "names", L("有哪些台账", "which registers there are"))
@click.pass_obj
def names_verb(desk: Desk) -> None:
    """Every register, with how many rows it has."""
    found: list[dict[str, Any]] = [{"name": r.name, "label": r.label, "rows": rows} for r, rows in desk.office.registers()]
    answer(desk, found, lambda: aligned([[one["name"], desk.say(one["label"]), str(one["rows"])] for one in found], right=(2,)))


@subverb(register_verb, "add", L("登记一行", "enter a row"), writes=True)
@argument("name", NAME)
@SET
@REASON
@click.pass_obj
def add_verb(desk: Desk, name: str, values: tuple[str, ...], reason: str | None) -> None:
    """Enter a row."""
    register = desk.office.register(name)
    row = desk.office.register_add(register.name, values_of(desk, register, values), reason=reason, **desk.change)
    answer(desk, row, lambda: _said(desk, register, row))


@subverb(register_verb, "set", L("更改一行", "change a row"), writes=True)
@argument("name", NAME)
@argument("which", WHICH)
@SET
@REASON
@click.pass_obj
def set_verb(desk: Desk, name: str, which: str, values: tuple[str, ...], reason: str | None) -> None:
    """Change fields of a row; an empty value empties its field."""
    register = desk.office.register(name)
    version = desk.sources.options.get("if_version")
    row = desk.office.register_set(
        register.name, which, values_of(desk, register, values), reason=reason, if_version=version, **desk.change
    )
    answer(desk, row, lambda: _said(desk, register, row))


@subverb(register_verb, "end", L("停用一行(留有经过)", "a row holds no longer; its history stays"), writes=True)
@argument("name", NAME)
@argument("which", WHICH)
@REASON
@click.pass_obj
def end_verb(desk: Desk, name: str, which: str, reason: str | None) -> None:
    """A row holds no longer."""
    register = desk.office.register(name)
    row = desk.office.register_end(register.name, which, reason=reason, **desk.change)
    answer(desk, row, lambda: _said(desk, register, row))


@subverb(register_verb, "list", L("查台账", "rows of a register"), reveals=True)
@argument("name", NAME)
@argument("text", L("文字", "TEXT"), required=False)
@option("--where", multiple=True, metavar="K=V", words=L("某项等于某值", "a field has a value"))
@option("--any", "everything", is_flag=True, words=L("停用的也列出", "those that ended too"))
@option("--limit", type=Number(1), metavar="I", words=L("最多几行", "at most so many"))
@click.pass_obj
def list_verb(desk: Desk, name: str, text: str | None, where: tuple[str, ...], everything: bool, limit: int | None) -> None:
    """Rows by a part of what is shown of them, or by the values of fields."""
    register = desk.office.register(name)
    for_people = desk.is_for_people and "output" not in desk.sources.options
    rows = desk.office.register_list(
        register.name, part=text, where=values_of(desk, register, where, "--where"), ended=None if everything else False,
        limit=limit or (LIMIT + 1 if for_people else None), reveal=desk.flag("reveal"), actor=desk.person, now=desk.now,
    )  # fmt: skip
    if limit is None and for_people and len(rows) > LIMIT:
        rows = rows[:LIMIT]
        desk.hint(MORE, n=LIMIT)
    answer(desk, rows, lambda: row_lines(desk, register, rows) or [desk.say(NONE)], long=True)


@subverb(register_verb, "match", L("台账之间对不对得上", "whether registers agree"))
@argument("name", L("核对", "RULE"), required=False)
@option("--month", metavar="2026-03", words=L("哪个月", "which month"))
@option("--week", metavar="2026-W11", words=L("哪一周", "which week"))
@option("--from", "frm", metavar="D", words=L("从哪天", "from which day"))
@option("--to", metavar="D", words=L("到哪天之前", "up to but not including"))
@click.pass_obj
def match_verb(desk: Desk, name: str | None, month: str | None, week: str | None, frm: str | None, to: str | None) -> None:
    """Where registers do not agree; without RULE how often, for each rule. Of all time unless a month, week or days are given."""
    from cuiban.registers.matching import RULES

    begin, end = _days(desk, month, week, frm, to)
    if name is None:
        many = {rule.name: len(desk.office.register_match(rule.name, begin, end)) for rule in RULES}
        counts: list[dict[str, Any]] = [
            {"name": rule.name, "label": rule.label, "rows": rule.rows, "found": many[rule.name]} for rule in RULES
        ]
        cells = [[one["name"], desk.say(one["label"]), " ".join(one["rows"]), str(one["found"])] for one in counts]
        answer(desk, counts, lambda: aligned(cells, right=(3,)))
        return
    found = desk.office.register_match(name, begin, end)
    answer(desk, found, lambda: _match_lines(desk, name, found), long=True)


def _days(desk: Desk, month: str | None, week: str | None, frm: str | None, to: str | None) -> "tuple[date | None, date | None]":
    """The days that were named; None where it is all time."""
    from cuiban.commands.days import days_between
    from cuiban.commands.duties import week_of
    from cuiban.errors import Usage

    if week is not None:
        if month is not None or frm is not None or to is not None:
            raise Usage("usage", L("--week, --month, --from --to 只能选一种", "give one of --week, --month, --from and --to"))
        return week_of(week)
    return (None, None) if month is None and frm is None and to is None else days_between(desk, month, frm, to, desk.calendar)


def _match_lines(desk: Desk, name: str, found: "list[Difference]") -> Iterator[str]:
    """A difference a line, under headings that name both registers; below, what shows or mends the first."""
    from cuiban.commands.showing import value_text
    from cuiban.engine.matching import Series, in_words
    from cuiban.office.matching import rule_named

    if not found:
        yield desk.say(AGREE)
        return
    rule = rule_named(name)
    is_series = isinstance(rule, Series)
    left = desk.office.register(rule.register if isinstance(rule, Series) else rule.left.register)
    right = None if isinstance(rule, Series) or rule.right is None else desk.office.register(rule.right.register)
    by = left.field(rule.number if isinstance(rule, Series) else rule.left.key.partition(".")[0])

    def differs(field: str, pair: list[Any]) -> str:
        spec = left.field(field)
        label = field if spec is None else desk.say(spec.label)
        return f"{label} {' / '.join(value_text(desk, spec, value) for value in pair)}"

    def key(one: "Difference") -> str:
        book, slash, number = (one.key or "-").partition("/")
        return f"{book_label(desk, book)}{slash}{number}" if is_series else book + slash + number

    heads = [BEFORE, AFTER] if is_series else [left.label, right.label] if right is not None else [left.label]
    rows = [[*map(desk.say, [WHAT, by.label if by is not None else left.label, *heads, UNLIKE])]]
    for one in found:
        ids = [one.left or "-", one.right or "-"][: len(heads)]
        told = ", ".join(differs(*each) for each in one.fields.items())
        what = in_words(rule, one.found, left.label, right.label if right is not None else None)
        rows.append([desk.say(what), key(one), *ids, told])
    yield from aligned(rows if any(one.fields for one in found) else [row[:-1] for row in rows])
    if rule.hint is not None:
        way = desk.say(rule.hint)
    elif by is not None and by.type == "vin" and found[0].key is not None:
        way = f"cuiban car {found[0].key}"
    else:
        register = left if found[0].left is not None or right is None else right
        way = f"cuiban register list {register.name} {found[0].left or found[0].right}"
    yield NEXT.fill(way=way)[desk.lang]


def values_of(desk: Desk, register: "Register", words: tuple[str, ...], name: str = "--set") -> dict[str, Any]:
    """The values of `--set`; days and times are read as people type them, the nearest past one."""
    found: dict[str, Any] = {}
    for key, told in pairs(words, name):
        spec = register.field(key)
        value: Any = text_of(told[1:]).strip() if told.startswith("@") else told
        if spec is not None and value.strip() and spec.type == "instant":
            value = desk.when(spec.label[desk.lang], value, "past").at
        elif spec is not None and value.strip() and spec.type == "day":
            value = desk.when(spec.label[desk.lang], value, "past").day
        found[key] = value
    return found


def _said(desk: Desk, register: "Register", row: "RowView") -> Iterator[str]:
    yield SAID[row.action].fill(id=row.id, register=register.label, version=row.version)[desk.lang]


def row_lines(desk: Desk, register: "Register", rows: "list[RowView]") -> list[str]:
    """Rows as lines: id, what tells them apart, then what else is known, named."""
    from cuiban.commands.showing import value_text

    subject = [spec for name in register.subject for spec in register.fields if spec.name == name]
    rest = [spec for spec in register.fields if spec not in subject]
    cells = []
    for row in rows:
        head = [row.id, *[value_text(desk, spec, row.fields[spec.name]) for spec in subject]]
        told = [f"{desk.say(s.label)} {value_text(desk, s, row.fields[s.name])}" for s in rest if row.fields[s.name] is not None]
        cells.append([*head, clean(", ".join(told)) + (desk.say(L(" (停用)", " (ended)")) if row.ended else "")])
    return folded(desk.screen, cells)

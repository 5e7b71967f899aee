"""cuiban card, car, find: what is known of a customer or a car, on one page. [cli.md 3]

Belongs here: how the page is laid out.   Must never enter: what belongs on it (registers/cards.py).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

import click

from cuiban.commands.columns import aligned, fitted, folded, told_in
from cuiban.commands.desk import Desk
from cuiban.commands.output import answer
from cuiban.commands.showing import STATUS, value_text
from cuiban.commands.text import clean, width_of
from cuiban.commands.verbs import Number, argument, option, verb
from cuiban.commands.words import short, short_due
from cuiban.engine.labels import L

if TYPE_CHECKING:
    from cuiban.engine.language import Field
    from cuiban.office.views import CaseView, Past
    from cuiban.registers.cards import Car, Card, Found, Paper

TITLES = {
    "vehicle": L("车辆", "Cars"), "repair": L("维修", "Repairs"), "sales_order": L("订单", "Orders"),
    "policy": L("保险", "Policies"), "accident": L("事故", "Accidents"), "movement": L("进出", "Movements"),
    "invoice": L("发票", "Invoices"), "slip": L("出库单", "Slips"), "cases": L("事项", "Cases"),
    "documents": L("单据", "Papers"), "way": L("经过", "Its way"), "customer": L("客户", "Customer"),
}  # fmt: skip
INDENT = 2  # of what stands below a heading
ENDED = L("已停用", "ended")
MORE = L("{register}: 还有更多, 只列前 {n} 行; 更多用 --limit",
         "{register}: there are more than the first {n}; for more use --limit")  # fmt: skip
NOTHING = L("没有找到", "nothing was found")


@verb("card", reveals=True)
@argument("customer", L("客户(编号, 电话或姓名)", "CUSTOMER (id, phone or name)"))
@click.pass_obj
def card_verb(desk: Desk, customer: str) -> None:
    """All that is known of a customer: cars, repairs, cases, papers, what comes next."""
    found = desk.office.card(customer, actor=desk.person, reveal=desk.flag("reveal"), now=desk.now)
    answer(desk, found, lambda: _card(desk, found), long=True)


@verb("car", reveals=True)
@argument("car", L("车辆(车架号或车牌)", "CAR (VIN or plate)"))
@click.pass_obj
def car_verb(desk: Desk, car: str) -> None:
    """All that is known of a car, its whole way."""
    found = desk.office.car(car, actor=desk.person, reveal=desk.flag("reveal"), now=desk.now)
    answer(desk, found, lambda: _car(desk, found), long=True)


@verb("find")
@argument("text", L("文字", "TEXT"))
@option(
    "--limit", type=Number(1), metavar="I", default=50, show_default=False, words=L("每种最多几行", "at most so many of a kind")
)
@click.pass_obj
def find_verb(desk: Desk, text: str, limit: int) -> None:
    """Look for a part of a name, phone, plate or VIN."""
    there: dict[L, list[Found]] = {}
    for one in desk.office.find(text, limit=limit + 1):
        there.setdefault(one.register_label, []).append(one)
    for register, some in there.items():
        if len(some) > limit:
            desk.hint(MORE, n=limit, register=register)
    found: list[dict[str, Any]] = [
        {"register": one.register, "register_label": one.register_label, "id": one.id, "title": _title(desk, one),
         "show": _shows(one)}
        for some in there.values() for one in some[:limit]
    ]  # fmt: skip
    rows = [[one["id"], desk.say(one["register_label"]), one["title"], one["show"]] for one in found]
    whole = max((width_of(row[-1]) for row in rows), default=0)  # a command is not to be broken
    answer(desk, found, lambda: folded(desk.screen, rows, least=whole) if rows else [desk.say(NOTHING)])


def _title(desk: Desk, one: "Found") -> str:
    """What tells a row apart, as lists show it."""
    specs = {spec.name: spec for spec in desk.office.register(one.register).fields}
    return " ".join(_text(desk, specs[name], value) for name, value in one.fields.items() if value is not None)


def _shows(one: "Found") -> str:
    """The command that shows it."""
    if one.register == "customer":
        return f"cuiban card {one.id}"
    name, value = one.named
    return f"cuiban car {value}" if one.register == "vehicle" else f"cuiban register list {one.register} --where {name}={value}"


def _card(desk: Desk, card: "Card") -> Iterator[str]:
    yield from _head(desk, "customer", card.customer)
    yield from _rows(desk, "vehicle", card.vehicles)
    yield from _tables(desk, repair=card.repairs, sales_order=card.orders, policy=card.policies, accident=card.accidents)
    yield from _cases(desk, card.cases)
    yield from _papers(desk, card.documents)


def _car(desk: Desk, car: "Car") -> Iterator[str]:
    yield from _head(desk, "vehicle", car.vehicle)
    if car.customer is not None:
        yield from _rows(desk, "customer", [car.customer])
    yield from _way(desk, car.way)
    yield from _tables(desk, movement=car.movements, sales_order=car.orders, invoice=car.invoices, slip=car.slips)
    yield from _tables(desk, repair=car.repairs, policy=car.policies, accident=car.accidents)
    yield from _cases(desk, car.cases)
    yield from _papers(desk, car.documents)


def _head(desk: Desk, register: str, row: dict[str, Any]) -> Iterator[str]:
    subject, rest = _told(desk, register, row)
    if row["ended"]:
        subject.append(desk.say(ENDED))
    yield desk.screen.style(clean("  ".join([row["id"], *subject])), bold=True)
    if rest:
        yield from told_in(desk.screen, rest, indent=INDENT)


def _told(desk: Desk, register: str, row: dict[str, Any]) -> tuple[list[str], str]:
    """What tells a row apart, and what else is known of it, named."""
    declared = desk.office.register(register)
    known = {spec.name: _text(desk, spec, row[spec.name]) for spec in declared.fields if row[spec.name] is not None}
    rest = [f"{desk.say(s.label)} {known[s.name]}" for s in declared.fields if s.name in known and s.name not in declared.subject]
    return [known.get(name, "-") for name in declared.subject], ", ".join(rest)


def _text(desk: Desk, spec: "Field", value: Any) -> str:
    return short(value, desk.zone, desk.today) if isinstance(value, datetime) else value_text(desk, spec, value)


def _tables(desk: Desk, **tables: Sequence[dict[str, Any]]) -> Iterator[str]:
    for register, rows in tables.items():
        yield from _rows(desk, register, rows)


def _rows(desk: Desk, register: str, rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    told = [_told(desk, register, row) for row in rows]
    cells = [[row["id"], *subject, _with_end(desk, row, rest)] for row, (subject, rest) in zip(rows, told, strict=True)]
    yield from _section(desk, register, folded(desk.screen, cells, indent=INDENT))


def _with_end(desk: Desk, row: dict[str, Any], rest: str) -> str:
    return ", ".join([desk.say(ENDED), *([rest] if rest else [])]) if row["ended"] else rest


def _section(desk: Desk, title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield desk.screen.style(desk.say(TITLES[title]), bold=True)
        yield from lines


def _table(desk: Desk, rows: list[list[str]], subject: int) -> list[str]:
    """Rows of which a terminal clips the subject."""
    return [" " * INDENT + line for line in aligned(fitted(desk.screen, rows, subject, indent=INDENT))]


def _cases(desk: Desk, cases: "list[CaseView]") -> Iterator[str]:
    def due(one: "CaseView") -> str:
        return short_due(one.due, desk.zone, desk.today) if one.due is not None and one.open else ""

    rows = [[one.ref, desk.say(one.title), desk.say(one.state_label), due(one)] for one in cases]
    yield from _section(desk, "cases", _table(desk, rows, 1))


def _papers(desk: Desk, papers: "list[Paper]") -> Iterator[str]:
    def status(one: "Paper") -> str:
        return desk.say(STATUS.get(one.status, L(one.status, one.status)))

    rows = [[one.ref, desk.say(one.label), status(one), short(one.at, desk.zone, desk.today)] for one in papers]
    yield from _section(desk, "documents", _table(desk, rows, 1))


def _way(desk: Desk, way: "list[Past]") -> Iterator[str]:
    def to(one: "Past") -> str:
        return desk.say(one.to_label) if one.to_label is not None else ""

    rows = [[short(one.at, desk.zone, desk.today), desk.called(one.by), desk.say(one.action_label), to(one)] for one in way]
    yield from _section(desk, "way", _table(desk, rows, 2))

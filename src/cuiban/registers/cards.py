"""What is known of one customer, or of one car, on one page; and finding either by a part of what people remember.

Belongs here: which rows and cases belong together.   Must never enter: how a page is laid out (commands/cards.py).
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import msgspec

from cuiban.engine.case import read_data
from cuiban.engine.labels import L
from cuiban.engine.language import Field
from cuiban.engine.register import Record, Register
from cuiban.errors import NotFound
from cuiban.office.views import CaseView, Past
from cuiban.store import sql
from cuiban.store.database import Connection
from cuiban.store.mentions import MENTIONED
from cuiban.store.registers import Shelf

if TYPE_CHECKING:
    from cuiban.office import Office

Rows = list[dict[str, Any]]
SOME = 6  # of those of one name that a sentence tells
_LOOSE = re.compile(r"[\s·.\-()]")


class Paper(msgspec.Struct):
    """A paper of one of the cases."""

    ref: str
    kind: str
    label: L
    status: str
    file: str | None
    at: datetime


class Card(msgspec.Struct):
    """A customer: rows as `{id, ..fields}`; cases newest first; `next`: the upkeep that comes, by car."""

    customer: dict[str, Any]
    vehicles: Rows
    next: Rows
    repairs: Rows
    orders: Rows
    policies: Rows
    accidents: Rows
    cases: list[CaseView]
    documents: list[Paper]


class Car(msgspec.Struct):
    """A car; `way`: every step of its case, oldest first."""

    vehicle: dict[str, Any]
    customer: dict[str, Any] | None
    way: list[Past]
    movements: Rows
    orders: Rows
    invoices: Rows
    slips: Rows
    repairs: Rows
    policies: Rows
    accidents: Rows
    cases: list[CaseView]
    documents: list[Paper]


class Found(msgspec.Struct):
    """A row that was found.

    Attributes:
        fields: what tells it apart, phones masked; None: it is empty.
        named: a field and its value by which it is asked for.
    """

    register: str
    register_label: L
    id: str
    fields: dict[str, Any]
    named: tuple[str, Any]


def card(office: "Office", which: str, now: datetime, reveal: bool) -> Card:
    """The card of a customer."""
    connection = office.database.connection()
    customer = _customer(office, connection, which)
    of_customer = {"customer": customer.id}
    vehicles = _rows(office, connection, "vehicle", [of_customer])
    cars = [{"vin": row.values["vin"]} for row in vehicles]
    cases, documents = _cases(office, connection, vehicles, now)
    return Card(
        customer=_shown(office, "customer", [customer], reveal)[0],
        vehicles=_shown(office, "vehicle", vehicles, reveal),
        next=_next(vehicles),
        repairs=_newest(office, connection, "repair", [of_customer, *cars], "settled_at", reveal),
        orders=_newest(office, connection, "sales_order", [of_customer, *cars], "ordered_on", reveal),
        policies=_newest(office, connection, "policy", [of_customer, *cars], "issued_on", reveal),
        accidents=_newest(office, connection, "accident", cars, "happened_on", reveal),
        cases=cases,
        documents=documents,
    )


def car(office: "Office", which: str, now: datetime, reveal: bool) -> Car:
    """The card of a car."""
    connection = office.database.connection()
    vehicle = _vehicle(office, connection, which)
    of_car = [{"vin": vehicle.values["vin"]}]
    cases, documents = _cases(office, connection, [vehicle], now)
    owner = vehicle.values.get("customer")
    customer = office.shelf("customer").by(connection, ["id"], [owner]) if owner is not None else None

    def newest(register: str, by: str) -> Rows:
        return _newest(office, connection, register, of_car, by, reveal)

    return Car(
        vehicle=_shown(office, "vehicle", [vehicle], reveal)[0],
        customer=_shown(office, "customer", [customer], reveal)[0] if customer is not None else None,
        way=[one for case in reversed(cases) if case.process == "vehicle" for one in office.history(case.ref)],
        movements=newest("movement", "at")[::-1],
        orders=newest("sales_order", "ordered_on"),
        invoices=newest("invoice", "day"),
        slips=newest("slip", "day"),
        repairs=newest("repair", "settled_at"),
        policies=newest("policy", "issued_on"),
        accidents=newest("accident", "happened_on"),
        cases=cases,
        documents=documents,
    )


def _customer(office: "Office", connection: Connection, which: str) -> Record:
    shelf = office.shelf("customer")
    found = shelf.by(connection, ["id"], [which.strip().upper()]) or shelf.by(connection, ["phone"], [_LOOSE.sub("", which)])
    if found is not None:
        return found
    named = shelf.listed(connection, {"name": which.strip()}, ended=None, limit=SOME + 1)
    if len(named) == 1:
        return named[0]
    if named:
        some = _some(row.id for row in named)
        raise NotFound("ambiguous", L("有几个{which}: {some}", "several are called {which}: {some}").fill(which=which, some=some))
    raise NotFound("not_found", _unknown(L("客户", "customer"), which, "customer", L("姓名或电话", "a name or phone")))


def _vehicle(office: "Office", connection: Connection, which: str) -> Record:
    shelf, wanted = office.shelf("vehicle"), loosened(which)
    found = shelf.by(connection, ["vin"], [wanted]) or shelf.by(connection, ["id"], [which.strip().upper()])
    if found is not None:
        return found
    plated = shelf.listed(connection, {"plate": wanted}, ended=None, limit=SOME + 1)
    if len(plated) == 1:
        return plated[0]
    if plated:
        some = _some(str(row.values["vin"]) for row in plated)
        raise NotFound("ambiguous", L("这个车牌有几台车: {some}", "several cars have had that plate: {some}").fill(some=some))
    raise NotFound("not_found", _unknown(L("车辆", "car"), which, "vehicle", L("车牌或车架号", "a plate or VIN")))


def _some(found: Iterable[str]) -> L:
    """The first few of what was found; that there are more, if there are."""
    listed = list(found)
    some = ", ".join(listed[:SOME])
    return L(f"{some}, 还有更多", f"{some} and more") if len(listed) > SOME else L(some, some)


def _unknown(what: L, which: str, register: str, known_by: L) -> L:
    """That the register lacks it; by what else it is found, for cases may speak of whom no register knows."""
    return L(
        f"台账里没有{what.zh} {which}; 只记得{known_by.zh}的一部分: cuiban find 一部分; 看全部: cuiban register list {register}; "
        f"找事项: cuiban list 一部分",
        f"the register has no {what.en} {which}; by a part of {known_by.en}: cuiban find PART; all of them: "
        f"cuiban register list {register}; cases: cuiban list PART",
    )


def loosened(text: str) -> str:
    """A plate, phone or VIN as registers keep it: capitals, no blanks, dots or dashes."""
    return _LOOSE.sub("", unicodedata.normalize("NFKC", text)).upper()


def _rows(office: "Office", connection: Connection, register: str, wheres: list[dict[str, Any]]) -> list[Record]:
    """The rows that fit any of these, each once."""
    shelf = office.shelf(register)
    found = [row for where in wheres for row in shelf.listed(connection, where, ended=False, limit=None)]
    return list({row.id: row for row in found}.values())


def _newest(office: "Office", connection: Connection, register: str, wheres: list[dict[str, Any]], by: str, reveal: bool) -> Rows:
    rows = _rows(office, connection, register, wheres)
    rows.sort(key=lambda row: str(row.values.get(by, "")), reverse=True)
    return _shown(office, register, rows, reveal)


def _shown(office: "Office", register: str, rows: Iterable[Record], reveal: bool) -> Rows:
    from cuiban.office.registers import shown

    declared = office.register(register)
    instants = [spec.name for spec in declared.fields if spec.type == "instant"]
    found = [{"id": row.id, "ended": row.ended, **shown(declared, row, reveal)} for row in rows]
    for one in found:
        one.update({name: datetime.fromisoformat(one[name]) for name in instants if one[name] is not None})
    return found


def _next(vehicles: list[Record]) -> Rows:
    """The upkeep that comes, by car."""
    names = ("vin", "plate", "next_item", "next_mileage", "next_on")
    wanted = [row for row in vehicles if not row.values.keys().isdisjoint(names[2:])]
    return [{name: row.values.get(name) for name in names} for row in wanted]


def _cases(office: "Office", connection: Connection, vehicles: list[Record], now: datetime) -> tuple[list[CaseView], list[Paper]]:
    """The cases that speak of these cars, newest first, and their papers."""
    from cuiban.office.listed import Row, now_day, view

    d = office.store.dealership
    things = [row.values[name] for row in vehicles for name in ("vin", "plate") if name in row.values]
    rows = {row[0]: Row._make(row) for thing in things for row in connection.all(MENTIONED, dealership=d, thing=thing)}
    day = now_day(office, now)
    cases = sorted((view(office, row, day) for row in rows.values()), key=lambda case: (case.opened_at, case.ref), reverse=True)
    return cases, [paper for case in cases for paper in _papers(office, connection, rows[case.ref])]


def _papers(office: "Office", connection: Connection, row: Any) -> list[Paper]:
    documents = read_data(row.data).documents
    if not documents:
        return []
    scans = {kind: name for kind, name, *_ in connection.all(sql.FILES, dealership=office.store.dealership, ref=row.ref)}
    labels = {paper.name: paper.label for paper in office.store.program(row.definition).process.papers}
    return [
        Paper(row.ref, kind, labels.get(kind, L(kind, kind)), one.status, scans.get(kind), one.at)
        for kind, one in documents.items()
    ]


def find(office: "Office", text: str, limit: int) -> list[Found]:
    """Rows of which `text` is a part, customers and cars first."""
    from cuiban.registers import every

    connection = office.database.connection()
    found: list[Found] = []
    for register in sorted((r for r in every() if r.find), key=lambda r: r.name not in ("customer", "vehicle")):
        parts = _parts(register, text)
        for row in _holding(connection, office.shelf(register.name), parts, limit) if parts else ():
            named = ("vin", row.values["vin"]) if register.name == "vehicle" else next(iter(row.values.items()))
            found.append(Found(register.name, register.label, row.id, _subject(office, register, row), named))
    return found


def _holding(connection: Connection, shelf: Shelf, parts: dict[str, str], limit: int) -> list[Record]:
    """At most `limit` rows with one of the parts that have not ended; that, the index which is searched does not know."""
    asked = limit
    while True:
        ids = shelf.found(connection, parts, asked)
        rows = [row for id in ids if (row := shelf.by(connection, ["id"], [id])) is not None and not row.ended]
        if len(rows) >= limit or len(ids) < asked:
            return rows[:limit]
        asked *= 4


def _parts(register: Register, text: str) -> dict[str, str]:
    """What to look for in which field."""
    found = {name: part_of(spec, text) for name in register.find if (spec := register.field(name)) is not None}
    return {name: part for name, part in found.items() if part is not None}


def part_of(spec: Field, text: str) -> str | None:
    """What to look for in a field: phones, plates, VINs as registers keep them, no letter in a phone; the rest as it is written."""
    if spec.type not in ("phone", "plate", "vin", "id_number"):
        return unicodedata.normalize("NFC", text).strip() or None
    part = loosened(text)
    return None if not part or (spec.type == "phone" and not part.lstrip("+").isdigit()) else part


def _subject(office: "Office", register: Register, row: Record) -> dict[str, Any]:
    """What tells the row apart, phones masked."""
    (values,) = _shown(office, register.name, [row], False)
    return {name: values[name] for name in register.subject}

"""What becomes of a sale: reviewed, allocated, invoiced, sent out, reported, closed with ten papers; or taken back. [D2, D3, D4]

Holds: stories of deliveries. Never: how many are sold (months.py).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cuiban.demo import customers
from cuiban.demo.customers import Customer
from cuiban.demo.files import customer_file, maintenance_card
from cuiban.demo.shop import Shop, Story
from cuiban.demo.staff import consultants
from cuiban.demo.stock import SALES_CLERK, Car, Stock, invoice_number, return_entry

FINANCE, FINANCE_MANAGER, MANAGER = "qian", "feng", "han"
# fmt: off
WAYS = {  # of thirty sales
    "straight": 21, "sent_back": 2, "void": 1, "asked_to_cancel": 1, "red": 1, "reopened": 1, "withdrawn": 1, "reallocated": 1,
    "cancelled": 1,
}
FROM_CONSULTANT = ["contract", "inspection", "warranty_slip"]
CHECKED = ["price", "configuration", "gmac", "contract_number"]
# fmt: on


@dataclass
class Sale:
    """A car that somebody buys.

    Attributes:
        way: what becomes of it; stop: the state in which it stands at the end of the story, if before its own.
    """

    stock: Stock
    car: Car
    consultant: str
    way: str
    stop: str | None
    buyer: Customer
    company: bool
    gmac: bool
    ref: str = ""


def sale(shop: Shop, stock: Stock, car: Car, way: str | None = None, stop: str | None = None) -> Sale:
    """The sale of a car that was taken out of the stock."""
    company = shop.chance(0.12)
    buyer = customers.buyer(shop, company, car.model)
    way = way or ("straight" if car.network else shop.dealt("sales", WAYS))
    return Sale(stock, car, shop.pick(consultants(shop)), way, stop, buyer, company, shop.chance(0.35))


def delivery(shop: Shop, one: Sale, at: datetime) -> Story:
    """A sale from the hand-over to its end, or until it stands in `one.stop`."""
    yield at
    customers.introduce(shop, one.consultant, one.buyer)
    one.ref = shop.open("delivery", one.consultant, _order(shop, one)).ref
    for state, part in STEPS:
        if one.stop == state:
            return
        yield from part(shop, one)
        if shop.case(one.ref).state in ("cancelled", "returned"):
            return


def _order(shop: Shop, one: Sale) -> dict[str, Any]:
    car = one.car
    contract = f"HT{shop.day:%y}-{shop.serial('contract', 118):04d}"
    fields: dict[str, Any] = {
        "customer": one.buyer.name, "phone": one.buyer.phone, "contract_number": contract,
        "model": car.model, "model_year": car.year, "configuration": car.configuration, "colour": car.colour,
        "price": car.price * shop.between(93, 99) // 100, "gmac": one.gmac, "channel": "network" if car.network else "showroom",
        "county": shop.pick(customers.COUNTIES), "consultant": one.consultant, "delivered_on": shop.day.isoformat(),
    }  # fmt: skip
    if one.gmac:
        fields["loan"] = fields["price"] // 200 * 100
    if shop.chance(0.8):
        fields["insurance"] = shop.between(3200, 7800) * 100
    if shop.chance(0.5):
        fields["accessories"] = shop.between(8, 60) * 10_000
    return fields


def _reviewed(shop: Shop, one: Sale) -> Story:
    yield shop.later(0.5, 5)
    if one.way == "cancelled":
        shop.do(one.ref, "cancel", MANAGER, reason="客户贷款未通过")
        one.stock.here.append(one.car)
        return
    if one.way == "sent_back" or one.stop == "returned":
        shop.do(one.ref, "send_back", shop.acting(SALES_CLERK), reason="合同编码与客户档案不符")
        if one.stop == "returned":
            return
        yield shop.later(0.5, 3)
        shop.do(one.ref, "resubmit", one.consultant)
        yield shop.later(0.5, 3)
    _review(shop, one)
    if one.way == "withdrawn":
        yield shop.later(0.2, 1)
        shop.do(one.ref, "withdraw_review", shop.acting(SALES_CLERK), reason="GMAC合同还没到")
        yield shop.later(1, 4)
        _review(shop, one)


def _review(shop: Shop, one: Sale) -> None:
    loan = {"gmac_contract": f"GM{shop.serial('gmac', 70_231)}"} if one.gmac else {}
    shop.do(one.ref, "review", shop.acting(SALES_CLERK), {"checked": CHECKED, **loan})


def _allocated(shop: Shop, one: Sale) -> Story:
    yield shop.later(0.3, 4)
    _allocate(shop, one)
    other = one.stock.like(one.car) if one.way == "reallocated" else None
    if other is not None:
        yield shop.later(0.5, 2)
        shop.do(one.ref, "deallocate", shop.acting(SALES_CLERK), reason="客户改要另一台")
        one.stock.here.remove(other)
        one.stock.here.append(one.car)
        one.car = other
        yield shop.later(0.2, 1)
        _allocate(shop, one)


def _allocate(shop: Shop, one: Sale) -> None:
    shop.do(one.ref, "allocate", shop.acting(SALES_CLERK), {"vin": one.car.vin})


def _invoiced(shop: Shop, one: Sale) -> Story:
    yield shop.later(0.5, 6)
    _invoice(shop, one, "digital" if one.way == "straight" and shop.chance(0.6) else "paper")
    if one.way in ("void", "asked_to_cancel"):
        yield from _back_to_stock(shop, one)


def _invoice(shop: Shop, one: Sale, kind: str) -> None:
    number = invoice_number(shop)
    one.stock.billed.append((shop.day, one.car, number))
    given = {"invoice_number": number, "invoice_day": shop.day.isoformat(), "invoice_vin": one.car.vin,
             "invoice_kind": kind}  # fmt: skip
    shop.do(one.ref, "invoice", FINANCE, given, papers=["invoicing_notice"])


def _back_to_stock(shop: Shop, one: Sale) -> Story:
    """The customer withdraws after the invoice: everything is undone, newest first, and the car is for sale again."""
    yield shop.later(0.5, 2)
    asked = one.way == "asked_to_cancel"
    if asked:
        shop.do(one.ref, "cancel", MANAGER, reason="客户退车")
        yield shop.later(0.3, 1)
    invoiced = shop.case(one.ref).data.fields["invoice_day"]
    if str(invoiced)[:7] == shop.day.isoformat()[:7]:
        shop.do(one.ref, "void_invoice", FINANCE, {"copies_back": True}, reason="客户退车, 当月作废")
    else:
        shop.do(one.ref, "red_invoice", FINANCE_MANAGER, {"red_number": f"H{invoice_number(shop)}"}, reason="客户退车, 已跨月")
    yield shop.later(0.3, 1)
    shop.do(one.ref, "deallocate", shop.acting(SALES_CLERK), reason="客户退车")
    one.stock.here.append(one.car)
    if not asked:
        yield shop.later(0.2, 1)
        shop.do(one.ref, "cancel", MANAGER, reason="客户退车")


def _out(shop: Shop, one: Sale) -> Story:
    yield shop.later(0.3, 5)
    shop.do(one.ref, "send_out", shop.acting(SALES_CLERK))
    if one.way == "red":
        yield from _invoiced_wrongly(shop, one)


def _invoiced_wrongly(shop: Shop, one: Sale) -> Story:
    """The buyer's name on the invoice is wrong: the car comes back, a red invoice, a new one, a new slip."""
    yield shop.later(1, 5)
    back = {"return_entry": return_entry(shop), "slip_copies_together": True}
    shop.do(one.ref, "take_back", shop.acting(SALES_CLERK), back, reason="发票抬头开错")
    yield shop.later(0.5, 2)
    shop.do(one.ref, "red_invoice", FINANCE_MANAGER, {"red_number": f"H{invoice_number(shop)}"}, reason="发票抬头开错, 红冲重开")
    yield shop.later(0.3, 1)
    _invoice(shop, one, "digital")
    yield shop.later(0.3, 2)
    shop.do(one.ref, "send_out", shop.acting(SALES_CLERK))


def _reported(shop: Shop, one: Sale) -> Story:
    yield shop.later(0.5, 6)
    address = f"{shop.pick(customers.COUNTIES)}建设路{shop.between(1, 280)}号"
    starred: dict[str, Any] = {"phone": one.buyer.phone, "address": address,
                               "use": "company" if one.company else "private", "trade_in": shop.chance(0.15)}  # fmt: skip
    if one.company:
        starred["credit_code"] = f"91340801MA2{shop.serial('credit', 1_034_567):07d}"
    else:
        starred["id_number"] = customers.id_number(shop)
    if starred["trade_in"]:
        old = customers.customer(shop, one.buyer.name)
        starred |= {"old_model": "旧款英朗", "old_plate": old.plate, "old_vin": old.vin, "old_mileage": old.mileage,
                    "old_price": shop.between(20, 70) * 100_000}  # fmt: skip
    for card in shop.do(one.ref, "report", shop.acting(SALES_CLERK), starred).opened:
        shop.tell(maintenance_card(shop, card))
    one.buyer.vin, one.buyer.seen = one.car.vin, shop.day
    one.stock.sold.append(one.buyer)


def _closed(shop: Shop, one: Sale) -> Story:
    """Ten papers come together, from those who have them."""
    yield shop.later(2, 8)
    by = one.consultant
    shop.do(one.ref, "attach", by, papers=FROM_CONSULTANT if one.company else [*FROM_CONSULTANT, "id_copy"])
    yield shop.later(1, 8)
    shop.do(one.ref, "attach", FINANCE, papers=["settlement", "invoice_copy"])
    if one.company:
        shop.do(one.ref, "waive", MANAGER, papers=["id_copy"], reason="单位购车, 无身份证")
    yield shop.later(1, 10)
    shop.do(one.ref, "attach", shop.acting(SALES_CLERK), papers=["outbound_slip", "certificate_copy", "acceptance_list"])
    if one.way == "straight" and shop.chance(0.05):
        shop.do(one.ref, "note", shop.acting(SALES_CLERK), note="验收清单客户补签后存入")
    yield shop.later(0.2, 3)
    _close(shop, one)
    if one.way == "reopened":
        yield shop.later(8, 30)
        shop.do(one.ref, "reopen", MANAGER, reason="日报日期登记错了")
        yield shop.later(0.5, 3)
        _close(shop, one)


def _close(shop: Shop, one: Sale) -> None:
    agrees = {"ledger_entered": True, "daily_report_on": shop.day.isoformat()}
    for file in shop.do(one.ref, "close", shop.acting(SALES_CLERK), agrees).opened:
        shop.tell(customer_file(shop, file))


STEPS = (
    ("submitted", _reviewed), ("reviewed", _allocated), ("allocated", _invoiced), ("invoiced", _out), ("out", _reported),
    ("reported", _closed),
)  # fmt: skip

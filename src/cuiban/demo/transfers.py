"""What becomes of a car for another dealer: approved by the region, invoiced, allocated, sent out, received; or taken back. [D8]

Holds: stories of transfers. Never: how many there are (months.py).
"""

from datetime import datetime
from typing import Any

from cuiban.demo.shop import Shop, Story
from cuiban.demo.stock import SALES_CLERK, Car, Stock, invoice_number, return_entry

DEALERS = ("友邻别克", "河东别克", "南湖别克")
FINANCE, MANAGER = "qian", "han"


def transfer(shop: Shop, stock: Stock, at: datetime, way: str) -> Story:
    """A car for another dealer: `received`, `refused` by the region, or `undone` after it was sent out."""
    yield at
    car = stock.take(shop)
    if car is None:
        return
    dealer = shop.pick(DEALERS)
    wish: dict[str, Any] = {"dealer": dealer, "model": car.model, "configuration": car.configuration, "colour": car.colour}
    ref = shop.open("transfer", shop.acting(SALES_CLERK), wish).ref
    yield shop.later(0.1, 0.5)
    shop.do(ref, "submit", shop.acting(SALES_CLERK))
    yield shop.later(4, 16)
    if way == "refused":
        shop.do(ref, "refuse", shop.acting(SALES_CLERK), reason="大区要求留车完成本月任务")
        stock.here.append(car)
        yield shop.later(0.5, 2)
        shop.do(ref, "give_up", shop.acting(SALES_CLERK))
        return
    shop.scan(ref, "approval", shop.acting(SALES_CLERK), "调拨审批.txt", f"大区经理同意调拨\n{dealer}\n{car.vin}\n")
    yield shop.later(0.1, 0.3)
    shop.do(ref, "approve", shop.acting(SALES_CLERK))
    yield from _sent(shop, car, ref)
    if way == "undone":
        yield from _taken_back(shop, stock, car, ref)
        return
    yield shop.later(6, 20)
    shop.do(ref, "receive", shop.acting(SALES_CLERK), {"received_on": shop.day.isoformat()}, papers=["receipt"])


def _sent(shop: Shop, car: Car, ref: str) -> Story:
    yield shop.later(0.5, 4)
    invoice = {"invoice_number": invoice_number(shop), "invoice_day": shop.day.isoformat(), "invoice_vin": car.vin,
               "invoice_kind": "digital", "price": car.price * 95 // 100}  # fmt: skip
    shop.do(ref, "invoice", FINANCE, invoice)
    yield shop.later(0.5, 3)
    shop.do(ref, "allocate", shop.acting(SALES_CLERK), {"vin": car.vin})
    yield shop.later(0.5, 3)
    shop.do(ref, "send_out", shop.acting(SALES_CLERK))


def _taken_back(shop: Shop, stock: Stock, car: Car, ref: str) -> Story:
    """The other dealer does not want it after all: undone, newest first."""
    yield shop.later(2, 6)
    back = {"return_entry": return_entry(shop), "slip_copies_together": True}
    shop.do(ref, "take_back", shop.acting(SALES_CLERK), back, reason="对方退单")
    yield shop.later(0.2, 1)
    shop.do(ref, "deallocate", shop.acting(SALES_CLERK), reason="对方退单")
    stock.here.append(car)
    yield shop.later(0.5, 2)
    shop.do(ref, "red_invoice", "feng", {"red_number": f"H{invoice_number(shop)}"}, reason="对方退单, 红冲")
    yield shop.later(0.2, 1)
    shop.do(ref, "cancel", MANAGER, reason="对方退单")

"""What becomes of the week's reconciliation, the month's stocktake, the quarter's target. [D15, D17, D10]

Holds: stories that begin with the calendar and end in figures. Never: the duties that are a single step (duties.py).
"""

from datetime import timedelta
from typing import Any

from cuiban.demo.orders import Orders, monday
from cuiban.demo.shop import Shop, Story
from cuiban.demo.stock import SALES_CLERK, Stock

FINANCE, COUNTER, GENERAL = "qian", "jiang", "ma"
EXPLANATIONS = ("抄写漏了一位", "车停在二网, 单据未回", "发票跨周登记", "位置登记未更新")


def reconciliation(shop: Shop, orders: Orders, ref: str, week: str) -> Story:
    """Cars in and invoices out compared with finance; a difference is explained, then all is settled."""
    yield shop.at(shop.working_day(shop.day), "14:00", "17:00")
    came, billed = _of_week(shop, orders.stock, week)
    given: dict[str, Any] = {"count_in": len(came), "count_out": len(billed), "sales_given": True}
    given |= {"stocked_in": came} if came else {}
    given |= {"invoiced": billed} if billed else {}
    shop.do(ref, "send", shop.acting(SALES_CLERK), given)
    yield shop.later(1, 7)
    differs = bool(came) and shop.chance(0.12)
    found = (
        [{"found": "wrong", "vin": came[0]["vin"], "model": came[0]["model"], "remark": "财务登记的车型不同"}] if differs else []
    )
    done = shop.do(ref, "compare", FINANCE, {"agrees": not differs, **({"differences": found} if differs else {})})
    for opened in done.opened:
        shop.tell(difference(shop, opened))
    yield shop.later(14, 18)
    while orders.open_call(shop, week) or any(shop.case(opened).open for opened in done.opened):
        yield shop.later(6, 9)
    shop.do(ref, "settle", FINANCE)


def _of_week(shop: Shop, stock: Stock, week: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """What came in and what was invoiced in a week, until now."""
    first = monday(week)
    last = first + timedelta(days=6)
    came = [{"vin": car.vin, "model": car.model} for day, car in stock.came if first <= day <= last]
    billed = [
        {"vin": car.vin, "model": car.model, "invoice_number": number}
        for day, car, number in stock.billed if first <= day <= last
    ]  # fmt: skip
    return came, billed


def stocktake(shop: Shop, ref: str) -> Story:
    """The sheet frozen at the end of the month, counted by somebody else, signed by finance."""
    case = shop.case(ref)
    assert case.due is not None
    yield shop.at(shop.day_of(case.due), "15:00", "17:40")
    shop.do(ref, "freeze", shop.acting(SALES_CLERK), {"cutoff": shop.now}, papers=["sheet"])
    lines = shop.case(ref).data.fields["lines"]
    yield shop.later(1, 6)
    wrong = shop.between(0, len(lines) - 1) if lines and shop.chance(0.3) else -1
    counted: dict[str, Any] = {"cars": len(lines)}
    if wrong >= 0:
        counted["differs"] = [{"vin": lines[wrong]["vin"], "found": "wrong", "remark": "停放位置不符"}]
    done = shop.do(ref, "count", COUNTER, counted)
    for opened in done.opened:
        shop.tell(difference(shop, opened))
    yield shop.later(2, 8)
    while any(shop.case(opened).open for opened in done.opened):
        yield shop.later(3, 8)
    shop.do(ref, "sign", FINANCE)


def difference(shop: Shop, ref: str) -> Story:
    """Something that did not agree."""
    yield shop.later(1, 6)
    shop.do(ref, "explain", shop.acting(SALES_CLERK), {"explanation": shop.pick(EXPLANATIONS)})
    yield shop.later(1, 6)
    if shop.chance(0.5):
        shop.do(ref, "accept", FINANCE)
        return
    shop.do(ref, "have_mended", FINANCE)
    yield shop.later(1, 4)
    shop.do(ref, "put_right", shop.acting(SALES_CLERK), {"correction": "已改登记"})


def sales_target(shop: Shop, ref: str) -> Story:
    """The quarter's target: mailed, signed, sealed, sent back."""
    yield shop.later(6, 16)
    shop.do(ref, "receive", shop.acting(SALES_CLERK), {"goal": shop.between(60, 75)}, papers=["mail"])
    yield shop.later(2, 8)
    shop.do(ref, "sign", GENERAL)
    yield shop.later(1, 5)
    sent = {"sealed": True, "sent_by": "扫描件邮件"}
    shop.do(ref, "send_back", shop.acting(SALES_CLERK), sent, papers=["signed_scan"])

"""What follows a sale: the maintenance cards matched with after-sales, the customer's file handed over and archived. [D7, D19]

Holds: stories of cards and files. Never: the sale itself (deliveries.py).
"""

from cuiban.demo.shop import Shop, Story
from cuiban.demo.staff import CLERK
from cuiban.demo.stock import SALES_CLERK


def maintenance_card(shop: Shop, ref: str) -> Story:
    """Two cards: entered, kept until the next month, matched; now and then they differ."""
    yield shop.later(0.5, 6)
    if _has_left(shop, ref, "torn"):
        return
    shop.do(ref, "enter", shop.acting(SALES_CLERK), {"first_card": True, "second_card": True})
    due = shop.case(ref).due
    assert due is not None
    tenth = shop.day_of(due)
    day = shop.working_day(tenth, -shop.between(0, 3))
    yield shop.at(day if day.month == tenth.month else tenth, "13:40", "15:20")
    if _has_left(shop, ref, "entered"):
        return
    shop.do(ref, "hand_over", shop.acting(SALES_CLERK))
    yield shop.at(shop.day, "15:40", "17:40")
    if _has_left(shop, ref, "handed_over"):
        return
    if not shop.chance(0.06):
        shop.do(ref, "match", CLERK)
        return
    shop.do(ref, "differ", CLERK, {"difference": "二保卡电话与售后登记不同"})
    yield shop.later(0.5, 4)
    shop.do(ref, "explain", shop.acting(SALES_CLERK), {"explanation": "客户换了号码, 以售后为准"})


def customer_file(shop: Shop, ref: str) -> Story:
    """A complete file: handed over as the next month begins, received and put in its place."""
    case = shop.case(ref)
    assert case.due is not None
    day = shop.day_of(case.due)
    yield shop.at(day if shop.chance(0.5) else shop.working_day(day, -1), "09:00", "11:30")
    if _has_left(shop, ref, "complete"):
        return
    shop.do(ref, "hand_over", shop.acting(SALES_CLERK), {"true_and_exact": True})
    yield shop.at(shop.day, "14:00", "17:00")
    if _has_left(shop, ref, "handed_over"):
        return
    caller = shop.pick(("chen", "yang"))
    if shop.chance(0.05):
        shop.do(ref, "send_back", caller, {"lacking": "合同缺客户签字页, 由销售顾问补"})
        yield shop.later(2, 8)
        if _has_left(shop, ref, "complete"):
            return
        shop.do(ref, "hand_over", shop.acting(SALES_CLERK), {"true_and_exact": True})
        yield shop.later(1, 4)
        if _has_left(shop, ref, "handed_over"):
            return
    shop.do(ref, "receive", caller, {"place": f"客服部{shop.between(1, 6)}号柜"})


def _has_left(shop: Shop, ref: str, state: str) -> bool:
    """Whether the delivery has taken it elsewhere meanwhile."""
    return shop.case(ref).state != state

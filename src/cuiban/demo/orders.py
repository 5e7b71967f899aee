"""What becomes of a week's orders: Monday's CALL, signed by three; Monday's colours, called a week later. [D13, D14]

Holds: the stories of both orders. Never: their opening, which the calendar does.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cuiban.demo.shop import Shop, Story
from cuiban.demo.stock import COLOURS, MODELS, SALES_CLERK, Stock, called_car

SIGNERS = ("ma", "han", "feng")
SENT_BACK, EDITED, NOT_COLOURED, NOT_CALLED, MISSED = 3, 6, 8, 10, 12  # from which week on it happens, once
WAN = 1_000_000  # ten thousand yuan, in fen


@dataclass
class Orders:
    """How the weekly orders go on.

    Attributes:
        weeks: by ISO week, its number from the beginning.
        happened: what happens once, and has; calls: the call order of each week.
    """

    stock: Stock
    weeks: dict[str, int] = field(default_factory=dict)
    happened: set[int] = field(default_factory=set)
    calls: dict[str, str] = field(default_factory=dict)
    reserve: int = 900 * WAN
    bonus: int = 60 * WAN

    def number(self, week: str) -> int:
        """The number of a week."""
        return self.weeks.setdefault(week, len(self.weeks) + 1)

    def open_call(self, shop: Shop, week: str) -> bool:
        """Whether a week's call order is still open."""
        ref = self.calls.get(week)
        return ref is not None and shop.case(ref).open

    def once(self, what: int, week: int) -> bool:
        """Whether what happens once, from the week of that number on, happens now."""
        if week < what or what in self.happened:
            return False
        self.happened.add(what)
        return True


def monday(week: str) -> date:
    """The day with which a week begins."""
    return date.fromisocalendar(int(week[:4]), int(week[6:]), 1)


def _over(shop: Shop, week: str) -> bool:
    """Whether the week went by before anybody was at work."""
    return (shop.day - monday(week)).days > 6


def _lines(shop: Shop) -> list[dict[str, Any]]:
    """Cars to be ordered: four to six."""
    wanted = {(*shop.pick(MODELS)[:2], shop.pick(COLOURS)): shop.pick((1, 1, 1, 2)) for _ in range(shop.between(3, 5))}
    return [
        {"model": model, "configuration": configuration, "colour": colour, "count": count}
        for (model, configuration, colour), count in wanted.items()
    ]


def colour_order(shop: Shop, orders: Orders, ref: str, week: str) -> Story:
    """The colours of a week's production order."""
    number = orders.number(week)
    if _over(shop, week):
        yield shop.at(shop.working_day(shop.day), "09:00", "09:20")
        shop.do(ref, "miss", shop.acting(SALES_CLERK), reason="放假一周, 未做颜色")
        return
    yield shop.at(shop.working_day(shop.day), "13:35", "17:00")
    if orders.once(NOT_COLOURED, number):
        shop.do(ref, "cancel", "han", reason="厂家通知本周不排产")
        return
    shop.do(ref, "confirm", shop.acting(SALES_CLERK), {"lines": _lines(shop), "basis": "按库存和在手订单"})


def call_order(shop: Shop, orders: Orders, ref: str, week: str) -> Story:
    """A week's CALL, from the application to the verified funds."""
    number = orders.number(week)
    orders.calls[week] = ref
    clerk = shop.acting
    yield shop.at(shop.working_day(shop.day), "09:02", "09:20")
    if _over(shop, week) or _misses(shop, orders, week, number):
        shop.do(ref, "miss", clerk(SALES_CLERK), reason="节假日资源已过期, 车辆顺延下周")
        return
    if orders.once(NOT_CALLED, number):
        shop.do(ref, "cancel", "han", reason="库存偏高, 本周不CALL车")
        return
    yield shop.at(shop.day, "09:30", "10:20")
    if shop.case(ref).data.fields.get("lines") is None:
        shop.do(ref, "gather", clerk(SALES_CLERK))
        yield shop.later(0.1, 0.2)
    yield from _signed(shop, orders, ref, number)
    yield shop.later(0.2, 0.8)
    _called(shop, orders, ref)
    yield shop.at(shop.working_day(monday(week), 4), "14:00", "17:30")
    shop.do(ref, "verify", "qian", {"reserve_after": orders.reserve, "bonus_after": orders.bonus})


def _misses(shop: Shop, orders: Orders, week: str, number: int) -> bool:
    """Whether it is missed: once, on the first Monday that is off, at last in the twelfth week."""
    monday_off = not shop.works(monday(week)) and number > 1
    return orders.once(MISSED, MISSED if monday_off else number)


def _signed(shop: Shop, orders: Orders, ref: str, number: int) -> Story:
    """Submitted, signed by three in any order; sent back or edited once."""
    bonus = shop.between(2, 6) * WAN
    _submit(shop, orders, ref, bonus)
    if orders.once(SENT_BACK, number):
        yield shop.later(0.5, 1)
        shop.do(ref, "sign", "han")
        yield shop.later(0.2, 0.6)
        shop.do(ref, "send_back", "feng", reason="奖金用得太多, 减半再报")
        yield shop.later(0.2, 0.5)
        _submit(shop, orders, ref, bonus // 2)
    elif orders.once(EDITED, number):
        yield shop.later(0.5, 1)
        shop.do(ref, "sign", "ma")
        yield shop.later(0.2, 0.5)
        shop.do(ref, "edit", shop.acting(SALES_CLERK), {"bonus_use": bonus + WAN}, note="销售经理要求多用奖金")
    first = shop.between(0, 2)
    for turn in range(3):
        yield shop.later(0.2, 1.1)
        shop.do(ref, "sign", SIGNERS[(first + turn) % 3])


def _submit(shop: Shop, orders: Orders, ref: str, bonus: int) -> None:
    given: dict[str, Any] = {"reserve_fund": orders.reserve, "bonus": orders.bonus, "bonus_use": bonus}
    if shop.case(ref).data.fields.get("lines") is None:
        given |= {"lines": _lines(shop), "other_cars": "上周没有颜色单"}
    shop.do(ref, "submit", shop.acting(SALES_CLERK), given)


def _called(shop: Shop, orders: Orders, ref: str) -> None:
    """The CALL itself: most of the cars come online; each is on the way from now on."""
    fields = shop.case(ref).data.fields
    cars = [
        {"model": line["model"], "configuration": line["configuration"], "colour": line["colour"],
         "order_number": f"DD{shop.serial('order', 640_071)}"}
        for line in fields["lines"] for _ in range(line["count"])
    ]  # fmt: skip
    if len(cars) > 4 and shop.chance(0.4):
        cars.pop()
    done = shop.do(ref, "call", shop.acting(SALES_CLERK), {"called": cars})
    orders.reserve += shop.between(-12, 12) * WAN
    orders.bonus = max(20 * WAN, orders.bonus - fields["bonus_use"] + shop.between(2, 7) * WAN)
    for opened, car in zip(done.opened, cars, strict=True):
        shop.tell(called_car(shop, orders.stock, opened, car))

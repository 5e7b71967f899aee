"""What stands open as the history ends: the clerk's morning, and a case in every state.

On whatever day the demo is made, 王芳 finds something overdue, something due today, something to come, and something to chase.
Holds: what happened on the last days, planned backward from today. Never: what happened before.
"""

from collections.abc import Iterator
from datetime import timedelta

from cuiban.demo.callbacks import Repair, answers, problem, repair
from cuiban.demo.complaints import QUICK_FORM, Grievance, fields_of, refused, resolved
from cuiban.demo.customers import Customer, customer
from cuiban.demo.deliveries import delivery, sale
from cuiban.demo.incidents import FAULTS, incident
from cuiban.demo.shop import DAY, Shop, Story
from cuiban.demo.staff import CLERK
from cuiban.demo.stock import Stock, to_network

NOISE = Grievance("空调异响", "workshop", "修过两次, 开空调仍有异响", "li", "更换压缩机皮带轮", "上次只调整未换件")
PAINT = Grievance("漆面有颗粒", "paint", "补漆处有颗粒", "lu", "免费重喷, 抛光", "喷房滤棉到期")
LEAK = Grievance("保养后漏油", "workshop", "两次返修仍有油渍", "li", "更换油底壳垫", "垫片老化")
BILL = Grievance("结账价与报价不符", "reception", "只退了一半差价", "zhang", "退还差价", "追加项目未电话确认")
WAIT = Grievance("等配件太久", "parts", "等了两周配件未到", "lu", "邻店调货", "型号录错")
STATES = {"submitted": 1, "returned": 2, "reviewed": 2, "allocated": 3, "invoiced": 3, "out": 4, "reported": 5}  # working days
FAULT_STATES = {"registered": "at_once", "classified": "taken", "in_progress": "taken", "waiting": "waited",
                "at_vendor": "vendor", "scheduled": "visit", "resolved": "taken"}  # fmt: skip


def mornings(shop: Shop, stock: Stock) -> Iterator[Story]:
    """Everything that is to stand open as today begins."""
    today = shop.today
    sun, he, zhao = customer(shop, "孙丽", "皖H3D905"), customer(shop, "何军"), customer(shop, "赵敏")
    yield _not_reached(shop, sun)
    yield _waits(shop, customer(shop), today - 3 * DAY)
    if today - shop.working_day(today, -1) > 2 * DAY:  # a second callback would be due already
        yield _waits(shop, customer(shop), today - DAY)
    yield _second_callback(shop, he)
    yield _broken_promise(shop, zhao)
    yield _third_time(shop, customer(shop))
    yield _just_reported(shop, customer(shop))
    yield _second_time(shop, customer(shop))
    yield _has_problem(shop, customer(shop), upward=False)
    yield _has_problem(shop, customer(shop), upward=True)
    yield from _sales(shop, stock)
    for number, (state, way) in enumerate(FAULT_STATES.items()):
        day = shop.working_day(today, -1 if state == "registered" else -2)
        at = shop.at(day, "15:30", "17:30") if state == "registered" else shop.at(day, "09:00", "11:00")
        yield incident(shop, at, way, state, FAULTS[number])


# callbacks -------------------------------------------------------------------------------------------------------


def _repair(shop: Shop, one: Customer, ago: int, item: str, work: str) -> Repair:
    made = repair(shop, one, shop.at(shop.today - ago * DAY, "15:00", "16:25"), "answered", CLERK)
    made.item, made.work = item, work
    one.use, one.member = "private", False
    made.fields |= {"item": item, "work": work, "car_use": one.use, "member": one.member}
    return made


def _not_reached(shop: Shop, one: Customer) -> Story:
    """Called twice without an answer; since the day before yesterday it is too late."""
    made = _repair(shop, one, 5, "保养", "upkeep")
    yield made.settled
    ref = shop.open("callback", "chen", made.fields).ref
    yield shop.now + timedelta(minutes=shop.between(10, 50))
    shop.office.claim(ref, actor=CLERK, via=shop.via, now=shop.now)
    for ago in (4, 3):
        yield shop.at(shop.today - ago * DAY, "10:00", "16:30")
        shop.do(ref, "no_answer", CLERK)


def _waits(shop: Shop, one: Customer, day: object) -> Story:
    """A callback of the clerk's that nobody has begun."""
    made = _repair(shop, one, (shop.today - day).days, "更换刹车片", "repair")  # type: ignore[operator]
    yield made.settled
    shop.open("callback", CLERK, made.fields, assignee=CLERK)


def _has_problem(shop: Shop, one: Customer, *, upward: bool) -> Story:
    """A colleague's callback that found a problem, not solved yet; or reported upward."""
    made = _repair(shop, one, 2, "左前门钣喷" if upward else "空调检修", "paint" if upward else "repair")
    made.fields["advisor"] = "zhang"
    yield made.settled
    ref = shop.open("callback", "yang", made.fields, assignee="yang").ref
    yield shop.at(shop.today - DAY, "15:30", "16:20")
    found, _ = problem(shop)
    shop.do(ref, "note_problem", "yang", {**answers(shop, made, low=True), **found})
    if upward:
        yield shop.now + timedelta(minutes=shop.between(5, 20))
        shop.do(ref, "report_up", "yang", papers=[QUICK_FORM])


# complaints ------------------------------------------------------------------------------------------------------


def _opened(shop: Shop, one: Customer, what: Grievance, by: str = CLERK) -> str:
    return shop.open("complaint", by, fields_of(one, what)).ref


def _second_callback(shop: Shop, one: Customer) -> Story:
    """Resolved on the last working day: the second callback is to come."""
    last = shop.working_day(shop.today, -1)
    yield shop.at(shop.working_day(last, -2), "09:00", "11:00")
    ref = _opened(shop, one, PAINT)
    yield shop.later(0.5, 2)
    shop.do(ref, "accept", PAINT.responsible, {"promised_at": shop.clock(last, "17:00")})
    yield shop.at(last, "10:00", "11:30")
    shop.do(ref, "attach", CLERK, papers=[QUICK_FORM])
    yield shop.at(last, "14:00", "16:30")
    shop.do(ref, "resolve", PAINT.responsible, {"remedy": PAINT.remedy, "cause": PAINT.cause})


def _broken_promise(shop: Shop, one: Customer) -> Story:
    """Promised for ten o'clock on the last working day, not kept, and chased."""
    last = shop.working_day(shop.today, -1)
    yield shop.at(shop.working_day(last, -2), "15:00", "15:30")
    ref = _opened(shop, one, NOISE)
    yield shop.later(0.3, 1.5)
    shop.do(ref, "accept", NOISE.responsible, {"promised_at": shop.clock(last, "10:00")})
    yield shop.at(last, "14:20", "15:40")
    shop.chase(ref, CLERK, "客户来电催了")


def _third_time(shop: Shop, one: Customer) -> Story:
    """Twice refused: the service director sees it at once."""
    yield shop.at(shop.working_day(shop.today, -14), "09:00", "11:00")
    ref = _opened(shop, one, LEAK, "chen")
    for _ in range(2):
        yield from resolved(shop, LEAK, ref)
        yield from refused(shop, ref, "chen")
    yield shop.later(0.5, 3)
    shop.do(ref, "accept", LEAK.responsible, {"promised_at": shop.clock(shop.working_day(shop.today, 2), "16:00")})


def _second_time(shop: Shop, one: Customer) -> Story:
    """Refused on the last working day; not signed for anew yet."""
    yield shop.at(shop.working_day(shop.today, -5), "14:00", "15:00")
    ref = _opened(shop, one, BILL, "yang")
    yield from resolved(shop, BILL, ref)
    yield shop.at(shop.working_day(shop.today, -1), "16:40", "17:40")
    shop.do(ref, "refuse", "yang", {"why": "只退了一半差价"})


def _just_reported(shop: Shop, one: Customer) -> Story:
    """Reported at the end of the last working day."""
    yield shop.at(shop.working_day(shop.today, -1), "16:30", "17:40")
    _opened(shop, one, WAIT, "chen")


# cars ------------------------------------------------------------------------------------------------------------


def _sales(shop: Shop, stock: Stock) -> Iterator[Story]:
    """A delivery in each state; one car on its way to the network, one there that is spoken for."""
    for state in STATES:
        yield _sold(shop, stock, state)
    yield _sold(shop, stock, "allocated", network=True)
    yield to_network(shop, stock, shop.at(shop.working_day(shop.today, -1), "15:00", "17:00"), stop="dispatched")


def _sold(shop: Shop, stock: Stock, state: str, *, network: bool = False) -> Story:
    """A sale of the last days that stands in `state` this morning."""
    yield shop.at(shop.working_day(shop.today, -STATES[state]), "09:00", "11:00")
    if network and not stock.away:
        return
    car = stock.away.pop(0) if network else stock.take(shop)
    if car is None:
        return
    shop.tell(delivery(shop, sale(shop, stock, car, "straight", state), shop.at(shop.day, "13:40", "17:30")))

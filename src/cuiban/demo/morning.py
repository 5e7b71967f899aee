"""What stands open as the history ends: the clerk's morning, and a case in every state.

On whatever day the demo is made, 王芳 finds something overdue, something due today, something to come, and something to chase.
Holds: what happened on the last days, planned backward from today. Never: what happened before.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from cuiban.demo.callbacks import answers, problem
from cuiban.demo.complaints import QUICK_FORM, Grievance, fields_of, refused, resolved
from cuiban.demo.customers import Customer
from cuiban.demo.deliveries import delivery, sale
from cuiban.demo.incidents import FAULTS, incident
from cuiban.demo.shop import DAY, Shop, Story
from cuiban.demo.staff import CLERK
from cuiban.demo.stock import Stock, to_network
from cuiban.demo.workshop import Job, Repair, Tale, Workshop

NOISE = Grievance("空调异响", "workshop", "修过两次, 开空调仍有异响", "li", "更换压缩机皮带轮", "上次只调整未换件")
PAINT = Grievance("漆面有颗粒", "paint", "补漆处有颗粒", "lu", "免费重喷, 抛光", "喷房滤棉到期")
LEAK = Grievance("保养后漏油", "workshop", "两次返修仍有油渍", "li", "更换油底壳垫", "垫片老化")
BILL = Grievance("结账价与报价不符", "reception", "只退了一半差价", "zhang", "退还差价", "追加项目未电话确认")
WAIT = Grievance("等配件太久", "parts", "等了两周配件未到", "lu", "邻店调货", "型号录错")
BRAKES = ("更换刹车片", "repair", 460, 1_150)
STATES = {"submitted": 1, "returned": 2, "reviewed": 2, "allocated": 3, "invoiced": 3, "out": 4, "reported": 5}  # working days
FAULT_STATES = {"registered": "at_once", "classified": "taken", "in_progress": "taken", "waiting": "waited",
                "at_vendor": "vendor", "scheduled": "visit", "resolved": "taken"}  # fmt: skip


def mornings(shop: Shop, stock: Stock, workshop: Workshop) -> Iterator[Story]:
    """Everything that is to stand open as today begins; who will come has a card from the beginning."""
    today, guest = shop.today, workshop.guest
    sun, he, zhao = guest("孙丽", "皖H3D905"), guest("何军"), guest("赵敏")
    _repair(workshop, sun, 5, ("保养", "upkeep", 320, 560), partial(_not_reached, shop))
    _repair(workshop, guest(), 3, BRAKES, None)
    if today - shop.working_day(today, -1) > 2 * DAY:  # a second callback would be due already
        _repair(workshop, guest(), 1, BRAKES, None)
    yield _second_callback(shop, he)
    yield _broken_promise(shop, zhao)
    yield _third_time(shop, guest())
    yield _just_reported(shop, guest())
    yield _second_time(shop, guest())
    _repair(workshop, guest(), 2, ("空调检修", "repair", 260, 900), partial(_has_problem, shop, False))
    _repair(workshop, guest(), 2, ("左前门钣喷", "paint", 700, 1_600), partial(_has_problem, shop, True))
    yield from _sales(shop, stock)
    for number, (state, way) in enumerate(FAULT_STATES.items()):
        day = shop.working_day(today, -1 if state == "registered" else -2)
        at = shop.at(day, "15:30", "17:30") if state == "registered" else shop.at(day, "09:00", "11:00")
        yield incident(shop, at, way, state, FAULTS[number])


# callbacks -------------------------------------------------------------------------------------------------------


def _repair(workshop: Workshop, one: Customer, ago: int, job: Job, tale: Tale | None) -> None:
    """A repair of some days ago; without a tale its callback waits, and nobody has begun it."""
    shop = workshop.shop
    workshop.repair(one, shop.at(shop.today - ago * DAY, "15:00", "16:25"), tale, job)


def _not_reached(shop: Shop, one: Repair, ref: str) -> Story:
    """Called twice without an answer; since the day before yesterday it is too late."""
    yield shop.at(shop.day, "08:45", "09:40")
    shop.office.claim(ref, actor=CLERK, via=shop.via, now=shop.now)
    for ago in (4, 3):
        yield shop.at(shop.today - ago * DAY, "10:00", "16:30")
        shop.do(ref, "no_answer", CLERK)


def _has_problem(shop: Shop, upward: bool, one: Repair, ref: str) -> Story:
    """A colleague's callback that found a problem, not solved yet; or reported upward."""
    yield shop.at(shop.day, "14:40", "15:20")
    shop.office.claim(ref, actor="yang", via=shop.via, now=shop.now)
    yield shop.at(shop.day, "15:30", "16:20")
    found, _ = problem(shop)
    shop.do(ref, "note_problem", "yang", {**answers(shop, one, low=True), **found})
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

"""What becomes of a repair: called back, tried again, not reached, a problem solved or reported upward, a complaint. [A4-A8]

Holds: stories of callbacks. Never: the repairs themselves (workshop.py), what the clerk finds today (morning.py).
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from cuiban.demo.complaints import QUICK_FORM, complaint, grievance
from cuiban.demo.shop import DAY, Shop, Story
from cuiban.demo.staff import CALLERS
from cuiban.demo.workshop import Repair, Workshop

# fmt: off
NEXT = ("小保养", "大保养", "更换刹车油", "更换火花塞", "更换空调滤芯", "四轮定位")
VISITS = ("接待热情, 等了一会儿", "约好的时间, 没等", "休息区很好", "一切顺利", "取车时讲解清楚", "上午来, 中午取车")
OPINIONS = ("无", "希望周末多开工位", "休息区加些茶水", "价格再优惠些", "很满意, 继续保持")
ADVICE = ("短途多, 建议半年一换机油", "市区车多, 注意刹车片", "长期停放要断电瓶", "冬季注意玻璃水", "胎压每月一查")
OUTCOMES = {  # of a hundred callbacks
    "answered": 70, "second": 13, "problem": 3, "upward": 2, "complaint": 4, "unreached": 2, "declined": 2, "superseded": 2,
    "cancelled": 1, "withdrawn": 1,
}
PROBLEMS = (  # topic, department, remedy
    ("洗车不干净", "cleaning", "请客户回店重洗, 赠洗车券"),
    ("等待时间太长", "reception", "说明当天工位已满, 下次提前预约"),
    ("结账时没讲清项目", "reception", "电话逐项讲解并致歉"),
    ("配件价格偏高", "parts", "发厂家指导价对照, 客户认可"),
    ("刹车有轻微异响", "workshop", "免费复查, 打磨刹车片"),
    ("补漆有色差", "paint", "约周末抛光处理"),
)
# fmt: on


def callback(shop: Shop, workshop: Workshop, outcome: str, caller: str | None, one: Repair, ref: str) -> Story:
    """The callback of a repair, from the midnight on which it stands on the lists; `caller` None: whoever claims it does it."""
    by = caller or shop.pick(CALLERS[:2])
    if caller is None:
        yield shop.at(shop.day, "08:50", "10:40")
        shop.office.claim(ref, actor=by, via=shop.via, now=shop.now)
    yield call_time(shop, one.settled)
    if outcome == "superseded":
        yield from _superseded(shop, workshop, one, ref, by)
    else:
        yield from ENDINGS[outcome](shop, one, ref, by)


def soon(shop: Shop, by: str, one: Repair, ref: str) -> Story:
    """The same in the last days: claimed in the morning, and answered at the first call."""
    yield shop.at(shop.day, "08:50", "10:00")
    shop.office.claim(ref, actor=by, via=shop.via, now=shop.now)
    yield call_time(shop, one.settled, late=0)
    shop.do(ref, "record", by, answers(shop, one))


def call_time(shop: Shop, settled: datetime, late: float = 0.1) -> datetime:
    """When the customer is called: within three days; over days off by whoever is on duty; now and then (`late`) after that."""
    last = shop.day_of(settled) + timedelta(days=3)
    at = shop.later(2.5, 12)
    if shop.day_of(at) > last and not shop.chance(late):
        at = shop.at(max(last, shop.day), "10:00", "16:30")
    return at


def again(shop: Shop) -> datetime:
    """When it is tried again: on the next day, at another time."""
    return shop.at(shop.day + DAY, "10:30", "17:30")


def answers(shop: Shop, one: Repair, *, low: bool = False) -> dict[str, Any]:
    """What the customer says to the six questions, and to what A5, A7, A8 and A16 add."""

    def rated() -> int:
        return shop.between(1, 3) if low and shop.chance(0.4) else shop.pick((3, 4, 4, 5, 5, 5))

    names = ["speed_reception", "speed_completion", "speed_settlement", "price_parts", "price_labour", "staff",
             "quality_repair", "quality_cleaning", "item_rating"]  # fmt: skip
    given: dict[str, Any] = {name: rated() for name in names}
    if one.work == "paint":
        given["quality_paint"] = rated()
    given |= {
        "overall": shop.between(1, 3) if low else shop.pick((4, 4, 5, 5, 5, 3)),
        "quoted_first": shop.chance(0.95), "explained_items": shop.chance(0.93), "visit": shop.pick(VISITS),
        "booking_reminded": True, "next_item": shop.pick(NEXT), "next_mileage": one.mileage + 7500,
        "card_matches": shop.chance(0.96),
    }  # fmt: skip
    if not given["card_matches"]:
        given["card_difference"] = "电话已换, 已更新信息卡"
    if one.member:
        given |= {"weaknesses": "周末等待较久", "other_shops": "有的店有代步车", "proposals": shop.pick(OPINIONS[1:])}
    else:
        given["club_answer"] = shop.pick(("joins", "thinks", "thinks", "declines", "declines"))
        one.customer.member |= given["club_answer"] == "joins"
    if shop.chance(0.3):
        given["opinion"] = shop.pick(OPINIONS)
    if shop.chance(0.2):
        given["advice"] = shop.pick(ADVICE)
    if shop.chance(0.05):
        given["further_items"] = [{"item": "更换雨刮", "rating": shop.between(3, 5)}]
    return given


def problem(shop: Shop) -> tuple[dict[str, Any], str]:
    """A problem, and how it is solved."""
    topic, department, remedy = shop.pick(PROBLEMS)
    return {"topic": topic, "department": department, "description": f"客户反映{topic}, 语气平和"}, remedy


# how a callback ends: each goes on from the first call -----------------------------------------------------------


def _answered(shop: Shop, one: Repair, ref: str, by: str) -> Iterable[datetime]:
    shop.do(ref, "record", by, answers(shop, one))
    return ()


def _second(shop: Shop, one: Repair, ref: str, by: str) -> Story:
    shop.do(ref, "no_answer", by)
    yield again(shop) if shop.chance(0.6) else shop.later(1, 3)
    shop.do(ref, "record", by, answers(shop, one))


def _problem(shop: Shop, one: Repair, ref: str, by: str) -> Story:
    found, remedy = problem(shop)
    shop.do(ref, "note_problem", by, {**answers(shop, one, low=True), **found})
    yield shop.later(0.2, 1)
    shop.scan(ref, "quick_form", by, f"快速处理表-{one.number}.txt", f"快速处理表\n{one.number}\n{found['topic']}\n")
    yield shop.later(0.5, 2.5)
    shop.do(ref, "solve", by, {"remedy": remedy}, note="已电话告知客户")


def _upward(shop: Shop, one: Repair, ref: str, by: str) -> Story:
    found, remedy = problem(shop)
    shop.do(ref, "note_problem", by, {**answers(shop, one, low=True), **found})
    yield shop.later(0.3, 1.5)
    upward = shop.do(ref, "report_up", by, papers=[QUICK_FORM]).opened[0]
    yield shop.later(0.5, 3.5)
    if shop.chance(0.6):
        shop.do(upward, "instruct", "zhou", {"result": "先上门道歉, 费用从优"})
        yield shop.later(1, 3.5)
        shop.do(ref, "solve", by, {"remedy": remedy})
    else:
        shop.do(ref, "solve", "zhou", {"remedy": remedy})


def _complaint(shop: Shop, one: Repair, ref: str, by: str) -> Iterable[datetime]:
    what = grievance(shop)
    given = {"overall": shop.between(1, 2), "topic": what.topic, "department": what.department,
             "description": what.description, "responsible": what.responsible}  # fmt: skip
    done = shop.do(ref, "complain", by, given, papers=[QUICK_FORM])
    shop.tell(complaint(shop, one.customer, what, done.opened[0]))
    return ()


def _unreached(shop: Shop, one: Repair, ref: str, by: str) -> Story:
    for _ in range(3):
        shop.do(ref, "no_answer", by)
        yield again(shop)
    shop.do(ref, "give_up", by)


def _declined(shop: Shop, one: Repair, ref: str, by: str) -> Iterable[datetime]:
    shop.do(ref, "decline", by, reason="客户表示不接受电话回访")
    return ()


def _superseded(shop: Shop, workshop: Workshop, one: Repair, ref: str, by: str) -> Story:
    """The customer came again before he could be reached: the newer repair's row ends this callback."""
    shop.do(ref, "no_answer", by)
    one.customer.seen = shop.day
    workshop.repair(one.customer, shop.later(2, 5), partial(callback, shop, workshop, "answered", by))
    yield from ()


def _cancelled(shop: Shop, one: Repair, ref: str, by: str) -> Iterable[datetime]:
    shop.do(ref, "cancel", by, reason="维修单开重了")
    shop.office.register_end("repair", one.number, actor=by, reason="开重了", via=shop.via, now=shop.now)
    return ()


def _withdrawn(shop: Shop, one: Repair, ref: str, by: str) -> Story:
    """The attempt was noted with the wrong customer, and is taken back."""
    shop.do(ref, "no_answer", by)
    yield shop.now + timedelta(minutes=shop.between(2, 9))
    shop.do(ref, "withdraw", by, note="点错了客户")
    yield shop.later(0.5, 2)
    shop.do(ref, "record", by, answers(shop, one))


ENDINGS: dict[str, Callable[[Shop, Repair, str, str], Iterable[datetime]]] = {
    "answered": _answered, "second": _second, "problem": _problem, "upward": _upward, "complaint": _complaint,
    "unreached": _unreached, "declined": _declined, "cancelled": _cancelled, "withdrawn": _withdrawn,
}  # fmt: skip


def entered_on(shop: Shop, day: date) -> date:
    """When the repairs of a day come into the register: now and then one of a weekend only on Monday."""
    later = shop.working_day(day)
    return later if (later - day).days <= 2 and not shop.works(day) and shop.chance(0.25) else day

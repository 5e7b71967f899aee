"""What becomes of a complaint: signed for with a date, resolved, called back; refused and begun anew; dropped, not reached. [A6]

Holds: stories of complaints. Never: how often customers complain (months.py), what the clerk finds today (morning.py).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cuiban.demo.customers import Customer, phone
from cuiban.demo.shop import DAY, Shop, Story
from cuiban.demo.staff import CALLERS, CLERK

QUICK_FORM = "quick_form"
# fmt: off
TOPICS = (  # topic, department, description, remedy, cause
    ("空调异响",       "workshop",  "修过两次, 开空调仍有异响", "更换压缩机皮带轮, 试车正常", "上次只调整未换件"),
    ("漆面有颗粒",     "paint",     "前门补漆有颗粒, 阳光下明显", "免费重喷, 抛光", "喷房滤棉到期"),
    ("等配件太久",     "parts",     "等了两周配件未到", "协调邻店调货, 当日装车", "订货型号录错"),
    ("保养后漏油",     "workshop",  "地库停车发现机油渍", "更换放油螺塞垫片, 清洗底壳", "垫片未更换"),
    ("结账价与报价不符", "reception", "比接待时报价多收", "退还差价, 当面致歉", "追加项目未电话确认"),
    ("方向盘跑偏",     "workshop",  "四轮定位后仍跑偏", "重做四轮定位, 路试", "轮胎偏磨未告知"),
    ("车内有异味",     "cleaning",  "取车后车内烟味", "全车除味, 赠内饰清洗", "技师在车内吸烟"),
    ("交车时间拖延",   "workshop",  "约定当天取车, 拖到第二天", "赠送一次小保养", "工位安排冲突"),
    ("发动机故障灯亮", "workshop",  "修后第二天故障灯又亮", "更换氧传感器, 清除故障码", "只清码未查根因"),
    ("接待态度冷淡",   "reception", "前台让客户自己填单", "当面道歉, 部门晨会通报", "高峰期人手不足"),
)
ENDINGS = {  # of forty complaints
    "confirmed": 17, "slow": 5, "promise_moved": 3, "refused": 4, "refused_twice": 2, "unreached": 2, "dropped": 2,
    "cancelled": 1, "handed_over": 2, "corrected": 2,
}
WHY_NOT = ("声音小了但还有", "只退了一半差价", "第二天又出现", "处理人没有说明原因")
REACTIONS = ("满意, 表示感谢", "基本满意", "认可处理结果", "满意, 愿意继续来店")
# fmt: on


@dataclass(slots=True)
class Grievance:
    """What somebody complains of, who is to resolve it, and how that will be done."""

    topic: str
    department: str
    description: str
    responsible: str
    remedy: str
    cause: str


def grievance(shop: Shop) -> Grievance:
    """One of what happens."""
    topic, department, description, remedy, cause = shop.pick(TOPICS)
    responsible = shop.pick(("li", "li", "li", "li", "zhang", "lu", "liu"))
    return Grievance(topic, department, description, responsible, remedy, cause)


def by_phone(shop: Shop, customer: Customer, what: Grievance, at: datetime, ending: str | None = None) -> Story:
    """A customer complains by himself."""
    yield at
    done = shop.open("complaint", shop.pick((*CALLERS, "zhang")), fields_of(customer, what))
    if shop.chance(0.3):
        yield shop.later(0.1, 0.3)
        shop.scan(done.ref, "repair_order", "zhang", "维修单.txt", f"维修单复印件\n{customer.plate}\n")
    shop.tell(complaint(shop, customer, what, done.ref, ending))


def fields_of(customer: Customer, what: Grievance) -> dict[str, Any]:
    """With what a complaint is opened."""
    return {
        "customer": customer.name, "phone": customer.phone, "plate": customer.plate, "vin": customer.vin,
        "topic": what.topic, "department": what.department, "description": what.description,
        "responsible": what.responsible,
    }  # fmt: skip


def complaint(shop: Shop, customer: Customer, what: Grievance, ref: str, ending: str | None = None) -> Story:
    """A complaint that was opened, to its end."""
    ending = ending or shop.dealt("complaints", ENDINGS)
    caller = shop.pick(CALLERS)
    yield shop.later(0.2, 0.6)
    if ending == "cancelled":
        shop.do(ref, "cancel", caller, reason="与另一条重复")
        return
    if ending == "corrected":
        _phone_corrected(shop, customer, ref, caller)
        shop.do(ref, "cc", caller, {"to": ["zhou"]})
    if ending == "handed_over":
        to = "zhang" if what.responsible != "zhang" else "li"
        shop.office.assign(ref, to, actor="zhou", note="他熟悉这台车", via=shop.via, now=shop.now)
        what.responsible = to
    if ending == "dropped":
        yield shop.later(1, 3)
        shop.do(ref, "drop", caller, reason="客户来电撤回投诉")
        return
    yield from resolved(shop, what, ref, slow=ending == "slow", moved=ending == "promise_moved")
    for _ in range({"refused": 1, "refused_twice": 2}.get(ending, 0)):
        yield from refused(shop, ref, caller)
        yield from resolved(shop, what, ref)
    yield shop.later(4, 14)
    if ending == "unreached":
        for _ in range(3):
            shop.do(ref, "no_answer", caller)
            yield shop.at(shop.day + DAY, "10:30", "17:30")
        shop.do(ref, "give_up", caller)
        return
    shop.do(ref, "confirm", caller, {"reaction": shop.pick(REACTIONS)})


def _phone_corrected(shop: Shop, customer: Customer, ref: str, caller: str) -> None:
    """The customer has another number now: so says the card first, then the complaint, which finds it by the number."""
    (card,) = shop.office.register_list("customer", where={"phone": customer.phone})
    customer.phone = phone(shop)
    shop.office.register_set("customer", card.id, {"phone": customer.phone}, actor=caller, reason="客户来电更正",
                             via=shop.via, now=shop.now)  # fmt: skip
    shop.do(ref, "correct", caller, {"phone": customer.phone}, reason="客户来电更正电话")


def refused(shop: Shop, ref: str, caller: str) -> Story:
    """The second callback finds the customer still unhappy."""
    yield shop.later(4, 12)
    shop.do(ref, "refuse", caller, {"why": shop.pick(WHY_NOT)})


def promise(shop: Shop, days: int) -> datetime:
    """A promised time: a full hour some working days ahead."""
    return shop.clock(shop.working_day(shop.day, days), shop.pick(("10:00", "11:00", "16:00", "17:00")))


def resolved(shop: Shop, what: Grievance, ref: str, *, slow: bool = False, moved: bool = False) -> Story:
    """From the form to a remedy: signed, promised, done; late and chased if `slow`."""
    yield shop.later(4.5, 6) if slow else shop.later(0.3, 3.2)
    promised = promise(shop, shop.between(1, 3))
    shop.do(ref, "accept", shop.acting(what.responsible), {"promised_at": promised})
    if moved:
        yield shop.before(promised, 0.6, 0.9)
        promised = promise(shop, shop.between(2, 3))
        shop.do(ref, "change_promise", shop.acting(what.responsible), {"promised_at": promised}, reason="配件明天才到")
    if slow:
        yield shop.later(1, 3, promised)
        shop.chase(ref, CLERK, "客户又来电问了")
        yield shop.later(2, 9)
    else:
        yield shop.before(promised, 0.3, 0.95)
    if "quick_form" not in shop.case(ref).data.documents:
        if shop.chance(0.1):
            shop.do(ref, "waive", "zhou", papers=[QUICK_FORM], reason="客户不愿填表")
        else:
            shop.do(ref, "attach", CLERK, papers=[QUICK_FORM])
        yield shop.later(0.1, 0.4)
    shop.do(ref, "resolve", shop.acting(what.responsible), {"remedy": what.remedy, "cause": what.cause})

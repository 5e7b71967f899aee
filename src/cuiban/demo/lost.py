"""What becomes of who stays away for a year, and of a neighbour for whom a car was too dear: called, won or not. [A2, A9, A14, A16]

Holds: stories of cases that rows opened. Never: the rows (workshop.py, books.py).
"""

from functools import partial
from typing import Any

from cuiban.demo import customers
from cuiban.demo.callbacks import again, soon
from cuiban.demo.customers import Customer
from cuiban.demo.shop import Shop, Story
from cuiban.demo.staff import CALLERS, CLERK
from cuiban.demo.workshop import Tale, Workshop

# fmt: off
CHURN_WAYS = {"back": 2, "lost": 1, "not_lost": 1, "unreached": 1}
PROSPECT_WAYS = {"won": 1, "declined": 2, "unreached": 1}
CAUSES = (  # cause, analysis, one sentence, what to do
    ("price",      "保养价格比路边店高, 过了保修期不愿来", "过保客户嫌保养贵", "寄保养优惠券, 说明配件质保"),
    ("distance",   "搬到县里, 来一趟要两个小时", "搬家路远", "介绍上门取送车"),
    ("waiting",    "去年保养等了三个小时, 没有事先预约", "等候太久", "请预约, 留固定工位"),
    ("other_shop", "小区门口新开快修店, 办了会员卡", "被快修店拉走", "介绍俱乐部积分和救援"),
)
WHY_LOST = ("车已卖到外地", "已在快修店办卡, 不再来")
WHY_DECLINED = ("已在别店买车, 保养也在那边", "暂时不买车")
# fmt: on


def churn(shop: Shop, workshop: Workshop, one: Customer, ref: str) -> Story:
    """Somebody who has not been here for a year: found by the row of the last repair."""
    way = shop.dealt("churn", CHURN_WAYS)
    yield shop.later(0.3, 1.5)
    if way == "not_lost":
        shop.do(ref, "keep_on", CLERK, reason="车借给外地的家人, 下月开回来")
        return
    if way == "unreached":
        yield from _unreached(shop, ref)
        return
    cause, analysis, summary, instruction = shop.pick(CAUSES)
    shop.do(ref, "analyse", CLERK, {"cause": cause, "analysis": analysis, "summary": summary})
    yield shop.later(0.2, 1)
    upward = shop.do(ref, "report_up", CLERK).opened[0]
    yield shop.later(0.5, 2.5)
    shop.do(upward, "instruct", "zhou", {"result": instruction})
    yield shop.later(8, 30)
    shop.do(ref, "contact", CLERK, {"remark": instruction})
    yield shop.later(8, 60)
    if way == "lost":
        shop.do(ref, "lose", CLERK, reason=shop.pick(WHY_LOST))
        return
    if not one.here_lately(shop.day):
        one.seen = shop.day
        back = workshop.repair(one, shop.later(1, 4), _called(shop))
        yield shop.later(1, 3, back.settled)
    shop.do(ref, "win_back", CLERK, {"repair": one.repair})


def prospect(shop: Shop, workshop: Workshop, visit: dict[str, Any], ref: str) -> Story:
    """A neighbour who did not buy here: found by the row of the showroom."""
    way = shop.dealt("prospects", PROSPECT_WAYS)
    yield shop.later(2, 20)
    if way == "unreached":
        yield from _unreached(shop, ref)
        return
    following = shop.working_day(shop.day, shop.between(4, 8))
    shop.do(ref, "contact", CLERK, {"remark": "介绍首次保养优惠, 愿意来看看", "next_contact": following.isoformat()})
    yield shop.on(following)
    if way == "declined":
        shop.do(ref, "decline", CLERK, reason=shop.pick(WHY_DECLINED))
        return
    one = customers.customer(shop, visit["name"])
    one.phone = visit["phone"]
    came = workshop.repair(one, shop.later(1, 4), _called(shop))
    yield shop.later(1, 3, came.settled)
    shop.do(ref, "win", CLERK, {"repair": came.number, "plate": one.plate})


def _unreached(shop: Shop, ref: str) -> Story:
    for _ in range(3):
        shop.do(ref, "no_answer", CLERK)
        yield again(shop)
    shop.do(ref, "give_up", CLERK)


def _called(shop: Shop) -> Tale:
    return partial(soon, shop, shop.pick(CALLERS[:2]))

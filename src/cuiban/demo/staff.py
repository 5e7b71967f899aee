"""Who works in the demo's dealership, under whom, as what; who comes and goes, who is away when.

Holds: people and dates. Never: what they do.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import NamedTuple

from cuiban.demo.shop import Shop, Story

CLERK = "wang"
ADMINISTRATOR, ADMINISTRATOR_NAME = "xu", "徐亮"
USER = "device_user"


class Person(NamedTuple):
    """Somebody who works here."""

    id: str
    name: str
    department: str
    superior: str | None
    roles: tuple[str, ...]


# fmt: off
PEOPLE = (  # superiors first
    Person("ma",    "马骏", "总经理办", None,    ("general_manager", "department_head", USER)),
    Person("zhou",  "周明", "售后部",   "ma",    ("service_director", "department_head", USER)),
    Person("wang",  "王芳", "售后部",   "zhou",  ("after_sales_clerk", "customer_service")),
    Person("chen",  "陈静", "售后部",   "zhou",  ("customer_service", USER)),
    Person("yang",  "杨帆", "售后部",   "zhou",  ("customer_service", USER)),
    Person("li",    "李强", "售后部",   "zhou",  ("service_advisor", USER)),
    Person("zhang", "张伟", "售后部",   "zhou",  ("service_advisor", USER)),
    Person("lu",    "陆瑶", "售后部",   "zhou",  ("service_advisor", USER)),
    Person("liu",   "刘洋", "车间",     "zhou",  ("workshop_manager", USER)),
    Person("tao",   "周涛", "车间",     "liu",   (USER,)),
    Person("han",   "韩磊", "销售部",   "ma",    ("sales_manager", "department_head", USER)),
    Person("jiang", "蒋丽", "销售部",   "han",   ("showroom_manager", USER)),
    Person("xie",   "谢勇", "销售部",   "han",   ("network_manager", USER)),
    Person("cao",   "曹颖", "销售部",   "han",   ("dcc_team", USER)),
    Person("guo",   "郭婷", "销售部",   "han",   ("sales_clerk", USER)),
    Person("fang",  "方洁", "销售部",   "jiang", ("sales_consultant", USER)),
    Person("hu",    "胡斌", "销售部",   "jiang", ("sales_consultant", USER)),
    Person("deng",  "邓超", "销售部",   "jiang", ("sales_consultant", USER)),
    Person("feng",  "冯敏", "财务部",   "ma",    ("finance_manager", "department_head", USER)),
    Person("qian",  "钱慧", "财务部",   "feng",  ("finance", USER)),
    Person("meng",  "孟洁", "财务部",   "feng",  ("finance", USER)),
    Person("wu",    "吴刚", "信息部",   "xu",    ("it_engineer", USER)),
    Person("pan",   "潘凯", "信息部",   "xu",    ("it_engineer", USER)),
    Person("shen",  "沈岚", "审计",     None,    ("auditor",)),
)
# fmt: on
NEW = Person("luo", "罗敏", "销售部", "jiang", ("sales_consultant", USER))
LEAVES, GONE_BY, COMES = 60, 75, 80  # days from the beginning: the last sale of who leaves, the last day, who follows
AWAY = 40  # when the sales clerk goes on leave

CALLERS = ("chen", "yang", "wang")
ADVISORS = ("li", "zhang", "lu")


def employ(shop: Shop) -> None:
    """Everybody begins to work here; the administrator is there already."""
    admin, now = ADMINISTRATOR, shop.now
    for one in PEOPLE:
        _employ(shop, one)
        if one.id == "ma":
            shop.office.user_set(admin, department="信息部", superior="ma", actor=admin, via=shop.via, now=now)
            for role in ("it_manager", "department_head", USER):
                shop.office.role_grant(admin, role, actor=admin, via=shop.via, now=now)
    shop.office.number_start("outbound_slip", 1201, actor=admin, reason="接着纸质号簿往下编", via=shop.via, now=now)


def _employ(shop: Shop, one: Person) -> None:
    shop.office.user_add(one.id, one.name, department=one.department, superior=one.superior, roles=list(one.roles),
                         actor=ADMINISTRATOR, via=shop.via, now=shop.now)  # fmt: skip


def comings_and_goings(shop: Shop) -> Iterator[Story]:
    """What changes among the people in the course of the months."""
    yield _sales_clerk_on_leave(shop)
    yield _one_leaves(shop)
    yield _another_comes(shop)
    yield _workshop_manager_is_away(shop)


def consultants(shop: Shop) -> list[str]:
    """Who sells at present."""
    if (shop.day - shop.start).days < LEAVES:
        return ["fang", "hu", "deng"]
    comes = shop.working_day(shop.start + timedelta(days=COMES))
    return ["fang", "hu", *(["luo"] if shop.day > comes else [])]


def _sales_clerk_on_leave(shop: Shop) -> Story:
    first = shop.working_day(shop.start + timedelta(days=AWAY))
    yield shop.at(shop.working_day(first, -2), "10:00", "16:00")
    last = shop.working_day(first, 4)
    shop.office.absence_add("guo", shop.midnight(first), shop.midnight(last + timedelta(days=1)), substitute="fang",
                            actor="guo", reason="年休假", via=shop.via, now=shop.now)  # fmt: skip


def _one_leaves(shop: Shop) -> Story:
    yield shop.at(shop.working_day(shop.start + timedelta(days=GONE_BY)), "17:00", "17:50")
    shop.office.user_off("deng", actor=ADMINISTRATOR, reason="离职", via=shop.via, now=shop.now)


def _another_comes(shop: Shop) -> Story:
    yield shop.at(shop.working_day(shop.start + timedelta(days=COMES)), "08:40", "09:30")
    _employ(shop, NEW)


def _workshop_manager_is_away(shop: Shop) -> Story:
    """He is away on the demo's today; a colleague stands in."""
    since, until = shop.today - timedelta(days=2), shop.today + timedelta(days=3)
    yield shop.at(shop.working_day(since, -1), "10:00", "16:00")
    shop.office.absence_add("liu", shop.midnight(since), shop.midnight(until), substitute="tao",
                            actor="liu", reason="厂家培训", via=shop.via, now=shop.now)  # fmt: skip

"""Who works in the dealership of the tests: three departments, their heads, a general manager above."""

from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cuiban import Office

ADMIN, AUDITOR = "admin", "shen"

# fmt: off
PEOPLE: tuple[tuple[str, str, str | None, str | None, list[str]], ...] = (  # superiors first
    ("ma",    "马骏", None,   None,    ["general_manager"]),
    ("zhou",  "周明", "售后", "ma",    ["service_director"]),
    ("wang",  "王芳", "售后", "zhou",  ["customer_service", "after_sales_clerk"]),
    ("chen",  "陈静", "售后", "zhou",  ["customer_service"]),
    ("li",    "李强", "售后", "zhou",  []),
    ("zhao",  "赵磊", "售后", "zhou",  ["service_advisor"]),
    ("liu",   "刘洋", "售后", "zhou",  ["workshop_manager"]),
    ("tao",   "周涛", "售后", "zhou",  []),                    # stands in for others
    ("he",    "何军", "销售", "ma",    ["sales_manager"]),
    ("sun",   "孙丽", "销售", "he",    ["sales_clerk"]),
    ("lin",   "林悦", "销售", "he",    ["sales_clerk"]),
    ("gao",   "高燕", "销售", "he",    ["sales_consultant"]),
    ("feng",  "冯敏", "财务", "ma",    ["finance_manager"]),
    ("qian",  "钱会", "财务", "feng",  ["finance"]),
    ("xu",    "徐亮", "信息", "ma",    ["it_manager"]),
    ("wu",    "吴刚", "信息", "xu",    ["it_engineer"]),
    ("ren",   "任杰", "售后", "zhou",  ["device_user"]),
    (AUDITOR, "沈察", None,   None,    ["auditor"]),
)
# fmt: on


def employ(office: "Office", now: datetime) -> None:
    """Everybody begins to work here."""
    for id, name, department, superior, roles in PEOPLE:
        office.user_add(id, name, department=department, superior=superior, roles=roles, actor=ADMIN, now=now)

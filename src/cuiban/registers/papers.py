"""Papers that came in and went out, supplies drawn. [B18, B22]

Holds: declarations. Never: steps, SQL.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Choice, Field
from cuiban.engine.register import Register
from cuiban.registers.columns import SOURCE, count, day, text

# fmt: off
paper = Register("paper", L("收发登记", "Papers in and out"), prefix="SF", rows=["B22"],
    key=["number"], needs=["way", "title", "day"], subject=["number", "title"], past=["day"],
    roles=["after_sales_clerk", "sales_clerk"],
    fields=[
        text("number", "编号", "Number", 40),
        Field("way",   L("收发", "In or out"), "choice", choices=[Choice("in", L("收", "In")), Choice("out", L("发", "Out"))]),
        text("title",  "名称", "Title", 100),
        day("day",     "日期", "Day"),
        text("party",  "对方", "From or to"),
        text("filed",  "存放处", "Filed at"),
        SOURCE,
    ])

supplies = Register("supplies", L("物料文具", "Supplies"), prefix="WL", rows=["B18"],
    key=["month", "department", "item"], needs=["used"], subject=["month", "department", "item"],
    roles=["after_sales_clerk", "sales_clerk", "it_engineer"],
    fields=[
        Field("month",      L("月份", "Month"), "month"),
        text("department",  "部门", "Department", 40),
        text("item",        "物品", "Item"),
        count("used",       "用量", "Used", 100_000),
        count("drawn",      "领取", "Drawn", 100_000),
    ])
# fmt: on

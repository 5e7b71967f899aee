"""After-sales: repair orders, and what customers said of them. [A2, A4, A10, A12, B10, B13]

Holds: declarations. Never: steps, SQL.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Choice, Field
from cuiban.engine.register import Refer, Register
from cuiban.registers.columns import CUSTOMER, OF_CUSTOMER, OF_VEHICLE, SOURCE, VIN, count, money, text
from cuiban.workflows.customer import DEPARTMENT

# fmt: off
repair = Register("repair", L("维修单", "Repair orders"), prefix="WX", rows=["A2", "A4", "B10", "B13"],
    key=["number"], needs=["vin", "settled_at"], subject=["number", "item"], refers=[OF_CUSTOMER, OF_VEHICLE],
    past=["settled_at"], times=["settled_at"],
    roles=["after_sales_clerk", "service_advisor", "customer_service"],
    fields=[
        text("number",     "维修单号", "Repair order", 40),
        VIN, CUSTOMER,
        Field("advisor",   L("服务顾问", "Advisor"), "person", role="service_advisor"),
        Field("settled_at", L("结算时间", "Settled at"), "instant"),
        Field("work",      L("维修类别", "Kind of work"), "choice", choices=[
            Choice("upkeep", L("保养", "Upkeep")), Choice("repair", L("维修", "Repair")),
            Choice("paint", L("钣喷", "Body and paint")), Choice("campaign", L("活动免费", "Free campaign"))]),
        text("item",       "维修项目", "Item"),
        money("amount",    "金额", "Amount"),
        count("mileage",   "里程", "Mileage", 2_000_000),
        text("next_item",  "下次保养项目", "Next upkeep item"),
        count("next_mileage", "下次保养里程", "Next upkeep at", 2_000_000),
    ])

score = Register("score", L("满意度", "Scores"), prefix="PF", rows=["A4", "A10", "A12"],
    key=["source", "topic"], needs=["rating", "at"], subject=["topic", "rating"], past=["at"], times=["at"],
    refers=[Refer("repair", "repair", by="number")],
    roles=["customer_service", "after_sales_clerk"],
    fields=[
        SOURCE,
        Field("topic",  L("评价项目", "Topic"), "choice", choices=[
            Choice("speed_reception", L("接待速度", "Speed at reception")),
            Choice("speed_completion", L("完工速度", "Speed of completion")),
            Choice("speed_settlement", L("结帐速度", "Speed of settlement")),
            Choice("price_parts", L("配件价格", "Price of parts")), Choice("price_labour", L("工时价格", "Labour hours")),
            Choice("staff", L("人员服务", "Staff")), Choice("quality_repair", L("维修质量", "Quality of repair")),
            Choice("quality_paint", L("喷漆质量", "Quality of paint")), Choice("quality_cleaning", L("清洁程度", "Cleanliness")),
            Choice("item", L("维修项目", "Repair item")), Choice("overall", L("总体评价", "Overall"))]),
        Field("rating", L("评分", "Rating"), "rating"),
        Field("at",     L("时间", "At"), "instant"),
        DEPARTMENT,
        text("repair",  "维修单号", "Repair order", 40),
    ])
# fmt: on

"""Cars, where they went, and which model year a model usually is. [D1, D4, D8, D24, D28, D30]

Holds: declarations. Never: steps, SQL.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Choice, Field
from cuiban.engine.register import Register
from cuiban.registers.columns import (
    COLOUR,
    CONFIGURATION,
    CUSTOMER,
    MODEL,
    OF_CUSTOMER,
    OF_VEHICLE,
    PLATE,
    SOURCE,
    VIN,
    YEAR,
    count,
    day,
    text,
)

# fmt: off
vehicle = Register("vehicle", L("车辆", "Vehicles"), prefix="CL", rows=["A2", "D1", "D4", "D24", "D30"],
    key=["vin"], subject=["model", "plate", "vin"], find=["plate", "vin"], refers=[OF_CUSTOMER],
    past=["arrived_on", "sold_on"], times=["arrived_on", "sold_on"],
    roles=["sales_clerk", "after_sales_clerk", "service_advisor"],
    fields=[
        VIN, PLATE, MODEL, YEAR, CONFIGURATION, COLOUR,
        Field("channel",    L("展厅或二网", "Showroom or network"), "choice", choices=[
            Choice("showroom", L("展厅", "Showroom")), Choice("network", L("二网", "Second network"))]),
        text("node",        "在途节点", "Transit node", 20),                      # DOL: VSC ...
        text("place",       "存放位置", "Place", 40),
        CUSTOMER,
        day("arrived_on",   "到店日期", "Arrived on"),
        day("sold_on",      "交车日期", "Handed over on"),
        text("next_item",   "下次保养项目", "Next upkeep item"),
        count("next_mileage", "下次保养里程", "Next upkeep at", 2_000_000),
        day("next_on",      "下次保养日期", "Next upkeep on"),
        Field("state",      L("状态", "State"), "choice", choices=[
            Choice("transit", L("在途", "On the way")), Choice("stock", L("在库", "In stock")),
            Choice("held", L("已配车", "Held for an order")), Choice("network", L("在二网", "At the network")),
            Choice("network_held", L("二网已配车", "At the network, held")), Choice("out", L("已出库", "Out")),
            Choice("sold", L("已交客户", "Sold")), Choice("transferred", L("已调出", "Transferred")),
            Choice("gone", L("已作废", "Called off"))]),
    ])

movement = Register("movement", L("车辆进出", "Movements of cars"), prefix="YD", rows=["D1", "D4", "D8", "D30"],
    key=["vin", "at", "kind"], subject=["at", "kind", "vin"], refers=[OF_VEHICLE], past=["at"], times=["at"],
    roles=["sales_clerk"],
    fields=[
        VIN,
        Field("at",   L("时间", "At"), "instant"),
        Field("kind", L("进出", "Kind"), "choice", choices=[
            Choice("stock_in", L("入库", "Stocked in")), Choice("moved", L("移位", "Moved")),
            Choice("network_out", L("发二网", "To the network")), Choice("network_back", L("二网退回", "From the network")),
            Choice("sold_out", L("销售出库", "Sent out")), Choice("taken_back", L("退库", "Taken back")),
            Choice("transfer_out", L("调出", "Transferred out")), Choice("transfer_back", L("撤回调出", "Transfer undone"))]),
        text("place", "去处", "Place"),
        text("slip",  "出库单号", "Slip", 40),
        SOURCE,
    ])

stock_count = Register("stock_count", L("盘点记录", "Counts of the stock"), prefix="PD", rows=["D17"],
    key=["month", "vin"], needs=["found"], subject=["month", "vin", "found"],
    roles=["finance", "showroom_manager", "sales_clerk"],
    fields=[
        Field("month", L("月份", "Month"), "month"),
        text("vin",    "车架号", "VIN", 17),                                      # as it was read, right or not
        Field("found", L("结果", "Result"), "choice", choices=[
            Choice("there", L("在", "There")), Choice("missing", L("缺", "Missing")),
            Choice("extra", L("多", "Extra")), Choice("wrong", L("不符", "Wrong"))]),
        MODEL,
        SOURCE,
    ])

model_year = Register("model_year", L("常用年款", "Usual model years"), prefix="NK", rows=["D28"],
    key=["model", "since"], needs=["model_year"], subject=["model", "model_year", "since"],
    roles=["sales_clerk"],
    fields=[MODEL, day("since", "起用日期", "From"), YEAR])
# fmt: on

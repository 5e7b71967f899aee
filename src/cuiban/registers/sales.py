"""Sales: orders, invoices, outbound slips, targets, rules of pay. [D2, D4, D10, D15, D20, D21, D23, B3]

Holds: declarations. Never: steps, SQL.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Choice, Field
from cuiban.engine.register import Refer, Register
from cuiban.registers.columns import (
    COLOUR,
    CONFIGURATION,
    CUSTOMER,
    MODEL,
    OF_CUSTOMER,
    OF_VEHICLE,
    SOURCE,
    VIN,
    YEAR,
    count,
    day,
    money,
    text,
)
from cuiban.workflows.target import KIND

# fmt: off
sales_order = Register("sales_order", L("销售订单", "Sales orders"), prefix="DD", rows=["D2", "D20", "D23"],
    key=["contract"], subject=["contract", "model"], refers=[OF_CUSTOMER, OF_VEHICLE],
    past=["ordered_on", "delivered_on"], times=["delivered_on"],
    roles=["sales_clerk", "sales_consultant"],
    fields=[
        text("contract",      "合同编码", "Contract", 40),
        CUSTOMER, VIN, MODEL, YEAR, CONFIGURATION, COLOUR,
        money("price",        "车辆价格", "Price"),
        Field("channel",      L("渠道", "Channel"), "choice", choices=[
            Choice("showroom", L("展厅", "Showroom")), Choice("network", L("二网", "Second network"))]),
        text("county",        "县市", "County", 40),
        Field("consultant",   L("销售顾问", "Consultant"), "person"),
        Field("gmac",         L("做GMAC按揭", "GMAC loan"), "yes"),
        money("loan",         "按揭金额", "Loan"),
        money("insurance",    "保险金额", "Insurance"),
        money("accessories",  "精品金额", "Accessories"),
        Field("trade_in",     L("二手车置换", "Trade-in"), "yes"),
        day("ordered_on",     "订单日期", "Ordered on"),
        day("delivered_on",   "交车日期", "Handed over on"),
        SOURCE,
    ])

invoice = Register("invoice", L("发票", "Invoices"), prefix="FP", rows=["D2", "D4", "D15"],
    key=["number"], needs=["kind", "day"], subject=["number", "kind"], past=["day"], times=["day"],
    refers=[OF_VEHICLE, Refer("original", "invoice", by="number"), Refer("contract", "sales_order", by="contract")],
    roles=["finance", "finance_manager", "sales_clerk"],
    fields=[
        text("number",  "发票号", "Number", 40),
        Field("kind",   L("类别", "Kind"), "choice", choices=[
            Choice("blue", L("蓝字", "Blue")), Choice("void", L("作废", "Void")), Choice("red", L("红字", "Red"))]),
        day("day",      "开票日期", "Day"),
        VIN,
        text("contract", "合同编码", "Contract", 40),
        money("amount", "金额", "Amount", None),
        text("original", "对应蓝字发票", "Invoice it reverses", 40),
        text("reversed_by", "已红冲", "Reversed by", 40),                        # the number of the red one
        SOURCE,
    ])

slip = Register("slip", L("出库单", "Outbound slips"), prefix="CK", rows=["D4"],
    key=["book", "number"], needs=["state"], subject=["number", "purpose", "vin"], past=["day"], times=["day"],
    refers=[OF_VEHICLE, Refer("invoice", "invoice", by="number")],
    roles=["sales_clerk"],
    fields=[
        text("book",     "单据本", "Book", 40),
        text("number",   "出库单号", "Number", 20),
        Field("state",   L("状态", "State"), "choice", choices=[
            Choice("used", L("已用", "Used")), Choice("void", L("作废", "Void"))]),
        Field("purpose", L("用途", "Purpose"), "choice", choices=[
            Choice("sale", L("销售", "Sale")), Choice("network", L("二网", "Second network")),
            Choice("transfer", L("调拨", "Transfer"))]),
        day("day",       "日期", "Day"),
        VIN,
        text("invoice",  "发票号", "Invoice", 40),
        Field("copies",  L("蓝联所在", "Where the blue copy is"), "choice", choices=[
            Choice("with_car", L("随车", "With the car")), Choice("archive", L("二网档案", "Network archive")),
            Choice("file", L("客户档案", "Customer's file")), Choice("together", L("各联已收齐", "All copies together"))]),
        SOURCE,
    ])

maintenance_card = Register("maintenance_card", L("首二保卡", "Maintenance cards"), prefix="SB", rows=["D7"],
    key=["vin"], needs=["state"], subject=["vin", "state"], refers=[OF_CUSTOMER, OF_VEHICLE], times=["delivered_on"],
    past=["delivered_on"], roles=["sales_clerk", "after_sales_clerk"],
    fields=[
        VIN, CUSTOMER,
        day("delivered_on",  "交车日期", "Handed over on"),
        Field("first_card",  L("首保卡", "First card"), "yes"),
        Field("second_card", L("二保卡", "Second card"), "yes"),
        Field("state",       L("状态", "State"), "choice", choices=[
            Choice("torn", L("待录入", "To be entered")), Choice("entered", L("已录入", "Entered")),
            Choice("handed_over", L("售后核对中", "Being matched")), Choice("differs", L("有差异", "Differs")),
            Choice("matched", L("已对上", "Matched")), Choice("explained", L("差异已说明", "Difference explained")),
            Choice("void", L("已作废", "Void"))]),
        SOURCE,
    ])

target = Register("target", L("目标", "Targets"), prefix="MB", rows=["B3", "D10", "D16", "D27"],
    key=["kind", "what", "since"], needs=["until", "goal"], subject=["what", "since"],
    roles=["sales_clerk", "sales_manager", "after_sales_clerk"],
    fields=[
        KIND,
        text("what",  "目标", "What", 100),
        day("since",  "开始日期", "From"),
        day("until",  "截止日期", "Until"),
        MODEL,
        count("goal", "目标值", "Goal"),
        text("unit",  "单位", "Unit", 20),
        Field("responsible", L("责任人", "Responsible"), "person"),
        count("reached", "已完成", "Reached"),
        SOURCE,
    ])

pay_rule = Register("pay_rule", L("绩效标准", "Rules of pay"), prefix="GZ", rows=["D21"],
    key=["rule", "since"], needs=["amount"], subject=["rule", "since"],
    roles=["sales_manager", "finance_manager"],
    fields=[text("rule", "项目", "Rule"), day("since", "起用日期", "From"), money("amount", "金额", "Amount")])
# fmt: on

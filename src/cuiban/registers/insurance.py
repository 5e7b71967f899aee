"""Insurance policies issued, accident cars, oil sold. [B9]

Holds: declarations. Never: steps, SQL.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Field
from cuiban.engine.register import Refer, Register
from cuiban.registers.columns import CUSTOMER, OF_CUSTOMER, OF_VEHICLE, REMARK, VIN, count, day, money, text

# fmt: off
policy = Register("policy", L("保险单", "Insurance policies"), prefix="BD", rows=["B9"],
    key=["number"], needs=["issued_on"], subject=["number", "insurer"], refers=[OF_CUSTOMER, OF_VEHICLE], past=["issued_on"],
    roles=["after_sales_clerk"],
    fields=[
        text("number",   "保单号", "Number", 40),
        text("insurer",  "保险公司", "Insurer"),
        CUSTOMER, VIN,
        money("premium", "保费", "Premium"),
        day("issued_on", "出单日期", "Issued on"),
        day("ends_on",   "到期日期", "Ends on"),
        Field("papers_complete", L("资料齐全", "Papers complete"), "yes"),
    ])

accident = Register("accident", L("事故车", "Accident cars"), prefix="SG", rows=["B9"],
    key=["vin", "happened_on"], subject=["happened_on", "vin"], past=["happened_on"],
    refers=[OF_VEHICLE, Refer("policy", "policy", by="number"), Refer("repair", "repair", by="number")],
    roles=["after_sales_clerk", "service_advisor"],
    fields=[
        VIN,
        day("happened_on", "出险日期", "Happened on"),
        text("policy", "保单号", "Policy", 40),
        text("repair", "维修单号", "Repair order", 40),
        money("amount", "定损金额", "Assessed at"),
        REMARK,
    ])

oil_sale = Register("oil_sale", L("机油销售", "Oil sales"), prefix="JY", rows=["B9"],
    key=["number"], needs=["sold_on", "product", "litres"], subject=["sold_on", "product"], past=["sold_on"],
    refers=[Refer("repair", "repair", by="number")],
    roles=["after_sales_clerk"],
    fields=[
        text("number",  "销售单号", "Number", 40),
        day("sold_on",  "日期", "Day"),
        text("product", "品种", "Product"),
        count("litres", "升数", "Litres", 100_000),
        money("amount", "金额", "Amount"),
        text("repair",  "维修单号", "Repair order", 40),
    ])
# fmt: on

"""The manufacturer's money: rebate policies by date, payouts, the reserve fund and the bonus. [D6, D13, D15, D18, D26]

Holds: declarations. Never: steps, SQL.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Choice, Field
from cuiban.engine.register import Register
from cuiban.registers.columns import MODEL, OF_VEHICLE, SOURCE, VIN, day, money, text

# fmt: off
rebate_policy = Register("rebate_policy", L("返利政策", "Rebate policies"), prefix="FL", rows=["D6", "D18", "D26"],
    key=["policy", "model", "since"], needs=["amount"], subject=["policy", "model", "since"],
    roles=["sales_clerk", "sales_manager", "finance_manager"],
    fields=[
        text("policy",  "政策", "Policy"),
        MODEL,
        day("since",    "起用日期", "From"),
        day("ends_on",  "截止日期", "Until"),
        money("amount", "每台返利", "Rebate per car"),
        SOURCE,
    ])

payout = Register("payout", L("返利兑付", "Rebate payouts"), prefix="DF", rows=["D18", "D26"],
    key=["policy", "vin"], needs=["paid_on", "amount"], subject=["policy", "vin"], refers=[OF_VEHICLE], past=["paid_on"],
    roles=["sales_clerk", "finance", "finance_manager"],
    fields=[
        text("policy",  "政策", "Policy"),
        VIN,
        day("paid_on",  "兑付日期", "Paid on"),
        money("amount", "金额", "Amount", None),
        SOURCE,
    ])

fund = Register("fund", L("储备金和奖金", "Reserve fund and bonus"), prefix="ZJ", rows=["D13", "D15"],
    key=["kind", "day"], needs=["balance"], subject=["kind", "day"], past=["day"],
    roles=["sales_clerk", "finance", "finance_manager"],
    fields=[
        Field("kind", L("种类", "Kind"), "choice", choices=[
            Choice("reserve", L("储备金", "Reserve")), Choice("bonus", L("奖金", "Bonus"))]),
        day("day", "日期", "Day"),
        money("balance", "余额", "Balance", None),
        SOURCE,
    ])
# fmt: on

"""Everything that comes round, in one table: when, who does it, who chases, to whom, about which time, days off.

A weekly or monthly "by" of others moves earlier (previous), the figures of an ended period later (next); a daily one is
skipped on a day off. Holds: rows. Never: states, steps.
"""

from cuiban.engine.duty import Duty
from cuiban.engine.labels import L
from cuiban.engine.language import Setting

COB, NOON, FIVE = Setting("close_of_business"), "12:00", "17:00"
DAILY = "FREQ=DAILY"  # not BYDAY: a make-up Saturday counts
MON, TUE, THU, FRI, SUN = (f"FREQ=WEEKLY;BYDAY={day}" for day in ("MO", "TU", "TH", "FR", "SU"))
ON_5, ON_10, ON_15, ON_20 = (f"FREQ=MONTHLY;BYMONTHDAY={day}" for day in (5, 10, 15, 20))
B16_ABOUT = Setting("b16_about")

CLERK = ("after_sales_clerk", "service_director")  # who does it, who chases
WORKSHOP = ("workshop_manager", "after_sales_clerk")
SALES = ("sales_clerk", "sales_manager")
MAKER, HEAD, REGION, DOL, BOTH = (
    ["manufacturer"], ["department_head"], ["regional_manager"], ["dol"], ["regional_manager", "manufacturer"],
)  # fmt: skip
NONE: list[str] = []


def row(name: str, rrule: str, due: str | Setting, who: tuple[str, str], to: list[str], about: str | Setting, roll: str,
        zh: str, en: str, **more: object) -> Duty:  # fmt: skip
    """A line of the table; its name begins with its catalogue row."""
    doer, chaser = who
    return Duty(name, L(zh, en), rrule, due, doer, chaser, to=to, about=about, roll=roll,  # type: ignore[arg-type]
                rows=[name.split("_")[0].upper()], **more)  # type: ignore[arg-type] # fmt: skip


# fmt: off
DUTIES = (
    row("b11_morning_meeting", DAILY, NOON, CLERK,    MAKER,  "day",        "skip",     "早会反馈厂家",   "Morning meeting",
        start="09:00"),
    row("b13_arrivals",        DAILY, COB,  CLERK,    NONE,   "day",        "skip",     "到车信息录入",   "Arrivals"),
    row("b14_cases",           MON,   COB,  WORKSHOP, NONE,   "last_week",  "next",     "维修案例",       "Repair cases"),
    row("b15_meeting",         TUE,   FIVE, CLERK,    MAKER,  "this_week",  "previous", "周例会反馈",     "Weekly meeting"),
    row("b15_key_users",       THU,   FIVE, CLERK,    MAKER,  "this_week",  "previous", "重点用户提报表", "Key users"),
    row("b15_upgrades",        FRI,   FIVE, CLERK,    MAKER,  "this_week",  "previous", "技术升级反馈表", "Upgrades"),
    row("b16_plan",            ON_5,  COB,  CLERK,    MAKER,  B16_ABOUT,    "previous", "CSI提升计划书",  "CSI plan"),
    row("b16_summary",         ON_5,  COB,  CLERK,    MAKER,  B16_ABOUT,    "previous", "服务总监月总结", "Director's summary"),
    row("b16_training",        ON_5,  COB,  CLERK,    MAKER,  B16_ABOUT,    "previous", "内训专训总结",   "Training summary"),
    row("b17_msi",             ON_10, COB,  CLERK,    MAKER,  "this_month", "previous", "MSI报告",        "MSI report"),
    row("b17_minutes",         ON_10, COB,  CLERK,    MAKER,  "this_month", "previous", "月例会纪要",     "Monthly minutes"),
    row("b17_projects",        ON_10, COB,  CLERK,    MAKER,  "this_month", "previous", "提升项目管控表", "Projects"),
    row("b18_supplies",        ON_15, COB,  CLERK,    HEAD,   "this_month", "previous", "物料文具统计",   "Supplies"),
    row("b19_ideas",           ON_20, COB,  CLERK,    MAKER,  "this_month", "previous", "金点子金例子",   "Golden ideas"),
    row("d11_sj2806",          DAILY, "18:00", SALES, BOTH,   "day",        "skip",     "SJ2806日报",     "SJ2806",
        channel=L("厂家邮箱", "Manufacturer's mailbox"), calendar="showroom"),
    row("d12_orders",          SUN, Setting("orders_answer"), SALES, REGION, "next_week", "next", "订单反馈", "Order feedback"),
    # Monday's DOL: the case itself is listed; called or coloured is done
    row("d13_call",            MON,   COB,  SALES,    DOL,    "this_week",  "next",     "CALL车",         "CALL",
        opens="call_order", done_by="call", start=Setting("sources_online"), start_binds=True),
    row("d14_colour",          MON,   COB,  SALES,    DOL,    "this_week",  "next",     "颜色确认",       "Colours",
        opens="colour_order", done_by="confirm", start="13:30", start_binds=True),
)
# fmt: on

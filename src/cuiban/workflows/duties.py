"""Everything that comes round, in one table: when, who does it, who chases, to whom, about which time, days off.

A weekly or monthly "by" of others moves earlier (previous), the figures of an ended period later (next); a daily one is
skipped on a day off. Holds: rows. Never: states, steps.
"""

from cuiban.engine.conditions import both, either, has, is_, not_
from cuiban.engine.duty import Duty
from cuiban.engine.labels import L
from cuiban.engine.language import Setting
from cuiban.engine.subjects import Rows

COB, NOON, FIVE = Setting("close_of_business"), "12:00", "17:00"
DAILY = "FREQ=DAILY"  # not BYDAY: a make-up Saturday counts
MON, TUE, THU, FRI, SUN = (f"FREQ=WEEKLY;BYDAY={day}" for day in ("MO", "TU", "TH", "FR", "SU"))
ON_3, ON_5, ON_10, ON_15, ON_20, LAST = (f"FREQ=MONTHLY;BYMONTHDAY={day}" for day in (3, 5, 10, 15, 20, -1))
Q_LAST, Q_10 = "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=10"
Y_10 = "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10"
B16_ABOUT = Setting("b16_about")
MORNING, MAILBOX, ORDERS = Setting("it_morning"), Setting("mailbox_by"), Setting("orders_answer")

CLERK = ("after_sales_clerk", "service_director")  # who does it, who chases
WORKSHOP = ("workshop_manager", "after_sales_clerk")
SALES = ("sales_clerk", "sales_manager")
IT = ("it_engineer", "it_manager")
USERS = ("device_user", "it_engineer")
# What takes a virus scanner, unless it is scrapped; its user does it.
SCANNED = both(either(not_(has("kind")), is_("kind", "computer", "server")), not_(is_("state", "scrapped")))
MACHINES = Rows("asset", SCANNED, doer="holder")
MAKER, HEAD, REGION, DOL, BOTH = (
    ["manufacturer"], ["department_head"], ["regional_manager"], ["dol"], ["regional_manager", "manufacturer"],
)  # fmt: skip
LEADERS, DIRECTOR, GENERAL, IT_HEAD = (
    ["service_director", "general_manager"], ["service_director"], ["general_manager"], ["it_manager"],
)  # fmt: skip
FINANCE, GROUP, SERVICE, AFTER = ["finance"], ["group"], ["customer_service"], ["after_sales_clerk"]
TEN = ["general_manager", "sales_manager", "showroom_manager", "finance_manager", "dcc_team", "network_manager"]
NONE: list[str] = []
S, N, P = "skip", "next", "previous"  # on a day off
QQ, OWN_MAIL, MAKER_MAIL = L("QQ", "QQ"), L("本人邮箱", "Own mailbox"), L("厂家邮箱", "Manufacturer's mailbox")


def row(name: str, rrule: str, due: str | Setting, who: tuple[str, str], to: list[str], about: str | Setting, roll: str,
        zh: str, en: str, **more: object) -> Duty:  # fmt: skip
    """A line of the table; its name begins with its catalogue row."""
    doer, chaser = who
    return Duty(name, L(zh, en), rrule, due, doer, chaser, to=to, about=about, roll=roll,  # type: ignore[arg-type]
                rows=[name.split("_")[0].upper()], **more)  # type: ignore[arg-type] # fmt: skip


# fmt: off
DUTIES = (
    # every working day
    row("b11_morning_meeting", DAILY,  NOON,    CLERK,    MAKER,    "day",          S, "早会反馈厂家",       "Morning meeting",
        start="09:00"),
    row("b21_chase",           DAILY,  NOON,    CLERK,    HEAD,     "day_before",   S, "督促前日未完成",     "Unfinished work",
        start="09:00"),
    row("b10_files",           DAILY,  NOON,    CLERK,    NONE,     "day_before",   S, "昨日结单档案",       "Settled files",
        start="09:00"),
    row("b23_mail",            DAILY,  "16:00", CLERK,    HEAD,     "day",          S, "查看厂家邮件",       "Manufacturer's mail",
        start="14:00"),
    row("b9_registration",     DAILY,  "16:00", CLERK,    NONE,     "day",          S, "保险事故机油登记",   "Registration",
        start="14:00"),
    row("b4_figures",          DAILY,  "18:00", CLERK,    LEADERS,  "day",          S, "当日数据报送",       "Day's figures",
        start="16:00"),
    row("b13_arrivals",        DAILY,  COB,     CLERK,    NONE,     "day",          S, "到车信息录入",       "Arrivals"),
    row("a10_problems",        DAILY,  COB,     CLERK,    DIRECTOR, "day",          S, "问题回访汇总",       "Problem callbacks"),
    row("c2_backup",           DAILY,  MORNING, IT,       IT_HEAD,  "day_before",   S, "数据备份检查",       "Backup"),
    row("c3_log",              DAILY,  MORNING, IT,       IT_HEAD,  "day_before",   S, "服务器运行日志",     "Server log"),
    row("d33_mail",            DAILY,  MAILBOX, SALES,    NONE,     "day",          S, "关注邮箱和公告",     "Own mailbox, DOSS"),
    row("d5_sales",            DAILY,  COB,     SALES,    TEN,      "day",          S, "销售日报",           "Daily sales",
        channel=QQ, minimum=10, calendar="showroom"),
    row("d6_group",            DAILY,  COB,     SALES,    GROUP,    "day",          S, "集团销售日报",       "Group's daily sales",
        channel=OWN_MAIL, calendar="showroom"),
    row("d11_sj2806",          DAILY,  "18:00", SALES,    BOTH,     "day",          S, "SJ2806日报",         "SJ2806",
        channel=MAKER_MAIL, calendar="showroom"),
    # every week
    row("a11_callbacks",       MON,    COB,     CLERK,    LEADERS,  "last_week",    N, "回访周报",           "Weekly callbacks"),
    row("b8_weekly",           MON,    COB,     CLERK,    LEADERS,  "last_week",    N, "售后周报",           "After-sales week"),
    row("b14_cases",           MON,    COB,     WORKSHOP, NONE,     "last_week",    N, "维修案例",           "Repair cases"),
    row("c4_patches",          MON,    COB,     USERS,    NONE,     "this_week",    N, "病毒库和补丁",       "Virus signatures",
        per=MACHINES),
    row("b15_meeting",         TUE,    FIVE,    CLERK,    MAKER,    "this_week",    P, "周例会反馈",         "Weekly meeting"),
    row("b15_key_users",       THU,    FIVE,    CLERK,    MAKER,    "this_week",    P, "重点用户提报表",     "Key users"),
    row("b15_upgrades",        FRI,    FIVE,    CLERK,    MAKER,    "this_week",    P, "技术升级反馈表",     "Upgrades"),
    row("a17_self_check",      FRI,    COB,     CLERK,    NONE,     "this_week",    P, "自我复查",           "Self-check"),
    row("d15_reconcile",       FRI,    COB,     SALES,    FINANCE,  "this_week",    P, "与财务核对",         "Reconciliation",
        opens="reconciliation", done_by="send"),
    row("d12_orders",          SUN,    ORDERS,  SALES,    REGION,   "next_week",    N, "订单反馈",           "Order feedback"),
    # Monday's DOL: the case itself is listed; called or coloured is done
    row("d13_call",            MON,    COB,     SALES,    DOL,      "this_week",    N, "CALL车",             "CALL",
        opens="call_order", done_by="call", start=Setting("sources_online"), start_binds=True),
    row("d14_colour",          MON,    COB,     SALES,    DOL,      "this_week",    N, "颜色确认",           "Colours",
        opens="colour_order", done_by="confirm", start="13:30", start_binds=True),
    # every month
    row("a12_satisfaction",    ON_3,   COB,     CLERK,    DIRECTOR, "last_month",   N, "月客户满意度回访表", "Satisfaction"),
    row("a13_complaints",      ON_3,   COB,     CLERK,    DIRECTOR, "last_month",   N, "投诉解决情况表",     "Complaints"),
    row("a14_churn",           ON_3,   COB,     CLERK,    DIRECTOR, "last_month",   N, "客户流失报表",       "Churn"),
    row("a7_club",             ON_3,   COB,     CLERK,    DIRECTOR, "last_month",   N, "会员意见汇总",       "Club members"),
    row("b8_monthly",          ON_3,   COB,     CLERK,    DIRECTOR, "last_month",   N, "售后月报",           "After-sales month"),
    row("c10_counts",          ON_3,   COB,     IT,       IT_HEAD,  "last_month",   N, "服务台统计",         "Service desk counts"),
    row("c13_licences",        ON_3,   COB,     IT,       IT_HEAD,  "last_month",   N, "软件版本许可检查",   "Licences checked"),
    row("c17_counts",          ON_3,   COB,     IT,       IT_HEAD,  "last_month",   N, "运维数据统计",       "Operations counts"),
    row("c19_checks",          ON_3,   COB,     IT,       IT_HEAD,  "last_month",   N, "违规软件检查",       "Software checked"),
    row("d18_rebates",         ON_3,   COB,     SALES,    GROUP,    "last_month",   N, "返利交车总结",       "Rebates"),
    row("d18_export",          ON_3,   COB,     SALES,    FINANCE,  "last_month",   N, "上报数据导出",       "Export for finance"),
    row("d19_files",           ON_3,   COB,     SALES,    SERVICE,  "last_month",   N, "客户档案移交",       "Customer files"),
    row("d20_charts",          ON_3,   COB,     SALES,    GENERAL,  "last_month",   N, "月度分析图表",       "Charts"),
    row("d21_pay",             ON_3,   COB,     SALES,    FINANCE,  "last_month",   N, "绩效工资表",         "Performance pay"),
    row("b16_plan",            ON_5,   COB,     CLERK,    MAKER,    B16_ABOUT,      P, "CSI提升计划书",      "CSI plan"),
    row("b16_summary",         ON_5,   COB,     CLERK,    MAKER,    B16_ABOUT,      P, "服务总监月总结",     "Director's summary"),
    row("b16_training",        ON_5,   COB,     CLERK,    MAKER,    B16_ABOUT,      P, "内训专训总结",       "Training summary"),
    row("d7_cards",            ON_10,  COB,     SALES,    AFTER,    "last_month",   N, "首二保卡对接",       "Maintenance cards",
        agree=["d7_left", "d7_cards"]),
    row("b17_msi",             ON_10,  COB,     CLERK,    MAKER,    "this_month",   P, "MSI报告",            "MSI report"),
    row("b17_minutes",         ON_10,  COB,     CLERK,    MAKER,    "this_month",   P, "月例会纪要",         "Monthly minutes"),
    row("b17_projects",        ON_10,  COB,     CLERK,    MAKER,    "this_month",   P, "提升项目管控表",     "Projects"),
    row("b18_supplies",        ON_15,  COB,     CLERK,    HEAD,     "this_month",   P, "物料文具统计",       "Supplies"),
    row("b19_ideas",           ON_20,  COB,     CLERK,    MAKER,    "this_month",   P, "金点子金例子",       "Golden ideas"),
    row("d16_reporting",       LAST,   COB,     SALES,    MAKER,    "this_month",   P, "月末上报核实",       "Reporting checked",
        agree=["d16_sold", "d16_vins"]),
    row("d27_quota",           LAST,   COB,     SALES,    MAKER,    "this_month",   P, "进货率和台次",       "Purchase quota"),
    row("d17_stocktake",       LAST,   COB,     SALES,    FINANCE,  "this_month",   P, "盘存表",             "Stocktake",
        opens="stocktake", done_by="freeze"),
    row("d22_close",           LAST,   "24:00", SALES,    NONE,     "this_month",   N, "日报结存",           "Report closed",
        closes="sales"),
    # every quarter, every year
    row("a15_summary",         Q_LAST, COB,     CLERK,    DIRECTOR, "this_quarter", P, "季度总结",           "Quarter's summary"),
    row("b24_plan",            Q_10,   COB,     CLERK,    MAKER,    "this_quarter", P, "自主活动申报",       "Own campaign"),
    row("d10_target",          Q_10,   COB,     SALES,    MAKER,    "this_quarter", P, "季度目标回传",       "Sales target",
        opens="sales_target", done_by="send_back"),
    row("d23_year",            Y_10,   COB,     SALES,    GENERAL,  "last_year",    N, "年度销售分析",       "Year's sales"),
    row("d29_year",            Y_10,   COB,     SALES,    GENERAL,  "last_year",    N, "年度数据汇总",       "Year's data"),
)
# fmt: on

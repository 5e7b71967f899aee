"""The business's choices: what the text leaves silent, what we set, and why. A dealership sets its own (`settings`).

Holds: each `Setting` that a process or duty names, with its default. Never: a rule that uses one.
"""

from cuiban.engine.calendars import NamedCalendar
from cuiban.engine.labels import L
from cuiban.engine.language import Choice, Field, Preset


def number(key: str, default: int, label: L, why: L, low: int = 0, high: int = 365) -> Preset:
    """A whole number."""
    return Preset(Field(key, label, "number", low=low, high=high), default, why)


def clock(key: str, default: str, label: L, why: L) -> Preset:
    """A time of the day."""
    return Preset(Field(key, label, "clock"), default, why)


SILENT = L("原文没有写", "the text is silent")

# fmt: off
CHOICES = (
    # hours
    number("at_once_hours", 4, L("「即时」是几个工时", "\"At once\", in working hours"),
           L("半天", "half a day"), low=1, high=80),
    clock("close_of_business", "18:00", L("下班时间", "Close of business"),
          L("上班到18点; 没写钟点的例行事项到此为止", "hours end at 18:00; duties without an hour are due then")),
    Preset(Field("showroom_hours", L("展厅每周营业时间", "Hours of the showroom, by weekday"), high=200), "08:30-18:00",
           L("展厅天天卖车, 周末也一样; 可写 mon-fri 08:30-18:00; sat-sun 09:00-17:00",
             "cars are sold every day, at weekends too; or mon-fri 08:30-18:00; sat-sun 09:00-17:00")),
    Preset(Field("showroom_holidays", L("展厅法定节假日营业", "The showroom sells on state holidays"), "yes"), True,
           L("节假日照常卖车; 个别休息日用 cuiban calendar set --calendar showroom",
             "holidays sell; for single days off use cuiban calendar set --calendar showroom")),
    clock("sources_online", "09:00", L("DOL资源上线时间", "When DOL's resources come online"),
          L("原文只说周一上线", "the text says Monday only")),
    clock("orders_answer", "12:00", L("订单反馈时间(周日)", "Answer to the regional manager's order mail (Sunday)"),
          L("赶在周一CALL车之前", "before Monday's CALL")),
    clock("mailbox_by", "12:00", L("邮箱和公告几点前看完", "When mail and announcements are looked at by"),
          L("上午看, 下午还来得及办", "in the morning, with the afternoon to act")),
    clock("it_morning", "10:00", L("备份和日志几点前查完", "When backup and server log are checked by"),
          L("上班先看昨夜", "last night first")),
    # lists and entries
    number("late_days", 7, L("补录最多回溯几天", "How many days back an entry may lie"),
           L("一周内记得清", "within a week people remember")),
    number("superior_after_days", 1, L("超几个工作日上报上级", "Working days late until the superior sees it"),
           L("先由催办人催一天", "the chaser has one day first"), low=0, high=60),
    number("next_superior_after_days", 3, L("超几个工作日再上报一级", "Working days late until the one above sees it"),
           L("上级有两天处理", "the superior has two days"), low=0, high=60),
    number("duty_missed_days", 5, L("每日事项超几个工作日算漏报", "Working days until a daily duty is missed"),
           L("清单不积旧账", "the list must not rot"), low=1, high=60),
    number("duty_ahead_days", 5, L("月报提前几个工作日列出", "Working days ahead that a monthly duty is listed"),
           L("留一周准备", "a week to prepare"), low=0, high=60),
    number("catch_up_days", 100, L("隔了几天没补开就先问时钟", "Days of silence after which the clock is doubted first"),
           L("一季没人看清单少见, 时钟走错更常见", "a quarter without a look is rarer than a wrong clock"), low=31, high=999),
    Preset(Field("b16_about", L("每月5号的材料说哪个月", "Which month the papers of the 5th are about"),
                 "choice", choices=[Choice("last_month", L("上月", "Last month")),
                                    Choice("this_month", L("当月", "This month"))]),
           "last_month", L("5号时当月刚开始", "on the 5th the month has hardly begun")),
    # callbacks and complaints
    number("callback_days", 3, L("维修后几天内回访", "Days in which a repair is called back"),
           L("维修后3日内(日历日)", "the text: within 3 days; calendar days, to the end of the third"), low=1, high=30),
    number("second_callback_days", 3, L("投诉处理后几天内二次回访", "Days until the second callback"),
           L("同首次回访", "as the first callback"), low=1, high=30),
    number("callback_attempts", 3, L("拨几次不通可以结束", "Calls without answer until it may be closed"),
           SILENT, low=1, high=20),
    number("callback_attempt_days", 2, L("分几天拨", "On how many different days"),
           L("同一天拨三次不算", "three calls on one day are one attempt"), low=1, high=20),
    number("callback_low_rating", 3, L("总体评价低于几分算有问题", "Overall rating below which there is a problem"),
           L("5分制的中间", "the middle of five"), low=1, high=5),
    # assignments and lost customers
    number("accept_days", 2, L("办结后几个工作日内确认", "Working days to accept what was handed in"),
           SILENT, low=1, high=60),
    number("win_back_days", 90, L("挽回流失客户几天见分晓", "Days in which a lost customer is won back"),
           L("一个保养周期之内", "within one interval of upkeep"), low=1, high=365),
    number("churn_days", 365, L("几天没有付费来店算流失", "Days without a paid visit after which a customer is lost"),
           L("保养一年一次", "upkeep is yearly"), low=30, high=1500),
    # rows of registers that open cases
    number("from_row_days", 31, L("台账里几天以前的行不再自动立案", "Days after which a row of a register opens no case any more"),
           L("读入旧表不会堆满清单", "an old file that is read in does not flood the lists"), low=3, high=365),
    # service files and prospects
    number("service_file_days", 5, L("单据整理后几个工作日内装订", "Working days from sorting to binding"),
           L("一周装订一次", "bound once a week"), low=1, high=60),
    number("prospect_days", 7, L("潜在客户几个工作日内联系", "Working days in which a prospect is contacted"),
           SILENT, low=1, high=60),
    # notices and campaigns
    number("relay_ahead_days", 1, L("部门比厂家期限早几个工作日交", "Working days before the deadline that departments deliver"),
           L("留一天汇总回复", "a day to put the answer together"), low=0, high=30),
    number("relay_days", 5, L("没有期限的通知几个工作日内落实", "Working days to carry out a notice without a deadline"),
           L("一周内", "within a week"), low=1, high=60),
    number("campaign_effect_days", 3, L("活动结束后几天内反馈效果", "Days in which the effect of a campaign is reported"),
           L("活动结束3日内(日历日)", "the text: within 3 days of its end; calendar days"), low=1, high=60),
    number("maker_wait_days", 5, L("等厂家几个工作日要追问", "Working days until the manufacturer is asked again"),
           SILENT, low=1, high=60),
    # meetings and documents
    number("minutes_days", 1, L("会后几个工作日出纪要", "Working days until a meeting is minuted"),
           L("次日", "the next day"), low=1, high=30),
    number("meeting_close_days", 30, L("会议议决事项几天内催完", "Days until all that a meeting resolved is done"),
           L("下次月例会之前", "before the next monthly meeting"), low=1, high=365),
    number("document_days", 3, L("没有期限的收文几个工作日办结", "Working days to handle a document without a date"),
           SILENT, low=1, high=60),
    # maintenance cards
    number("card_step_days", 1, L("首二保卡每一步几个工作日", "Working days for each step of the maintenance cards"),
           L("次日办完", "done by the next day"), low=1, high=60),
    # vehicles and deliveries
    number("delivery_step_days", 1, L("交车上报每一步几个工作日", "Working days for each step of a delivery"),
           L("次日办完", "done by the next day"), low=1, high=30),
    number("delivery_file_days", 7, L("上报后几天内凑齐10张纸", "Days from the report to ten of ten papers"),
           L("赶在月度移交之前", "in time for the monthly hand-over"), low=1, high=60),
    number("delivery_reopen_days", 30, L("归档后几天内可以重开", "Days in which a closed delivery may be reopened"),
           L("再晚就走退车, 另立单", "later it is another case"), low=0, high=365),
    number("transit_days", 30, L("在途几天未到要查", "Days on the way after which a car is asked for"),
           SILENT, low=1, high=180),
    # incidents
    number("incident_days", 2, L("异常处理几个工作日", "Working days to resolve an incident"),
           SILENT, low=1, high=60),
    number("incident_wait_days", 3, L("等对方几个工作日要追问", "Working days of waiting until one asks again"),
           SILENT, low=1, high=60),
    number("incident_close_days", 3, L("解决后几个工作日内确认关闭", "Working days to confirm and close"),
           SILENT, low=1, high=60),
    number("incident_reopen_days", 14, L("关闭后几天内可以重开", "Days in which a closed incident may be reopened"),
           L("再晚是新的异常", "later it is a new one"), low=0, high=365),
    # IT: requests, repairs, purchases, documents
    number("approval_days", 1, L("审批几个工作日", "Working days to approve what is asked for"),
           SILENT, low=1, high=60),
    number("it_step_days", 1, L("IT事项每一步几个工作日", "Working days for each step of an IT request"),
           SILENT, low=1, high=60),
    number("supplier_wait_days", 3, L("等供应商几个工作日要追问", "Working days of waiting until a supplier is asked again"),
           L("同异常", "as for incidents"), low=1, high=60),
    number("repair_days", 3, L("设备维修几个工作日", "Working days to mend a device"),
           SILENT, low=1, high=60),
    number("purchase_days", 5, L("批准后几个工作日下单", "Working days from the approval to the order"),
           L("一周内", "within a week"), low=1, high=60),
    number("customer_item_days", 2, L("客户问题部门几个工作日答复", "Working days in which a department answers a customer"),
           SILENT, low=1, high=60),
    number("change_days", 5, L("系统变更每一段几个工作日", "Working days for each stage of a system change"),
           L("一周内", "within a week"), low=1, high=120),
    number("requirement_days", 10, L("需求调研, 开发各几个工作日", "Working days to survey a requirement, and to meet it"),
           L("各两周", "two weeks each"), low=1, high=250),
    number("signing_days", 3, L("文件签字几个工作日", "Working days to sign a document"),
           SILENT, low=1, high=60),
    number("violation_days", 1, L("违规软件几个工作日卸载", "Working days to take forbidden software off"),
           SILENT, low=1, high=60),
    Preset(Field("allowed_software", L("部门可用的软件(部门:软件)", "Software that a department may use (department:software)"),
                 "texts"),
           ["销售部:QQ", "销售部:微信"],
           L("原文禁QQ, 售前却靠QQ和微信群办事", "the text forbids QQ, but sales work by QQ and WeChat groups")),
    # transfers, stock
    number("region_wait_days", 2, L("等大区或对方几个工作日要追问", "Working days until the region or other dealer is asked again"),
           SILENT, low=1, high=60),
    number("lead_days", 3, L("调车线索几个工作日要跟进", "Working days in which a trade lead is followed up"),
           SILENT, low=1, high=60),
    number("reconcile_days", 1, L("财务核对几个工作日", "Working days for finance to compare"),
           SILENT, low=1, high=60),
    number("difference_days", 2, L("差异每一步几个工作日", "Working days for each step of a difference"),
           SILENT, low=1, high=60),
    number("count_days", 1, L("盘点, 签字各几个工作日", "Working days to count the stock, and to sign the count"),
           L("定表次日", "the day after the sheet is frozen"), low=1, high=60),
)

# Who works when the house does not.
CALENDARS = (
    NamedCalendar("showroom", L("展厅", "showroom"), hours="showroom_hours", holidays="showroom_holidays"),
)
# fmt: on

"""Campaign: the manufacturer's is told to all, arranged, held, its effect reported; an own one is applied for first.

Holds: states, who, by when. Never: SQL, files, a clock, the rules of another process. [B20, B24]
"""

from cuiban.engine.conditions import AtLeast, Guard
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Drive,
    End,
    Field,
    Opening,
    Paper,
    Process,
    Setting,
    State,
    Transition,
    anew,
    cd,
    field,
    on,
    wd,
    wh,
)
from cuiban.engine.who import System, any_of, role
from cuiban.workflows.relay import CALL_OFF, DELIVERED, HEADS, MORE, TOLD, to

CLERK, DIRECTOR = role("after_sales_clerk"), role("service_director")
AT_ONCE = wh(Setting("at_once_hours"))
BEGINS = on("begins_on", "00:00")
EVE = on("begins_on", Setting("close_of_business"), days=-1, roll="previous")
TENTH = on("quarter", Setting("close_of_business"), days=9, roll="previous")  # of the quarter, as the duty
TELL = {"what": "title", "content": "content", "by_day": "begins_on"}

# fmt: off
IN_ORDER = Guard("ends_before_it_begins", AtLeast("ends_on", "begins_on"),
                 L("结束 {ends_on} 早于开始 {begins_on}", "it ends on {ends_on}, before it begins on {begins_on}"), CLERK)

# 传达, 安排, 开始, 结束: the same for both kinds
SHARED = [
    HEADS, MORE,
    Field("title",       L("活动名称", "Title"),           high=100),
    Field("content",     L("活动内容", "Content"),         "note"),
    Field("begins_on",   L("开始日期", "Begins on"),       "day"),
    Field("ends_on",     L("结束日期", "Ends on"),         "day"),
    Field("arrangement", L("活动安排", "Arrangement"),     "note"),
    Field("visits",      L("来店台次", "Visits"),          "number", low=0),
    Field("turnover",    L("活动产值", "Turnover"),        "money", low=0),
]
ADD     = Transition("add",     L("补充传达", "Pass on to more"), "told", "=", CLERK,
                     needs=[anew("more_heads")], opens=[to("more_heads", **TELL)])
ARRANGE = Transition("arrange", L("安排妥当", "Arranged"),  "told", "arranged", CLERK,
                     needs=["arrangement"], guards=[TOLD])
BEGIN   = Transition("begin",   L("活动开始", "Begin"),     "arranged", "running", System(), at=BEGINS)
FINISH  = Transition("finish",  L("活动结束", "End"),       "running", "ended", System(), at=field("ends_on"))
RESCHEDULE = Transition("reschedule", L("改期", "Reschedule"), ["told", "arranged"], "=", CLERK,
                     needs=[anew("begins_on"), anew("ends_on")], guards=[IN_ORDER], reason=True,
                     drives=[Drive("relays", "extend", {"by_day": "begins_on"}, open_only=True)])
RUN = [
    State("told",     L("已传达", "Told"),      due=EVE, todo=L("安排妥当", "arrange it")),
    State("arranged", L("已安排", "Arranged"),  owner=System()),
    State("running",  L("进行中", "Running"),   owner=System()),
]

campaign = Process("campaign", L("厂家活动", "Campaign"), prefix="YX", rows=["B20"],
    subject=["title"], chaser=DIRECTOR,
    opening=Opening(CLERK, needs=["title", "begins_on", "ends_on"], asks=["content"], guards=[IN_ORDER]),
    states=[
        State("registered", L("已登记", "Registered"),       due=AT_ONCE),
        *RUN,
        State("ended",      L("待反馈效果", "Effect to be reported"),
              due=cd(Setting("campaign_effect_days"), since="ends_on"), owner=CLERK),
        End("reported",     L("效果已反馈", "Effect reported")),
        End("called_off",   L("已取消", "Called off"),       outcome="called_off"),
        End("cancelled",    L("已作废", "Cancelled"),        outcome="cancelled"),
    ],
    transitions=[
        Transition("pass_on",  L("传达", "Pass on"),         "registered", "told",     CLERK,
                   needs=["heads"], opens=[to("heads", **TELL)], row="B20"),
        ADD, RESCHEDULE, ARRANGE, BEGIN, FINISH,
        Transition("report",   L("反馈效果", "Report the effect"), "ended", "reported", CLERK,
                   needs=["effect"], asks=["visits", "turnover"], papers=["effect_report"], guards=[DELIVERED], row="B20"),
        Transition("call_off", L("取消活动", "Call off"),    ["told", "arranged", "running"], "called_off",
                   any_of(CLERK, DIRECTOR), reason=True, drives=[CALL_OFF]),
    ],
    cancel=Cancel(CLERK, "cancelled", at_once=["registered"], never=["told", "arranged", "running", "ended"]),
    fields=[*SHARED, Field("effect", L("活动效果", "Effect"), "note")],
    papers=[
        Paper("notice",        L("活动通知", "Notice"),      supplier=CLERK, form="copy"),
        Paper("effect_report", L("效果报告", "Effect report"), supplier=CLERK),
    ])

own_campaign = Process("own_campaign", L("自主活动", "Own campaign"), prefix="ZZ", rows=["B24"],
    subject=["title", "quarter"], chaser=DIRECTOR,
    opening=Opening(any_of(CLERK, DIRECTOR),
        needs=["title", "quarter", "begins_on", "ends_on"], guards=[IN_ORDER]),
    states=[
        State("planned",    L("方案起草", "Planned"),        due=TENTH, owner=CLERK),
        State("applied",    L("待厂家批复", "Applied for"),  due=wd(Setting("maker_wait_days")),
              waits=L("厂家批复", "the manufacturer's answer"), todo=L("得到厂家批复", "get the manufacturer's answer")),
        State("approved",   L("已批复", "Approved"),         due=AT_ONCE),
        State("refused",    L("未获批", "Refused"),          due=AT_ONCE),
        *RUN,
        State("ended",      L("待报总结", "Summary to be sent"),
              due=cd(Setting("campaign_effect_days"), since="ends_on"), owner=CLERK),
        End("summed_up",    L("总结已反馈", "Summed up")),
        End("given_up",     L("已放弃", "Given up"),         outcome="given_up"),
        End("called_off",   L("已取消", "Called off"),       outcome="called_off"),
    ],
    transitions=[
        Transition("apply",    L("申报", "Apply"),           "planned",  "applied",  CLERK,
                   needs=["content", "budget"], papers=["plan"], row="B24"),
        Transition("approve",  L("厂家批复", "Approved"),    "applied",  "approved", CLERK,
                   papers=["approval"], outside="manufacturer", asks=["budget"], row="B24"),
        Transition("refuse",   L("厂家未批", "Refused"),     "applied",  "refused",  CLERK,
                   needs=["why"], papers=["refusal"], outside="manufacturer", row="B24"),
        Transition("revise",   L("修改重报", "Revise"),      "refused",  "planned",  CLERK,
                   asks=["title", "begins_on", "ends_on"], guards=[IN_ORDER], cycle=True),
        Transition("give_up",  L("放弃", "Give up"),         ["planned", "refused"], "given_up", any_of(CLERK, DIRECTOR),
                   reason=True),
        Transition("pass_on",  L("传达", "Pass on"),         "approved", "told",     CLERK,
                   needs=["heads"], opens=[to("heads", **TELL)]),
        ADD, RESCHEDULE, ARRANGE, BEGIN, FINISH,
        Transition("sum_up",   L("反馈总结", "Sum up"),      "ended",    "summed_up", CLERK,
                   needs=["summary"], asks=["visits", "turnover"], papers=["summary_report"], guards=[DELIVERED],
                   row="B24"),
        Transition("call_off", L("取消活动", "Call off"),    ["approved", "told", "arranged", "running"], "called_off",
                   any_of(CLERK, DIRECTOR), reason=True, drives=[CALL_OFF]),
    ],
    fields=[
        *SHARED,
        Field("quarter", L("季度", "Quarter"),       "quarter"),
        Field("budget",  L("预算", "Budget"),        "money", low=0),
        Field("why",     L("未批原因", "Why refused"), "note"),
        Field("summary", L("活动总结", "Summary"),   "note"),
    ],
    papers=[
        Paper("plan",           L("活动方案", "Plan"),         supplier=CLERK),
        Paper("approval",       L("厂家批复", "Approval"),     supplier=CLERK, form="copy"),
        Paper("refusal",        L("未批通知", "Refusal"),      supplier=CLERK, form="copy"),
        Paper("summary_report", L("总结报告", "Summary report"), supplier=CLERK),
    ])
# fmt: on

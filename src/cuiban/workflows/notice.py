"""Notice: the manufacturer's mail is passed on to the heads concerned, answered before its deadline, filed. [B1, B6, D26]

The regional manager's mails too: progress of sales and CALL, rebate payouts. Holds: states, who, by when.
Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, is_, not_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
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
    field,
    first,
    need,
    wd,
    wh,
)
from cuiban.engine.who import Opener, person
from cuiban.workflows.leaders import CLERK as ANY_CLERK
from cuiban.workflows.relay import CALL_OFF, DELIVERED, HEADS, MORE, to

CLERK = person("clerk")
ASKED = is_("answer_wanted", True)
PAYOUT = is_("kind", "rebate_payout")
SETS = {"what": "title", "content": "content", "deadline": "deadline"}

# fmt: off
WANTED   = Guard("no_answer_wanted", ASKED, L("此件不用回复, 请直接归档", "it wants no answer: file it"), CLERK)
UNWANTED = Guard("answer_wanted", not_(ASKED), L("此件要回复", "it wants an answer"), CLERK)

notice = Process("notice", L("厂家通知", "Notice"), prefix="TZ", rows=["B1", "B6", "D26"],
    subject=["kind", "title"],
    opening=Opening(ANY_CLERK,
        needs=["sender", "kind", "title", "received_at", "answer_wanted", need("deadline", ASKED),
               need("amount", PAYOUT), need("period", PAYOUT)],
        asks=["content"], appoints={"clerk": Opener()}),
    states=[
        State("registered", L("已登记", "Registered"),   due=wh(Setting("at_once_hours"))),
        State("passed_on",  L("已传达", "Passed on"),    due=first(field("deadline"), wd(Setting("relay_days")))),
        State("answered",   L("已回复", "Answered"),     due=wd(1)),
        End("filed",        L("已归档", "Filed")),
        End("withdrawn",    L("厂家撤回", "Withdrawn"),  outcome="withdrawn"),
        End("cancelled",    L("已作废", "Cancelled"),    outcome="cancelled"),
    ],
    transitions=[
        Transition("pass_on",  L("传达", "Pass on"),           "registered", "passed_on", CLERK,
                   needs=["heads"], opens=[to("heads", **SETS)], row="B1"),
        Transition("add",      L("补充传达", "Pass on to more"), "passed_on", "=",        CLERK,
                   needs=[anew("more_heads")], opens=[to("more_heads", **SETS)], row="B6"),
        Transition("extend",   L("厂家延期", "Extended"),      "passed_on",  "=",         CLERK,
                   needs=[anew("deadline")], papers=["extension"], outside="manufacturer",
                   drives=[Drive("relays", "extend", {"deadline": "deadline"}, open_only=True)], row="B1"),
        Transition("answer",   L("回复厂家", "Answer"),        ["registered", "passed_on"], "answered", CLERK,
                   needs=["answer"], guards=[WANTED, DELIVERED], row="B1"),
        Transition("file",     L("归档", "File"),              "answered",   "filed",     CLERK, needs=["folder"], row="B1"),
        Transition("file",     L("归档", "File"),              ["registered", "passed_on"], "filed", CLERK,
                   needs=["folder"], guards=[UNWANTED, DELIVERED], row="D26"),
        Transition("withdraw_notice", L("厂家撤回", "Withdrawn"), ["registered", "passed_on"], "withdrawn", CLERK,
                   papers=["withdrawal"], outside="manufacturer", drives=[CALL_OFF]),
    ],
    cancel=Cancel(CLERK, "cancelled", at_once=["registered"], never=["passed_on", "answered"]),
    fields=[
        HEADS, MORE,
        Field("clerk",         L("经办信息员", "Clerk"),        "person"),
        Field("sender",        L("来件方", "From"),             "choice", choices=[
            Choice("manufacturer", L("厂家", "Manufacturer")),
            Choice("regional_manager", L("大区经理", "Regional manager"))]),
        Field("kind",          L("类别", "Kind"),               "choice", choices=[
            Choice("notice",         L("通知", "Notice")),
            Choice("sales_progress", L("销售进度", "Sales progress")),
            Choice("call_progress",  L("CALL车进度", "CALL progress")),
            Choice("rebate_payout",  L("返利发放", "Rebate payout")),
            Choice("other",          L("其他", "Other"))]),
        Field("title",         L("标题", "Title"),              high=100),
        Field("content",       L("内容", "Content"),            "note"),
        Field("received_at",   L("收件时间", "Received at"),    "instant", past=True),
        Field("answer_wanted", L("需要回复", "Answer wanted"),  "yes"),
        Field("deadline",      L("时间节点", "Deadline"),       "instant"),
        Field("amount",        L("返利金额", "Amount paid out"), "money", low=0),      # the basis of D6's computation
        Field("period",        L("返利所属月份", "Month of the rebate"), "month"),
        Field("answer",        L("回复内容", "Answer"),         "note"),
        Field("folder",        L("归档位置", "Filed in"),       high=60),
    ],
    papers=[
        Paper("mail",       L("来件", "The mail"),           supplier=CLERK, form="copy"),
        Paper("extension",  L("延期通知", "Extension"),      supplier=CLERK, form="copy"),
        Paper("withdrawal", L("撤回通知", "Withdrawal"),     supplier=CLERK, form="copy"),
    ])
# fmt: on

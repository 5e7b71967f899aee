"""Outward feedback: what the manufacturer's departments should know, told them in time without being asked. [B25]

Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Cancel, End, Field, Opening, Paper, Process, Setting, State, Transition, wd, wh
from cuiban.engine.who import role

CLERK = role("after_sales_clerk")

# fmt: off
outward_feedback = Process("outward_feedback", L("对厂家反馈", "Outward feedback"), prefix="FK", rows=["B25"],
    subject=["topic", "department"], chaser=role("service_director"),
    opening=Opening(CLERK, needs=["topic", "department", "content"]),
    states=[
        State("drafted",  L("待反馈", "To be sent"),     due=wh(Setting("at_once_hours")), todo=L("反馈", "send it")),
        State("sent",     L("待厂家答复", "Answer awaited"), due=wd(Setting("maker_wait_days")), owner=CLERK,
              waits=L("厂家答复", "the manufacturer's answer"), todo=L("得到厂家答复", "get the manufacturer's answer")),
        End("informed",   L("已告知", "Informed")),
        End("answered",   L("已答复", "Answered")),
        End("unanswered", L("未获答复", "Not answered"), outcome="unanswered"),
        End("cancelled",  L("已作废", "Cancelled"),      outcome="cancelled"),
    ],
    transitions=[
        Transition("inform",   L("告知(不用答复)", "Inform"),     "drafted", "informed",   CLERK, needs=["sent_by"]),
        Transition("ask",      L("反馈(等答复)", "Ask"),          "drafted", "sent",       CLERK, needs=["sent_by"]),
        Transition("remind",   L("追问", "Ask again"),            "sent",    "=",          CLERK, asks=["sent_by"]),
        Transition("answer",   L("厂家已答复", "Answered"),       "sent",    "answered",   CLERK,
                   needs=["answer"], papers=["reply"], outside="manufacturer"),
        Transition("leave_it", L("不再等", "Wait no longer"),     "sent",    "unanswered", CLERK, reason=True),
    ],
    cancel=Cancel(CLERK, "cancelled", at_once=["drafted"], never=["sent"]),
    fields=[
        Field("topic",      L("主题", "Topic"),                   high=100, personal=True),
        Field("department", L("厂家部门", "Their department"),    high=60),
        Field("content",    L("内容", "Content"),                 "note"),
        Field("sent_by",    L("发送方式", "Sent by"),             high=40),
        Field("answer",     L("答复内容", "Answer"),              "note"),
    ],
    papers=[Paper("reply", L("厂家答复", "Their reply"), supplier=CLERK, form="copy")])
# fmt: on

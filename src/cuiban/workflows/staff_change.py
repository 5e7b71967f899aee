"""Staff change: fed back to the manufacturer on the next day, with the change table. [B12]

Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import is_
from cuiban.engine.labels import L
from cuiban.engine.language import Cancel, Choice, End, Field, Opening, Paper, Process, Setting, State, Transition, need, on
from cuiban.engine.who import any_of, role
from cuiban.workflows.leaders import LEADER

CLERK = role("after_sales_clerk")

# fmt: off
staff_change = Process("staff_change", L("人员变动", "Staff change"), prefix="RY", rows=["B12"],
    subject=["kind", "post"], chaser=role("service_director"),
    opening=Opening(any_of(CLERK, LEADER),
        needs=["staff", "kind", "post", "changed_on", need("new_post", is_("kind", "moved"))], asks=["phone"]),
    states=[
        State("registered", L("待反馈厂家", "To be reported"),                       # 次日: the next working day
              due=on("changed_on", Setting("close_of_business"), days=1, roll="next"), owner=CLERK),
        End("reported",     L("已反馈", "Reported")),
        End("cancelled",    L("已作废", "Cancelled"), outcome="cancelled"),
    ],
    transitions=[
        Transition("report", L("反馈厂家", "Report"), "registered", "reported", CLERK,
                   needs=["sent_by"], papers=["change_table"], row="B12"),
    ],
    cancel=Cancel(any_of(CLERK, LEADER), "cancelled", at_once=["registered"]),
    fields=[
        Field("staff",      L("姓名", "Name"),            "name"),
        Field("phone",      L("电话", "Phone"),           "phone"),
        Field("kind",       L("变动类别", "Kind"),        "choice", choices=[
            Choice("joined", L("入职", "Joined")), Choice("moved", L("调岗", "Moved")),
            Choice("left",   L("离职", "Left"))]),
        Field("post",       L("岗位", "Post"),            high=40),
        Field("new_post",   L("新岗位", "New post"),      high=40),
        Field("changed_on", L("变动日期", "Changed on"),  "day"),
        Field("sent_by",    L("发送方式", "Sent by"),     high=40),
    ],
    papers=[Paper("change_table", L("人员变动调整表", "Change table"), supplier=CLERK)])
# fmt: on

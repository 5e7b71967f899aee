"""Sales target: mailed by the manufacturer as a quarter begins, signed, sealed, scanned, sent back by the 10th. [D10]

Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, is_
from cuiban.engine.labels import L
from cuiban.engine.language import Cancel, End, Field, Opening, Paper, Process, Setting, State, Transition, on
from cuiban.engine.who import role
from cuiban.workflows.entries import of_quarter

CLERK, GENERAL = role("sales_clerk"), role("general_manager")
TENTH = on("quarter", Setting("close_of_business"), days=9, roll="previous")

# fmt: off
SEALED = Guard("not_sealed", is_("sealed", True), L("还没盖公章", "the company's seal is missing"), CLERK)

sales_target = Process("sales_target", L("季度销售目标", "Sales target"), prefix="XL", rows=["D10"],
    subject=["quarter"], key=["quarter"], key_forever=True, chaser=role("sales_manager"),
    opening=Opening(CLERK, needs=["quarter"]),
    states=[
        State("expected",  L("待厂家来件", "Mail expected"),   due=TENTH, owner=CLERK,
              waits=L("厂家邮件", "the manufacturer's mail"), todo=L("收到目标", "get the target")),
        State("received",  L("待签字", "To be signed"),        due=TENTH),
        State("signed",    L("待盖章回传", "To be sealed and sent back"), due=TENTH),
        End("returned",    L("已回传", "Sent back")),
        End("not_sent",    L("厂家未发", "None came"),         outcome="not_sent"),
        End("cancelled",   L("已作废", "Cancelled"),           outcome="cancelled"),
    ],
    transitions=[
        Transition("receive",   L("收到目标", "Received"),     "expected", "received", CLERK,
                   needs=["goal"], asks=["by_model"], papers=["mail"], outside="manufacturer", row="D10"),
        Transition("sign",      L("签字", "Sign"),             "received", "signed",   GENERAL, signed=True,
                   enters=[of_quarter(what=["全部车型"], goal="goal"),
                           of_quarter("by_model", what="each.model", model="each.model", goal="each.count")], row="D10"),
        Transition("object",    L("退厂家重发", "Object"),     "received", "expected", GENERAL, reason=True, cycle=True),
        Transition("send_back", L("盖章扫描回传", "Send back"), "signed",  "returned", CLERK,
                   needs=["sealed", "sent_by"], papers=["signed_scan"], guards=[SEALED], row="D10"),
        Transition("do_without", L("厂家未发", "None came"),   "expected", "not_sent", CLERK, reason=True),
    ],
    cancel=Cancel(role("sales_manager"), "cancelled", at_once=["expected"], never=["received", "signed"]),
    fields=[
        Field("quarter",  L("季度", "Quarter"),            "quarter"),
        Field("goal",     L("零售目标(台)", "Retail target (cars)"), "number", low=0, high=100_000),
        Field("by_model", L("分车型目标", "By model"),     "rows", columns=[
            Field("model", L("车型", "Model"), low=1, high=40),
            Field("count", L("台数", "Cars"),  "number", low=0, high=100_000)]),
        Field("sealed",   L("已盖公章", "Sealed"),         "yes"),
        Field("sent_by",  L("发送方式", "Sent by"),        high=40),
    ],
    papers=[
        Paper("mail",        L("厂家目标邮件", "The manufacturer's mail"), supplier=CLERK, form="copy"),
        Paper("signed_scan", L("签章扫描件", "Signed and sealed scan"),    supplier=CLERK, form="copy"),
    ])
# fmt: on

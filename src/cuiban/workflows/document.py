"""Document: what comes in is registered, passed on, chased, filed; what goes out is registered, sent, filed. [B22]

Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, is_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    End,
    Enter,
    Field,
    Opening,
    Paper,
    Process,
    Setting,
    State,
    Transition,
    field,
    first,
    wd,
    wh,
)
from cuiban.engine.who import person, role

CLERK, HANDLER = role("after_sales_clerk"), person("handler")
OUT = is_("direction", "out")

# fmt: off
INCOMING = Guard("is_outgoing", is_("direction", "in"), L("这是发文, 请发出", "it goes out: send it"), CLERK)
OUTGOING = Guard("is_incoming", OUT, L("这是收文, 请传递", "it came in: pass it on"), CLERK)

FILED = Enter("paper", {"number": "@case", "filed": "folder"}, "known")

document = Process("document", L("收发文件", "Document"), prefix="WJ", rows=["B22"],
    subject=["direction", "title", "party"], chaser=CLERK,
    opening=Opening(CLERK,
        needs=["direction", "kind", "title", "party", "dated"], asks=["number", "copies"],
        enters=[Enter("paper", {"number": "@case", "way": "direction", "title": "title", "day": "dated", "party": "party",
                                "source": "@case"})]),
    states=[
        State("registered",  L("已登记", "Registered"),  due=wh(Setting("at_once_hours"))),
        State("with_handler", L("承办中", "Being handled"), due=first(field("due_on"), wd(Setting("document_days")))),
        State("handled",     L("已办", "Handled"),       due=wd(1)),
        State("sent",        L("已发出", "Sent"),        due=wd(1)),
        End("filed",         L("已归档", "Filed")),
        End("cancelled",     L("已作废", "Cancelled"),   outcome="cancelled"),
    ],
    transitions=[
        Transition("pass_on",   L("传递", "Pass on"),       "registered",   "with_handler", CLERK,
                   needs=["handler"], asks=["due_on"], guards=[INCOMING]),
        Transition("handle",    L("办结", "Handle"),        "with_handler", "handled",      HANDLER, needs=["result"]),
        Transition("send",      L("发出", "Send"),          "registered",   "sent",         CLERK,
                   needs=["sent_by"], papers=["file_copy"], guards=[OUTGOING]),
        Transition("file",      L("归档", "File"),          ["handled", "sent"], "filed",   CLERK, needs=["folder"],
                   enters=[FILED]),
        Transition("file",      L("归档", "File"),          "registered",   "filed",        CLERK,
                   needs=["folder"], guards=[INCOMING], enters=[FILED]),    # nothing to be done with it
        Transition("send_back", L("退回重办", "Send back"), "handled",      "with_handler", CLERK, reason=True, cycle=True),
    ],
    cancel=Cancel(CLERK, "cancelled", at_once=["registered"], never=["with_handler", "handled", "sent"],
        enters=[Enter("paper", {"number": "@case"}, "end")]),
    fields=[
        Field("direction", L("收发", "Direction"),        "choice", choices=[
            Choice("in", L("收文", "In")), Choice("out", L("发文", "Out"))]),
        Field("kind",      L("类别", "Kind"),             "choice", choices=[
            Choice("form", L("表格", "Form")), Choice("data", L("数据", "Data")),
            Choice("letter", L("文件", "Letter")), Choice("other", L("其他", "Other"))]),
        Field("title",     L("标题", "Title"),            high=100),
        Field("party",     L("来文或收文单位", "From or to"), high=60),
        Field("number",    L("文号", "Number"),           high=40),
        Field("dated",     L("收发日期", "Dated"),        "day", past=True),
        Field("copies",    L("份数", "Copies"),           "number", low=1, high=9999),
        Field("handler",   L("承办人", "Handler"),        "person"),
        Field("due_on",    L("办结日期", "Due on"),       "day"),
        Field("result",    L("办理结果", "Result"),       "note"),
        Field("sent_by",   L("发送方式", "Sent by"),      high=40),
        Field("folder",    L("归档位置", "Filed in"),     high=60),
    ],
    papers=[Paper("file_copy", L("存档件", "Copy for the file"), supplier=CLERK, form="copy")])
# fmt: on

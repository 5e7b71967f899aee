"""Inspection: the boards of resources and progress are ready before the visit; what it finds is mended. [D24]

Holds: states, who, by when. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Cancel, End, Field, Opening, Paper, Process, Setting, State, Transition, anew, field, on
from cuiban.engine.who import role

CLERK, MANAGER = role("sales_clerk"), role("sales_manager")

# fmt: off
inspection = Process("inspection", L("明访检查", "Inspection"), prefix="MF", rows=["D24"],
    subject=["visit_on", "visitor"], key=["visit_on"], chaser=MANAGER,
    opening=Opening(CLERK, needs=["visit_on", "visitor"], asks=["scope"]),
    states=[
        State("announced", L("待准备看板", "Boards to be made"),
              due=on("visit_on", Setting("close_of_business"), days=-1, roll="previous"), todo=L("编好看板", "make the boards")),
        State("ready",     L("待检查", "Ready"),           due=field("visit_on"), owner=CLERK, todo=L("接受检查", "be inspected")),
        State("mending",   L("整改中", "Being mended"),    due=field("mend_by"), owner=CLERK, todo=L("整改完", "mend it")),
        End("passed",      L("已通过", "Passed")),
        End("mended",      L("已整改", "Mended"),          outcome="mended"),
        End("cancelled",   L("已作废", "Cancelled"),       outcome="cancelled"),
    ],
    transitions=[
        Transition("prepare",  L("看板编好", "Make the boards"), "announced", "ready",   CLERK,
                   papers=["resource_board", "progress_board"], row="D24"),
        Transition("postpone", L("改期", "Postpone"),            "announced", "=",       CLERK, reason=True,
                   needs=[anew("visit_on")]),
        Transition("pass_",    L("检查通过", "Passed"),          "ready",   "passed",    CLERK, outside="manufacturer",
                   asks=["remarks"]),
        Transition("find",     L("有问题", "Found wanting"),     "ready",   "mending",   CLERK, outside="manufacturer",
                   needs=["findings", "mend_by"], papers=["findings_sheet"]),
        Transition("postpone", L("改期", "Postpone"),            "ready", "announced",   CLERK, reason=True,
                   needs=[anew("visit_on")], undoes="prepare"),  # the boards have to be of the day
        Transition("mend",     L("整改完", "Mended"),            "mending", "mended",    MANAGER, needs=["measures"]),
    ],
    cancel=Cancel(MANAGER, "cancelled", at_once=["announced"], never=["ready", "mending"]),
    fields=[
        Field("visit_on", L("检查日期", "Visit on"),        "day"),
        Field("visitor",  L("检查方", "Visitor"),           high=60),
        Field("scope",    L("检查内容", "What is looked at"), high=200, personal=True),
        Field("remarks",  L("评语", "Remarks"),             "note"),
        Field("findings", L("问题", "Findings"),            "note"),
        Field("mend_by",  L("整改期限", "To be mended by"), "day"),
        Field("measures", L("整改措施", "Measures"),        "note"),
    ],
    papers=[
        Paper("resource_board", L("资源看板", "Resource board"),     supplier=CLERK, step="prepare", form="copy"),
        Paper("progress_board", L("销售进度看板", "Progress board"), supplier=CLERK, step="prepare", form="copy"),
        Paper("findings_sheet", L("检查记录", "Findings sheet"),     supplier=CLERK, form="copy"),
    ])
# fmt: on

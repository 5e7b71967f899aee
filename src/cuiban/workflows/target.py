"""Target: signed for by who answers for it, checked on the way by somebody else, met or missed with cause. [B3, D27]

Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import AtLeast, Guard, Later, is_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    End,
    Field,
    Opening,
    Process,
    Setting,
    State,
    Transition,
    anew,
    field,
    first,
    need,
    wh,
)
from cuiban.engine.who import Opener, any_of, person
from cuiban.workflows.entries import target as target_row
from cuiban.workflows.leaders import CLERK, LEADER

RESPONSIBLE = person("responsible")
SETTER = any_of(Opener(), LEADER)
CHECKER = any_of(CLERK, LEADER)
PURCHASE = is_("kind", "purchase_rate", "purchase_count")

# fmt: off
KIND = Field("kind", L("类别", "Kind"), "choice", choices=[
    Choice("responsibility", L("目标责任", "Responsibility")),
    Choice("retail",         L("零售", "Retail")),
    Choice("purchase_rate",  L("进货率", "Purchase rate")),
    Choice("purchase_count", L("进货台次", "Purchase count"))])
SET = target_row("new", until="ends_on", goal="goal", unit="unit", model="model", responsible="responsible", source="@case")
SO_FAR = target_row("known", reached="reached")

REACHED = Guard("target_not_reached", AtLeast("reached", "goal"),
                L("目标 {goal}, 才完成 {reached}", "the target is {goal}, reached is {reached}"), RESPONSIBLE)
AHEAD   = Guard("check_in_past", Later("check_on"),
                L("下次检查要在以后", "the next check has to lie ahead"), CHECKER)
IN_ORDER = Guard("ends_before_it_begins", AtLeast("ends_on", "begins_on"),
                L("结束 {ends_on} 早于开始 {begins_on}", "it ends on {ends_on}, before it begins on {begins_on}"), CHECKER)

target = Process("target", L("目标责任", "Target"), prefix="MB", rows=["B3", "D27"],
    subject=["what", "kind", "model"],
    opening=Opening(any_of(CLERK, LEADER),
        needs=["what", "kind", "responsible", "goal", "begins_on", "ends_on", need("model", PURCHASE)],
        asks=["unit", "check_on"], guards=[IN_ORDER]),
    states=[
        State("set",       L("待签责任", "To be signed for"), due=wh(Setting("at_once_hours"))),
        State("running",   L("进行中", "Running"),            due=first(field("check_on"), field("ends_on")),
              owner=Opener(), todo=L("达成", "meet it")),
        End("met",         L("已达成", "Met")),
        End("missed",      L("未达成", "Missed"),             outcome="missed"),
        End("cancelled",   L("已作废", "Cancelled"),          outcome="cancelled"),
    ],
    transitions=[
        Transition("accept",   L("签字承担", "Sign for it"),  "set",     "running", RESPONSIBLE, signed=True,
                   enters=[SET], row="B3"),
        Transition("check",    L("检查", "Check"),            "running", "=",       CHECKER, unlike=["accept"],
                   needs=[anew("reached"), anew("check_on")], asks=["remark"], guards=[AHEAD],
                   enters=[SO_FAR], row="B3"),
        Transition("meet",     L("达成", "Met"),              "running", "met",     CHECKER, unlike=["accept"],
                   needs=[anew("reached")], guards=[REACHED], enters=[SO_FAR]),
        Transition("miss",     L("未达成", "Missed"),         "running", "missed",  CHECKER, unlike=["accept"],
                   not_before=field("ends_on"), needs=[anew("reached"), "cause", "measures"],
                   enters=[SO_FAR]),
        Transition("revise",   L("调整目标", "Revise"),       "running", "set",     SETTER, unlike=["accept"],
                   needs=[anew("goal")], asks=["ends_on"], reason=True, cycle=True, enters=[target_row("end")]),
    ],
    cancel=Cancel(SETTER, "cancelled", at_once=["set"], never=["running"]),
    fields=[
        Field("what",        L("目标", "Target"),             high=100),
        KIND,
        Field("model",       L("车型", "Model"),              high=40),        # D27: one model has its own
        Field("responsible", L("责任人", "Responsible"),      "person"),
        Field("goal",        L("目标值", "Goal"),             "number", low=0),
        Field("unit",        L("单位", "Unit"),               high=20),
        Field("begins_on",   L("开始日期", "Begins on"),      "day"),
        Field("ends_on",     L("截止日期", "Ends on"),        "day"),
        Field("check_on",    L("下次检查", "Next check"),     "day"),
        Field("reached",     L("已完成", "Reached"),          "number", low=0),
        Field("remark",      L("检查情况", "What was found"), "note"),
        Field("cause",       L("未达成原因", "Why missed"),   "note"),
        Field("measures",    L("改进措施", "Measures"),       "note"),
    ])
# fmt: on

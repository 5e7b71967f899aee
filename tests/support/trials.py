"""Processes that say what those of the dealership do not: signatures in sequence and k of n, a guard that may be overridden,
a step that fires itself, a pause of a relative clock, a child for each entry. For tests only; a package of its own, as a
store would add one.
"""

import sys
from types import ModuleType

from cuiban import workflows
from cuiban.engine.conditions import AtLeast, Guard, Linked
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    End,
    Field,
    Open,
    Opening,
    Process,
    Signers,
    State,
    Transition,
    field,
    hours,
    wh,
)
from cuiban.engine.who import System, Who, any_of, person, role

CLERK, HEAD = role("sales_clerk"), role("sales_manager")
SIGNERS: list[Who] = [HEAD, role("finance_manager"), role("general_manager")]

# fmt: off
ENOUGH   = Guard("too_small", AtLeast("amount", 100), L("金额 {amount} 太小", "{amount} is too small"), CLERK,
                 override="sales_manager")
ANSWERED = Guard("not_all_answered", Linked("answers"), L("还有人没答复: {answers}", "not all have answered: {answers}"),
                 CLERK)

trial = Process("trial", L("试行", "Trial"), prefix="SX", rows=["T1"], subject=["title"], late_days=3,
    opening=Opening(CLERK, needs=["title"], asks=["amount", "ends_at", "people"]),
    states=[
        State("draft",    L("起草", "Draft"),       due=wh(8)),
        State("sequence", L("逐级签", "In turn"),   due=wh(8)),
        State("vote",     L("票签", "Vote"),        due=wh(8)),
        State("running",  L("进行中", "Running"),   due=hours(10), owner=CLERK),
        State("waiting",  L("等客户", "Waiting"),   owner=CLERK, waits=L("客户", "the customer")),
        End("finished",   L("已完成", "Finished")),
        End("ended",      L("已到期", "Ended"),     outcome="ended"),
        End("cancelled",  L("已作废", "Cancelled"), outcome="cancelled"),
    ],
    transitions=[
        Transition("ask",     L("征求", "Ask"),       "draft",    "=",        CLERK, needs=["people"],
                   opens=[Open("answer", "answers", each="people", sets={"person": "each", "about": "title"})]),
        Transition("consult", L("咨询", "Consult"),   "draft",    "=",        CLERK,
                   opens=[Open("answer", "advice", sets={"person": ["li"], "about": "title"})]),
        Transition("submit",  L("送签", "Submit"),    "draft",    "sequence", CLERK, guards=[ANSWERED]),
        Transition("sign",    L("签", "Sign"),        "sequence", "vote",     any_of(*SIGNERS),
                   signs=Signers(SIGNERS, sequence=True)),
        Transition("vote",    L("投票", "Vote"),      "vote",     "running",  any_of(*SIGNERS), signs=Signers(SIGNERS, k=2)),
        Transition("start",   L("开始", "Start"),     "draft",    "running",  CLERK, asks=["ends_at"]),
        Transition("hold_on", L("暂停", "Hold on"),   "running",  "waiting",  CLERK),
        Transition("go_on",   L("继续", "Go on"),     "waiting",  "running",  CLERK),
        Transition("finish",  L("完成", "Finish"),    "running",  "finished", any_of(CLERK, HEAD), asks=["amount"],
                   guards=[ENOUGH]),
        Transition("reopen",  L("重开", "Reopen"),    "cancelled", "draft",   CLERK, cycle=True, reason=True),
        Transition("expire",  L("到期", "Expire"),    "running",  "ended",    System(), at=field("ends_at")),
    ],
    cancel=Cancel(CLERK, "cancelled", at_once=["draft"], never=["sequence", "vote"]),
    fields=[
        Field("title",   L("标题", "Title"),      high=100),
        Field("amount",  L("金额", "Amount"),     "number", low=0),
        Field("ends_at", L("到期时间", "Ends at"), "instant"),
        Field("people",  L("征求谁", "People"),   "persons"),
    ])

answer = Process("answer", L("答复", "Answer"), prefix="DF", rows=["T2"], subject=["about"],
    opening=Opening(System(), needs=["person", "about"]),
    states=[State("asked", L("待答复", "Asked"), due=wh(4)), End("answered", L("已答复", "Answered")),
            End("cancelled", L("已作废", "Cancelled"), outcome="cancelled")],
    transitions=[
        Transition("pass_on", L("再问", "Pass on"), "asked", "=",        person("person"), needs=["people"],
                   opens=[Open("answer", "answers", each="people", sets={"person": "each", "about": "about"})]),
        Transition("reply",   L("答复", "Reply"),   "asked", "answered", person("person"), needs=["text"], guards=[ANSWERED]),
    ],
    cancel=Cancel(CLERK, "cancelled", at_once=["asked"]),
    fields=[
        Field("person", L("谁", "Who"),      "person"),
        Field("about",  L("关于", "About"),  high=100),
        Field("people", L("再问谁", "Passed on to"), "persons"),
        Field("text",   L("内容", "Text"),   "note"),
    ])
# fmt: on

PROCESSES = (trial, answer)


def modules() -> list[ModuleType]:
    """The packages of processes: the dealership's, and this one."""
    return [workflows, sys.modules[__name__]]

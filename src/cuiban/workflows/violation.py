"""Violation: software that is not allowed, found on a machine, taken off, and looked at once more. [C19]

The text forbids games, and even QQ, by which others work: what a department may use stands in a setting (choice).
Holds: states, who, by when. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, Listed, not_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    USUAL_LADDER,
    Cancel,
    End,
    Field,
    Opening,
    Paper,
    Process,
    Rung,
    Setting,
    State,
    Transition,
    anew,
    wd,
    wh,
)
from cuiban.engine.who import person, role, superior

ENGINEER = role("it_engineer")
USER = person("user")
HEAD = superior(USER)

# fmt: off
FORBIDDEN = Guard("allowed", not_(Listed(["department", "software"], Setting("allowed_software"))),
                  L("{department} 可以用 {software}", "{department} may use {software}"))

violation = Process("violation", L("违规软件", "Violation"), prefix="WG", rows=["C19"],
    subject=["software", "user", "device"], key=["device", "software"], chaser=ENGINEER,
    ladder=[*USUAL_LADDER, Rung(HEAD, cycle=2, lists=True)],
    opening=Opening(ENGINEER, needs=["user", "department", "software", "device"], asks=["found"], guards=[FORBIDDEN]),
    states=[
        State("found",     L("待卸载", "To be taken off"), due=wd(Setting("violation_days")), todo=L("卸载", "take it off")),
        State("disputed",  L("待主管定", "With the head"), due=wd(Setting("approval_days")), todo=L("定夺", "decide")),
        State("removed",   L("待复查", "To be checked"),   due=wh(Setting("at_once_hours")), todo=L("复查", "check")),
        End("closed",      L("已纠正", "Put right")),
        End("allowed",     L("准许使用", "Allowed"),       outcome="allowed"),
        End("cancelled",   L("已作废", "Cancelled"),       outcome="cancelled"),
    ],
    transitions=[
        Transition("remove",  L("已卸载", "Taken off"),           "found",    "removed",  USER, asks=["explanation"]),
        Transition("dispute", L("说明工作需要", "Needed for work"), "found",  "disputed", USER,
                   needs=[anew("explanation")]),
        Transition("insist",  L("要求卸载", "Insist"),            "disputed", "found",    HEAD),
        Transition("allow",   L("准许使用", "Allow"),             "disputed", "allowed",  HEAD, reason=True),
        Transition("close",   L("复查通过", "Check and close"),   "removed",  "closed",   ENGINEER, unlike=["remove"],
                   row="C19"),
        Transition("still_there", L("仍未卸载", "Still there"),   "removed",  "found",    ENGINEER, unlike=["remove"],
                   cycle=True),
    ],
    cancel=Cancel(ENGINEER, "cancelled", at_once=["found"], never=["disputed", "removed"]),
    fields=[
        Field("user",        L("使用人", "User"),               "person"),
        Field("department",  L("部门", "Department"),           high=40),
        Field("software",    L("软件", "Software"),             high=60),
        Field("device",      L("设备编号", "Device"),           high=60),
        Field("found",       L("检查情况", "What was found"),   "note"),
        Field("explanation", L("说明", "Explanation"),          "note"),
    ],
    papers=[Paper("screenshot", L("截图", "Screenshot"), supplier=ENGINEER, form="copy")])
# fmt: on

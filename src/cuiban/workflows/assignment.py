"""Assignment: what a leader hands out is done and accepted; what is reported upward comes back with an instruction.

Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process. [B5, A5, A16]
"""

from cuiban.engine.conditions import Guard, Later, either, has, is_, not_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Choice,
    Drive,
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
    wd,
    wh,
)
from cuiban.engine.who import Opener, System, any_of, person, superior
from cuiban.workflows.leaders import LEADER

DOER, GIVER = person("doer"), any_of(Opener(), superior(Opener()))

# fmt: off
TASK   = Guard("is_a_report", is_("kind", "task"),
               L("这是上报事项, 请批示", "this was reported upward: it takes an instruction"), DOER)
REPORT = Guard("is_no_report", is_("kind", "report"),
               L("这是交办事项, 请办结", "this is a task: it is handed in"), DOER)
AHEAD  = Guard("due_in_past", either(not_(has("due_at")), Later("due_at")),
               L("时限要在以后", "the time has to lie ahead"), GIVER)

assignment = Process("assignment", L("交办事项", "Assignment"), prefix="JB", rows=["B5", "A5", "A16"],
    subject=["what"],                                                       # chased by who handed it out
    opening=Opening(LEADER, needs=["what", "doer"], asks=["details", "due_at"], sets={"kind": "task"}, guards=[AHEAD]),
    states=[
        State("given",     L("已交办", "Handed out"),      due=first(field("due_at"), wh(Setting("at_once_hours")))),
        State("handed_in", L("待确认", "To be accepted"),  due=wd(Setting("accept_days")), owner=Opener()),
        End("accepted",    L("已办结", "Accepted")),
        End("instructed",  L("已批示", "Instructed")),
        End("dropped",     L("已撤销", "Dropped"),         outcome="dropped"),
        End("settled",     L("已自行解决", "Settled below"), outcome="settled"),
    ],
    transitions=[
        Transition("hand_in",   L("办结", "Hand in"),            "given",     "handed_in",  DOER,
                   needs=["result"], guards=[TASK], row="B5"),
        Transition("accept",    L("确认", "Accept"),             "handed_in", "accepted",   GIVER, unlike=["hand_in"]),
        Transition("send_back", L("退回重办", "Send back"),      "handed_in", "given",      GIVER, unlike=["hand_in"],
                   needs=["why"], asks=["due_at"], guards=[AHEAD], cycle=True),
        Transition("postpone",  L("改期", "Postpone"),           "given",     "=",          GIVER,
                   needs=[anew("due_at")], guards=[AHEAD], reason=True),
        Transition("drop",      L("撤销", "Drop"),               "given",     "dropped",    GIVER,
                   guards=[TASK], reason=True),
        # reported upward: the case that reported it goes on with the instruction
        Transition("instruct",  L("批示", "Instruct"),           "given",     "instructed", DOER,
                   needs=["result"], guards=[REPORT], drives=[Drive("source", "instruct", {"instruction": "result"})],
                   row="A5"),
        Transition("settle",    L("已自行解决", "Settle below"), "given",     "settled",    System()),
    ],
    fields=[
        Field("what",    L("事项", "What"),              high=100, personal=True),
        Field("kind",    L("性质", "Kind"),              "choice", choices=[
            Choice("task", L("交办", "Task")), Choice("report", L("上报", "Reported upward"))]),
        Field("details", L("详细说明", "Details"),       "note"),
        Field("doer",    L("承办人", "Doer"),            "person"),                # a person, or role:ID
        Field("due_at",  L("办结时限", "Due"),           "instant"),
        Field("result",  L("结果或批示", "Result or instruction"), "note"),
        Field("why",     L("退回原因", "Why sent back"), "note"),
    ])
# fmt: on

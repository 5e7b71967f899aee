"""Meeting: arranged, held, minuted; each thing that it resolved is chased until done, and only then is it closed. [B2]

Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, Linked
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    End,
    Field,
    Open,
    Opening,
    Paper,
    Process,
    Setting,
    State,
    Transition,
    anew,
    cd,
    field,
    wd,
)
from cuiban.engine.who import Chaser, any_of, person, role
from cuiban.workflows.leaders import LEADER

CLERK, RESPONSIBLE = role("after_sales_clerk"), person("responsible")

# fmt: off
SETTLED = Guard("resolutions_open", Linked("resolutions"),
                L("议决事项还没全部办结 ({resolutions})", "not everything resolved is done ({resolutions})"))

meeting = Process("meeting", L("会议", "Meeting"), prefix="HY", rows=["B2"],
    subject=["topic"], chaser=role("service_director"),
    opening=Opening(any_of(CLERK, LEADER), needs=["topic", "held_at"], asks=["place", "attendees", "agenda"]),
    states=[
        State("planned",   L("待召开", "Planned"),         due=field("held_at"), owner=CLERK, todo=L("召开", "hold it")),
        State("held",      L("待出纪要", "To be minuted"), due=wd(Setting("minutes_days")), todo=L("出纪要", "write the minutes")),
        State("chasing",   L("催办中", "Being chased"),    due=cd(Setting("meeting_close_days"))),
        End("closed",      L("已办结", "Closed")),
        End("cancelled",   L("已取消", "Cancelled"),       outcome="cancelled"),
    ],
    transitions=[
        Transition("postpone", L("改期", "Postpone"),      "planned", "=",       any_of(CLERK, LEADER),
                   needs=[anew("held_at")], asks=["place"], reason=True),
        Transition("hold",     L("已召开", "Held"),        "planned", "held",    CLERK, asks=["attendees"]),
        Transition("minute",   L("出纪要", "Minute"),      "held",    "chasing", CLERK,
                   papers=["minutes"], asks=["resolutions"], row="B2",
                   opens=[Open("resolution", "resolutions", each="resolutions", sets={
                       "what": "each.what", "responsible": "each.responsible", "due_on": "each.due_on"})]),
        Transition("close",    L("办结", "Close"),         "chasing", "closed",  CLERK, guards=[SETTLED], row="B2"),
    ],
    cancel=Cancel(any_of(CLERK, LEADER), "cancelled", at_once=["planned"], never=["held", "chasing"]),
    fields=[
        Field("topic",       L("会议主题", "Topic"),       high=100, personal=True),
        Field("held_at",     L("会议时间", "Held at"),     "instant"),
        Field("place",       L("地点", "Place"),           high=60),
        Field("attendees",   L("参会人", "Attendees"),     "persons"),
        Field("agenda",      L("议程", "Agenda"),          "note"),
        Field("resolutions", L("议决事项", "Resolutions"), "rows", columns=[
            Field("what",        L("事项", "What"),        low=1, high=100),
            Field("responsible", L("责任人", "Responsible"), "person", low=1),
            Field("due_on",      L("完成日期", "Due on"),  "day", low=1)]),
    ],
    papers=[Paper("minutes", L("会议纪要", "Minutes"), supplier=CLERK)])

resolution = Process("resolution", L("议决事项", "Resolution"), prefix="YJ", rows=["B2"],
    subject=["what"],                                                       # chased by who minuted it
    opening=Opening(CLERK, needs=["what", "responsible", "due_on"]),
    states=[
        State("open",    L("待办", "To be done"),      due=field("due_on"), owner=RESPONSIBLE),
        End("done",      L("已办", "Done")),
        End("dropped",   L("已撤销", "Dropped"),       outcome="dropped"),
    ],
    transitions=[
        Transition("finish",   L("办结", "Finish"),    "open", "done",    RESPONSIBLE, needs=["result"]),
        Transition("postpone", L("改期", "Postpone"),  "open", "=",       Chaser(), needs=[anew("due_on")], reason=True),
        Transition("drop",     L("撤销", "Drop"),      "open", "dropped", Chaser(), reason=True),
    ],
    fields=[
        Field("what",        L("事项", "What"),          high=100, personal=True),
        Field("responsible", L("责任人", "Responsible"), "person"),
        Field("due_on",      L("完成日期", "Due on"),    "day"),
        Field("result",      L("办理结果", "Result"),    "note"),
    ])
# fmt: on

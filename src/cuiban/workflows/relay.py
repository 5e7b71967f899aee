"""Relay: what a department's head is told, acknowledges and carries out, before whatever told it is due. [B1, B6, B20, B24]

Opened by notices and campaigns, one for each head concerned. Holds: states, who, by when. Never: SQL, files, a clock.
"""

from cuiban.engine.conditions import Guard, Linked
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Drive,
    End,
    Field,
    Open,
    Opening,
    Paper,
    Process,
    Setting,
    State,
    Transition,
    before,
    first,
    wd,
    wh,
)
from cuiban.engine.who import Chaser, System, person
from cuiban.workflows.leaders import CLERK

HEAD = person("head")
AHEAD = Setting("relay_ahead_days")

# fmt: off
relay = Process("relay", L("部门传达", "Relay"), prefix="CD", rows=["B1", "B6", "B20", "B24", "D26"],
    subject=["what", "head"],                                               # chased by the clerk who passed it on
    opening=Opening(CLERK, needs=["what", "head"], asks=["content", "deadline", "by_day"]),
    states=[
        State("passed_on",    L("待签收", "To be acknowledged"), due=wh(Setting("at_once_hours"))),
        State("acknowledged", L("待落实", "To be carried out"),
              due=first(before("deadline", AHEAD), before("by_day", AHEAD), wd(Setting("relay_days"))),
              todo=L("落实反馈", "carry it out")),
        End("delivered",      L("已落实", "Carried out")),
        End("excused",        L("免办", "Excused"),              outcome="excused"),
        End("called_off",     L("已取消", "Called off"),         outcome="called_off"),
    ],
    transitions=[
        Transition("acknowledge", L("签收", "Acknowledge"),      "passed_on",    "acknowledged", HEAD, row="B1"),
        Transition("deliver",     L("落实反馈", "Carried out"),  "acknowledged", "delivered",    HEAD,
                   needs=["done"], row="B6"),
        Transition("excuse",      L("免办", "Excuse"),           ["passed_on", "acknowledged"], "excused", Chaser(),
                   reason=True),
        # with the notice or campaign that told it
        Transition("extend",      L("改期", "Extend"),           ["passed_on", "acknowledged"], "=", System(),
                   asks=["deadline", "by_day"]),
        Transition("call_off",    L("取消", "Call off"),         ["passed_on", "acknowledged"], "called_off", System()),
    ],
    fields=[
        Field("what",     L("事项", "What"),            high=100, personal=True),
        Field("content",  L("内容", "Content"),         "note"),
        Field("head",     L("部门负责人", "Head"),      "person"),
        Field("deadline", L("时间节点", "Deadline"),    "instant"),
        Field("by_day",   L("最迟日期", "By the day"),  "day"),
        Field("done",     L("落实情况", "What was done"), "note"),
    ],
    papers=[Paper("material", L("材料", "Material"), supplier=HEAD, form="copy")])

# What tells it passes it on to the heads in `heads`, to more of them later, and calls it off.
HEADS = Field("heads",      L("涉及部门负责人", "Heads concerned"), "persons")
MORE  = Field("more_heads", L("补充部门负责人", "Further heads"),   "persons")

DELIVERED = Guard("not_delivered", Linked("relays"),
                  L("部门还没全部落实 ({relays})", "not every department has carried it out ({relays})"))
TOLD      = Guard("not_acknowledged", Linked("relays", ["acknowledged", "delivered", "excused", "called_off"]),
                  L("部门还没全部签收 ({relays})", "not every department has acknowledged it ({relays})"))
CALL_OFF  = Drive("relays", "call_off", open_only=True)
# fmt: on


def to(heads: str, **sets: str) -> Open:
    """A relay for each person in the field `heads`."""
    return Open("relay", "relays", {"head": "each", **sets}, each=heads)

"""The process that steps are measured on: a part is ordered, checked by one person and sent back by another, for ever.

Everything is on: who may, required fields with bounds, a guard, four eyes, a due in working time. The plain steps draw no
number, open nothing and hold no personal value; one step with each stands beside them.
"""

from cuiban.engine.conditions import AtLeast, Guard
from cuiban.engine.labels import L
from cuiban.engine.language import Choice, Draw, End, Field, Open, Opening, Process, State, Transition, wd, wh
from cuiban.engine.who import role
from cuiban.workflows.choices import CHOICES as CHOICES

CLERK, MANAGER = role("clerk"), role("manager")
ROLES = {
    "clerk": L("信息员", "Clerk"),
    "manager": L("经理", "Manager"),
    "administrator": L("系统管理员", "Administrator"),
}
DUTIES = ()
WORTH_IT = Guard("too_small", AtLeast("amount", 2), L("至少订2件", "two at least"), CLERK)

# fmt: off
order = Process("order", L("订货", "Order"), prefix="DH", rows=[], subject=["part"],
    opening=Opening(CLERK, needs=["part", "amount"]),
    states=[
        State("drafted",  L("已登记", "Drafted"), due=wh(4)),
        State("checked",  L("已核对", "Checked"), due=wd(1)),
        State("numbered", L("已编号", "Numbered"), due=wd(1)),
        End("closed",     L("已办结", "Closed")),
    ],
    transitions=[
        Transition("check",     L("核对", "Check"),      "drafted", "checked",   CLERK, needs=["amount", "kind"],
                   guards=[WORTH_IT]),
        Transition("send_back", L("退回", "Send back"),  "checked", "drafted",   MANAGER, unlike=["check"],
                   needs=["finding"]),
        Transition("number",    L("编号", "Number"),     "drafted", "numbered",  CLERK, needs=["amount", "kind"],
                   guards=[WORTH_IT], draws=[Draw("orders", "order_number")]),
        Transition("remark",    L("说明", "Remark"),     "drafted", "numbered",  CLERK, needs=["amount", "remark"],
                   guards=[WORTH_IT]),
        Transition("split",     L("分单", "Split"),      "drafted", "numbered",  CLERK, needs=["amount", "kind"],
                   guards=[WORTH_IT], opens=[Open("order", "part_of", sets={"part": "part", "amount": "amount"})]),
        Transition("return",    L("退号", "Return"),     "numbered", "drafted",  MANAGER, needs=["finding"]),
        Transition("close",     L("办结", "Close"),      "checked", "closed",    MANAGER),
    ],
    fields=[
        Field("part",         L("配件", "Part"), high=60),
        Field("amount",       L("数量", "Amount"), "number", low=1, high=100),
        Field("kind",         L("类别", "Kind"), "choice",
              choices=[Choice("stock", L("库存", "Stock")), Choice("urgent", L("急件", "Urgent"))]),
        Field("finding",      L("意见", "Finding"), "choice",
              choices=[Choice("amount", L("数量不对", "Wrong amount")), Choice("kind", L("类别不对", "Wrong kind"))]),
        Field("order_number", L("编号", "Number")),
        Field("remark",       L("说明", "Remark"), "note"),
    ])
# fmt: on

PROCESSES = (order,)

"""Stock audit by GMAC: every car that left has its slip, the cars on the way are listed, what differs is settled. [D24]

Holds: states, who, by when. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Agree, AtLeast, Count, Guard, Linked, is_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Check,
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
    field,
    need,
    on,
    wd,
)
from cuiban.engine.who import role
from cuiban.workflows.difference import FOUND, MODEL, REMARK, SEEN_VIN

CLERK, MANAGER = role("sales_clerk"), role("sales_manager")

# fmt: off
NETWORK_OUT = Guard("network_not_slipped", is_("network_slipped", True),
                    L("发往二网的车还没都出库", "not every car at the network has its slip"), CLERK)
SOLD_OUT    = Guard("sold_not_slipped", is_("sold_slipped", True),
                    L("展厅已售的车还没都出库", "not every car sold has its slip"), CLERK)
SLIPS_RIGHT = Guard("slips_wrong", is_("slips_right", True),
                    L("出库单还不准确", "the slips are not right yet"), CLERK)
SLIPS_AGREE = Guard("slips_differ", Agree("slips"),
                    L("出库单与发票对不上: {vin} {found} ({remark})",
                      "slips and invoices differ: {vin}, {found} ({remark})"), CLERK)
SOLD_AGREE  = Guard("sold_without_slip", Agree("sold"),
                    L("已售车没有出库单: {vin}", "a sold car without a slip: {vin}"), CLERK)
AWAY_AGREE  = Guard("network_without_slip", Agree("away"),
                    L("二网车没有出库单: {vin}", "a network car without a slip: {vin}"), CLERK)
ALL_LISTED  = Guard("transit_short", Count("in_transit", "count_transit"),
                    L("在途 {count_transit} 台, 清单只有 {in_transit} 台",
                      "{count_transit} cars are on the way, the list has {in_transit}"), CLERK)
SETTLED     = Guard("differences_open", Linked("difference"),
                    L("还有差异没处理完 ({difference})", "differences are still open ({difference})"), CLERK)

stock_audit = Process("stock_audit", L("GMAC查库", "Stock audit"), prefix="CK", rows=["D24"],
    subject=["audit_on"], key=["audit_on"], chaser=MANAGER,
    checks=[Check("slips", "d4_slips"), Check("sold", "d4_sold_cars"), Check("away", "d4_network")],
    opening=Opening(CLERK, needs=["audit_on"]),
    states=[
        State("announced", L("待准备", "To be prepared"),
              due=on("audit_on", Setting("close_of_business"), days=-1, roll="previous")),
        State("ready",     L("待查库", "Ready"),             due=field("audit_on"), owner=CLERK,
              todo=L("查库", "go through the stock")),
        State("differing", L("有差异", "Differences"),       due=wd(Setting("difference_days")), owner=CLERK),
        End("passed",      L("已查清", "In order")),
        End("cancelled",   L("已作废", "Cancelled"),         outcome="cancelled"),
    ],
    transitions=[
        Transition("prepare",  L("备妥", "Prepare"),         "announced", "ready",     CLERK,
                   needs=["network_slipped", "sold_slipped", "slips_right", "count_transit",
                          need("in_transit", AtLeast("count_transit", 1))],
                   guards=[NETWORK_OUT, SOLD_OUT, SLIPS_RIGHT, ALL_LISTED, SLIPS_AGREE, SOLD_AGREE, AWAY_AGREE], row="D24"),
        Transition("agree",    L("账实相符", "All agrees"),  "ready",     "passed",    CLERK, outside="gmac",
                   papers=["audit_sheet"], row="D24"),
        Transition("differ",   L("有差异", "Differences"),   "ready",     "differing", CLERK, outside="gmac",
                   papers=["audit_sheet"], needs=["differences"],
                   opens=[Open("difference", "difference", each="differences", sets={
                       "found": "each.found", "vin": "each.vin", "model": "each.model", "remark": "each.remark"})]),
        Transition("postpone", L("改期", "Postpone"),        ["announced", "ready"], "announced", CLERK, reason=True,
                   needs=[anew("audit_on")], cycle=True),
        Transition("settle",   L("结清", "Settle"),          "differing", "passed",    CLERK, guards=[SETTLED]),
    ],
    cancel=Cancel(MANAGER, "cancelled", at_once=["announced"], never=["ready", "differing"]),
    fields=[
        Field("audit_on",        L("查库日期", "Audit on"),               "day"),
        Field("network_slipped", L("二网车辆已出库", "Network cars slipped"), "yes"),
        Field("sold_slipped",    L("展厅销售车辆已出库", "Sold cars slipped"), "yes"),
        Field("slips_right",     L("出库单准确", "Slips right"),          "yes"),
        Field("count_transit",   L("在途台数", "Cars on the way"),        "number", low=0, high=999),
        Field("in_transit",      L("在途车辆", "On the way"),             "rows", columns=[   # DOL, by node: VSC ...
            SEEN_VIN, MODEL, Field("node", L("节点", "Node"), high=20)]),
        Field("differences",     L("差异", "Differences"),                "rows", columns=[FOUND, SEEN_VIN, MODEL, REMARK]),
    ],
    papers=[Paper("audit_sheet", L("查库单", "Audit sheet"), supplier=CLERK, form="copy")])
# fmt: on

"""Reconciliation: the week's cars in and invoices out compared with finance, the funds of the CALL verified. [D15]

Holds: states, who, by when. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Agree, AtLeast, Count, Guard, Linked, both, either, has, is_, not_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Check,
    End,
    Field,
    Link,
    Open,
    Opening,
    Process,
    Setting,
    State,
    Transition,
    need,
    on,
    wd,
)
from cuiban.engine.who import any_of, role
from cuiban.workflows.difference import FOUND, MODEL, REMARK, SEEN_VIN

CLERK, MANAGER, FINANCE = role("sales_clerk"), role("sales_manager"), role("finance")
FRIDAY_CLOSE = on("week", Setting("close_of_business"), days=4, roll="previous")

# fmt: off
ALL_IN = Guard("stocked_in_short", Count("stocked_in", "count_in"),
               L("入库 {count_in} 台, 清单只有 {stocked_in} 台", "{count_in} cars came in, the list has {stocked_in}"), CLERK)
ALL_OUT = Guard("invoiced_short", Count("invoiced", "count_out"),
                L("开票 {count_out} 台, 清单只有 {invoiced} 台", "{count_out} were invoiced, the list has {invoiced}"), CLERK)
GIVEN = Guard("sales_not_given", is_("sales_given", True),
              L("还没给财务销售数据", "finance was not given the sales data yet"), CLERK)
SETTLED = Guard("differences_open", Linked("difference"),
                L("还有差异没处理完 ({difference})", "differences are still open ({difference})"), CLERK)
FUNDS = Guard("funds_not_verified",
              either(not_(has("call.week")), is_("call.state", "verified", "missed", "cancelled")),
              L("本周CALL车的资金还没核实", "the funds of this week's CALL are not verified yet"), FINANCE)

BOOKS = Guard("registers_differ", either(not_(is_("agrees", True)), both(Agree("came"), Agree("billed"))),
              L("台账有差异: 入库 {came_differences} 处, 开票 {billed_differences} 处; 先查台账差异",
                "the registers differ: {came_differences} stocked in, {billed_differences} invoiced; look them up first"),
              FINANCE)

reconciliation = Process("reconciliation", L("财务核对", "Reconciliation"), prefix="HD", rows=["D15"],
    subject=["week"], key=["week"], key_forever=True, chaser=MANAGER,
    links=[Link("call", "call_order", by="week")],
    checks=[Check("came", "d15_stocked_in", by="week"), Check("billed", "d15_invoiced", by="week")],
    opening=Opening(CLERK, needs=["week"]),
    states=[
        State("open",      L("待报财务", "To be handed in"), due=FRIDAY_CLOSE),
        State("sent",      L("待财务核对", "With finance"),  due=wd(Setting("reconcile_days"))),
        State("compared",  L("待结清", "To be settled"),     due=wd(Setting("difference_days")), owner=FINANCE),
        End("agreed",      L("已核对", "Agreed")),
        End("cancelled",   L("已作废", "Cancelled"),         outcome="cancelled"),
    ],
    transitions=[
        Transition("send",    L("报财务", "Hand in"),      "open",     "sent",     CLERK,
                   needs=["count_in", need("stocked_in", AtLeast("count_in", 1)),
                          "count_out", need("invoiced", AtLeast("count_out", 1)), "sales_given"],
                   guards=[ALL_IN, ALL_OUT, GIVEN], row="D15"),
        Transition("compare", L("核对", "Compare"),        "sent",     "compared", FINANCE,
                   needs=["agrees", need("differences", is_("agrees", False))], guards=[BOOKS],
                   opens=[Open("difference", "difference", each="differences", when=is_("agrees", False), sets={
                       "found": "each.found", "vin": "each.vin", "model": "each.model", "remark": "each.remark"})],
                   row="D15"),
        Transition("send_back", L("退回", "Send back"),      "sent",     "open",     FINANCE, reason=True, cycle=True),
        Transition("look_up", L("查台账差异", "Look the differences up"), "sent", "=", any_of(FINANCE, CLERK),
                   takes={"differences": ["came.differences", "billed.differences"]}, row="D15"),
        Transition("settle",  L("结清", "Settle"),         "compared", "agreed",   FINANCE, guards=[SETTLED, FUNDS],
                   row="D15"),
    ],
    cancel=Cancel(MANAGER, "cancelled", at_once=["open"], never=["sent", "compared"]),
    fields=[
        Field("week",        L("周", "Week"),                     "week"),
        Field("count_in",    L("入库台数", "Cars stocked in"),    "number", low=0, high=999),
        Field("stocked_in",  L("入库车辆", "Stocked in"),         "rows", columns=[SEEN_VIN, MODEL]),
        Field("count_out",   L("开票台数", "Cars invoiced"),      "number", low=0, high=999),
        Field("invoiced",    L("开票车辆", "Invoiced"),           "rows", columns=[
            SEEN_VIN, MODEL, Field("invoice_number", L("发票号", "Invoice number"), high=40)]),
        Field("sales_given", L("已给销售数据", "Sales data given"), "yes"),
        Field("agrees",      L("核对相符", "They agree"),         "yes"),
        Field("differences", L("差异", "Differences"),            "rows", columns=[FOUND, SEEN_VIN, MODEL, REMARK]),
    ])
# fmt: on

"""Stocktake: a list frozen at the cutoff, counted by somebody else, a case for each difference, signed by finance. [D17]

Holds: states, who counts and signs, by when. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, Linked, Within, is_, not_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    Drive,
    End,
    Enter,
    Field,
    Open,
    Opening,
    Paper,
    Process,
    Setting,
    State,
    Transition,
    on,
    wd,
)
from cuiban.engine.who import any_of, role
from cuiban.workflows.difference import MODEL, REMARK, SEEN_VIN

CLERK, MANAGER, FINANCE = role("sales_clerk"), role("sales_manager"), role("finance")
COUNTER = any_of(FINANCE, role("showroom_manager"))
MONTH_END = on("month", Setting("close_of_business"), roll="previous", last=True)

# fmt: off
EVERY_CAR = Guard("not_all_counted", Within("lines", "counted", ["vin"], "count"),
                  L("盘存表上还有车没盘到", "cars on the sheet were not counted"), COUNTER)
SETTLED   = Guard("differences_open", Linked("difference"),
                  L("还有差异没处理完 ({difference})", "differences are still open ({difference})"), CLERK)

stocktake = Process("stocktake", L("盘存", "Stocktake"), prefix="PC", rows=["D17"],
    subject=["month"], key=["month"], key_forever=True, chaser=MANAGER, ledger="sales",
    opening=Opening(CLERK, needs=["month"]),
    states=[
        State("draft",     L("编盘存表", "Sheet to be made"), due=MONTH_END),
        State("frozen",    L("待盘点", "To be counted"),      due=wd(Setting("count_days"))),
        State("counted",   L("待财务签字", "To be signed"),   due=wd(Setting("count_days")), owner=FINANCE),
        End("signed",      L("已签", "Signed")),
        End("cancelled",   L("已作废", "Cancelled"),          outcome="cancelled"),
    ],
    transitions=[
        Transition("freeze",  L("定表", "Freeze the sheet"), "draft",   "frozen",  CLERK, needs=["cutoff", "lines"],
                   papers=["sheet"], row="D17"),
        Transition("count",   L("盘点", "Count"),            "frozen",  "counted", COUNTER, unlike=["freeze"],
                   needs=["counted"], guards=[EVERY_CAR],
                   opens=[Open("difference", "difference", each="counted", when=not_(is_("each.found", "there")), sets={
                       "found": "each.found", "vin": "each.vin", "model": "each.model", "remark": "each.remark"})],
                   enters=[Enter("stock_count", {"month": "month", "vin": "each.vin", "found": "each.found",
                                                 "model": "each.model", "source": "@case"}, each="counted")],
                   row="D17"),
        Transition("sign",    L("签字", "Sign"),             "counted", "signed",  FINANCE, unlike=["freeze", "count"],
                   signed=True, guards=[SETTLED], row="D17"),
        Transition("recount", L("重盘", "Count again"),      "counted", "frozen",  FINANCE, reason=True, cycle=True,
                   drives=[Drive("difference", "drop", open_only=True)]),
    ],
    cancel=Cancel(MANAGER, "cancelled", at_once=["draft"], never=["frozen", "counted"]),
    fields=[
        Field("month",   L("月份", "Month"),            "month"),
        Field("cutoff",  L("截止时间", "Cutoff"),       "instant"),
        Field("lines",   L("盘存表", "Sheet"),          "rows", columns=[
            SEEN_VIN, MODEL, Field("place", L("位置", "Place"), high=40)]),
        Field("counted", L("盘点结果", "Count"),        "rows", columns=[
            SEEN_VIN, MODEL, Field("found", L("结果", "Result"), "choice", low=1, choices=[
                Choice("there",   L("在", "There")),   Choice("missing", L("缺", "Missing")),
                Choice("extra",   L("多", "Extra")),   Choice("wrong",   L("不符", "Wrong"))]), REMARK]),
    ],
    papers=[Paper("sheet", L("盘存表", "Sheet"), supplier=CLERK)])
# fmt: on

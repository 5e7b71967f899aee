"""Stocktake: the stock frozen at the cutoff, counted by somebody else, a case for each difference, signed by finance. [D17]

The sheet comes from the register; who counts says how many cars there were, and which differ, or brings the list of those seen.
The list of an empty yard has its heading alone.

Holds: states, who counts and signs, by when. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Agree, Guard, Linked, Same, is_, not_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    Compare,
    Drive,
    End,
    Enter,
    Field,
    Open,
    Opening,
    Paper,
    Process,
    Setting,
    Sheet,
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
PLACE     = Field("place", L("位置", "Place"), high=40)
HERE      = is_("state", "stock", "held")                                     # what should stand in the yard
ADDS_UP   = Guard("count_differs", Same("tally.present", "cars"),
                  L("盘到 {cars} 台, 按盘存表和差异应是 {tally_present} 台",
                    "{cars} cars were counted; by the sheet and what differs it should be {tally_present}"), COUNTER)
FITS      = Guard("count_contradicts", Agree("tally"), L("{vin}: {found}", "{vin}: {found}"), COUNTER)
FOUND     = Field("found", L("结果", "Result"), "choice", choices=[
    Choice("there", L("在", "There")), Choice("missing", L("缺", "Missing")), Choice("extra", L("多", "Extra")),
    Choice("wrong", L("不符", "Wrong"))])
SETTLED   = Guard("differences_open", Linked("difference"),
                  L("还有差异没处理完 ({difference})", "differences are still open ({difference})"), CLERK)

stocktake = Process("stocktake", L("盘存", "Stocktake"), prefix="PC", rows=["D17"],
    subject=["month"], key=["month"], key_forever=True, chaser=MANAGER, ledger="sales",
    sheets=[Sheet("stock", "vehicle", {"vin": "vin", "model": "model", "place": "place"}, when=HERE)],
    compares=[Compare("tally", expected="lines", seen="seen", said="differs", key="vin", agree=["model"])],
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
                   takes={"lines": "stock.rows"}, papers=["sheet"], row="D17"),
        Transition("count",   L("盘点", "Count"),            "frozen",  "counted", COUNTER, unlike=["freeze"],
                   needs=["cars"], asks=["seen", "differs"], takes={"counted": "tally.rows"}, guards=[FITS, ADDS_UP],
                   opens=[Open("difference", "difference", each="counted", when=not_(is_("each.found", "there")), sets={
                       "found": "each.found", "vin": "each.vin", "model": "each.model", "remark": "each.remark"})],
                   enters=[Enter("stock_count", {"month": "month", "vin": "each.vin", "found": "each.found",
                                                 "model": "each.model", "source": "@case"}, each="counted", revives=True)],
                   row="D17"),
        Transition("sign",    L("签字", "Sign"),             "counted", "signed",  FINANCE, unlike=["freeze", "count"],
                   signed=True, guards=[SETTLED], row="D17"),
        Transition("recount", L("重盘", "Count again"),      "counted", "frozen",  FINANCE, reason=True, cycle=True,
                   clears=["seen", "differs", "counted"], drives=[Drive("difference", "drop", open_only=True)],
                   enters=[Enter("stock_count", {"month": "month", "vin": "each.vin"}, "end", each="counted")]),
    ],
    cancel=Cancel(MANAGER, "cancelled", at_once=["draft"], never=["frozen", "counted"]),
    fields=[
        Field("month",   L("月份", "Month"),            "month"),
        Field("cutoff",  L("截止时间", "Cutoff"),       "instant"),
        Field("lines",   L("盘存表", "Sheet"),          "rows", columns=[
            SEEN_VIN, MODEL, PLACE]),
        Field("cars",    L("实盘台数", "Cars counted"), "number", low=0, high=100_000),
        Field("seen",    L("盘到的车", "Cars seen"),    "rows", low=0, columns=[SEEN_VIN, MODEL, PLACE, REMARK]),
        Field("differs", L("不同之处", "What differs"), "rows", columns=[SEEN_VIN, MODEL, PLACE, FOUND, REMARK]),
        Field("counted", L("盘点结果", "Count"),        "rows", columns=[SEEN_VIN, MODEL, PLACE, FOUND, REMARK]),
    ],
    papers=[Paper("sheet", L("盘存表", "Sheet"), supplier=CLERK)])
# fmt: on

"""Difference: what a count or a comparison found not to agree; explained, then accepted or put right. [D15, D17, D24]

Holds: states, who, by when. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Choice, End, Field, Opening, Process, Setting, State, Transition, wd
from cuiban.engine.who import System, any_of, role

CLERK, FINANCE = role("sales_clerk"), role("finance")
DAYS = wd(Setting("difference_days"))

# fmt: off
# How a difference is written down: a VIN as it was read, which may be the very thing that is wrong.
FOUND = Field("found", L("差异", "Difference"), "choice", choices=[
    Choice("missing", L("缺", "Missing")), Choice("extra", L("多", "Extra")), Choice("wrong", L("不符", "Wrong"))], low=1)
SEEN_VIN = Field("vin", L("车架号", "VIN"), low=1, high=17)
MODEL = Field("model", L("车型", "Model"), high=40)
REMARK = Field("remark", L("说明", "Remark"), high=200)

difference = Process("difference", L("差异", "Difference"), prefix="CY", rows=["D15", "D17", "D24"],
    subject=["found", "vin", "model"],
    opening=Opening(any_of(CLERK, FINANCE), needs=["found", "vin"], asks=["model", "remark"]),
    states=[
        State("open",        L("待说明", "To be explained"),  due=DAYS, owner=CLERK),
        State("explained",   L("待认可", "To be accepted"),   due=DAYS, owner=FINANCE, todo=L("审核说明", "judge the explanation")),
        State("correcting",  L("待更正", "To be put right"),  due=DAYS, owner=CLERK),
        End("accepted",      L("已认可", "Accepted")),
        End("corrected",     L("已更正", "Put right"),        outcome="corrected"),
        End("dropped",       L("已重盘", "Counted again"),    outcome="dropped"),
    ],
    transitions=[
        Transition("explain",    L("说明原因", "Explain"),      "open",       "explained",  CLERK, needs=["explanation"]),
        Transition("accept",     L("认可", "Accept"),           "explained",  "accepted",   FINANCE, unlike=["explain"]),
        Transition("ask_more",   L("说明不清", "Not clear"),    "explained",  "open",       FINANCE, reason=True, cycle=True),
        Transition("have_mended", L("要求更正", "Have it put right"), "explained", "correcting", FINANCE),
        Transition("put_right",  L("更正", "Put right"),        "correcting", "corrected",  CLERK, needs=["correction"]),
        Transition("drop",       L("重盘", "Count again"),      ["open", "explained", "correcting"], "dropped", System()),
    ],
    fields=[
        FOUND, SEEN_VIN, MODEL, REMARK,
        Field("explanation", L("原因", "Explanation"),          "note"),
        Field("correction",  L("更正内容", "What was put right"), "note"),
    ])
# fmt: on

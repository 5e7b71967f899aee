"""Trade lead: a car asked for, or one of ours offered, in the dealers' groups; agreed, it becomes a transfer. [D25]

Ours goes out by a transfer (D8); theirs is a vehicle on its way to us (D1).
Holds: states, who, by when. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import is_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    End,
    Field,
    Open,
    Opening,
    Process,
    Setting,
    State,
    Transition,
    anew,
    field,
    wd,
)
from cuiban.engine.who import System, any_of, role
from cuiban.workflows.vehicle_delivery import COLOUR, CONFIGURATION, MODEL

CLERK, MANAGER = role("sales_clerk"), role("sales_manager")
TRADERS = any_of(CLERK, MANAGER)

# fmt: off
CAR = {"model": "model", "configuration": "configuration", "colour": "colour"}

trade_lead = Process("trade_lead", L("调车线索", "Trade lead"), prefix="XS", rows=["D25"],
    subject=["direction", "model", "configuration", "colour", "dealer"], chaser=MANAGER,
    opening=Opening(TRADERS, needs=["direction", "model", "configuration", "way"],
        asks=["colour", "dealer", "price", "for_customer", "valid_until"]),
    states=[
        State("open",      L("询价中", "Open"),          due=wd(Setting("lead_days"))),
        End("agreed",      L("已谈妥", "Agreed")),
        End("lapsed",      L("已过期", "Lapsed"),        outcome="lapsed"),
        End("dropped",     L("没谈成", "Came to nothing"), outcome="dropped"),
        End("cancelled",   L("已作废", "Cancelled"),     outcome="cancelled"),
    ],
    transitions=[
        Transition("note_reply", L("记回复", "Note a reply"),  "open", "=",       TRADERS, needs=[anew("reply")],
                   asks=["dealer", "price"]),
        Transition("prolong",    L("延期", "Prolong"),         "open", "=",       TRADERS, needs=[anew("valid_until")]),
        Transition("agree",      L("谈妥", "Agree"),           "open", "agreed",  TRADERS, needs=["dealer", "price"],
                   opens=[Open("transfer", "transfer", when=is_("direction", "offered"),
                               sets={**CAR, "dealer": "dealer", "price": "price"}),
                          Open("vehicle", "vehicle", when=is_("direction", "wanted"),
                               sets={**CAR, "origin": ["transfer"]})], row="D25"),
        Transition("lapse",      L("过期", "Lapse"),           "open", "lapsed",  System(), at=field("valid_until")),
        Transition("drop",       L("没谈成", "Came to nothing"), "open", "dropped", TRADERS, reason=True),
    ],
    cancel=Cancel(TRADERS, "cancelled", at_once=["open"]),
    fields=[
        MODEL, CONFIGURATION, COLOUR,
        Field("direction",    L("方向", "Direction"),          "choice", choices=[
            Choice("wanted", L("要车", "Wanted")), Choice("offered", L("推销", "Offered"))]),
        Field("way",          L("渠道", "By way of"),          "choice", choices=[
            Choice("wechat", L("微信群", "WeChat group")), Choice("qq", L("QQ群", "QQ group")),
            Choice("phone", L("电话", "Phone"))]),
        Field("dealer",       L("对方经销商", "Other dealer"), high=60),
        Field("price",        L("价格", "Price"),              "money", low=0),
        Field("for_customer", L("有客户订单", "A customer waits for it"), "yes"),
        Field("valid_until",  L("有效期至", "Valid until"),    "day"),
        Field("reply",        L("回复", "Reply"),              high=200, personal=True),
    ])
# fmt: on

"""Call order and colour order: Monday's cars, signed by three; Monday's colours, called a week later. [D13, D14]

Holds: states, who signs, not before when, by when. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import AtLeast, Guard, Within, not_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    End,
    Enter,
    Field,
    Link,
    Open,
    Opening,
    Process,
    Setting,
    Signers,
    State,
    Transition,
    need,
    on,
)
from cuiban.engine.who import System, Who, any_of, role

CLERK, GENERAL, SALES = role("sales_clerk"), role("general_manager"), role("sales_manager")
FINANCE_MANAGER = role("finance_manager")
SIGNERS: list[Who] = [GENERAL, SALES, FINANCE_MANAGER]

MONDAY_CLOSE = on("week", Setting("close_of_business"), roll="next")  # Monday off: the next working day
FRIDAY_CLOSE = on("week", Setting("close_of_business"), days=4, roll="previous")  # D15: with the weekly reconciliation
BY = ["model", "configuration", "colour"]

# fmt: off
WEEK = Field("week", L("周", "Week"), "week")
CAR = [
    Field("model",         L("车型", "Model"),         low=1, high=40),
    Field("configuration", L("配置", "Configuration"), low=1, high=60),
    Field("colour",        L("颜色", "Colour"),        low=1, high=20),
]
LAPSED = on("week", "24:00", days=41)  # six weeks on the list must not rot: it ends as missed, like any duty
COUNT = Field("count", L("台数", "Cars"), "number", low=1, high=999)



def funds(reserve: str, bonus: str) -> list[Enter]:
    """What DOL shows of both on that day."""
    return [Enter("fund", {"kind": [kind], "day": "@day", "balance": path, "source": "@case"})
            for kind, path in (("reserve", reserve), ("bonus", bonus))]


SIGNED = ["week", "lines", "reserve_fund", "bonus", "bonus_use"]

COLOURED  = Within("lines", ["coloured.lines", "before.carried"], BY, "count")
IN_SIGNED = Guard("not_signed_for", Within("called", "lines", BY, "count"),
                  L("CALL的车超出了会签的申请单", "more was called than was signed for"), CLERK)

IN_BONUS  = Guard("bonus_too_small", AtLeast("bonus", "bonus_use"),
                  L("奖金只有 {bonus}, 要用 {bonus_use}", "the bonus is {bonus}, {bonus_use} is to be used"), CLERK)

call_order = Process("call_order", L("CALL车", "Call order"), prefix="CA", rows=["D13", "D15"],
    subject=["week"], key=["week"], key_forever=True, chaser=SALES,
    links=[Link("coloured", "colour_order", by="week", weeks=-1),          # last Monday's colours come online today
           Link("before", "call_order", by="week", weeks=-1)],             # a week that was missed moves on
    opening=Opening(CLERK, needs=["week"], takes={"lines": ["coloured.lines", "before.carried"]}),
    states=[
        State("draft",     L("申请单起草", "Draft"),     due=MONDAY_CLOSE),
        State("signing",   L("会签中", "Being signed"),  due=MONDAY_CLOSE),
        State("final",     L("已定稿", "Final"),         due=MONDAY_CLOSE, fixes=SIGNED),
        State("called",    L("已CALL车", "Called"),      due=FRIDAY_CLOSE, fixes=[*SIGNED, "called"]),
        End("verified",    L("资金已核实", "Funds verified"), fixes=[*SIGNED, "called"]),
        End("missed",      L("本周未CALL", "Not called"), outcome="missed"),
        End("cancelled",   L("已作废", "Cancelled"),     outcome="cancelled"),
    ],
    transitions=[
        Transition("gather",     L("汇入颜色单", "Take over what was coloured"), "draft", "=", CLERK,
                   takes={"lines": ["coloured.lines", "before.carried"]}, row="D14"),
        Transition("submit",     L("提交会签", "Submit for signature"), "draft", "signing", CLERK,
                   needs=["lines", "reserve_fund", "bonus", "bonus_use", need("other_cars", not_(COLOURED))],
                   guards=[IN_BONUS], enters=funds("reserve_fund", "bonus"), row="D13"),
        Transition("sign",       L("签字", "Sign"),            "signing", "final",   any_of(*SIGNERS),
                   signs=Signers(SIGNERS), row="D13"),
        Transition("edit",       L("修改", "Edit"),            "signing", "=",       CLERK, content=True,
                   needs=[need("other_cars", not_(COLOURED))], asks=["lines", "bonus_use"], guards=[IN_BONUS],
                   row="D13"),
        Transition("send_back",  L("退回修改", "Send back"),   "signing", "draft",   any_of(*SIGNERS), content=True,
                   reason=True, row="D13"),
        Transition("call",       L("CALL车", "CALL"),          "final", "called",    CLERK,
                   not_before=on("week", Setting("sources_online")), needs=["called"], guards=[IN_SIGNED],
                   opens=[Open("vehicle", "cars", each="called", sets={
                       "model": "each.model", "configuration": "each.configuration", "colour": "each.colour",
                       "order_number": "each.order_number", "called_week": "week", "origin": ["call"]})], row="D13"),
        Transition("revise",     L("重新修改", "Revise"),      "final", "draft",     any_of(CLERK, *SIGNERS),
                   content=True, reason=True, row="D13"),
        Transition("verify",     L("核实资金", "Verify the funds"), "called", "verified", role("finance"),
                   unlike=["call"], needs=["reserve_after", "bonus_after"],
                   enters=funds("reserve_after", "bonus_after"), row="D15"),
        Transition("miss",       L("本周未CALL", "Not called this week"), ["draft", "signing", "final"], "missed",
                   any_of(CLERK, SALES), reason=True, takes={"carried": "lines"}),
        Transition("lapse",      L("漏CALL", "Lapsed"), ["draft", "signing", "final"], "missed", System(), at=LAPSED,
                   takes={"carried": "lines"}),
    ],
    cancel=Cancel(SALES, "cancelled", at_once=["draft"], never=["signing", "final", "called"]),
    fields=[
        WEEK,
        Field("lines",         L("申请车辆", "Cars applied for"),          "rows", columns=[*CAR, COUNT]),
        Field("reserve_fund",  L("储备金", "Reserve fund"),                "money", low=0),
        Field("bonus",         L("奖金", "Bonus"),                         "money", low=0),
        Field("bonus_use",     L("奖金使用", "Use of the bonus"),          "money", low=0),
        Field("other_cars",    L("非颜色单车辆的原因", "Why cars that were not coloured"), high=200, personal=True),
        Field("called",        L("CALL到的车", "Cars called"),             "rows", columns=[   # a row a car
            *CAR, Field("order_number", L("生产订单号", "Production order"), high=40)]),
        Field("carried",       L("顺延车辆", "Cars moved a week on"),      "rows", columns=[*CAR, COUNT]),
        Field("reserve_after", L("CALL后储备金", "Reserve fund after"),    "money", low=0),
        Field("bonus_after",   L("CALL后奖金", "Bonus after"),             "money", low=0),
    ])

colour_order = Process("colour_order", L("颜色确认", "Colour order"), prefix="YS", rows=["D14"],
    subject=["week"], key=["week"], key_forever=True, chaser=SALES,
    opening=Opening(CLERK, needs=["week"]),
    states=[
        State("open",     L("待做颜色", "To be coloured"),   due=MONDAY_CLOSE),
        End("confirmed",  L("已确认", "Confirmed")),
        End("missed",     L("本周未做", "Not coloured"),     outcome="missed"),
        End("cancelled",  L("已作废", "Cancelled"),          outcome="cancelled"),
    ],
    transitions=[
        Transition("confirm", L("确认颜色", "Confirm the colours"), "open", "confirmed", CLERK,
                   not_before=on("week", "13:30"), needs=["lines"], asks=["basis"], row="D14"),
        Transition("miss",    L("本周未做", "Not this week"),       "open", "missed", any_of(CLERK, SALES),
                   reason=True),
        Transition("lapse",   L("漏做", "Lapsed"),                  "open", "missed", System(), at=LAPSED),
    ],
    cancel=Cancel(SALES, "cancelled", at_once=["open"]),
    fields=[
        WEEK,
        Field("lines", L("生产订单颜色", "Colours of the production order"), "rows", columns=[*CAR, COUNT]),
        Field("basis", L("依据(库存和订单)", "Basis (stock and orders)"), high=500, personal=True),
    ])
# fmt: on

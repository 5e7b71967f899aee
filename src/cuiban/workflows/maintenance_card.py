"""Maintenance cards: torn off at the hand-over, entered, kept a month, matched with after-sales in the next. [D7]

Opened by the delivery's report, void if that is withdrawn. Holds: states, who, by when.
Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, both, is_
from cuiban.engine.labels import L
from cuiban.engine.language import Cancel, End, Enter, Field, Opening, Process, Setting, State, Transition, on, wd
from cuiban.engine.who import System, person, role
from cuiban.workflows.customer import CUSTOMER, PHONE, VIN
from cuiban.workflows.entries import CUSTOMER_KNOWN

CLERK, AFTER_SALES, CONSULTANT = role("sales_clerk"), role("after_sales_clerk"), person("consultant")
STEP_DAYS = wd(Setting("card_step_days"))
NEXT_MONTH = on("delivered_on", "00:00", months=1)
TENTH = on("delivered_on", Setting("close_of_business"), months=1, days=9, roll="next")  # of the next month, as the duty


def card(state: str, **sets: str) -> Enter:
    """The cards stand so."""
    return Enter("maintenance_card", {"vin": "vin", "state": [state], "source": "@case", **sets})


# fmt: off
TWO = Guard("not_both_cards", both(is_("first_card", True), is_("second_card", True)),
            L("首保卡, 二保卡要两张齐", "both cards are needed, the first and the second"), CONSULTANT)

maintenance_card = Process("maintenance_card", L("首二保卡", "Maintenance cards"), prefix="BK", rows=["D7"],
    subject=["customer", "vin"], key=["vin"], chaser=role("sales_manager"),
    opening=Opening(CLERK, needs=["customer", "phone", "vin", "delivered_on", "consultant"],
        enters=[CUSTOMER_KNOWN, card("torn", customer="phone", delivered_on="delivered_on")]),
    states=[
        State("torn",        L("待录入", "To be entered"),         due=STEP_DAYS, owner=CLERK),
        State("entered",     L("已录入", "Entered"),               due=TENTH),
        State("handed_over", L("售后核对中", "Being matched"),     due=STEP_DAYS, todo=L("核对", "match")),
        State("differs",     L("有差异", "Differs"),               due=STEP_DAYS),
        End("matched",       L("已对上", "Matched")),
        End("explained",     L("差异已说明", "Difference explained"), outcome="explained"),
        End("void",          L("已作废", "Void"),                  outcome="void"),
    ],
    transitions=[
        Transition("enter",     L("录入", "Enter"),                "torn",        "entered",     CLERK,
                   needs=["first_card", "second_card"], guards=[TWO],
                   enters=[card("entered", first_card="first_card", second_card="second_card")], row="D7"),
        Transition("hand_over", L("交售后对接", "Hand over"),      "entered",     "handed_over", CLERK,
                   not_before=NEXT_MONTH, enters=[card("handed_over")], row="D7"),
        Transition("match",     L("核对一致", "Match"),            "handed_over", "matched",     AFTER_SALES,
                   enters=[card("matched")], row="D7"),
        Transition("differ",    L("核对不符", "Differ"),           "handed_over", "differs",     AFTER_SALES,
                   needs=["difference"], enters=[card("differs")], row="D7"),
        Transition("explain",   L("说明差异", "Explain"),          "differs",     "explained",   CLERK,
                   needs=["explanation"], enters=[card("explained")]),
        Transition("send_again", L("更正后再核对", "Correct and match again"), "differs", "handed_over", CLERK,
                   asks=["customer", "phone"], cycle=True,
                   enters=[CUSTOMER_KNOWN, card("handed_over", customer="phone")]),
        Transition("void",      L("作废", "Void"),                 ["torn", "entered", "handed_over", "differs"], "void",
                   System(), enters=[card("void")]),                        # the delivery does it
    ],
    cancel=Cancel(role("sales_manager"), "void", at_once=["torn", "entered"], never=["handed_over", "differs"],
        enters=[card("void")]),
    fields=[
        CUSTOMER, PHONE, VIN,
        Field("delivered_on", L("交车日期", "Handed over on"),     "day", past=True),
        Field("consultant",   L("销售顾问", "Sales consultant"),   "person", role="sales_consultant"),
        Field("first_card",   L("首保卡", "First card"),           "yes"),
        Field("second_card",  L("二保卡", "Second card"),          "yes"),
        Field("difference",   L("不符之处", "Where it differs"),   "note"),
        Field("explanation",  L("差异说明", "Explanation"),        "note"),
    ])
# fmt: on

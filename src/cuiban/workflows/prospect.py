"""Prospect: somebody nearby who did not buy from us because of the price is won as a customer of the workshop. [A9]

Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Attempts, Guard, Later, both, is_, not_
from cuiban.engine.labels import L
from cuiban.engine.language import Cancel, End, Field, FromRow, Opening, Process, Setting, State, Transition, anew, field, first, wd
from cuiban.engine.who import role
from cuiban.workflows.customer import CUSTOMER, PHONE, PLATE
from cuiban.workflows.entries import CUSTOMER_KNOWN

CLERK = role("after_sales_clerk")

# fmt: off
AHEAD = Guard("contact_in_past", Later("next_contact"),
              L("下次联系要在以后", "the next contact has to lie ahead"), CLERK)
TRIED = Guard("too_few_attempts",
              Attempts("no_answer", Setting("callback_attempts"), Setting("callback_attempt_days")),
              L("拨了 {tried} 次, 在 {tried_days} 天里; 要拨 {times} 次, 分在 {days} 天里",
                "calls made: {tried}, days: {tried_days}; needed: {times} calls on {days} days"), CLERK)

prospect = Process("prospect", L("潜在售后客户", "Prospect"), prefix="QK", rows=["A9"],
    subject=["customer", "area", "wanted_model"], chaser=role("service_director"),
    opening=Opening(CLERK,                                     # from the showroom register: price, and nearby
        needs=["customer", "phone", "visited_on"], asks=["area", "wanted_model", "price_gap"]),
    from_rows=[FromRow("showroom", at="came_on", when=both(is_("why_not", "price"), is_("near", True), not_(is_("bought", True))),
        sets={"customer": "name", "phone": "phone", "area": "area", "visited_on": "came_on", "wanted_model": "model"})],
    states=[
        State("open",      L("追踪中", "Followed up"),  due=first(field("next_contact"), wd(Setting("prospect_days"))),
              todo=L("追踪客户", "follow up")),
        End("won",         L("已来店", "Won")),
        End("declined",    L("无意来店", "Declined"),   outcome="declined"),
        End("unreached",   L("联系不上", "Not reached"), outcome="unreached"),
        End("cancelled",   L("已作废", "Cancelled"),    outcome="cancelled"),
    ],
    transitions=[
        Transition("contact",   L("已联系", "Contacted"),      "open", "=",         CLERK,
                   needs=[anew("remark"), anew("next_contact")], asks=["bought_car", "plate"], guards=[AHEAD]),
        Transition("no_answer", L("未接通", "No answer"),      "open", "=",         CLERK, tried=L("拨", "tried")),
        Transition("win",       L("已来店", "Came"),           "open", "won",       CLERK,
                   needs=["repair", "plate"], asks=["bought_car"], enters=[CUSTOMER_KNOWN]),
        Transition("decline",   L("无意来店", "Declined"),     "open", "declined",  CLERK, reason=True),
        Transition("give_up",   L("联系不上", "Give up"),      "open", "unreached", CLERK, guards=[TRIED]),
    ],
    cancel=Cancel(CLERK, "cancelled", at_once=["open"]),
    fields=[
        CUSTOMER, PHONE, PLATE,
        Field("area",         L("住址片区", "Area"),             high=40),
        Field("visited_on",   L("来店日期", "Visited on"),       "day", past=True),
        Field("wanted_model", L("意向车型", "Wanted model"),     high=40),
        Field("price_gap",    L("价差", "Price gap"),            "money", low=0),
        Field("bought_car",   L("所购车辆", "Car bought"),       high=60),
        Field("remark",       L("联系情况", "What was said"),    "note"),
        Field("next_contact", L("下次联系", "Next contact"),     "day"),
        Field("repair",       L("来店维修单号", "Repair order"), high=40),
    ])
# fmt: on

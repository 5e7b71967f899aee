"""Complaint: signed for with a date, resolved by it, then called back a second time, by somebody else. [A6]

Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Attempts, Guard, Later
from cuiban.engine.labels import L
from cuiban.engine.language import (
    USUAL_LADDER,
    Cancel,
    End,
    Field,
    Opening,
    Paper,
    Process,
    Rung,
    Setting,
    State,
    Transition,
    anew,
    cd,
    field,
    wh,
)
from cuiban.engine.who import any_of, person, role
from cuiban.workflows.customer import CUSTOMER, DEPARTMENT, PHONE, PLATE, REPAIR, VIN
from cuiban.workflows.entries import CUSTOMER_KNOWN

CALLER, DIRECTOR, ADVISOR = role("customer_service"), role("service_director"), role("service_advisor")
RESPONSIBLE = person("responsible")

# fmt: off
AHEAD = Guard("promise_in_past", Later("promised_at"),
              L("承诺时间要在以后", "the promised time has to lie ahead"), RESPONSIBLE)
TRIED = Guard("too_few_attempts",
              Attempts("no_answer", Setting("callback_attempts"), Setting("callback_attempt_days")),
              L("拨了 {tried} 次, 在 {tried_days} 天里; 要拨 {times} 次, 分在 {days} 天里",
                "calls made: {tried}, days: {tried_days}; needed: {times} calls on {days} days"), CALLER)

complaint = Process("complaint", L("投诉", "Complaint"), prefix="TS", rows=["A6"],
    subject=["topic", "customer", "plate"], chaser=CALLER,
    ladder=[*USUAL_LADDER, Rung(DIRECTOR, cycle=3, lists=True)],
    opening=Opening(any_of(CALLER, role("after_sales_clerk"), ADVISOR, DIRECTOR),
        needs=["customer", "topic", "responsible"],
        asks=["phone", "plate", "vin", "repair", "department", "description"], enters=[CUSTOMER_KNOWN]),
    states=[
        State("reported",  L("已登记", "Reported"),              due=wh(Setting("at_once_hours"))),
        State("accepted",  L("已承诺", "Promised"),              due=field("promised_at")),
        State("resolved",  L("待二次回访", "To be called back"), due=cd(Setting("second_callback_days")),
              todo=L("二次回访", "call back")),
        End("satisfied",   L("已满意", "Satisfied")),
        End("unreached",   L("联系不上", "Not reached"),         outcome="unreached"),
        End("dropped",     L("客户撤诉", "Dropped"),             outcome="dropped"),
        End("cancelled",   L("已作废", "Cancelled"),             outcome="cancelled"),
    ],
    transitions=[
        Transition("accept",         L("签字承诺", "Sign and promise"),      "reported", "accepted",  RESPONSIBLE,
                   needs=["promised_at"], guards=[AHEAD], signed=True),
        Transition("change_promise", L("改期", "Change the promise"),        "accepted", "=",         RESPONSIBLE,
                   needs=[anew("promised_at")], guards=[AHEAD], reason=True, signed=True),
        Transition("resolve",        L("处理完毕", "Resolve"),               "accepted", "resolved",  RESPONSIBLE,
                   needs=["remedy"], asks=["cause"], papers=["quick_form"]),
        Transition("confirm",        L("满意", "Satisfied"),                 "resolved", "satisfied", CALLER,
                   unlike=["resolve"], asks=["reaction"]),
        Transition("refuse",         L("不满意", "Not satisfied"),           "resolved", "reported",  CALLER,
                   unlike=["resolve"], needs=["why"], cycle=True),
        Transition("no_answer",      L("未接通", "No answer"),               "resolved", "=",         CALLER,
                   unlike=["resolve"], tried=L("拨", "tried")),
        Transition("give_up",        L("联系不上", "Give up"),               "resolved", "unreached", CALLER,
                   unlike=["resolve"], guards=[TRIED]),
        Transition("drop",           L("客户撤诉", "Dropped by the customer"), "*",      "dropped",   CALLER,
                   reason=True),
    ],
    cancel=Cancel(CALLER, "cancelled", at_once=["reported"], never=["accepted", "resolved"]),
    fields=[
        CUSTOMER, PHONE, PLATE, VIN, REPAIR, DEPARTMENT,
        Field("topic",       L("投诉内容", "Topic"),                high=100, personal=True),
        Field("description", L("详细说明", "Description"),          "note"),
        Field("responsible", L("责任人", "Responsible person"),     "person"),        # 售后专人: named, no role
        Field("promised_at", L("承诺时间", "Promised time"),        "instant"),
        Field("cause",       L("原因", "Cause"),                    "note"),
        Field("remedy",      L("处理结果", "Remedy"),               "note"),
        Field("reaction",    L("客户反映", "Customer's reaction"),  "note"),
        Field("why",         L("不满意原因", "Why not satisfied"),  "note"),
    ],
    papers=[
        Paper("quick_form",   L("快速处理表", "Quick-handling form"), supplier=CALLER,  waiver="service_director"),
        Paper("repair_order", L("维修单", "Repair order"),            supplier=ADVISOR, form="copy"),
    ])
# fmt: on

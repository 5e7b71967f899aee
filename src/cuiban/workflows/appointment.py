"""Appointment: taken by phone or online, or asked for by a call to a target customer; confirmed, kept or missed. [C10]

Holds: states, who, by when, what is recorded. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Attempts, Guard, Later, Test, both, is_, not_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    End,
    Enter,
    Field,
    Open,
    Opening,
    Process,
    Setting,
    State,
    Transition,
    anew,
    field,
    wh,
)
from cuiban.engine.who import any_of, role
from cuiban.workflows.customer import CUSTOMER, PHONE, PLATE, VIN
from cuiban.workflows.entries import CUSTOMER_KNOWN

ADVISOR = role("service_advisor")
DESK = any_of(role("customer_service"), role("it_engineer"))  # the text's service desk (choice)
FRONT = any_of(role("customer_service"), role("it_engineer"), ADVISOR)

# fmt: off
AHEAD = Guard("appointment_in_past", Later("appointed_at"),
              L("预约时间要在以后", "the appointment has to lie ahead"), DESK)
TRIED = Guard("too_few_attempts",
              Attempts("no_answer", Setting("callback_attempts"), Setting("callback_attempt_days")),
              L("拨了 {tried} 次, 在 {tried_days} 天里; 要拨 {times} 次, 分在 {days} 天里",
                "calls made: {tried}, days: {tried_days}; needed: {times} calls on {days} days"), DESK)
CONSULTED = Guard("no_consultation", is_("about", "consultation"),
                  L("不是咨询", "it is no consultation"), DESK)

ASKS, OUTBOUND = is_("about", "consultation"), is_("way", "outbound")


def call(kind: str, when: Test) -> Enter:
    """The call, in the service desk's register."""
    said = {"number": "@case", "at": "@at", "kind": [kind], "name": "customer", "phone": "phone"}
    return Enter("service_call", said, when=when)


appointment = Process("appointment", L("预约", "Appointment"), prefix="YY", rows=["C10"],
    subject=["about", "customer", "plate"], chaser=role("service_director"),
    opening=Opening(FRONT, needs=["customer", "phone", "way", "about"],
        asks=["plate", "vin", "wish", "looked_up", "source"],
        enters=[CUSTOMER_KNOWN, call("outbound", OUTBOUND), call("question", both(not_(OUTBOUND), ASKS)),
                call("booking", both(not_(OUTBOUND), not_(ASKS)))]),
    states=[
        State("open",      L("待联系", "To be arranged"), due=wh(Setting("at_once_hours")), owner=DESK,
              todo=L("联系客户", "reach the customer")),
        State("booked",    L("已预约", "Booked"),         due=field("appointed_at"), owner=DESK,
              todo=L("接待到店", "receive the customer")),
        End("came",        L("已到店", "Came")),
        End("answered",    L("已答复", "Answered"),       outcome="answered"),
        End("passed_on",   L("已转请求", "Passed on"),    outcome="passed_on"),
        End("declined",    L("客户谢绝", "Declined"),     outcome="declined"),
        End("missed",      L("未到店", "Did not come"),   outcome="missed"),
        End("unreached",   L("联系不上", "Not reached"),  outcome="unreached"),
        End("cancelled",   L("已作废", "Cancelled"),      outcome="cancelled"),
    ],
    transitions=[
        Transition("book",      L("预约", "Book"),               "open",   "booked",    FRONT,
                   needs=["appointed_at"], asks=["advisor", "wish"], guards=[AHEAD], row="C10"),
        Transition("answer",    L("答复咨询", "Answer"),         "open",   "answered",  DESK,
                   needs=["answer"], guards=[CONSULTED], row="C10"),
        Transition("pass_on",   L("转客户请求", "Pass on"),      "open",   "passed_on", DESK,
                   needs=["wish", "coverage"],
                   opens=[Open("customer_request", "request", sets={
                       "customer": "customer", "phone": "phone", "topic": "wish", "coverage": "coverage"})]),
        Transition("no_answer", L("未接通", "No answer"),        "open",   "=",         DESK, tried=L("拨", "tried")),
        Transition("give_up",   L("联系不上", "Give up"),        "open",   "unreached", DESK, guards=[TRIED]),
        Transition("confirm",   L("确认到店", "Confirm"),        "booked", "=",         DESK, asks=["advisor"], row="C10"),
        Transition("rebook",    L("改期", "Rebook"),             "booked", "=",         FRONT,
                   needs=[anew("appointed_at")], guards=[AHEAD]),
        Transition("come",      L("到店", "Came"),               "booked", "came",      FRONT),
        Transition("miss",      L("未到店", "Did not come"),     "booked", "missed",    FRONT,
                   not_before=field("appointed_at")),
        Transition("decline",   L("客户谢绝", "Declined"),       ["open", "booked"], "declined", FRONT, reason=True),
    ],
    cancel=Cancel(DESK, "cancelled", at_once=["open"], never=["booked"]),
    fields=[
        CUSTOMER, PHONE, PLATE, VIN,
        Field("way",          L("来源方式", "Way"),              "choice", choices=[
            Choice("phone", L("来电", "Phone")), Choice("online", L("在线", "Online")),
            Choice("outbound", L("呼出", "Outbound call"))]),
        Field("about",        L("事项", "About"),                "choice", choices=[
            Choice("consultation", L("咨询", "Consultation")), Choice("service", L("维修保养", "Service")),
            Choice("promotion",    L("宣传", "Promotion")),    Choice("invitation", L("邀约", "Invitation"))]),
        Field("wish",         L("需求", "Wish"),                 high=100, personal=True),
        Field("looked_up",    L("已查客户信息", "Customer data looked up"), "yes"),
        Field("source",       L("信息来源", "Where the data were found"), high=100),
        Field("appointed_at", L("预约时间", "Appointed for"),    "instant"),
        Field("advisor",      L("服务顾问", "Advisor"),          "person", role="service_advisor"),
        Field("answer",       L("答复", "Answer"),               "note"),
        Field("coverage",     L("服务依据", "Covered by"),       "choice", choices=[
            Choice("warranty", L("保修期内", "Warranty")), Choice("contract", L("维保协议", "Maintenance contract")),
            Choice("none", L("都没有", "Neither"))]),
    ])
# fmt: on

"""Churn: a lost customer is called at once, the reason analysed and reported upward, then won back or given up.

Found by a callback, or where the customer card shows a gap; free campaign repairs do not count. [A2, A14, A16]
Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Attempts, Guard, both, has, is_, not_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    Drive,
    End,
    Field,
    FromRow,
    Open,
    Opening,
    Process,
    Setting,
    State,
    Transition,
    cd,
    wh,
)
from cuiban.engine.who import System, any_of, role
from cuiban.workflows.customer import CUSTOMER, PHONE, PLATE, VIN

CLERK, DIRECTOR = role("after_sales_clerk"), role("service_director")
CALLER = any_of(CLERK, role("customer_service"))
AT_ONCE = wh(Setting("at_once_hours"))

# fmt: off
TRIED  = Guard("too_few_attempts",
               Attempts("no_answer", Setting("callback_attempts"), Setting("callback_attempt_days")),
               L("拨了 {tried} 次, 在 {tried_days} 天里; 要拨 {times} 次, 分在 {days} 天里",
                 "calls made: {tried}, days: {tried_days}; needed: {times} calls on {days} days"), CALLER)
UPWARD = Open("assignment", "upward", sets={
    "what": "summary", "details": "analysis", "doer": ["role:service_director"], "kind": ["report"]})

churn = Process("churn", L("流失跟进", "Churn follow-up"), prefix="LS", rows=["A2", "A14", "A16"],
    subject=["customer", "plate", "cause"], key=["plate"], chaser=DIRECTOR,
    opening=Opening(CALLER,
        needs=["customer", "phone", "plate"], asks=["vin", "advisor", "last_visit", "suspicion"],
        sets={"found_by": "card"}),
    from_rows=[FromRow("repair", at="settled_at", after=Setting("churn_days"), last_of="customer",      # no paid visit since
        when=both(has("customer"), not_(is_("work", "campaign"))), sets={
            "customer": "customer.name", "phone": "customer.phone", "plate": "vin.plate", "vin": "vin",
            "advisor": ["customer.advisor", "advisor"], "last_visit": "settled_at"})],
    states=[
        State("found",        L("发现流失", "Found"),             due=AT_ONCE, owner=CLERK),
        State("analysed",     L("已分析", "Analysed"),            due=AT_ONCE, owner=CLERK),
        State("reported_up",  L("已报上级", "Reported upward"),   due=AT_ONCE, owner=CLERK,
              waits=L("上级批示", "the superior's instruction"), todo=L("得到批示", "get the instruction")),
        State("winning_back", L("挽回中", "Being won back"),      due=cd(Setting("win_back_days")), owner=CLERK,
              todo=L("挽回客户", "win the customer back")),
        End("won_back",       L("已挽回", "Won back")),
        End("lost",           L("已流失", "Lost"),                outcome="lost"),
        End("unreached",      L("联系不上", "Not reached"),       outcome="unreached"),
        End("not_lost",       L("并未流失", "Not lost"),          outcome="not_lost"),
        End("cancelled",      L("已作废", "Cancelled"),           outcome="cancelled"),
    ],
    transitions=[
        Transition("analyse",   L("追踪分析", "Follow up"),      "found", "analysed",       CALLER,
                   needs=["cause", "analysis", "summary"], row="A16"),
        Transition("no_answer", L("未接通", "No answer"),        "found", "=",              CALLER, tried=L("拨", "tried")),
        Transition("give_up",   L("联系不上", "Give up"),        "found", "unreached",      CALLER, guards=[TRIED]),
        Transition("keep_on",   L("并未流失", "Not lost"),       "found", "not_lost",       CALLER, reason=True),
        Transition("report_up", L("上报上级", "Report upward"),  "analysed", "reported_up", CALLER, opens=[UPWARD],
                   row="A16"),
        Transition("instruct",  L("批示", "Instruct"),           "reported_up", "winning_back", System(),
                   needs=["instruction"], row="A16"),
        Transition("contact",   L("再次联系", "Contact again"),  "winning_back", "=",       CALLER, asks=["remark"]),
        Transition("win_back",  L("已回店", "Came back"),        ["analysed", "winning_back"], "won_back", CALLER,
                   needs=["repair"], row="A14"),
        Transition("win_back",  L("已回店", "Came back"),        "reported_up", "won_back", CALLER,
                   needs=["repair"], drives=[Drive("upward", "settle", open_only=True)], row="A14"),
        Transition("lose",      L("确认流失", "Lost for good"),  "winning_back", "lost",    CALLER, reason=True, row="A14"),
    ],
    cancel=Cancel(CALLER, "cancelled", at_once=["found"], never=["analysed", "reported_up", "winning_back"]),
    fields=[
        CUSTOMER, PHONE, PLATE, VIN,
        Field("advisor",     L("服务顾问", "Advisor"),           "person", role="service_advisor"),
        Field("found_by",    L("发现途径", "Found by"),          "choice", choices=[
            Choice("card", L("客户信息卡", "Customer card")), Choice("callback", L("回访", "Callback"))]),
        Field("last_visit",  L("上次来店", "Last visit"),        "day", past=True),
        Field("suspicion",   L("疑似原因", "Why perhaps"),       "note"),
        Field("cause",       L("流失原因", "Cause"),             "choice", choices=[
            Choice("price",    L("价格", "Price")),              Choice("distance", L("路远", "Distance")),
            Choice("quality",  L("维修质量", "Quality")),        Choice("service",  L("服务态度", "Service")),
            Choice("waiting",  L("等候太久", "Waiting")),        Choice("other_shop", L("别店吸引", "Another shop")),
            Choice("car_gone", L("车已卖或迁出", "Car sold or moved")), Choice("other", L("其他", "Other"))]),
        Field("analysis",    L("原因分析", "Analysis"),          "note"),
        Field("summary",     L("一句话汇报", "In one sentence"), high=100, personal=True),
        Field("instruction", L("上级批示", "Instruction"),       "note"),
        Field("remark",      L("联系情况", "What was said"),     "note"),
        Field("repair",      L("回店维修单号", "Repair order of the return"), high=40),
    ])
# fmt: on

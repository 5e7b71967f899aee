"""Customer request: what cannot be answered on site goes to departments, item by item, and is answered. [C9]

A disagreement goes to the superior; a plan is agreed by all parties before it is promised; at the end the customer gets
a report. Holds: states, who, by when, what is recorded. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, Later, Linked, is_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    Drive,
    End,
    Field,
    Open,
    Opening,
    Paper,
    Process,
    Setting,
    State,
    Transition,
    anew,
    field,
    wd,
    wh,
)
from cuiban.engine.who import Opener, Who, any_of, person, role, superior
from cuiban.workflows.customer import CUSTOMER, PHONE

ENGINEER, SUPERVISOR = role("it_engineer"), role("it_manager")
DESK: list[Who] = [ENGINEER, role("customer_service")]
FOLLOWS = person("follower")  # who took it follows it to the end
SUPERIOR = superior(FOLLOWS)
ANSWERER = person("responsible")

# fmt: off
COVERED = Guard("not_covered", is_("coverage", "warranty", "contract"),
                L("不在保修期内也没有维保协议", "neither within the warranty nor under a maintenance contract"))
ALL_ANSWERED = Guard("items_open", Linked("item"),
                     L("还有部门没有答复 ({item})", "departments have not answered yet ({item})"), FOLLOWS)
AGREED = Guard("not_agreed", is_("all_agreed", True),
               L("各方还没取得一致意见", "not every party agrees yet"), FOLLOWS)
AHEAD  = Guard("promise_in_past", Later("promised_at"),
               L("承诺时间要在以后", "the promised time has to lie ahead"), FOLLOWS)

EACH_ITEM = Open("customer_item", "item", each="items", sets={
    "customer": "customer", "phone": "phone", "question": "each.question", "department": "each.department",
    "responsible": "each.responsible"})

customer_request = Process("customer_request", L("客户请求", "Customer request"), prefix="KQ", rows=["C9"],
    subject=["topic", "customer"], chaser=SUPERVISOR,
    opening=Opening(any_of(*DESK), needs=["customer", "topic", "coverage"],
        asks=["phone", "site", "suits_at", "description", "follower"], appoints={"follower": Opener()}),
    states=[
        State("registered", L("已登记", "Registered"),          due=wh(Setting("at_once_hours")), owner=FOLLOWS,
              todo=L("答复或转出", "answer or pass on")),
        State("handed_on",  L("各部门处理", "With departments"), due=wd(Setting("customer_item_days")), owner=FOLLOWS,
              todo=L("给出计划", "give a plan")),
        State("disputed",   L("请示上级", "With the superior"),  due=wh(Setting("at_once_hours")), owner=SUPERIOR),
        State("planned",    L("已承诺", "Promised"),             due=field("promised_at"), owner=FOLLOWS,
              todo=L("解决", "solve it")),
        State("solved",     L("待汇报", "To be reported"),       due=wd(Setting("it_step_days")), owner=FOLLOWS),
        End("answered",     L("当场答复", "Answered on site")),
        End("reported",     L("已汇报客户", "Reported to the customer")),
        End("dropped",      L("客户撤回", "Dropped"),            outcome="dropped"),
        End("cancelled",    L("已作废", "Cancelled"),            outcome="cancelled"),
    ],
    transitions=[
        Transition("answer",        L("当场答复", "Answer on site"),    "registered", "answered",  any_of(*DESK),
                   needs=["answer"]),
        Transition("hand_on",       L("转有关部门", "Hand on"),         "registered", "handed_on", any_of(*DESK),
                   needs=["phone", "items"], guards=[COVERED], row="C9",
                   opens=[EACH_ITEM]),
        Transition("add_items",     L("追加问题", "Add items"),         "handed_on", "=",          FOLLOWS,
                   needs=[anew("items")],
                   opens=[EACH_ITEM]),
        Transition("ask_superior",  L("请示上级", "Ask the superior"),  ["handed_on", "planned"], "disputed", FOLLOWS,
                   needs=[anew("dispute")], row="C9"),
        Transition("decide",        L("批示", "Decide"),                "disputed",  "handed_on",  SUPERIOR,
                   needs=[anew("decision")]),
        Transition("plan",          L("给出计划", "Give the plan"),     "handed_on", "planned",    FOLLOWS,
                   needs=["plan", "all_agreed", "promised_at"], guards=[ALL_ANSWERED, AGREED, AHEAD], row="C9"),
        Transition("change_plan",   L("改期", "Change the promise"),    "planned",   "=",          FOLLOWS,
                   needs=[anew("promised_at")], guards=[AHEAD], reason=True),
        Transition("solve",         L("已解决", "Solved"),              "planned",   "solved",     FOLLOWS,
                   needs=["remedy"]),
        Transition("report",        L("汇报客户", "Report to the customer"), "solved", "reported", FOLLOWS,
                   needs=["report"], asks=["reaction"], papers=["report_sheet"], row="C9"),
        Transition("unhappy",       L("客户不认可", "The customer does not accept"), "solved", "handed_on", FOLLOWS,
                   reason=True, cycle=True),
        Transition("drop",          L("客户撤回", "Dropped by the customer"), ["handed_on", "disputed", "planned"],
                   "dropped", FOLLOWS, outside="customer", reason=True,
                   drives=[Drive("item", "call_off", open_only=True)]),
    ],
    cancel=Cancel(any_of(*DESK), "cancelled", at_once=["registered"],
        never=["handed_on", "disputed", "planned", "solved"]),
    fields=[
        CUSTOMER, PHONE,
        Field("follower",    L("跟踪人", "Follows it"),          "person"),
        Field("topic",       L("问题", "Topic"),                 high=100, personal=True),
        Field("description", L("详细说明", "Description"),       "note"),
        Field("site",        L("现场", "Site"),                  high=100, personal=True),
        Field("suits_at",    L("客户方便的时间", "Hours that suit the customer"), high=60, personal=True),
        Field("coverage",    L("服务依据", "Covered by"),        "choice", choices=[
            Choice("warranty", L("保修期内", "Warranty")), Choice("contract", L("维保协议", "Maintenance contract")),
            Choice("none", L("都没有", "Neither"))]),
        Field("answer",      L("答复", "Answer"),                "note"),
        Field("items",       L("转办问题", "Items handed on"),   "rows", columns=[
            Field("question",    L("问题", "Question"),       low=1, high=200),
            Field("department",  L("部门", "Department"),     low=1, high=40),
            Field("responsible", L("责任人", "Responsible"),  "person", low=1)]),
        Field("dispute",     L("分歧", "What is disputed"),      "note"),
        Field("decision",    L("上级批示", "Decision"),          "note"),
        Field("plan",        L("解决计划", "Plan"),              "note"),
        Field("all_agreed",  L("各方意见一致", "All parties agree"), "yes"),
        Field("promised_at", L("承诺时间", "Promised time"),     "instant"),
        Field("remedy",      L("处理结果", "Remedy"),            "note"),
        Field("report",      L("汇报内容", "What was reported"), "note"),
        Field("reaction",    L("客户反映", "Customer's reaction"), "note"),
    ],
    papers=[Paper("report_sheet", L("汇报单", "Report sheet"), supplier=ENGINEER, waiver="it_manager")])

customer_item = Process("customer_item", L("客户请求项", "Item of a customer request"), prefix="KX", rows=["C9"],
    subject=["question", "department"],
    opening=Opening(any_of(*DESK), needs=["question", "department", "responsible"], asks=["customer", "phone"]),
    states=[
        State("open",       L("待答复", "To be answered"), due=wd(Setting("customer_item_days"))),
        End("answered",     L("已答复", "Answered")),
        End("cancelled",    L("已作废", "Cancelled"),      outcome="cancelled"),
    ],
    transitions=[
        Transition("answer",   L("答复", "Answer"),     "open", "answered",  ANSWERER, needs=["answer"], row="C9"),
        Transition("call_off", L("撤回", "Call off"),   "open", "cancelled", any_of(*DESK)),
    ],
    fields=[
        CUSTOMER, PHONE,
        Field("question",    L("问题", "Question"),      high=200, personal=True),
        Field("department",  L("部门", "Department"),    high=40),
        Field("responsible", L("责任人", "Responsible"), "person"),
        Field("answer",      L("答复", "Answer"),        "note"),
    ])
# fmt: on

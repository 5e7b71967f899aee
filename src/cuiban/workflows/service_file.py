"""Service file: what an advisor settled yesterday is sorted in the morning, bound and archived once complete. [A1, B10]

Holds: states, who, by when, papers. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, PapersComplete, is_
from cuiban.engine.labels import L
from cuiban.engine.language import Cancel, Choice, End, Field, Opening, Paper, Process, Setting, State, Transition, on, wd, wh
from cuiban.engine.who import any_of, person, role
from cuiban.workflows.customer import CUSTOMER, PLATE, REPAIR, VIN

CLERK, ADVISOR = role("after_sales_clerk"), person("advisor")

# fmt: off
CORRECT  = Guard("data_not_correct", is_("data_correct", True),
                 L("客户信息不准确, 请退服务顾问", "the customer's data is not correct: send it back to the advisor"), CLERK)
UPDATED  = Guard("state_not_updated", is_("state_updated", True),
                 L("客户最新状态还没更新", "the customer's state is not up to date yet"), CLERK)
COMPLETE = Guard("papers_incomplete", PapersComplete(),
                 L("单据缺 {papers}", "papers missing: {papers}"), ADVISOR)

service_file = Process("service_file", L("售后单据档案", "Service file"), prefix="DA", rows=["A1", "B10"],
    subject=["category", "customer", "plate", "repair"], key=["repair"], key_forever=True, chaser=role("service_director"),
    opening=Opening(any_of(CLERK, role("service_advisor")),
        needs=["repair", "customer", "plate", "advisor", "settled_on"], asks=["vin"]),
    states=[
        State("settled",   L("待整理", "To be sorted"),          due=on("settled_on", "12:00", days=1, roll="next"),
              owner=CLERK),                                              # 9:00-12:00, yesterday's orders
        State("sent_back", L("退顾问补正", "Back with the advisor"), due=wh(Setting("at_once_hours"))),
        State("sorted",    L("待装订", "To be bound"),           due=wd(Setting("service_file_days"))),
        State("bound",     L("待存档", "To be archived"),        due=wd(1)),
        End("archived",    L("已存档", "Archived")),
        End("cancelled",   L("已作废", "Cancelled"),             outcome="cancelled"),
    ],
    transitions=[
        Transition("sort",      L("整理分类", "Sort"),          "settled",   "sorted",    CLERK,
                   needs=["category", "data_correct", "state_updated"], asks=["customer_state"],
                   guards=[CORRECT, UPDATED], row="B10"),
        Transition("bind",      L("装订", "Bind"),              "sorted",    "bound",     CLERK,
                   needs=["volume"], guards=[COMPLETE], row="A1"),
        Transition("send_back", L("退服务顾问", "Send back"),   ["settled", "sorted"], "sent_back", CLERK, reason=True),
        Transition("put_right", L("补正", "Put right"),         "sent_back", "settled",   ADVISOR,
                   asks=["customer", "plate", "vin"], cycle=True),
        Transition("archive",   L("存档", "Archive"),           "bound",     "archived",  CLERK,
                   needs=["place"], row="A1"),
    ],
    cancel=Cancel(CLERK, "cancelled", at_once=["settled"], never=["sent_back", "sorted", "bound"]),
    fields=[
        CUSTOMER, PLATE, VIN, REPAIR,
        Field("advisor",        L("服务顾问", "Advisor"),            "person", role="service_advisor"),
        Field("settled_on",     L("结单日期", "Settled on"),         "day", past=True),
        Field("category",       L("类别", "Category"),               "choice", choices=[
            Choice("upkeep",   L("保养", "Upkeep")),                 Choice("repair",   L("维修", "Repair")),
            Choice("accident", L("事故", "Accident")),               Choice("warranty", L("保修索赔", "Warranty")),
            Choice("campaign", L("活动", "Campaign"))]),
        Field("data_correct",   L("信息准确", "Data correct"),       "yes"),
        Field("state_updated",  L("客户状态已更新", "State updated"), "yes"),
        Field("customer_state", L("客户最新状态", "Customer's state"), "note"),
        Field("volume",         L("册号", "Volume"),                 high=40),
        Field("place",          L("存放位置", "Place"),              high=40),
    ],
    papers=[
        Paper("repair_order", L("维修单", "Repair order"),           supplier=ADVISOR),
        Paper("settlement",   L("结算单", "Settlement sheet"),       supplier=ADVISOR),
        Paper("parts_list",   L("领料单", "Parts list"),             supplier=ADVISOR, waiver="service_director"),
    ])
# fmt: on

"""Customer file: complete with the delivery's ten papers, handed to customer service, archived there. [D3, D19]

Opened when a delivery is closed, taken out if that is reopened. Holds: states, who, by when.
Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, is_
from cuiban.engine.labels import L
from cuiban.engine.language import End, Field, Opening, Process, Setting, State, Transition, on, wd
from cuiban.engine.who import System, role
from cuiban.workflows.customer import CUSTOMER, PHONE, VIN

CLERK, SERVICE = role("sales_clerk"), role("customer_service")
THIRD = on("delivered_on", Setting("close_of_business"), months=1, days=2, roll="next")  # of the next month, as the duty

# fmt: off
TRUE = Guard("not_true_and_exact", is_("true_and_exact", True),
             L("客户信息要详实准确", "the customer's data has to be true and exact"), CLERK)

customer_file = Process("customer_file", L("客户档案", "Customer file"), prefix="KH", rows=["D3", "D19"],
    subject=["customer", "contract_number", "vin"], key=["contract_number"], chaser=role("sales_manager"),
    opening=Opening(CLERK, needs=["customer", "contract_number", "vin", "delivered_on", "consultant"], asks=["phone"]),
    states=[
        State("complete",    L("待移交", "To be handed over"), due=THIRD),
        State("handed_over", L("待接收", "To be received"),    due=wd(Setting("accept_days"))),
        End("archived",      L("已存档", "Archived")),
        End("taken_out",     L("已抽回", "Taken out"),         outcome="taken_out"),
    ],
    transitions=[
        Transition("hand_over", L("移交客服部", "Hand over"),  "complete",    "handed_over", CLERK,
                   needs=["true_and_exact"], guards=[TRUE], row="D19"),
        Transition("receive",   L("接收存档", "Receive"),      "handed_over", "archived",    SERVICE,
                   unlike=["hand_over"], needs=["place"], row="D19"),
        Transition("send_back", L("退回补齐", "Send back"),    "handed_over", "complete",    SERVICE,
                   unlike=["hand_over"], needs=["lacking"], cycle=True),
        Transition("take_out",  L("抽回", "Take out"),         ["complete", "handed_over"], "taken_out", System()),
    ],
    fields=[
        CUSTOMER, PHONE, VIN,
        Field("contract_number", L("合同编码", "Contract number"),      high=40),
        Field("delivered_on",    L("交车日期", "Handed over on"),       "day", past=True),
        Field("consultant",      L("销售顾问", "Sales consultant"),     "person", role="sales_consultant"),
        Field("true_and_exact",  L("详实准确", "True and exact"),       "yes"),
        Field("lacking",         L("缺什么, 谁来补", "What is lacking, who owes it"), high=200, personal=True),
        Field("place",           L("存放位置", "Place"),                high=40),
    ])
# fmt: on

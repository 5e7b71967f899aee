"""Transfer: a car for another dealer, approved by the regional manager, invoiced, allocated, sent out, received. [D8]

It moves the vehicle as a delivery does, and is undone as one: newest first. A car from another dealer is a vehicle on
its way. Holds: states, who, by when, papers, numbers. Never: SQL, files, a clock.
"""

from cuiban.engine.conditions import Guard, Same, has, not_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    Draw,
    Drive,
    End,
    Field,
    Link,
    Opening,
    Paper,
    Process,
    Setting,
    State,
    Transition,
    wd,
)
from cuiban.engine.who import role
from cuiban.workflows.customer import VIN
from cuiban.workflows.entries import REVERSED, SLIP_VOID, VOIDED, billed, reversed_, slip, slipped
from cuiban.workflows.vehicle_delivery import (
    COLOUR,
    CONFIGURATION,
    COPIES_BACK,
    INVOICE,
    MODEL,
    PAPER_INVOICE,
    RETURN_ENTRY,
    SAME_CONFIGURATION,
    SAME_MODEL,
    SAME_MONTH,
    SLIP_NUMBER,
    SLIP_TOGETHER,
    UNBILLED,
)

CLERK, MANAGER = role("sales_clerk"), role("sales_manager")
FINANCE, FINANCE_MANAGER = role("finance"), role("finance_manager")
STEP_DAYS, WAIT_DAYS = wd(Setting("delivery_step_days")), wd(Setting("region_wait_days"))

MATCHED = ["model", "configuration", "invoice_vin"]  # what the car was allocated by

# fmt: off
INVOICED_VIN = Guard("invoice_vin_differs", Same("invoice_vin", "vin"),
                     L("发票车架号 {invoice_vin} 不是所配的 {vin}", "the invoice names {invoice_vin}, allocated is {vin}"), FINANCE)
IN_HOUSE     = Guard("at_network", not_(has("vehicle.at_network")),
                     L("车在二网, 要先退回", "the car is at the network and has to come back first"), CLERK)

transfer = Process("transfer", L("调拨", "Transfer"), prefix="DB", rows=["D8", "D4"],
    subject=["dealer", "model", "configuration", "vin"], chaser=MANAGER, ledger="sales",
    links=[Link("vehicle", "vehicle", by="vin")],
    opening=Opening(CLERK, needs=["dealer", "model", "configuration"], asks=["colour", "price"]),
    states=[
        State("draft",     L("起草", "Draft"),               due=STEP_DAYS),
        State("submitted", L("待大区审批", "With the region"), due=WAIT_DAYS, owner=CLERK,
              waits=L("大区经理", "the regional manager"), todo=L("得到大区批复", "get the region's answer")),
        State("refused",   L("大区未批", "Refused"),         due=STEP_DAYS),
        State("approved",  L("待开票", "To be invoiced"),    due=STEP_DAYS, owner=FINANCE),
        State("invoiced",  L("待配车", "To be allocated"),   due=STEP_DAYS, owner=CLERK),
        State("allocated", L("待出库", "To be sent out"),    due=STEP_DAYS, fixes=MATCHED),
        State("out",       L("已出库", "Out"),               due=WAIT_DAYS, owner=CLERK,
              waits=L("目标经销商", "the other dealer"), fixes=MATCHED, todo=L("等到对方收车", "have it received")),
        End("received",    L("对方已收车", "Received"),          fixes=MATCHED),
        End("ended",       L("未批, 不再调拨", "Given up"),   outcome="refused"),
        End("cancelled",   L("已作废", "Cancelled"),         outcome="cancelled"),
    ],
    transitions=[
        Transition("submit",       L("提交", "Submit"),              "draft",     "submitted", CLERK, row="D8"),
        Transition("ask_again",    L("再问大区", "Ask the region again"), "submitted", "=",    CLERK),
        Transition("approve",      L("大区批准", "Approved"),        "submitted", "approved",  CLERK,
                   outside="regional_manager", papers=["approval"], row="D8"),
        Transition("refuse",       L("大区未批", "Refused"),         "submitted", "refused",   CLERK,
                   outside="regional_manager", reason=True, row="D8"),
        Transition("revise",       L("修改再报", "Revise"),          "refused",   "draft",     CLERK,
                   asks=["dealer", "model", "configuration", "colour", "price"], cycle=True),
        Transition("give_up",      L("不再调拨", "Give up"),         "refused",   "ended",     CLERK),
        Transition("invoice",      L("开票", "Invoice"),             "approved",  "invoiced",  FINANCE,
                   needs=["invoice_number", "invoice_day", "invoice_vin", "invoice_kind", "price"],
                   enters=[billed(vin="invoice_vin")], row="D8"),
        Transition("allocate",     L("调拨配车", "Allocate"),        "invoiced",  "allocated", CLERK,
                   needs=["vin"], holds=["vin"], guards=[INVOICED_VIN, SAME_MODEL, SAME_CONFIGURATION, IN_HOUSE],
                   drives=[Drive("vehicle", "allocate")], row="D8"),
        Transition("send_out",     L("出库", "Send out"),            "allocated", "out",       CLERK,
                   draws=[Draw("outbound_slip", "slip_number")],
                   drives=[Drive("vehicle", "transfer_out", {"slip_number": "slip_number", "dealer": "dealer"})],
                   enters=[slipped("transfer", "with_car", invoice="invoice_number")], row="D8"),
        Transition("receive",      L("对方已收车", "Received"),      "out",       "received",  CLERK,
                   outside="other_dealer", needs=["received_on"], papers=["receipt"]),
        # newest first
        Transition("take_back",    L("退库", "Take back"),           "out",       "allocated", CLERK, undoes="send_out",
                   reason=True, needs=["return_entry", "slip_copies_together"], guards=[SLIP_TOGETHER],
                   drives=[Drive("vehicle", "undo_transfer")], enters=[slip(**SLIP_VOID)]),
        Transition("deallocate",   L("取消配车", "De-allocate"),     "allocated", "invoiced",  CLERK, undoes="allocate",
                   reason=True, clears=["vin"], drives=[Drive("vehicle", "deallocate")]),
        Transition("void_invoice", L("作废发票", "Void the invoice"), "invoiced", "approved",  FINANCE, undoes="invoice",
                   reason=True, needs=["copies_back"], guards=[PAPER_INVOICE, SAME_MONTH, COPIES_BACK],
                   clears=UNBILLED, enters=[VOIDED]),
        Transition("red_invoice",  L("红冲", "Red invoice"),         "invoiced",  "approved",  FINANCE_MANAGER,
                   undoes="invoice", reason=True, needs=["red_number"], takes={"red_original": "invoice_number"},
                   clears=UNBILLED, enters=[reversed_(vin="invoice_vin"), REVERSED]),
    ],
    cancel=Cancel(MANAGER, "cancelled", at_once=["draft", "submitted", "refused", "approved"]),
    fields=[
        VIN, MODEL, CONFIGURATION, COLOUR, SLIP_NUMBER, RETURN_ENTRY, INVOICE,
        Field("dealer",       L("目标经销商", "Receiving dealer"),    high=60),
        Field("price",        L("调拨价格", "Transfer price"),        "money", low=0),
        Field("invoice_day",  L("开票日期", "Invoiced on"),           "day", past=True),
        Field("invoice_vin",  L("发票车架号", "VIN on the invoice"),  "vin"),
        Field("invoice_kind", L("发票类型", "Kind of invoice"),       "choice", choices=[
            Choice("paper", L("纸质", "Paper")), Choice("digital", L("数电", "Digital"))]),
        Field("copies_back",  L("发票各联已收回", "Copies of the invoice back"), "yes"),
        Field("red_number",   L("红字发票号", "Red invoice"),         high=40),
        Field("red_original", L("对应蓝字发票", "Invoice it reverses"), high=40),
        Field("slip_copies_together", L("出库单各联已收齐", "Copies of the slip together"), "yes"),
        Field("received_on",  L("收车日期", "Received on"),           "day", past=True),
    ],
    papers=[
        Paper("approval", L("调拨审批", "Approval of the transfer"), supplier=CLERK, form="copy"),
        Paper("receipt",  L("收车确认", "Receipt"),                  supplier=CLERK, form="copy"),
    ])
# fmt: on

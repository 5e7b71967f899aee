"""Vehicle and delivery: a car outlives an order, and an order may change cars. [D1, D2, D3, D4, D8 way out, D28, D30]

The vehicle says where a car is; the delivery moves it. Undone always newest first: report, slip, invoice, car, review.
Holds: states, who, by when, papers, numbers. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Count, Guard, InMonth, PapersComplete, Same, Test, has, is_, not_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    Draw,
    Drive,
    End,
    Enter,
    Field,
    Link,
    Open,
    Opening,
    Paper,
    Process,
    Setting,
    State,
    Transition,
    cd,
    need,
    wd,
)
from cuiban.engine.who import System, Who, any_of, person, role
from cuiban.workflows.customer import CUSTOMER, PHONE, VIN
from cuiban.workflows.entries import (
    CUSTOMER_KNOWN,
    REVERSED,
    SLIP_VOID,
    VOIDED,
    billed,
    car,
    moved,
    order,
    reversed_,
    slip,
    slipped,
)

CLERK, CONSULTANT, MANAGER = role("sales_clerk"), role("sales_consultant"), role("sales_manager")
FINANCE, FINANCE_MANAGER = role("finance"), role("finance_manager")
ORDER = System()  # the delivery does it
STEP_DAYS = wd(Setting("delivery_step_days"))
SLIP = Draw("outbound_slip", "slip_number")

# fmt: off
MODEL         = Field("model",         L("车型", "Model"),         high=40)
MODEL_YEAR    = Field("model_year",    L("年款", "Model year"),    high=10)     # 14.5, 15, 15.5, 15.75
CONFIGURATION = Field("configuration", L("配置", "Configuration"), high=60)
COLOUR        = Field("colour",        L("颜色", "Colour"),        high=20)
SLIP_NUMBER   = Field("slip_number",   L("出库单号", "Outbound slip"), high=20)
RETURN_ENTRY  = Field("return_entry",  L("退库单号", "Return entry"),  high=40)
INVOICE       = Field("invoice_number", L("发票号", "Invoice number"), high=40)

SAME = {name: name for name in ("model", "model_year", "configuration", "colour")}
IDENTITY = ["vin", "model", "model_year", "configuration"]  # what an order was matched with

LABELLED = Guard("bag_not_labelled", is_("bag_labelled", True),
                 L("资料袋还没贴车架号标签入柜", "the document bag is not labelled with the VIN"), CLERK)
IN_LEDGER = Guard("not_in_ledger", is_("ledger_entered", True),
                  L("还没记入进销存表", "it is not in the ledger yet"), CLERK)

vehicle = Process("vehicle", L("车辆", "Vehicle"), prefix="CL", rows=["D1", "D4", "D8", "D28"],
    subject=["model", "configuration", "colour", "vin"], key=["vin"], key_forever=True, chaser=MANAGER,
    ledger="sales",
    opening=Opening(CLERK,
        needs=["model", "configuration"],
        asks=["colour", "vin", "model_year", "order_number", "called_week", "node", "origin"],
        enters=[car("transit", **SAME, node="node")]),
    states=[
        State("transit",      L("在途", "On the way"),               due=cd(Setting("transit_days")),
              waits=L("厂家发运", "the manufacturer")),
        State("stock",        L("在库", "In stock"),                 owner=System()),
        State("held",         L("已配车", "Held for an order"),      owner=System(), fixes=IDENTITY),
        State("dispatched",   L("已发二网", "Sent to the network"),  due=STEP_DAYS, fixes=["vin"]),
        State("network",      L("在二网", "At the network"),         owner=System(), fixes=["vin"]),
        State("network_held", L("二网已配车", "At the network, held"), owner=System(), fixes=IDENTITY),
        State("out",          L("已出库", "Out"),                    owner=System(), fixes=IDENTITY),
        End("sold",           L("已交客户", "Sold"),                 outcome="sold", fixes=IDENTITY),
        End("transferred",    L("已调出", "Transferred"),            outcome="transferred", fixes=["vin"]),
        End("cancelled",      L("已作废", "Cancelled"),              outcome="cancelled"),
    ],
    transitions=[
        Transition("stock_in",          L("入库", "Stock in"),          "transit", "stock", CLERK,
                   needs=["vin", "model_year", "year_source", "colour", "arrived_on", "ledger_entered", "bag_labelled"],
                   asks=["place"], guards=[IN_LEDGER, LABELLED],
                   enters=[car("stock", **SAME, place="place", arrived_on="arrived_on"), moved("stock_in", place="place")],
                   row="D1"),
        Transition("move",              L("移位", "Move"),              "stock", "=",       CLERK, needs=["place"],
                   enters=[car("stock", place="place"), moved("moved", place="place")]),
        # driven by the delivery
        Transition("allocate",          L("配车", "Allocate"),          "stock", "held",    ORDER,
                   enters=[car("held")], row="D2"),
        Transition("allocate",          L("配车", "Allocate"),          "network", "network_held", ORDER,
                   enters=[car("network_held")], row="D2"),
        Transition("deallocate",        L("取消配车", "De-allocate"),   "held", "stock",    ORDER, undoes="allocate",
                   enters=[car("stock")]),
        Transition("deallocate",        L("取消配车", "De-allocate"),   "network_held", "network", ORDER, undoes="allocate",
                   enters=[car("network")]),
        Transition("send_out",          L("出库", "Send out"),          ["held", "network_held"], "out", ORDER,
                   needs=["slip_number"], sets={"purpose": "sale"},
                   enters=[car("out"), moved("sold_out", slip="slip_number")], row="D2"),
        Transition("take_back",         L("退库", "Take back"),         "out", "held",      ORDER, undoes="send_out",
                   clears=["slip_number", "purpose"], enters=[car("held"), moved("taken_back", slip="slip_number")]),
        Transition("take_back_network", L("退回二网", "Take back to the network"), "out", "network_held", ORDER,
                   undoes="send_out", sets={"purpose": "network"},
                   enters=[car("network_held"), moved("taken_back", slip="slip_number")]),
        Transition("settle",            L("交清", "Settle"),            "out", "sold",      ORDER, enters=[car("sold")]),
        Transition("unsettle",          L("重开", "Unsettle"),          "sold", "out",      ORDER, undoes="settle",
                   enters=[car("out")]),
        # to the second network: slip at once; sold from there, no second slip
        Transition("send_to_network",   L("发往二网", "Send to the network"), "stock", "dispatched", CLERK,
                   needs=["network_dealer"], draws=[SLIP], sets={"purpose": "network", "at_network": True},
                   enters=[car("network"), moved("network_out", place="network_dealer", slip="slip_number"),
                           slipped("network", "with_car")], row="D4"),
        Transition("file_blue_slip",    L("蓝联归档", "File the blue slip"), "dispatched", "network", CLERK,
                   papers=["blue_slip"], enters=[slip(copies=["archive"])], row="D4"),
        Transition("void_dispatch",     L("作废发车", "Void the dispatch"), "dispatched", "stock", CLERK,
                   undoes="send_to_network", reason=True, clears=["network_dealer", "purpose", "at_network"],
                   enters=[car("stock"), moved("network_back", slip="slip_number"), slip(**SLIP_VOID)]),
        Transition("return_from_network", L("二网退回", "Return from the network"), "network", "stock", CLERK,
                   needs=["return_entry"], clears=["slip_number", "network_dealer", "purpose", "at_network"],
                   enters=[car("stock"), moved("network_back", slip="slip_number"), slip(copies=["together"])], row="D4"),
        # to another dealer: driven by the transfer
        Transition("transfer_out",      L("调拨出库", "Transfer out"),  "held", "transferred", ORDER,
                   needs=["slip_number", "dealer"], sets={"purpose": "transfer"},
                   enters=[car("transferred"), moved("transfer_out", place="dealer", slip="slip_number")], row="D8"),
        Transition("undo_transfer",     L("撤回调拨", "Undo the transfer"), "transferred", "held", ORDER,
                   undoes="transfer_out", clears=["slip_number", "dealer", "purpose"],
                   enters=[car("held"), moved("transfer_back", slip="slip_number")]),
    ],
    cancel=Cancel(MANAGER, "cancelled", at_once=["transit"],
        never=["stock", "held", "dispatched", "network", "network_held", "out"], enters=[car("gone")]),
    fields=[
        VIN, MODEL, MODEL_YEAR, CONFIGURATION, COLOUR, SLIP_NUMBER, RETURN_ENTRY,
        Field("order_number",   L("生产订单号", "Production order"),    high=40),
        Field("called_week",    L("CALL车周", "Week of the CALL"),      "week"),
        Field("origin",         L("来源", "Origin"),                    "choice", choices=[
            Choice("call", L("CALL车", "CALL")), Choice("transfer", L("调入", "Transferred in"))]),
        Field("node",           L("在途节点", "Transit node"),          high=20),      # DOL: VSC ...
        Field("year_source",    L("年款依据", "Model year known from"), "choice", choices=[
            Choice("usual", L("经验", "Experience")), Choice("dol", L("DOL详细车籍查询", "Looked up in DOL"))]),
        Field("arrived_on",     L("到店日期", "Arrived on"),            "day", past=True),
        Field("place",          L("存放位置", "Place"),                 high=40),
        Field("ledger_entered", L("已记进销存表", "Entered in the ledger"), "yes"),
        Field("bag_labelled",   L("资料袋已贴标入柜", "Document bag labelled"), "yes"),
        Field("purpose",        L("出库用途", "Purpose of the slip"),   "choice", choices=[
            Choice("sale", L("销售", "Sale")), Choice("network", L("二网", "Second network")),
            Choice("transfer", L("调拨", "Transfer"))]),
        Field("at_network",     L("车在二网", "At the network"),        "yes"),
        Field("network_dealer", L("二网网点", "Network dealer"),        high=60),
        Field("dealer",         L("目标经销商", "Receiving dealer"),    high=60),
    ],
    papers=[
        Paper("blue_slip",         L("车辆出库单(蓝联)", "Outbound slip (blue)"), supplier=CLERK, step="send_to_network",
              form="blue"),
    ])


def guard(code: str, test: Test, who: Who, zh: str, en: str) -> Guard:
    """A guard, its sentences last."""
    return Guard(code, test, L(zh, en), who)


CHECKED = guard("not_all_checked", Count("checked", 4), CLERK,
    "价格, 配置, GMAC, 合同编码都要核对", "price, configuration, GMAC and contract number are all to be checked")
SAME_MODEL = guard("model_differs", Same("model", "vehicle.model"), CLERK,
    "订单车型 {model}, 此车 {vehicle_model}", "the order says {model}, the car is a {vehicle_model}")
SAME_YEAR = guard("model_year_differs", Same("model_year", "vehicle.model_year"), CLERK,
    "订单年款 {model_year}, 此车 {vehicle_model_year}", "the order says {model_year}, the car is of {vehicle_model_year}")
SAME_CONFIGURATION = guard("configuration_differs", Same("configuration", "vehicle.configuration"), CLERK,
    "订单配置 {configuration}, 此车 {vehicle_configuration}",
    "the order says {configuration}, the car is {vehicle_configuration}")
INVOICED_VIN = guard("invoice_vin_differs", Same("invoice_vin", "vin"), FINANCE,
    "发票车架号 {invoice_vin} 不是所配的 {vin}", "the invoice names {invoice_vin}, allocated is {vin}")
SLIP_VIN = guard("slip_vin_differs", Same("vehicle.vin", "invoice_vin"), CLERK,
    "出库车架号 {vehicle_vin} 不是发票的 {invoice_vin}", "the slip names {vehicle_vin}, the invoice {invoice_vin}")
PAPER_INVOICE = guard("invoice_not_on_paper", is_("invoice_kind", "paper"), FINANCE_MANAGER,
    "数电发票只能红冲", "a digital invoice can only be reversed by a red one")
SAME_MONTH = guard("invoice_month_over", InMonth("invoice_day"), FINANCE_MANAGER,
    "发票 {invoice_day} 已跨月, 只能红冲", "the invoice of {invoice_day} is of another month: a red one")
COPIES_BACK = guard("copies_not_back", is_("copies_back", True), CONSULTANT,
    "发票各联没有收齐", "not all copies of the invoice are back")
SLIP_TOGETHER = guard("slip_not_together", is_("slip_copies_together", True), CLERK,
    "出库单各联没有收齐", "the copies of the slip are not together")
TEN_PAPERS = guard("papers_incomplete", PapersComplete(), CLERK,
    "资料缺 {papers}", "papers missing: {papers}")
STOCK_AGREES = guard("stock_differs", Same("slip_number", "vehicle.slip_number"), CLERK,
    "库存上的出库单号 {vehicle_slip_number} 不是 {slip_number}", "stock has slip {vehicle_slip_number}, here {slip_number}")
LEDGER_AGREES = guard("not_in_ledger", is_("ledger_entered", True), CLERK,
    "进销存表还没记这台交车", "the ledger lacks this delivery")

MATCHED = ["model", "model_year", "configuration"]  # with the car
UNBILLED = ["invoice_number", "invoice_day", "invoice_vin", "invoice_kind"]

KNOWN = {"customer": "customer", "phone": "phone", "vin": "vin", "delivered_on": "delivered_on", "consultant": "consultant"}
ORDER_ROW = Enter("sales_order", {
    "contract": "contract_number", "customer": "phone", **SAME, "price": "price", "channel": "channel", "county": "county",
    "consultant": "consultant", "gmac": "gmac", "loan": "loan", "insurance": "insurance", "accessories": "accessories",
    "ordered_on": "@opened", "source": "@case"}, revives=True)  # sent back and submitted again it is the same contract
NO_ORDER  = Enter("sales_order", {"contract": "contract_number"}, "end")

CARDS = Open("maintenance_card", "cards", KNOWN)
FILE  = Open("customer_file", "file", {**KNOWN, "contract_number": "contract_number"})

delivery = Process("delivery", L("交车", "Delivery"), prefix="JC", rows=["D2", "D3", "D4", "D28", "D30"],
    subject=["customer", "model", "configuration", "vin"], key=["contract_number"], chaser=MANAGER,
    ledger="sales",
    links=[Link("vehicle", "vehicle", by="vin")],
    opening=Opening(any_of(CONSULTANT, CLERK),
        needs=["customer", "contract_number", "model", "model_year", "configuration", "price", "gmac", "channel",
               "consultant", "delivered_on"],
        asks=["phone", "colour", "county", "loan", "insurance", "accessories"]),
    states=[
        State("submitted", L("已提交", "Submitted"),     due=STEP_DAYS),
        State("returned",  L("已退回", "Sent back"),     due=STEP_DAYS),
        State("reviewed",  L("已审核", "Reviewed"),      due=STEP_DAYS),
        State("allocated", L("已配车", "Allocated"),     due=STEP_DAYS, fixes=MATCHED),
        State("invoiced",  L("已开票", "Invoiced"),      due=STEP_DAYS, fixes=MATCHED),
        State("out",       L("已出库", "Sent out"),      due=STEP_DAYS, fixes=MATCHED),
        State("reported",  L("已上报", "Reported"),      due=cd(Setting("delivery_file_days")), fixes=MATCHED),
        End("closed",      L("已归档", "Closed"),        fixes=[*MATCHED, "vin", "slip_number"]),
        End("cancelled",   L("已作废", "Cancelled"),     outcome="cancelled"),
    ],
    transitions=[
        Transition("review",          L("审核", "Review"),            "submitted", "reviewed",  CLERK,
                   needs=["checked", need("gmac_contract", is_("gmac", True))], guards=[CHECKED],
                   enters=[CUSTOMER_KNOWN, ORDER_ROW], row="D2"),
        Transition("send_back",       L("退回", "Send back"),         "submitted", "returned",  CLERK, reason=True),
        Transition("resubmit",        L("重新提交", "Resubmit"),      "returned", "submitted",  person("consultant"),
                   asks=["customer", "phone", "model", "model_year", "configuration", "colour", "price", "gmac",
                         "channel", "county", "loan", "insurance", "accessories"], cycle=True),
        Transition("allocate",        L("配车", "Allocate"),          "reviewed", "allocated",  CLERK,
                   needs=["vin"], holds=["vin"], guards=[SAME_MODEL, SAME_YEAR, SAME_CONFIGURATION],
                   drives=[Drive("vehicle", "allocate")], enters=[order(vin="vin")], row="D2"),
        Transition("invoice",         L("开票", "Invoice"),           "allocated", "invoiced",  FINANCE,
                   needs=["invoice_number", "invoice_day", "invoice_vin", "invoice_kind"], papers=["invoicing_notice"],
                   guards=[INVOICED_VIN], enters=[billed(contract="contract_number")], row="D2"),
        Transition("send_out",        L("出库", "Send out"),          "invoiced", "out",        CLERK,
                   guards=[SLIP_VIN], takes={"slip_number": "vehicle.slip_number"},
                   brings={"outbound_slip": "vehicle.blue_slip"},             # it was in the network's archive
                   draws=[Draw("outbound_slip", "slip_number", when=not_(has("vehicle.slip_number")))],
                   drives=[Drive("vehicle", "send_out", {"slip_number": "slip_number"})],
                   enters=[slipped("sale", "file", not_(has("vehicle.slip_number")), invoice="invoice_number"),
                           slip(has("vehicle.slip_number"), invoice="invoice_number", copies=["file"])], row="D2"),
        Transition("report",          L("上报", "Report"),            "out", "reported",        CLERK,
                   needs=["phone", "address", "use", need("id_number", is_("use", "private")),       # the starred ones
                          need("credit_code", is_("use", "company")), "trade_in",
                          need("old_model", is_("trade_in", True)), need("old_plate", is_("trade_in", True)),
                          need("old_vin", is_("trade_in", True))],
                   asks=["old_mileage", "old_price"], opens=[CARDS],
                   enters=[CUSTOMER_KNOWN, Enter("customer", {"phone": "phone", "kind": "use", "id_number": "id_number",
                                                              "address": "address"}),
                           order(customer="phone", trade_in="trade_in", delivered_on="delivered_on"),
                           Enter("vehicle", {"vin": "vin", "customer": "phone", "sold_on": "delivered_on",
                                             "channel": "channel"})], row="D2"),
        Transition("close",           L("归档", "Close"),             "reported", "closed",     CLERK,
                   needs=["ledger_entered", "daily_report_on"],
                   guards=[TEN_PAPERS, STOCK_AGREES, LEDGER_AGREES],
                   drives=[Drive("vehicle", "settle")], opens=[FILE], row="D3"),
        # newest first
        Transition("reopen",          L("重开", "Reopen"),            "closed", "reported",     MANAGER, undoes="close",
                   reason=True, until=cd(Setting("delivery_reopen_days")), holds=["vin"],
                   drives=[Drive("vehicle", "unsettle"), Drive("file", "take_out", open_only=True)]),
        Transition("withdraw_report", L("撤回上报", "Withdraw the report"), "reported", "out",  CLERK, undoes="report",
                   reason=True, drives=[Drive("cards", "void", open_only=True)],
                   enters=[order(delivered_on=[None]),
                           Enter("vehicle", {"vin": "vin", "customer": [None], "sold_on": [None]}, "known")]),
        Transition("take_back",       L("退库", "Take back"),         "out", "invoiced",        CLERK,
                   undoes="send_out", reason=True, needs=["return_entry", "slip_copies_together"], guards=[SLIP_TOGETHER],
                   clears=["slip_number"],
                   drives=[Drive("vehicle", "take_back", when=not_(has("vehicle.at_network"))),
                           Drive("vehicle", "take_back_network", when=has("vehicle.at_network"))],
                   enters=[slip(not_(has("vehicle.at_network")), **SLIP_VOID),
                           slip(has("vehicle.at_network"), invoice=[None], copies=["archive"])]),
        Transition("void_invoice",    L("作废发票", "Void the invoice"), "invoiced", "allocated", FINANCE,
                   undoes="invoice", reason=True, needs=["copies_back"], guards=[PAPER_INVOICE, SAME_MONTH, COPIES_BACK],
                   clears=UNBILLED, enters=[VOIDED]),
        Transition("red_invoice",     L("红冲", "Red invoice"),       "invoiced", "allocated",  FINANCE_MANAGER,
                   undoes="invoice", reason=True, needs=["red_number"], takes={"red_original": "invoice_number"},
                   clears=UNBILLED, enters=[reversed_(contract="contract_number"), REVERSED]),
        Transition("deallocate",      L("取消配车", "De-allocate"),   "allocated", "reviewed",  CLERK,
                   undoes="allocate", reason=True, clears=["vin"], drives=[Drive("vehicle", "deallocate")],
                   enters=[order(vin=[None])]),
        Transition("withdraw_review", L("撤回审核", "Withdraw the review"), "reviewed", "submitted", CLERK,
                   undoes="review", reason=True, enters=[NO_ORDER]),
    ],
    cancel=Cancel(any_of(MANAGER, CLERK), "cancelled", at_once=["submitted", "returned", "reviewed"],
        enters=[NO_ORDER]),
    fields=[
        CUSTOMER, PHONE, VIN, MODEL, MODEL_YEAR, CONFIGURATION, COLOUR, SLIP_NUMBER, RETURN_ENTRY, INVOICE,
        Field("contract_number",  L("合同编码", "Contract number"),       high=40),
        Field("price",            L("车辆价格", "Price"),                 "money", low=0),
        Field("gmac",             L("做GMAC按揭", "GMAC loan"),           "yes"),
        Field("gmac_contract",    L("GMAC合同号", "GMAC contract"),       high=40),
        Field("channel",          L("渠道", "Channel"),                   "choice", choices=[
            Choice("showroom", L("展厅", "Showroom")), Choice("network", L("二网", "Second network"))]),
        Field("county",           L("县市", "County"),                    high=40),
        Field("consultant",       L("销售顾问", "Sales consultant"),      "person", role="sales_consultant"),
        Field("delivered_on",     L("交车日期", "Handed over on"),        "day", past=True),
        Field("loan",             L("按揭金额", "Loan"),                  "money", low=0),
        Field("insurance",        L("保险金额", "Insurance"),             "money", low=0),
        Field("accessories",      L("精品金额", "Accessories"),           "money", low=0),
        Field("checked",          L("已核对", "Checked"),                 "choices", choices=[
            Choice("price", L("价格", "Price")), Choice("configuration", L("配置", "Configuration")),
            Choice("gmac", L("GMAC", "GMAC")), Choice("contract_number", L("合同编码", "Contract number"))]),
        Field("invoice_day",      L("开票日期", "Invoiced on"),           "day", past=True),
        Field("invoice_vin",      L("发票车架号", "VIN on the invoice"),  "vin"),
        Field("invoice_kind",     L("发票类型", "Kind of invoice"),       "choice", choices=[
            Choice("paper", L("纸质", "Paper")), Choice("digital", L("数电", "Digital"))]),
        Field("copies_back",      L("发票各联已收回", "Copies of the invoice back"), "yes"),
        Field("red_number",       L("红字发票号", "Red invoice"),         high=40),
        Field("red_original",     L("对应蓝字发票", "Invoice it reverses"), high=40),
        Field("slip_copies_together", L("出库单各联已收齐", "Copies of the slip together"), "yes"),
        Field("id_number",        L("身份证号", "ID number"),             "id_number"),
        Field("credit_code",      L("统一社会信用代码", "Company's credit code"), high=18),
        Field("address",          L("地址", "Address"),                   "note"),
        Field("use",              L("使用性质", "Use"),                   "choice", choices=[
            Choice("private", L("私用", "Private")), Choice("company", L("公用", "Company"))]),
        Field("trade_in",         L("二手车置换", "Trade-in"),            "yes"),
        Field("old_model",        L("旧车车型", "Old car's model"),       high=40),
        Field("old_plate",        L("旧车车牌", "Old car's plate"),       "plate"),
        Field("old_vin",          L("旧车车架号", "Old car's VIN"),       "vin"),
        Field("old_mileage",      L("旧车里程", "Old car's mileage"),     "number", low=0, high=2_000_000),
        Field("old_price",        L("旧车价格", "Old car's price"),       "money", low=0),
        Field("ledger_entered",   L("已记进销存表", "Entered in the ledger"), "yes"),
        Field("daily_report_on",  L("列入哪天的日报", "In the daily report of"), "day"),
    ],
    papers=[                                                                # the ten papers of D3
        Paper("warranty_slip",      L("保修单", "Warranty slip"),                     supplier=CONSULTANT),
        Paper("invoicing_notice",   L("汽车开票通知单", "Invoicing notice"),          supplier=CLERK, step="invoice"),
        Paper("outbound_slip",      L("车辆出库单(蓝联)", "Outbound slip (blue)"),    supplier=CLERK, step="send_out",
              form="blue"),
        Paper("contract",           L("汽车购销合同", "Purchase contract"),           supplier=CONSULTANT),
        Paper("settlement",         L("新车开票结算单", "Settlement sheet"),          supplier=FINANCE, step="invoice"),
        Paper("inspection",         L("交车检验表", "Delivery inspection sheet"),     supplier=CONSULTANT),
        Paper("certificate_copy",   L("合格证复印件", "Copy of the certificate"),     supplier=CLERK, form="copy"),
        Paper("invoice_copy",       L("机动车发票复印件", "Copy of the invoice"),     supplier=FINANCE, step="invoice",
              form="copy"),
        Paper("id_copy",            L("身份证复印件", "Copy of the ID card"),         supplier=CONSULTANT, form="copy",
              waiver="sales_manager"),                                      # a company has none
        Paper("acceptance_list",    L("交车服务验收清单", "Acceptance list"),         supplier=CLERK),
    ])
# fmt: on

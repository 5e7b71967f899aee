"""Purchase: consumables by plan, licences, machines; approved, ordered, waited for, entered. [C8, C13, C18]

Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, Linked, is_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    Drive,
    End,
    Enter,
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
    need,
    wd,
)
from cuiban.engine.who import any_of, person, role
from cuiban.workflows.approval import ANOTHER, APPOINTS, APPROVER, BOTH, NAMED, REQUESTER

BUYER, USER, SUPERVISOR = role("it_engineer"), role("device_user"), role("it_manager")
HEAD = person("approver")
LICENCE = is_("kind", "software")

# fmt: off
SCANNED = Guard("not_scanned", Linked("quarantine", ["cleared"]),
                L("新设备还没全部检疫通过 ({quarantine})", "not every new machine was cleared ({quarantine})"), BUYER)
ENTERED = Guard("not_entered", is_("entered", True),
                L("还没登记入账", "it is not entered in the books yet"), BUYER)

purchase = Process("purchase", L("采购", "Purchase"), prefix="CG", rows=["C8", "C13", "C18"],
    subject=["kind", "department", "purpose"], chaser=SUPERVISOR,
    opening=Opening(any_of(USER, BUYER, SUPERVISOR),
        needs=["kind", "department", "purpose", "items", "planned", need("why_unplanned", is_("planned", False))],
        asks=BOTH, appoints=APPOINTS, guards=[NAMED, ANOTHER]),
    states=[
        State("requested", L("待批准", "To be approved"), due=wd(Setting("approval_days")), todo=L("审批", "decide")),
        State("approved",  L("待采购", "To be ordered"),  due=wd(Setting("purchase_days")), owner=BUYER),
        State("ordered",   L("待到货", "Ordered"),        due=field("expected_on"), owner=BUYER,
              waits=L("供应商", "the supplier")),
        State("received",  L("待入账", "Received"),       due=wd(Setting("it_step_days"))),
        End("entered",     L("已入账", "Entered")),
        End("refused",     L("未批准", "Refused"),        outcome="refused"),
        End("cancelled",   L("已作废", "Cancelled"),      outcome="cancelled"),
    ],
    transitions=[
        Transition("approve",      L("批准", "Approve"),              "requested", "approved", HEAD, row="C8"),
        Transition("refuse",       L("不批准", "Refuse"),             "requested", "refused",  HEAD, reason=True),
        Transition("order",        L("下单", "Order"),                "approved",  "ordered",  BUYER,
                   needs=["supplier", "price", "expected_on"], row="C8"),
        Transition("put_off",      L("供应商改期", "Put off by the supplier"), "ordered", "=", BUYER,
                   outside="supplier", needs=[anew("expected_on")], reason=True, row="C18"),
        Transition("receive_part", L("部分到货", "Received in part"), "ordered",   "=",        BUYER,
                   needs=[anew("came")]),
        Transition("receive",      L("到货", "Receive"),              "ordered",   "received", BUYER,
                   papers=["delivery_note"], asks=["came"],
                   opens=[Open("quarantine", "quarantine", each="items", when=is_("kind", "machine"),
                               sets={"kind": ["joining"], "thing": "each.item", "origin": "supplier"})]),
        Transition("enter",        L("登记入账", "Enter"),            "received",  "entered",  BUYER,
                   needs=["entered", need("licence", LICENCE), need("valid_until", LICENCE)],
                   papers=["invoice"], guards=[ENTERED, SCANNED],
                   enters=[Enter("licence", {"software": "each.item", "release": "licence", "seats": "each.count",
                                             "valid_to": "valid_until"}, each="items", when=LICENCE),
                           Enter("supplies", {"month": "@month", "department": "department", "item": "each.item",
                                              "used": [0], "drawn": "each.count"}, each="items", when=is_("kind", "consumable"),
                                 adds=["used", "drawn"])], row="C13"),
        Transition("send_back",    L("退货", "Send back"),            "received",  "ordered",  BUYER, reason=True,
                   needs=[anew("expected_on")], cycle=True, drives=[Drive("quarantine", "call_off", open_only=True)]),
        Transition("call_off",     L("撤单", "Call off"),             "ordered",   "approved", BUYER, undoes="order",
                   reason=True),
    ],
    cancel=Cancel(person("requester"), "cancelled", at_once=["requested", "approved"], never=["received"]),
    fields=[
        REQUESTER, APPROVER,
        Field("kind",          L("类别", "Kind"),                   "choice", choices=[
            Choice("consumable", L("耗材", "Consumables")), Choice("software", L("正版软件", "Licensed software")),
            Choice("machine",    L("设备", "Machine")),     Choice("part",     L("配件", "Part"))]),
        Field("department",    L("部门", "Department"),             high=40),
        Field("purpose",       L("用途", "Purpose"),                high=200, personal=True),
        Field("items",         L("物品", "Items"),                  "rows", columns=[
            Field("item",  L("名称", "Item"),  low=1, high=60),
            Field("count", L("数量", "Count"), "number", low=1, high=9999)]),
        Field("planned",       L("在采购计划内", "Planned"),        "yes"),     # C8: per department, by its work
        Field("why_unplanned", L("计划外的原因", "Why it was not planned"), high=200, personal=True),
        Field("supplier",      L("供应商", "Supplier"),             high=60),
        Field("price",         L("金额", "Price"),                  "money", low=0),
        Field("expected_on",   L("预计到货", "Expected on"),        "day"),
        Field("came",          L("到货情况", "What came"),          high=200, personal=True),
        Field("entered",       L("已入账", "Entered in the books"), "yes"),
        Field("licence",       L("许可证号", "Licence"),            high=60),
        Field("valid_until",   L("许可有效期至", "Licence valid until"), "day"),
    ],
    papers=[
        Paper("delivery_note", L("送货单", "Delivery note"), supplier=BUYER),
        Paper("invoice",       L("发票", "Invoice"),         supplier=BUYER, waiver="finance_manager"),
    ])
# fmt: on

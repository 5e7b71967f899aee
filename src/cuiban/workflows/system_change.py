"""System change: hardware or software surveyed, approved, bought, installed, deployed; taken back if it fails. [C14, C18]

Holds: states, who, by when, what is recorded. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, Linked, is_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
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
    need,
    wd,
)
from cuiban.engine.who import any_of, role

ENGINEER, SUPERVISOR = role("it_engineer"), role("it_manager")
WORK_DAYS = wd(Setting("change_days"))

# fmt: off
BOUGHT    = Guard("not_bought", Linked("purchase"),
                  L("采购还没办完 ({purchase})", "the purchase is not finished ({purchase})"), ENGINEER)
BACKED_UP = Guard("not_backed_up", is_("backed_up", True),
                  L("安装前要先备份", "it has to be backed up before anything is installed"), ENGINEER)
SCANNED   = Guard("not_scanned", Linked("quarantine", ["cleared"]),
                  L("设备还没检疫通过, 不能联网", "the machine was not cleared and cannot join the network"), ENGINEER)
LOGGED    = Guard("not_in_log", is_("logged", True),
                  L("还没记入设备台账", "it is not in the equipment log yet"), ENGINEER)

system_change = Process("system_change", L("系统变更", "System change"), prefix="XB", rows=["C14", "C18"],
    subject=["what", "kind"], chaser=SUPERVISOR,
    opening=Opening(any_of(ENGINEER, SUPERVISOR), needs=["what", "kind", "purpose"], asks=["plan"]),
    states=[
        State("proposed",    L("待调研", "To be surveyed"),    due=WORK_DAYS),
        State("surveyed",    L("待批准", "To be approved"),    due=wd(Setting("approval_days")), todo=L("审批", "decide")),
        State("approved",    L("待实施", "To be carried out"), due=WORK_DAYS, owner=ENGINEER, todo=L("安装升级", "install")),
        State("at_supplier", L("等供应商", "With the supplier"), due=wd(Setting("supplier_wait_days")), owner=ENGINEER,
              waits=L("供应商", "the supplier"), todo=L("得到供应商答复", "get the supplier's answer")),
        State("installed",   L("试运行", "On trial"),          due=WORK_DAYS, owner=ENGINEER),
        End("deployed",      L("已部署", "Deployed")),
        End("refused",       L("未批准", "Refused"),           outcome="refused"),
        End("given_up",      L("已放弃", "Given up"),          outcome="given_up"),
        End("cancelled",     L("已作废", "Cancelled"),         outcome="cancelled"),
    ],
    transitions=[
        Transition("survey",    L("调研", "Survey"),              "proposed",  "surveyed", ENGINEER,
                   needs=["survey", "recommendation"], asks=["cost"], row="C14"),
        Transition("approve",   L("批准", "Approve"),             "surveyed",  "approved", SUPERVISOR,
                   asks=["plan"], row="C14"),
        Transition("survey_again", L("再调研", "Survey once more"), "surveyed", "proposed", SUPERVISOR, reason=True,
                   cycle=True),
        Transition("refuse",    L("不批准", "Refuse"),            "surveyed",  "refused",  SUPERVISOR, reason=True),
        Transition("buy",       L("采购", "Buy"),                 "approved",  "=",        ENGINEER,
                   needs=[anew("items"), "department", "buys", "planned", need("why_unplanned", is_("planned", False))],
                   opens=[Open("purchase", "purchase", sets={
                       "kind": "buys", "department": "department", "purpose": "what", "items": "items",
                       "planned": "planned", "why_unplanned": "why_unplanned"})], row="C14"),
        Transition("wait",      L("等供应商", "Wait"),            "approved",  "at_supplier", ENGINEER,
                   needs=["supplier"], row="C18"),
        Transition("ask_again", L("追问供应商", "Ask the supplier again"), "at_supplier", "=", ENGINEER,
                   outside="supplier", asks=["answer"], row="C18"),
        Transition("resume",    L("继续实施", "Resume"),          "at_supplier", "approved", ENGINEER, asks=["answer"]),
        Transition("install",   L("安装升级", "Install"),         "approved",  "installed", ENGINEER,
                   needs=["backed_up", "joins_network"], guards=[BOUGHT, BACKED_UP],
                   opens=[Open("quarantine", "quarantine", when=is_("joins_network", True),
                               sets={"kind": ["joining"], "thing": "what", "origin": "supplier"})], row="C14"),
        Transition("deploy",    L("部署", "Deploy"),              "installed", "deployed", ENGINEER,
                   needs=["result", "logged"], papers=["document"], guards=[SCANNED, LOGGED], row="C14"),
        Transition("roll_back", L("回退", "Roll back"),           "installed", "approved", ENGINEER, undoes="install",
                   reason=True),
        Transition("give_up",   L("放弃", "Give up"),             ["approved", "at_supplier"], "given_up", SUPERVISOR,
                   reason=True),
    ],
    cancel=Cancel(any_of(ENGINEER, SUPERVISOR), "cancelled", at_once=["proposed", "surveyed"],
        never=["approved", "at_supplier", "installed"]),
    fields=[
        Field("what",           L("内容", "What"),                  high=100, personal=True),
        Field("kind",           L("类别", "Kind"),                  "choice", choices=[
            Choice("hardware", L("硬件", "Hardware")), Choice("software", L("软件", "Software")),
            Choice("network",  L("网络布线", "Network and cabling"))]),
        Field("purpose",        L("目的", "Purpose"),               high=200, personal=True),
        Field("plan",           L("对应信息化规划", "Part of the IT plan"), high=100),
        Field("survey",         L("调研情况", "Survey"),            "note"),
        Field("recommendation", L("建议", "Recommendation"),        "note"),
        Field("cost",           L("预计费用", "Expected cost"),     "money", low=0),
        Field("department",     L("使用部门", "Department"),        high=40),
        Field("buys",           L("采购类别", "What is bought"),    "choice", choices=[
            Choice("software", L("正版软件", "Licensed software")), Choice("machine", L("设备", "Machine")),
            Choice("part",     L("配件", "Part"))]),
        Field("items",          L("采购物品", "Items to buy"),      "rows", columns=[
            Field("item",  L("名称", "Item"),  low=1, high=60),
            Field("count", L("数量", "Count"), "number", low=1, high=9999)]),
        Field("planned",        L("在采购计划内", "Planned"),       "yes"),
        Field("why_unplanned",  L("计划外的原因", "Why it was not planned"), high=200, personal=True),
        Field("supplier",       L("供应商", "Supplier"),            high=60),
        Field("answer",         L("供应商答复", "Supplier's answer"), "note"),
        Field("backed_up",      L("已备份", "Backed up"),           "yes"),
        Field("joins_network",  L("要联网", "Joins the network"),   "yes"),
        Field("result",         L("运行情况", "How it runs"),       "note"),
        Field("logged",         L("已记设备台账", "Entered in the equipment log"), "yes"),
    ],
    papers=[Paper("document", L("技术文档", "Technical document"), supplier=ENGINEER)])                       # C17
# fmt: on

"""Equipment repair: mended in the house or at a supplier's, scanned on its return, entered in the equipment log. [C5, C18]

Holds: states, who, by when, what is recorded. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, Linked, is_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
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
    wd,
    wh,
)
from cuiban.engine.who import Opener, any_of, person, role

ENGINEER, USER, SUPERVISOR = role("it_engineer"), role("device_user"), role("it_manager")
REQUESTER = person("requester")

# fmt: off
SCANNED = Guard("not_scanned", Linked("quarantine", ["cleared"]),
                L("送修返回的设备还没检疫通过", "the machine is back from outside and was not cleared yet"), ENGINEER)
LOGGED  = Guard("not_in_log", is_("logged", True),
                L("还没记入设备台账", "it is not in the equipment log yet"), ENGINEER)



def asset(state: str) -> Enter:
    """The machine stands so in the register of assets, if it is one."""
    return Enter("asset", {"tag": "device", "state": [state]}, "known")


equipment_repair = Process("equipment_repair", L("设备维修", "Equipment repair"), prefix="WX", rows=["C5", "C18"],
    subject=["device", "fault"], chaser=SUPERVISOR,
    opening=Opening(any_of(USER, ENGINEER), needs=["device", "fault", "networked"], asks=["requester", "kind"],
        appoints={"requester": Opener()}, holds=["device"]),
    states=[
        State("reported",    L("已报修", "Reported"),               due=wh(Setting("at_once_hours"))),
        State("examined",    L("已查明", "Examined"),               due=wd(Setting("repair_days"))),
        State("at_supplier", L("送外维修", "At the supplier's"),     due=wd(Setting("supplier_wait_days")), owner=ENGINEER,
              waits=L("供应商", "the supplier")),
        State("returned",    L("送修返回", "Back from outside"),     due=wh(Setting("at_once_hours"))),
        State("repaired",    L("已修好", "Repaired"),               due=wd(Setting("it_step_days"))),
        End("in_use",        L("已交还使用", "In use again")),
        End("scrapped",      L("已报废", "Scrapped"),               outcome="scrapped"),
        End("cancelled",     L("已作废", "Cancelled"),              outcome="cancelled"),
    ],
    transitions=[
        Transition("examine",      L("查明原因", "Examine"),        "reported", "examined",    ENGINEER,
                   needs=["cause"], asks=["kind"], claims=True, enters=[asset("repair")]),
        Transition("repair",       L("修好", "Repair"),             "examined", "repaired",    ENGINEER,
                   needs=["remedy"], asks=["cost"], row="C5"),
        Transition("send_out",     L("送外维修", "Send out"),       "examined", "at_supplier", ENGINEER,
                   needs=["supplier"], asks=["quote", "promised_on"], row="C18"),
        Transition("ask_again",    L("追问供应商", "Ask the supplier again"), "at_supplier", "=", ENGINEER,
                   outside="supplier", asks=["promised_on", "quote"], row="C18"),
        Transition("take_back",    L("取回", "Take back"),          "at_supplier", "returned", ENGINEER,
                   outside="supplier", papers=["repair_slip"], needs=["remedy", "cost"],
                   opens=[Open("quarantine", "quarantine", when=is_("networked", True),
                               sets={"kind": ["returned"], "thing": "device", "origin": "supplier"})], row="C7"),
        Transition("put_right",    L("验收", "Accept"),             "returned", "repaired",    ENGINEER,
                   guards=[SCANNED], row="C7"),
        Transition("not_mended",   L("没修好", "Not mended"),       ["at_supplier", "returned"], "examined", ENGINEER,
                   reason=True, cycle=True),
        Transition("hand_back",    L("交还使用", "Hand back"),      "repaired", "in_use",      ENGINEER,
                   needs=["logged"], guards=[LOGGED], enters=[asset("running")], row="C5"),
        Transition("still_faulty", L("还有毛病", "Still faulty"),   "repaired", "examined",    REQUESTER,
                   reason=True, cycle=True),
        Transition("scrap",        L("报废", "Scrap"),              ["examined", "returned"], "scrapped", SUPERVISOR,
                   reason=True, needs=["logged"], guards=[LOGGED], enters=[asset("scrapped")]),
    ],
    cancel=Cancel(any_of(ENGINEER, REQUESTER), "cancelled", at_once=["reported"],
        never=["examined", "at_supplier", "returned", "repaired"]),
    fields=[
        Field("device",      L("设备编号", "Device"),            high=60),
        Field("fault",       L("故障", "Fault"),                 high=100, personal=True),
        Field("networked",   L("联网设备", "Joins the network"), "yes"),
        Field("requester",   L("使用人", "User"),                "person"),
        Field("kind",        L("类别", "Kind"),                  "choice", choices=[
            Choice("repair",  L("维修", "Repair")), Choice("upkeep", L("保养", "Upkeep"))]),
        Field("cause",       L("原因", "Cause"),                 "note"),
        Field("remedy",      L("维修内容", "What was done"),     "note"),
        Field("supplier",    L("供应商", "Supplier"),            high=60),
        Field("quote",       L("报价", "Quote"),                 "money", low=0),
        Field("promised_on", L("供应商承诺日期", "Promised by the supplier for"), "day"),
        Field("cost",        L("费用", "Cost"),                  "money", low=0),
        Field("logged",      L("已记设备台账", "Entered in the equipment log"), "yes"),
    ],
    papers=[Paper("repair_slip", L("维修单", "Supplier's repair slip"), supplier=ENGINEER)])
# fmt: on

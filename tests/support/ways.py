"""The usual way through each process: who opens it with what, which steps follow, by whom, with what.

Values are of one believable day; a test gives others where they matter.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from tests.support.vins import vin

NOTHING: Mapping[str, Any] = MappingProxyType({})


class Step(NamedTuple):
    """A step of a usual way, and the state that it leads to."""

    action: str
    to: str
    by: str
    fields: Mapping[str, Any] = NOTHING
    papers: tuple[str, ...] = ()
    reason: str | None = None


class Way(NamedTuple):
    """How a case begins and goes on."""

    by: str
    fields: dict[str, Any]
    steps: tuple[Step, ...]


SCORES = dict.fromkeys(
    ["speed_reception", "speed_completion", "speed_settlement", "price_parts", "price_labour", "staff", "quality_repair",
     "quality_cleaning", "overall", "item_rating"], 4
)  # fmt: skip
ANSWERS: dict[str, Any] = {
    **SCORES, "quoted_first": True, "explained_items": True, "visit": "很快", "booking_reminded": True,
    "next_item": "大保养", "next_mileage": 40000, "card_matches": True, "club_answer": "thinks",
}  # fmt: skip
CAR = {"model": "GL8", "configuration": "豪华版", "colour": "白"}
SIGNERS = ("ma", "he", "feng")

# fmt: off
WAYS: dict[str, Way] = {
    "complaint": Way("wang",
        {"customer": "赵敏", "topic": "空调异响", "responsible": "li", "phone": "13805561234", "plate": "皖H3D905"}, (
        Step("accept",  "accepted",  "li",   {"promised_at": "2026-03-03T10:00:00+08:00"}),
        Step("resolve", "resolved",  "li",   {"remedy": "更换压缩机"}, ("quick_form",)),
        Step("confirm", "satisfied", "wang"))),
    "callback": Way("wang",
        {"customer": "孙敏", "phone": "13905567788", "plate": "皖H3D906", "repair": "WX260301017", "item": "保养",
         "settled_at": "2026-03-01T16:20:00+08:00", "work": "upkeep", "car_use": "private", "member": False}, (
        Step("record", "answered", "wang", ANSWERS),)),
    "incident": Way("ren", {"what": "打印机不出纸", "description": "前台打印机卡纸"}, (
        Step("classify", "classified",  "wu", {"seriousness": "important"}),
        Step("take",     "in_progress", "wu"),
        Step("resolve",  "resolved",    "wu", {"cause": "滚轮旧", "remedy": "换滚轮", "result": "正常", "prevention": "每月清理"}),
        Step("close",    "closed",      "ren"))),
    "vehicle": Way("sun", {**CAR, "vin": vin(1)}, (
        Step("stock_in", "stock", "sun",
             {"model_year": "15", "year_source": "usual", "arrived_on": "2026-03-02", "ledger_entered": True,
              "bag_labelled": True}),)),
    "delivery": Way("gao",
        {"customer": "何伟", "contract_number": "HT260302001", **CAR, "model_year": "15", "price": "128600",
         "gmac": False, "channel": "showroom", "consultant": "gao", "delivered_on": "2026-03-02"}, (
        Step("review",   "reviewed",  "sun",  {"checked": ["price", "configuration", "gmac", "contract_number"]}),
        Step("allocate", "allocated", "sun",  {"vin": vin(1)}),
        Step("invoice",  "invoiced",  "qian", {"invoice_number": "00761234", "invoice_day": "2026-03-02", "invoice_vin": vin(1),
                                               "invoice_kind": "paper"}, ("invoicing_notice",)),
        Step("send_out", "out",       "sun"),
        Step("report",   "reported",  "sun",  {"phone": "13705561122", "address": "安庆市迎江区", "use": "private",
                                               "id_number": "11010519491231002X", "trade_in": False}),
        Step("close",    "closed",    "sun",  {"ledger_entered": True, "daily_report_on": "2026-03-02"},
             ("warranty_slip", "outbound_slip", "contract", "settlement", "inspection", "certificate_copy", "invoice_copy",
              "id_copy", "acceptance_list")))),
    "call_order": Way("sun", {"week": "2026-W10"}, (
        Step("submit", "signing", "sun", {"lines": [{**CAR, "count": 2}], "reserve_fund": "500000", "bonus": "30000",
                                          "bonus_use": "20000", "other_cars": "展车"}),
        Step("sign",   "signing", "ma"),
        Step("sign",   "signing", "he"),
        Step("sign",   "final",   "feng"),
        Step("call",   "called",  "sun", {"called": [{**CAR, "order_number": "P1001"}]}),
        Step("verify", "verified", "qian", {"reserve_after": "400000", "bonus_after": "10000"}))),
    "colour_order": Way("sun", {"week": "2026-W10"}, (
        Step("confirm", "confirmed", "sun", {"lines": [{**CAR, "count": 2}]}),)),
}
# fmt: on

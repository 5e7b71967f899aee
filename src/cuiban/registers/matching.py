"""Which registers have to agree, and in what: cars and invoices, slips and invoices, counts and stock, cards. [D4, D7, D15-D17]

Holds: declarations. Never: steps, SQL.
"""

from cuiban.engine.conditions import both, has, is_, not_
from cuiban.engine.labels import L
from cuiban.engine.matching import Match, Rule, Series, Side

# fmt: off
BLUE  = both(is_("kind", "blue"), not_(has("reversed_by")))
USED  = both(is_("state", "used"), has("invoice"))
CAME  = is_("kind", "stock_in", "moved", "network_back", "taken_back", "transfer_back")
AWAY  = is_("state", "network", "network_held")
OPEN_CARD = is_("state", "torn", "entered", "handed_over", "differs")

RULES: tuple[Rule, ...] = (
    Match("d15_stocked_in", L("入库与库存", "Cars stocked in"), ["D15", "D30"],
        Side("movement", "vin", "at", is_("kind", "stock_in")), Side("vehicle", "vin", "arrived_on", has("arrived_on")),
        agree={"place": "place"}, finds=["missing", "extra"]),
    Match("d15_invoiced", L("开票与订单", "Cars invoiced"), ["D15", "D30"],
        Side("invoice", "contract", "day", both(BLUE, has("contract"))), Side("sales_order", "contract"),
        agree={"vin": "vin", "amount": "price"}, finds=["missing", "wrong"]),
    Match("d16_sold", L("交车与发票", "Cars handed over"), ["D16", "D30"],
        Side("sales_order", "vin", "delivered_on"), Side("invoice", "vin", when=BLUE),
        agree={"contract": "contract"}, finds=["missing", "wrong"]),
    Match("d16_vins", L("交车与车辆", "VINs handed over"), ["D16", "D30"],
        Side("sales_order", "vin", "delivered_on"), Side("vehicle", "vin", "sold_on"),
        agree={"model": "model", "configuration": "configuration", "customer": "customer"}),
    Match("d17_count", L("盘点与库存", "Count and stock"), ["D17", "D24"],
        Side("movement", "vin", "at", CAME, last_of="vin"), Side("stock_count", "vin", "month", is_("found", "there", "wrong")),
        agree={"vin.model": "model"}, same_period=True),
    Match("d4_slips", L("出库单与发票", "Slips and invoices"), ["D4", "D24"],
        Side("slip", "invoice", "day", USED), Side("invoice", "number", when=BLUE), agree={"vin": "vin"},
        finds=["missing", "wrong"]),
    Match("d4_sold_cars", L("已售车出库单", "Sold cars slipped"), ["D4", "D24"],
        Side("vehicle", "vin", when=is_("state", "out", "sold")), Side("slip", "vin", when=is_("state", "used")),
        finds=["missing"]),
    Match("d4_network", L("二网车出库单", "Network cars slipped"), ["D4", "D24"],
        Side("vehicle", "vin", when=AWAY), Side("slip", "vin", when=is_("state", "used")), finds=["missing"]),
    Series("d4_series", L("出库单连号", "Numbers of slips"), ["D4"], "slip", "number", "book",
        hint=L("查号码 cuiban numbers list 出库单, 漏登的补上 cuiban register add 出库单",
               "look at cuiban numbers list outbound_slip, enter what was left out: cuiban register add slip")),
    Match("d7_cards", L("首二保卡与交车", "Cards and cars handed over"), ["D7"],
        Side("maintenance_card", "vin", "delivered_on", not_(is_("state", "void"))), Side("sales_order", "vin", "delivered_on"),
        agree={"customer": "customer", "delivered_on": "delivered_on"}),
    Match("d7_upkeep", L("首二保卡与售后保养", "Cards and upkeep"), ["D7"],
        Side("repair", "vin", "settled_at", both(is_("work", "upkeep"), has("vin.sold_on"))),
        Side("maintenance_card", "vin", when=not_(is_("state", "void"))), agree={"customer": "customer"},
        finds=["missing", "wrong"]),
    Match("d7_left", L("首二保卡未交售后", "Cards not handed over"), ["D7"],
        Side("maintenance_card", "vin", "delivered_on", is_("state", "torn", "entered"))),
    Match("d7_open", L("首二保卡未了", "Cards not settled"), ["D7"], Side("maintenance_card", "vin", "delivered_on", OPEN_CARD)),
    Match("a14_cards", L("已售车与客户卡", "Cars sold and customer cards"), ["A14", "A16"],
        Side("sales_order", "vin", "delivered_on"), Side("vehicle", "vin", when=has("customer")),
        agree={"customer": "customer"}, finds=["missing", "wrong"]),
    Match("a2_cards", L("维修单与客户卡", "Repairs and customer cards"), ["A2"],
        Side("repair", "customer", "settled_at"), Side("customer", "id"), finds=["missing"]),
)
# fmt: on

"""Registers that have to agree: what each rule finds, over which time; steps that look at it. On both engines."""

from datetime import date
from typing import Any

import pytest

from cuiban.engine.matching import Difference, span_of
from cuiban.errors import NotFound, Refused
from cuiban.registers.matching import RULES
from tests.cli.clerk import Clerk
from tests.registers.test_by_hand import added
from tests.support.house import House
from tests.support.vins import vin

MARCH = (date(2026, 3, 1), date(2026, 4, 1))


def found(house: House, rule: str, span: tuple[date, date] = MARCH) -> list[tuple[str, str | None]]:
    """What a rule finds: kind and key."""
    return [(one.found, one.key) for one in house.office.register_match(rule, *span)]


def delivered(house: House) -> str:
    """A car that was sold and handed over, all by steps."""
    house.brought("vehicle", "stock")
    return house.brought("delivery", "closed")


def test_what_steps_wrote_agrees(house: House) -> None:
    """A car that goes its way leaves no difference, by any rule. [D15, D16, D30]"""
    delivered(house)
    number = house.case("BK-260302-001").ref
    house.fired(number, "enter", "sun", {"first_card": True, "second_card": True})

    told = {rule.name: found(house, rule.name) for rule in RULES}

    left = [("extra", vin(1))]
    assert {name: one for name, one in told.items() if one} == {"d7_left": left, "d7_open": left}


def test_an_invoice_that_is_not_the_order(house: House) -> None:
    """Another VIN, another amount, no order at all. [D15]"""
    delivered(house)
    added(house, "vehicle", {"vin": vin(2)}, by="sun")
    house.office.register_set("invoice", "00761234", {"vin": vin(2), "amount": "1"}, actor="feng", reason="错票", now=house.now)

    (one,) = house.office.register_match("d15_invoiced", *MARCH)
    assert (one.found, one.key) == ("wrong", "HT260302001")
    assert one.fields == {"vin": [vin(2), vin(1)], "amount": [100, 12_860_000]}
    assert found(house, "d16_sold") == [("missing", vin(1))]
    assert found(house, "d4_slips") == [("wrong", "00761234")]
    assert found(house, "d15_invoiced", (date(2026, 4, 1), date(2026, 5, 1))) == []


def test_cars_in_and_out(house: House) -> None:
    """Stocked in without a car that says so; a car that says so and never came. [D15, D30]"""
    delivered(house)
    added(house, "vehicle", {"vin": vin(2), "arrived_on": "2026-03-01"}, by="sun")
    added(house, "vehicle", {"vin": vin(3)}, by="sun")
    added(house, "movement", {"vin": vin(3), "at": "2026-03-01T10:00:00+08:00", "kind": "stock_in"}, by="sun")

    assert found(house, "d15_stocked_in") == [("missing", vin(3)), ("extra", vin(2))]


def test_a_count_against_the_stock(house: House) -> None:
    """In stock as the month ended and not counted; counted and not in stock by then; another model. [D17]"""
    for number in (1, 2, 3, 4):
        added(house, "vehicle", {"vin": vin(number), "model": "君越"}, by="sun")
    for number, at, kind in ((1, "2026-01-20", "stock_in"), (2, "2026-01-21", "stock_in"), (3, "2026-01-22", "stock_in"),
                             (3, "2026-01-30", "sold_out"), (4, "2026-01-23", "stock_in"), (4, "2026-01-24", "network_out"),
                             (4, "2026-01-28", "network_back"), (2, "2026-02-02", "sold_out")):  # fmt: skip
        added(house, "movement", {"vin": vin(number), "at": f"{at}T10:00:00+08:00", "kind": kind}, by="sun")
    for month, number, model in (("2025-12", 2, "君越"), ("2026-01", 1, "君威"), ("2026-01", 3, "君越"), ("2026-01", 4, "君越")):
        added(house, "stock_count", {"month": month, "vin": vin(number), "found": "there", "model": model}, by="sun")

    january = (date(2026, 1, 1), date(2026, 2, 1))
    wanted = [("missing", vin(2)), ("extra", vin(3)), ("wrong", vin(1))]
    assert sorted(found(house, "d17_count", january)) == sorted(wanted)
    assert sorted((one.found, one.key) for one in house.office.register_match("d17_count")) == sorted(wanted)
    assert [one.fields for one in house.office.register_match("d17_count", *january) if one.fields] == [{"model": ["君越", "君威"]}]
    assert found(house, "d17_count", (date(2025, 12, 1), date(2026, 1, 1))) == [("extra", vin(2))]
    assert sorted(found(house, "d17_count")) == [("missing", vin(1)), ("missing", vin(4))]


def test_a_month_that_nobody_counted(house: House) -> None:
    """Where nothing was ever counted, everything in stock is missing from the count. [D17]"""
    added(house, "vehicle", {"vin": vin(1)}, by="sun")
    added(house, "movement", {"vin": vin(1), "at": "2026-02-20T10:00:00+08:00", "kind": "stock_in"}, by="sun")

    assert [(one.found, one.key) for one in house.office.register_match("d17_count")] == [("missing", vin(1))]


def test_numbers_without_a_gap(house: House) -> None:
    """One that is lacking, several that are; each book by itself, by id or label; a void one is there. [D4]"""
    for book, number, state in (("outbound_slip", "0000001", "used"), ("出库单", "0000002", "void"),
                                ("Outbound slip", "0000004", "used"), ("outbound_slip", "0000009", "used"),
                                ("受控文件", "0000020", "used")):  # fmt: skip
        added(house, "slip", {"book": book, "number": number, "state": state}, by="sun")

    assert found(house, "d4_series") == [("missing", "outbound_slip/0000003"), ("missing", "outbound_slip/0000005-0000008")]


def test_a_number_void_in_its_book_is_no_gap(house: House) -> None:
    """Whoever spoils a paper says so once, to the book: the register need not hold a row of it too. [D4]"""
    for number in ("0000004", "0000009"):
        added(house, "slip", {"book": "出库单", "number": number, "state": "used"}, by="sun")
    house.office.number_start("outbound_slip", 6, actor="admin", reason="接着编", now=house.now)
    for spoilt in (6, 7):
        house.office.number_void("outbound_slip", spoilt, actor="sun", reason="撕坏", now=house.now)

    assert found(house, "d4_series") == [("missing", "outbound_slip/0000005"), ("missing", "outbound_slip/0000008")]


def test_a_slip_is_of_a_book_that_there_is(house: House) -> None:
    """By id or label it is the same book, and the same slip; another is none. [D4]"""
    row = added(house, "slip", {"book": "出库单", "number": "1", "state": "used"}, by="sun")

    assert row.fields["book"] == "outbound_slip"
    assert [one.id for one in house.office.register_list("slip", where={"单据本": "Outbound slip"})] == [row.id]
    changed = {"state": "void"}
    assert house.office.register_set("slip", "出库单/1", changed, actor="sun", reason="撕坏", now=house.now).id == row.id
    for book, code in (("outbound_slip", "row_there"), ("没有的", "wrong_value")):
        with pytest.raises(Refused) as met:
            added(house, "slip", {"book": book, "number": "1", "state": "used"}, by="sun")
        assert [one.code for one in met.value.blockers] == [code]


def test_cards_repairs_customers(house: House) -> None:
    """A car sold here comes for upkeep without a card; one repaired of nobody. [A2, A14, D7]"""
    added(house, "customer", {"name": "孙丽", "phone": "13800138000"})
    added(house, "vehicle", {"vin": vin(1), "sold_on": "2026-03-01", "customer": "13800138000"}, by="sun")
    added(house, "vehicle", {"vin": vin(2)}, by="sun")
    for number in (1, 2):
        fields = {"number": f"WX{number}", "vin": vin(number), "settled_at": "2026-03-02T08:00:00+08:00", "work": "upkeep"}
        added(house, "repair", fields)
    added(house, "sales_order", {"contract": "HT1", "vin": vin(2), "delivered_on": "2026-03-01"}, by="sun")

    assert found(house, "d7_upkeep") == [("missing", vin(1))]
    assert found(house, "a2_cards") == [("missing", None), ("missing", None)]
    assert found(house, "a14_cards") == [("missing", vin(2))]
    assert found(house, "d7_cards") == [("extra", vin(2))]


def test_a_stock_audit_waits_until_slips_agree(house: House) -> None:
    """A guard over a rule: what it says, and that it lets through. [D24]"""
    added(house, "vehicle", {"vin": vin(2), "state": "network"}, by="sun")
    ref = house.office.open("stock_audit", actor="sun", fields={"audit_on": "2026-03-05"}, now=house.now).ref
    ready = {"network_slipped": True, "sold_slipped": True, "slips_right": True, "count_transit": 0}

    met = house.refused(ref, "prepare", "sun", ready)
    assert {*met} == {"network_without_slip"}
    assert met["network_without_slip"].message.zh == f"二网车没有出库单: {vin(2)}"
    added(house, "slip", {"book": "outbound_slip", "number": "1", "state": "used", "vin": vin(2)}, by="sun")
    house.fired(ref, "prepare", "sun", ready)


def test_a_reconciliation_takes_the_differences_over(house: House) -> None:
    """From the registers of its week, a case each; nobody types them. [D15]"""
    added(house, "vehicle", {"vin": vin(2), "arrived_on": "2026-03-02"}, by="sun")
    ref = house.office.open("reconciliation", actor="sun", fields={"week": "2026-W10"}, now=house.now).ref
    house.fired(ref, "send", "sun", {"count_in": 0, "count_out": 0, "sales_given": True})
    house.fired(ref, "look_up", "qian")

    done = house.fired(ref, "compare", "qian", {"agrees": False})

    (child,) = done.opened
    fields: dict[str, Any] = house.case(child).data.fields
    assert (fields["found"], fields["vin"], fields["remark"]) == ("extra", vin(2), "d15_stocked_in CL-000001")


@pytest.mark.parametrize(("period", "first", "beyond"), [
    ("2026-W10", "2026-03-02", "2026-03-09"), ("2026-W53", "2026-12-28", "2027-01-04"), ("2026-12", "2026-12-01", "2027-01-01"),
    ("2026-Q4", "2026-10-01", "2027-01-01"), ("2026-02-28", "2026-02-28", "2026-03-01"), ("2026", "2026-01-01", "2027-01-01"),
])  # fmt: skip
def test_the_days_of_a_period(period: str, first: str, beyond: str) -> None:
    """As fields keep it."""
    assert [day.isoformat() for day in span_of(period)] == [first, beyond]


def test_on_the_command_line(clerk: Clerk) -> None:
    """Every rule with its count; one rule with its rows; as JSON. [cli.md 1]"""
    house = clerk.house
    added(house, "vehicle", {"vin": vin(2), "arrived_on": "2026-03-01"}, by="sun")

    assert "d15_stocked_in  入库与库存" in clerk.does("register match")
    found = [line.split() for line in clerk.does("register match 入库与库存 --month 2026-03").splitlines()]
    assert found == [["情况", "车架号", "车辆进出", "车辆"], ["车辆有,", "车辆进出没有", vin(2), "-", "CL-000001"],
                     ["接着看:", "cuiban", "car", vin(2)]]  # fmt: skip
    assert clerk.does("register match d15_stocked_in --week 2026-W11").strip() == "对得上"
    (one,) = clerk.reads("register match d15_stocked_in --month 2026-03")
    assert one == {"rule": "d15_stocked_in", "found": "extra", "key": vin(2), "left": None, "right": "CL-000001", "fields": {}}
    assert [one["found"] for one in clerk.reads("register match") if one["name"] == "d15_stocked_in"] == [1]
    assert clerk.refused("register match moon")["exit"] == 3


def test_there_is_no_other_rule(house: House) -> None:
    """It says which there are."""
    assert Difference("r", "missing", None).fields == {}
    with pytest.raises(NotFound):
        house.office.register_match("moon")

"""The registers that other steps of the text fill: access, targets, customers, supplies; rows that ended. On both engines."""

from typing import Any

from tests.registers.test_by_hand import added
from tests.registers.test_entering import rows
from tests.support.house import House
from tests.support.vins import vin

PHONE = "13705561122"


def access(house: House, **given: Any) -> str:
    """A request that was approved."""
    fields = {"user": "孙丽", "system": "dol", "permission": "CALL", "purpose": "CALL车", "approver": "何军", **given}
    ref = house.office.open("access_request", actor="wu", fields=fields, now=house.now).ref
    house.fired(ref, "approve", "he")
    return ref


def test_who_has_which_access_stands_in_the_register(house: House) -> None:
    """From the grant on, until it is withdrawn; granted anew it holds again, by its new terms. [C12, D31]"""
    held = ("holder", "system", "permission", "account", "granted_on", "valid_until")
    ref = access(house, valid_until="2026-03-20")
    assert rows(house, "access", *held) == []
    house.fired(ref, "grant", "wu", {"account": "aq01", "pledged": True})
    house.fired(ref, "extend", "he", {"valid_until": "2026-04-20"}, reason="续用")
    assert rows(house, "access", *held) == [("sun", "dol", "CALL", "aq01", "2026-03-02", "2026-04-20")]

    house.fired(ref, "end", "he", reason="调岗")
    house.fired(ref, "revoke", "wu")
    assert rows(house, "access", *held) == []

    house.fired(access(house), "grant", "wu", {"account": "aq02", "pledged": True})
    assert rows(house, "access", *held) == [("sun", "dol", "CALL", "aq02", "2026-03-02", None)]
    assert len(rows(house, "access", "account", ended=None)) == 1


TARGET = {"what": "君越进货率", "kind": "purchase_rate", "model": "君越", "responsible": "he", "goal": 30, "unit": "%",
          "begins_on": "2026-03-01", "ends_on": "2026-03-31", "check_on": "2026-03-15"}  # fmt: skip


def test_a_target_is_signed_for_and_measured(house: House) -> None:
    """As it stands, how far it is; put aside while it is revised; two of a name are one too many. [B3, D27]"""
    told = ("kind", "what", "since", "until", "model", "goal", "unit", "responsible", "reached")
    ref = house.office.open("target", actor="ma", fields=TARGET, now=house.now).ref
    other = house.office.open("target", actor="ma", fields=TARGET, now=house.now).ref
    house.fired(ref, "accept", "he")
    assert {*house.refused(other, "accept", "he")} == {"row_there"}
    house.fired(ref, "check", "ma", {"reached": 12, "check_on": "2026-03-20"})
    first = ("purchase_rate", "君越进货率", "2026-03-01", "2026-03-31", "君越", 30, "%", "he", 12)
    assert rows(house, "target", *told) == [first]

    house.fired(ref, "revise", "ma", {"goal": 25}, reason="厂家减量")
    assert rows(house, "target", "what") == []
    house.fired(ref, "accept", "he")
    house.fired(ref, "meet", "ma", {"reached": 26})
    assert rows(house, "target", "goal", "reached") == [(25, 26)]


def test_the_quarters_target_has_its_days(house: House) -> None:
    """The whole, and each model. [D10]"""
    ref = house.office.open("sales_target", actor="sun", fields={"quarter": "2026-Q1"}, now=house.now).ref
    by_model = [{"model": "君越", "count": 20}, {"model": "威朗", "count": 40}]
    house.fired(ref, "receive", "sun", {"goal": 60, "by_model": by_model}, papers=["mail"])
    house.fired(ref, "sign", "ma")

    assert rows(house, "target", "kind", "what", "since", "until", "goal", "source") == [
        ("retail", what, "2026-01-01", "2026-03-31", goal, ref) for what, goal in (("全部车型", 60), ("君越", 20), ("威朗", 40))
    ]  # fmt: skip


def test_who_complains_and_who_was_won_is_a_customer(house: House) -> None:
    """If a phone is known; who was there before keeps what is known of him. [A6, A9]"""
    house.opened("complaint", given={"phone": None})
    assert rows(house, "customer", "name") == []
    house.opened("complaint")
    assert rows(house, "customer", "name", "phone") == [("赵敏", "138****1234")]

    ref = house.office.open("prospect", actor="wang", now=house.now, fields={
        "customer": "何伟", "phone": PHONE, "visited_on": "2026-03-01"}).ref  # fmt: skip
    assert len(rows(house, "customer", "name")) == 1
    house.fired(ref, "win", "wang", {"repair": "WX1", "plate": "皖H3D905"})
    assert sorted(rows(house, "customer", "name")) == [("何伟",), ("赵敏",)]


def bought(house: House, *counts: int) -> str:
    """Consumables that were bought and handed to the department, an item a count."""
    fields = {"kind": "consumable", "department": "售后", "purpose": "打印", "planned": True, "approver": "xu",
              "items": [{"item": "A4纸", "count": count} for count in counts]}  # fmt: skip
    ref = house.office.open("purchase", actor="wu", fields=fields, now=house.now).ref
    house.fired(ref, "approve", "xu")
    house.fired(ref, "order", "wu", {"supplier": "文具店", "price": "100", "expected_on": "2026-03-03"})
    house.fired(ref, "receive", "wu", papers=["delivery_note"])
    house.fired(ref, "enter", "wu", {"entered": True}, papers=["invoice"])
    return ref


def test_consumables_are_added_to_what_the_month_drew(house: House) -> None:
    """Twice in a month, twice in one purchase; what was used is counted elsewhere. [B18, C8]"""
    added(house, "supplies", {"month": "2026-03", "department": "售后", "item": "A4纸", "used": 3, "drawn": 1})
    bought(house, 10)
    bought(house, 5, 2)

    assert rows(house, "supplies", "month", "department", "item", "used", "drawn") == [("2026-03", "售后", "A4纸", 3, 18)]


def test_a_row_that_ended_comes_back_only_where_the_trade_says_so(house: House) -> None:
    """A customer who comes back, a car that comes again; not an invoice whose number was typed by mistake. [0013]"""
    customer = added(house, "customer", {"name": "孙小敏", "phone": "13905567788"}).id
    added(house, "vehicle", {"vin": vin(1)}, by="sun")
    invoice = added(house, "invoice", {"number": "00761234", "kind": "blue", "day": "2026-03-01"}, by="feng").id
    for name, which, by in (("customer", customer, "wang"), ("vehicle", vin(1), "sun"), ("invoice", invoice, "feng")):
        house.office.register_end(name, which, actor=by, reason="停用", now=house.now)

    house.brought("vehicle", "stock")
    assert rows(house, "vehicle", "vin", "state") == [(vin(1), "stock")]
    house.brought("callback", "answered")
    assert [(row.id, row.fields["name"]) for row in house.office.register_list("customer")] == [(customer, "孙敏")]
    ref = house.brought("delivery", "allocated")

    given = {"invoice_number": "00761234", "invoice_day": "2026-03-02", "invoice_vin": vin(1), "invoice_kind": "paper"}
    met = house.refused(ref, "invoice", "qian", given, papers=["invoicing_notice"])
    assert {*met} == {"row_has_ended"}
    assert met["row_has_ended"].message.zh == (
        "发票: FP-000001 已停用; 先核对, 确要再用的, 先恢复: cuiban register add invoice --set number=00761234")  # fmt: skip
    added(house, "invoice", {"number": "00761234"}, by="feng")
    assert {*house.refused(ref, "invoice", "qian", given, papers=["invoicing_notice"])} == {"row_there"}

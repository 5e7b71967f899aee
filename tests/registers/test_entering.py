"""Steps write into registers, in the same commit, as events of the rows; what a register refuses blocks them. On both engines."""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from cuiban import workflows
from cuiban.engine.labels import L
from cuiban.engine.language import Cancel, End, Enter, Field, Opening, Process, State, Transition, field, wd
from cuiban.engine.who import System, role
from cuiban.errors import Refused
from tests.cli.clerk import Clerk
from tests.registers.test_by_hand import added
from tests.support.clock import Clock
from tests.support.fixtures import lived_in
from tests.support.house import House
from tests.support.vins import vin

PHONE = "13705561122"


def rows(house: House, register: str, *names: str, ended: bool | None = False) -> list[tuple[Any, ...]]:
    """These fields of every row of a register, in the order of their keys."""
    return [tuple(row.fields[n] for n in names) for row in house.office.register_list(register, ended=ended)]


def kinds(house: House) -> list[Any]:
    """How the car came and went, in order."""
    found = house.office.register_list("movement")
    return [one.fields["kind"] for one in sorted(found, key=lambda one: one.id)]


def test_a_delivery_fills_the_registers(house: House) -> None:
    """Car, ways in and out, order, invoice, slip, customer, cards; each row knows the step that wrote it. [D1-D4, D7, D15, D30]"""
    car = house.brought("vehicle", "stock")
    assert rows(house, "vehicle", "vin", "state", "arrived_on") == [(vin(1), "stock", "2026-03-02")]
    delivery = house.brought("delivery", "closed", given={"delivered_on": "2026-03-02"})

    number = house.case(delivery).data.fields["slip_number"]
    assert rows(house, "vehicle", "state", "sold_on", "customer") == [("sold", "2026-03-02", "KH-000001")]
    assert rows(house, "sales_order", "contract", "vin", "price", "delivered_on", "ordered_on") == [
        ("HT260302001", vin(1), 12_860_000, "2026-03-02", "2026-03-02")]  # fmt: skip
    assert rows(house, "invoice", "number", "kind", "vin", "contract", "source") == [
        ("00761234", "blue", vin(1), "HT260302001", delivery)]  # fmt: skip
    assert rows(house, "slip", "number", "state", "purpose", "invoice", "copies") == [
        (number, "used", "sale", "00761234", "file")]  # fmt: skip
    assert rows(house, "maintenance_card", "vin", "state", "customer") == [(vin(1), "torn", "KH-000001")]
    assert rows(house, "customer", "name", "kind") == [("何伟", "private")]
    assert kinds(house) == ["stock_in", "sold_out"]

    first, *_, last = house.events("CL-000001")
    assert (first.origin["step"], first.by, first.at) == (f"{car} 1", "sun", house.events(car)[0].at)
    assert last.origin["step"].startswith(f"{car} ")
    with house.raw() as raw:
        assert not raw.all(f"SELECT text FROM events WHERE text LIKE '%{PHONE}%'")


def test_an_undo_writes_what_undoing_means(house: House) -> None:
    """Newest first: cards void, slip void with its copies, invoice void, the car free, the order no more. [D2, D4]"""
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "reported", given={"delivered_on": "2026-03-02"})
    number = house.case(ref).data.fields["slip_number"]

    house.fired(ref, "withdraw_report", "sun", reason="错")
    assert rows(house, "maintenance_card", "state") == [("void",)]
    assert rows(house, "vehicle", "sold_on", "customer") == [(None, None)]
    house.fired(ref, "take_back", "sun", {"return_entry": "R1", "slip_copies_together": True}, reason="错")
    assert rows(house, "slip", "number", "state", "copies") == [(number, "void", "together")]
    house.fired(ref, "void_invoice", "qian", {"copies_back": True}, reason="错")
    assert rows(house, "invoice", "number", "kind") == [("00761234", "void")]
    house.fired(ref, "deallocate", "sun", reason="错")
    assert rows(house, "sales_order", "vin") == [(None,)]
    assert rows(house, "vehicle", "state") == [("stock",)]
    house.fired(ref, "cancel", "sun", reason="不买了")

    assert rows(house, "sales_order", "contract") == []
    assert rows(house, "sales_order", "contract", ended=None) == [("HT260302001",)]
    assert kinds(house) == ["stock_in", "sold_out", "taken_back"]


def test_a_red_invoice_names_the_blue_one(house: House) -> None:
    """The blue one stays as it is. [D2]"""
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "invoiced", given={"invoice_kind": "digital"})

    house.fired(ref, "red_invoice", "feng", {"red_number": "R761235"}, reason="客户退车")

    assert rows(house, "invoice", "number", "kind", "original", "reversed_by") == [
        ("00761234", "blue", None, "R761235"), ("R761235", "red", "00761234", None)]  # fmt: skip


def test_a_car_at_the_network_has_one_slip(house: House) -> None:
    """Sent out with it, sold from there with the same one; the blue copy moves. [D4]"""
    car = house.brought("vehicle", "stock")
    house.fired(car, "send_to_network", "sun", {"network_dealer": "怀宁"})
    number = house.case(car).data.fields["slip_number"]
    assert rows(house, "slip", "number", "purpose", "copies", "source") == [(number, "network", "with_car", car)]
    house.fired(car, "file_blue_slip", "sun", papers=["blue_slip"])
    ref = house.brought("delivery", "out")

    assert rows(house, "slip", "number", "purpose", "copies", "invoice") == [(number, "network", "file", "00761234")]
    house.fired(ref, "take_back", "sun", {"return_entry": "R1", "slip_copies_together": True}, reason="错")
    assert rows(house, "slip", "number", "state", "copies", "invoice") == [(number, "used", "archive", None)]
    assert rows(house, "vehicle", "state") == [("network_held",)]


def test_what_a_register_refuses_blocks_the_step(house: House) -> None:
    """With everything else that blocks it; nothing is written. [D15]"""
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "allocated")
    added(house, "vehicle", {"vin": vin(2)}, by="sun")
    added(house, "invoice", {"number": "00761234", "kind": "blue", "day": "2026-03-01", "vin": vin(2)}, by="sun")
    fields = {"invoice_number": "00761234", "invoice_day": "2026-03-02", "invoice_vin": vin(1), "invoice_kind": "paper"}

    alone = house.refused(ref, "invoice", "qian", fields, papers=["invoicing_notice"])
    assert {*alone} == {"row_there"}
    assert alone["row_there"].message.zh.startswith("发票: ")
    assert "role:finance" in alone["row_there"].who
    assert {*house.refused(ref, "invoice", "qian", fields)} == {"row_there", "paper_missing"}
    wish = {"ref": ref, "action": "invoice", "actor": "qian", "fields": fields, "papers": {"invoicing_notice": None}}
    (answer,) = house.office.fire_many([wish], now=house.now)
    assert isinstance(answer, Refused)
    assert [blocker.code for blocker in answer.blockers] == ["row_there"]
    assert rows(house, "invoice", "number", "vin") == [("00761234", vin(2))]


def test_many_at_once_and_a_dry_run(house: House) -> None:
    """Each by itself: what is refused writes no row, the others do; a dry run writes none."""
    house.opened("vehicle", given={"vin": vin(1)})
    refs = [house.opened("vehicle", given={"vin": vin(n), "model": f"M{n}"}) for n in (2, 3)]
    fields = {"model_year": "15", "year_source": "usual", "arrived_on": "2026-03-02", "ledger_entered": True,
              "bag_labelled": True, "colour": "白"}  # fmt: skip
    one = {"action": "stock_in", "actor": "sun"}

    house.fired(refs[0], "stock_in", "sun", {**fields, "vin": vin(2)}, dry_run=True)
    assert kinds(house) == []
    answers = house.office.fire_many([
        {**one, "ref": refs[0], "fields": {**fields, "vin": vin(2), "arrived_on": "2026-05-01"}},
        {**one, "ref": refs[1], "fields": {**fields, "vin": vin(3)}},
    ], now=house.now)  # fmt: skip

    assert isinstance(answers[0], Refused)
    assert [blocker.code for blocker in answers[0].blockers] == ["wrong_value"]
    assert rows(house, "vehicle", "vin", "state") == sorted([(vin(1), "transit"), (vin(2), "transit"), (vin(3), "stock")])
    assert rows(house, "movement", "vin") == [(vin(3),)]


def test_answers_become_scores_and_the_card_is_brought_up_to_date(house: House) -> None:
    """A score a topic, the customer entered if missing, his wish for the club, what his car needs next. [A2, A4, A8]"""
    ref = house.on_to(house.opened("callback", given={"vin": vin(5)}), "answered", given={"club_answer": "joins"})

    scores = rows(house, "score", "topic", "rating", "department", "source")
    assert len(scores) == 10
    assert ("speed_completion", 4, "workshop", ref) in scores
    assert rows(house, "customer", "name", "kind", "club") == [("孙敏", "private", True)]
    assert rows(house, "vehicle", "vin", "plate", "next_item", "next_mileage") == [(vin(5), "皖H3D906", "大保养", 40000)]
    with pytest.raises(Refused) as caught:
        house.fired(ref, "withdraw", "wang")
    assert [one.code for one in caught.value.blockers] == ["not_withdrawable"]


def test_a_customer_who_is_known_keeps_the_name_that_he_has(house: House) -> None:
    """Whoever calls himself otherwise once does not rename the card. [A2]"""
    added(house, "customer", {"name": "孙小敏", "phone": "13905567788", "club": True})

    house.brought("callback", "answered")

    assert rows(house, "customer", "name", "club") == [("孙小敏", True)]


def test_funds_counts_papers_calls(house: House) -> None:
    """What else the steps of the text write down. [B22, C10, D13, D15, D17]"""
    house.brought("call_order", "verified")
    assert rows(house, "fund", "kind", "balance") == [("bonus", 1_000_000), ("reserve", 40_000_000)]

    month = house.office.open("stocktake", actor="sun", fields={"month": "2026-03"}, now=house.now).ref
    lines = [{"vin": "LSG1"}, {"vin": "LSG2"}]
    house.fired(month, "freeze", "sun", {"cutoff": "2026-03-02T09:00:00+08:00", "lines": lines}, papers=["sheet"])
    house.fired(month, "count", "qian", {"cars": 1, "seen": [{"vin": "LSG1"}]})
    assert rows(house, "stock_count", "vin", "found") == [("LSG1", "there"), ("LSG2", "missing")]

    letter = {"direction": "in", "kind": "letter", "title": "通知", "party": "厂家", "dated": "2026-03-02"}
    ref = house.office.open("document", actor="wang", fields=letter, now=house.now).ref
    house.fired(ref, "file", "wang", {"folder": "A柜"})
    assert rows(house, "paper", "number", "way", "filed") == [(ref, "in", "A柜")]

    call = {"customer": "孙敏", "phone": PHONE, "way": "phone", "about": "consultation"}
    ref = house.office.open("appointment", actor="wang", fields=call, now=house.now).ref
    assert rows(house, "service_call", "number", "kind", "name") == [(ref, "question", "孙敏")]
    assert rows(house, "customer", "name") == [("孙敏",)]


ENGINEER = role("it_engineer")
SAID = {"machine": "machine", "at": "@at"}
watch = Process("watch", L("巡检", "Watch"), prefix="XJ", rows=[], subject=["machine"],
    opening=Opening(ENGINEER, needs=["machine", "until"]),
    states=[State("on", L("在线", "On"), due=wd(1)), End("silent", L("无声", "Silent")), End("off", L("停", "Off"))],
    transitions=[
        Transition("fall_silent", L("无声", "Falls silent"), "on", "silent", System(), at=field("until"),
                   enters=[Enter("run_log", {**SAID, "state": ["warning"]}, "new")]),
        Transition("look", L("看", "Look"), "on", "=", ENGINEER),
    ],
    cancel=Cancel(ENGINEER, "off", at_once=["on"], enters=[Enter("run_log", {**SAID, "state": ["normal"]})]),
    fields=[Field("machine", L("设备", "Machine"), high=60), Field("until", L("至", "Until"), "instant")])  # fmt: skip


PROCESSES = (watch,)


@pytest.fixture
def watching(house_url: str, clock: Clock, seed: int) -> Iterator[House]:
    """A dealership that has the process above too."""
    modules: list[ModuleType] = [workflows, sys.modules[__name__]]
    yield from lived_in(house_url, clock, seed, modules)


def test_the_clock_and_cancelling_write_too(watching: House) -> None:
    """A timed step that the catch-up fires; a case that is cancelled."""
    house = watching
    until = "2026-03-02T12:00:00+08:00"
    first, second = (
        house.office.open("watch", actor="wu", fields={"machine": name, "until": until}, now=house.now).ref for name in ("S1", "S2")
    )
    house.fired(second, "cancel", "wu", reason="停用")
    house.clock.set("2026-03-02 13:00")
    house.office.catch_up(house.now)

    assert house.case(first).state == "silent"
    assert rows(house, "run_log", "machine", "state", "at") == [
        ("S1", "warning", "2026-03-02T04:00:00Z"), ("S2", "normal", "2026-03-02T01:00:00Z")]  # fmt: skip


def test_the_register_says_which_step_wrote_it(clerk: Clerk) -> None:
    """`cuiban history` shows rows among the rest, with the step."""
    car = clerk.house.brought("vehicle", "stock")

    told = [one for one in clerk.reads("history") if one["ref"] == "CL-000001"]

    assert [(one["action"], one["origin"]) for one in told] == [("set", {"step": f"{car} 2"}), ("add", {"step": f"{car} 1"})]
    assert f"登记  由 {car} 第1条带出" in clerk.does("history")

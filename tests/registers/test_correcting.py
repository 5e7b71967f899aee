"""A field that is corrected: the rows that earlier steps wrote from it follow, in the same commit. On both engines. [0013]"""

import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

from cuiban import workflows
from cuiban.engine.labels import L
from cuiban.engine.language import End, Enter, Field, Opening, Process, State, Transition, wd
from cuiban.engine.who import person, role
from tests.registers.test_by_hand import added
from tests.registers.test_entering import rows
from tests.registers.test_filled import bought
from tests.support.clock import Clock
from tests.support.fixtures import lived_in
from tests.support.house import House
from tests.support.vins import vin
from tests.support.ways import ANSWERS

PHONE, OTHER = "13905567788", "13905560000"


def corrected(house: House, ref: str, by: str, **fields: Any) -> None:
    """Put fields right."""
    house.fired(ref, "correct", by, fields, reason="抄错")


def delivered(house: House, to: str = "invoiced") -> str:
    """A delivery on its way."""
    house.brought("vehicle", "stock")
    return house.brought("delivery", to, given={"delivered_on": "2026-03-02"})


def test_an_invoice_follows_its_case(house: House) -> None:
    """Its number too; the row's history names the correction; what comes after finds it under the right one. [D2]"""
    ref = delivered(house)
    corrected(house, ref, "qian", invoice_number="00761299", price="128000")

    assert rows(house, "invoice", "number", "amount", "kind") == [("00761299", 12_800_000, "blue")]
    assert rows(house, "sales_order", "price") == [(12_800_000,)]
    last = house.events("FP-000001")[-1]
    assert (last.action, last.origin["step"]) == ("set", f"{ref} {house.case(ref).version}")

    house.fired(ref, "void_invoice", "qian", {"copies_back": True}, reason="错")
    assert rows(house, "invoice", "number", "kind") == [("00761299", "void")]


def test_a_correction_is_corrected_again(house: House) -> None:
    """There and back, and on: the row says what the case says."""
    ref = delivered(house)
    for number in ("00761299", "00761234", "00761277"):
        corrected(house, ref, "qian", invoice_number=number)
        assert rows(house, "invoice", "number") == [(number,)]


def test_what_a_register_refuses_blocks_the_correction(house: House) -> None:
    """A number that is there already, one that a slip refers to; nothing is written."""
    ref = delivered(house)
    added(house, "invoice", {"number": "00761299", "kind": "blue", "day": "2026-03-01"}, by="feng")
    met = house.refused(ref, "correct", "qian", {"invoice_number": "00761299"}, reason="抄错")
    assert {*met} == {"row_there"}
    assert rows(house, "invoice", "number") == [("00761234",), ("00761299",)]

    house.fired(ref, "send_out", "sun")
    met = house.refused(ref, "correct", "qian", {"invoice_number": "00761300"}, reason="抄错")
    assert {*met} == {"row_referred"}
    assert house.case(ref).data.fields["invoice_number"] == "00761234"


def test_what_says_something_else_since_stays(house: House) -> None:
    """Put right by hand already, or by a later step: the correction does not undo that."""
    ref = delivered(house)
    house.office.register_set("sales_order", "HT260302001", {"price": "130000"}, actor="sun", reason="谈过", now=house.now)
    corrected(house, ref, "qian", price="128000")

    assert rows(house, "sales_order", "price") == [(13_000_000,)]
    assert rows(house, "invoice", "amount") == [(12_800_000,)]


def test_a_customer_whom_the_step_entered_is_put_right(house: House) -> None:
    """His name, his phone: his card keeps its number, and his car stays his. [A2]"""
    ref = house.on_to(house.opened("callback", given={"vin": vin(5)}), "answered")
    corrected(house, ref, "wang", customer="孙小敏", phone=OTHER)

    (row,) = house.office.register_list("customer", reveal=True, actor="wang", now=house.now)
    assert (row.id, row.fields["name"], row.fields["phone"]) == ("KH-000001", "孙小敏", OTHER)
    assert rows(house, "vehicle", "customer") == [("KH-000001",)]
    with house.raw() as raw:
        assert not raw.all(f"SELECT text FROM events WHERE text LIKE '%{OTHER}%'")


def test_a_customer_who_was_there_is_not_renamed(house: House) -> None:
    """The case had the wrong phone: the right one's card is entered, the car is his, the other's card stays. [A2]"""
    known = added(house, "customer", {"name": "孙大敏", "phone": PHONE}).id
    ref = house.on_to(house.opened("callback", given={"vin": vin(5)}), "answered")
    corrected(house, ref, "wang", phone=OTHER)

    found = house.office.register_list("customer", reveal=True, actor="wang", now=house.now)
    assert {(row.fields["name"], row.fields["phone"]) for row in found} == {("孙大敏", PHONE), ("孙敏", OTHER)}
    (owner,) = rows(house, "vehicle", "customer")
    assert owner != (known,)


def test_a_list_and_what_would_not_have_been_written(house: House) -> None:
    """An entry that is put right; one that appears is entered, one that would not be there is refused. [D10]"""
    ref = house.office.open("sales_target", actor="sun", fields={"quarter": "2026-Q1"}, now=house.now).ref
    models = [{"model": "君越", "count": 20}, {"model": "威朗", "count": 40}]
    house.fired(ref, "receive", "sun", {"goal": 60, "by_model": models}, papers=["mail"])
    house.fired(ref, "sign", "ma")

    corrected(house, ref, "sun", by_model=[{"model": "君越", "count": 25}, models[1], {"model": "GL8", "count": 5}], goal=70)
    assert rows(house, "target", "what", "goal") == [("GL8", 5), ("全部车型", 70), ("君越", 25), ("威朗", 40)]
    met = house.refused(ref, "correct", "sun", {"by_model": models[:1]}, reason="抄错")
    assert {*met} == {"row_stays"}
    assert met["row_stays"].message == L(
        "目标里据此登记的行收不回来, 要用 cuiban register set 或 register end 改",
        "the row that it wrote is not taken back (Targets); change it by cuiban register set or register end",
    )
    assert met["row_stays"].params == {"register": "target"}


def test_a_score_follows_and_a_field_without_rows_looks_at_nothing(house: House) -> None:
    """Of a closed case too. [A4]"""
    ref = house.on_to(house.opened("callback"), "answered", given={"club_answer": "joins"})
    corrected(house, ref, "wang", staff=2)
    assert ("staff", 2) in rows(house, "score", "topic", "rating")
    assert {*house.refused(ref, "correct", "wang", {"club_answer": ANSWERS["club_answer"]}, reason="误会")} == {"row_stays"}

    before = house.rows()["events"]
    corrected(house, ref, "wang", visit="一般")
    assert house.rows()["events"] == before + 1


def test_what_was_added_is_corrected_by_the_difference(house: House) -> None:
    """Others drew the same item meanwhile. [B18]"""
    first = bought(house, 10)
    bought(house, 5)
    corrected(house, first, "wu", items=[{"item": "A4纸", "count": 8}])

    assert rows(house, "supplies", "drawn") == [(13,)]


KEEPER, ENGINEER = person("keeper"), role("it_engineer")
# fmt: off
lending = Process("lending", L("借用", "Lending"), prefix="JY", rows=[], subject=["tag"],
    opening=Opening(ENGINEER, needs=["tag", "what", "keeper"],
                    enters=[Enter("asset", {"tag": "tag", "what": "what", "holder": "keeper", "place": "place"})]),
    states=[State("lent", L("借出", "Lent"), due=wd(1), owner=KEEPER), State("back", L("已还", "Back"), due=wd(1), owner=ENGINEER),
            End("checked", L("已查", "Checked"))],
    transitions=[
        Transition("extend", L("续借", "Extend"), "lent", "=", KEEPER),
        Transition("return", L("还", "Return"), "lent", "back", KEEPER),
        Transition("check", L("查", "Check"), "back", "checked", ENGINEER),
    ],
    fields=[Field("tag", L("编号", "Tag")), Field("what", L("设备", "What")), Field("keeper", L("使用人", "Keeper"), "person"),
            Field("place", L("位置", "Place"))])
# fmt: on
PROCESSES = (lending,)


@pytest.fixture
def lender(house_url: str, clock: Clock, seed: int) -> Iterator[House]:
    """A dealership that lends its laptops."""
    modules: list[ModuleType] = [workflows, sys.modules[__name__]]
    yield from lived_in(house_url, clock, seed, modules)


def lent(house: House) -> str:
    """A laptop that 王芳 has."""
    given = {"tag": "ZC-9", "what": "电脑", "keeper": "wang"}
    return house.office.open("lending", actor="wu", fields=given, now=house.now).ref


def test_who_has_the_case_has_the_row(lender: House) -> None:
    """Handed over, and on: the row names who has it now, and by which event; a later correction builds on that. [0013]"""
    ref = lent(lender)
    lender.office.assign(ref, "zhou", actor="wang", dry_run=True, now=lender.now)
    assert rows(lender, "asset", "holder") == [("wang",)]

    for before, after in (("wang", "zhao"), ("zhao", "zhou")):
        held = lender.office.assign(ref, after, actor=before, now=lender.now)
        assert (held.warnings, rows(lender, "asset", "tag", "holder")) == ([], [("ZC-9", after)])
    (row,) = lender.office.register_list("asset")
    assert lender.events(row.id)[-1].origin["step"] == f"{ref} {lender.case(ref).version}"
    corrected(lender, ref, "zhou", tag="ZC-10", place="展厅")
    assert rows(lender, "asset", "tag", "holder", "place") == [("ZC-10", "zhou", "展厅")]

    lender.fired(ref, "return", "zhou")
    lender.office.assign(ref, "wu", actor="wu", now=lender.now)  # where it is the engineers', whoever had it stays
    assert rows(lender, "asset", "holder") == [("zhou",)]


def test_a_row_that_was_changed_by_hand_keeps_that_and_the_answer_says_so(lender: House) -> None:
    """As with a correction."""
    ref = lent(lender)
    lender.office.register_set("asset", "ZC-9", {"holder": "zhou"}, actor="wu", reason="周明借走", now=lender.now)

    held = lender.office.assign(ref, "zhao", actor="wang", now=lender.now)

    assert [one.code for one in held.warnings] == ["row_keeps"]
    assert (rows(lender, "asset", "holder"), lender.case(ref).holder) == ([("zhou",)], "zhao")


def test_a_hand_over_that_took_its_row_along_is_not_passed_over(lender: House) -> None:
    """To take back the step before it would leave the row behind."""
    ref = lent(lender)
    lender.fired(ref, "extend", "wang")
    lender.office.assign(ref, "zhao", actor="wang", now=lender.now)

    assert {*lender.refused(ref, "withdraw", "wang")} == {"nothing_to_withdraw"}
    assert (rows(lender, "asset", "holder"), lender.case(ref).data.fields["keeper"]) == ([("zhao",)], "zhao")

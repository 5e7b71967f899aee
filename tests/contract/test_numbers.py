"""Books of numbers without a gap: drawn in the commit, never burnt, never given twice; void keeps its number. [R5, D4]"""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from cuiban.errors import CuibanError, Refused
from tests.support.house import House
from tests.support.people import ADMIN
from tests.support.vins import vin

BOOK = "outbound_slip"


def ready(house: House, count: int) -> list[str]:
    """Deliveries that wait for their slip."""
    refs = []
    for number in range(1, count + 1):
        house.brought("vehicle", "stock", given={"vin": vin(number)})
        given = {"contract_number": f"HT{number}", "vin": vin(number), "invoice_vin": vin(number), "invoice_number": f"{number}"}
        refs.append(house.brought("delivery", "invoiced", given=given))
    return refs


def numbers(house: House) -> list[tuple[str, str]]:
    """The numbers of the book and what became of them."""
    return [(row["number"], row["state"]) for row in house.office.numbers(BOOK)]


def codes(act: Any) -> set[str]:
    """The codes of a refusal."""
    with pytest.raises(Refused) as refused:
        act()
    return {blocker.code for blocker in refused.value.blockers}


def test_numbers_follow_each_other_and_refusals_burn_none(house: House) -> None:
    """A wrong person, a faulty invoice, a dry run, a refused car: the next slip has the next number."""
    first, second, third = ready(house, 3)
    house.fired(first, "send_out", "sun")
    house.refused(second, "send_out", "gao")
    house.fired(second, "send_out", "sun", dry_run=True)
    house.fired(third, "correct", "qian", {"invoice_vin": vin(1)}, reason="写错")
    assert "slip_vin_differs" in house.refused(third, "send_out", "sun")

    done = house.fired(second, "send_out", "sun")

    assert done.numbers == {BOOK: "0000002"}
    assert numbers(house) == [("0000001", "used"), ("0000002", "used")]


def test_a_book_begins_where_the_paper_does(house: House) -> None:
    """The first number is set before the first slip, and never after."""
    (ref,) = ready(house, 1)
    house.office.number_start(BOOK, 5521, actor=ADMIN, now=house.now)

    assert house.fired(ref, "send_out", "sun").numbers == {BOOK: "0005521"}
    assert codes(lambda: house.office.number_start(BOOK, 9, actor=ADMIN, now=house.now)) == {"book_begun"}
    for number in (0, -1, 10**7, 10**30):
        assert codes(lambda number=number: house.office.number_start(BOOK, number, actor=ADMIN, now=house.now)) == {"wrong_value"}


def test_a_spoilt_number_is_voided_before_the_next(house: House) -> None:
    """Only the next one, with a reason, by somebody who works here; skipping is refused, and says which is next."""
    first, second = ready(house, 2)
    house.fired(first, "send_out", "sun")

    assert codes(lambda: house.office.number_void(BOOK, 3, reason="撕破", actor="sun", now=house.now)) == {"not_next"}
    assert codes(lambda: house.office.number_void(BOOK, 2, reason="", actor="sun", now=house.now)) == {"reason_missing"}
    assert codes(lambda: house.office.number_void(BOOK, 2, reason="撕破", actor="shen", now=house.now)) == {"reads_only"}
    assert codes(lambda: house.office.number_void(BOOK, 2, reason="撕破", actor="某某", now=house.now)) == {"not_active"}
    house.office.number_void(BOOK, 2, reason="撕破", actor="sun", now=house.now)
    done = house.fired(second, "send_out", "sun")

    assert done.numbers == {BOOK: "0000003"}
    assert numbers(house) == [("0000001", "used"), ("0000002", "void"), ("0000003", "used")]
    (void,) = [row for row in house.office.numbers(BOOK) if row["state"] == "void"]
    assert (void["by"], void["reason"], void["ref"]) == ("sun", "撕破", None)


def test_whoever_draws_from_a_book_may_void(house: House) -> None:
    """Its keepers, their superiors, an administrator; nobody of another department. [D4]"""
    void = house.office.number_void
    with pytest.raises(Refused) as refused:
        void(BOOK, 1, reason="撕破", actor="wang", now=house.now)
    for number, actor in enumerate(("lin", "he", "ma", ADMIN), 1):
        void(BOOK, number, reason="撕破", actor=actor, now=house.now)

    (one,) = refused.value.blockers
    assert (one.code, one.who, one.params) == (
        "not_allowed", ["role:sales_clerk"], {"who": ["role:sales_clerk"], "actor": "wang"},
    )  # fmt: skip
    assert codes(lambda: void(BOOK, 5, reason="撕破", actor="zhou", now=house.now)) == {"not_allowed"}
    assert void("controlled_document", 1, reason="打印坏了", actor="xu", now=house.now)["number"] == "0001"


def test_a_voided_slip_keeps_its_number(house: House) -> None:
    """Taken back, the slip is void with who and why; sent out again, it is another number."""
    (ref,) = ready(house, 1)
    house.fired(ref, "send_out", "sun")
    house.fired(ref, "take_back", "sun", {"return_entry": "TK1", "slip_copies_together": True}, reason="客户没来")

    done = house.fired(ref, "send_out", "sun")

    assert done.numbers == {BOOK: "0000002"}
    rows = house.office.numbers(BOOK)
    assert [(r["number"], r["state"], r["reason"], r["ref"]) for r in rows] == [
        ("0000001", "void", "客户没来", ref),
        ("0000002", "used", None, ref),
    ]


def test_a_car_from_the_network_needs_no_second_slip(house: House) -> None:
    """Sent to the network it has its slip; sold from there it keeps it. [D4]"""
    car = house.brought("vehicle", "stock")
    house.fired(car, "send_to_network", "sun", {"network_dealer": "桐城二网"})
    house.fired(car, "file_blue_slip", "sun", papers=["blue_slip"])
    ref = house.brought("delivery", "invoiced", given={"channel": "network"})

    done = house.fired(ref, "send_out", "sun")

    assert done.numbers == {}
    assert house.case(ref).data.fields["slip_number"] == "0000001"
    assert numbers(house) == [("0000001", "used")]


def test_two_at_once_get_two_numbers(house: House) -> None:
    """Six slips at the same moment: six numbers, in some order, none twice, none missing."""
    refs = ready(house, 6)

    def send(ref: str) -> str:
        try:
            return house.another().fire(ref, "send_out", actor="sun", now=house.now).numbers[BOOK]
        except CuibanError as error:
            return error.code

    with ThreadPoolExecutor(6) as pool:
        drawn = sorted(pool.map(send, refs))

    assert drawn == [f"{number:07}" for number in range(1, 7)]
    assert numbers(house) == [(number, "used") for number in drawn]


def test_references_of_a_day_are_numbered_too(house: House) -> None:
    """Process, day in the dealership's zone, serial; a refused opening burns none; the next day begins at one."""
    house.clock.set("2026-03-02 23:59")
    first = house.opened()
    assert codes(lambda: house.opened(given={"topic": None})) == {"field_missing"}
    second = house.opened()
    other = house.opened("incident")
    house.clock.forward(minutes=2)

    assert [first, second, other, house.opened()] == ["TS-260302-001", "TS-260302-002", "SJ-260302-001", "TS-260303-001"]


def test_more_than_a_thousand_a_day_go_on(sqlite_house: House) -> None:
    """Three digits are a shape, no limit."""
    sqlite_house.opened()
    with sqlite_house.raw() as raw:
        raw.run("UPDATE serials SET next = 1000 WHERE prefix = 'TS'")

    assert sqlite_house.opened() == "TS-260302-1000"
    sqlite_house.sound = False  # the serials between were never given, and nothing else is amiss
    assert [one.ref for one in sqlite_house.office.replay_all().unequal] == ["TS-260302-002"]

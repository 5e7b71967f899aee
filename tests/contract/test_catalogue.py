"""What the processes of the catalogue ask of a store: people appointed, children joined and freed, cases driven by the clock."""

from datetime import timedelta
from typing import Any

from tests.support.house import House
from tests.support.vins import vin

FILE = "a" * 64


def opened(house: House, process: str, by: str, **fields: Any) -> str:
    """A case of a process."""
    return house.office.open(process, actor=by, fields=fields, now=house.now).ref


def test_a_case_keeps_the_people_it_was_appointed(house: House) -> None:
    """A superior who changes afterwards changes nothing. [C6]"""
    ref = opened(house, "software_request", "ren", software="CAD", purpose="看图", device="PC-1", file=FILE)
    house.office.user_set("ren", superior="ma", actor="admin", now=house.now)

    assert (house.case(ref).data.fields["approver"], house.case(ref).holder) == ("zhou", "zhou")
    assert set(house.refused(ref, "approve", "ma")) == {"not_allowed"}
    assert house.fired(ref, "approve", "zhou").to == "approved"


def test_the_children_of_a_case_are_joined_and_freed_with_it(house: House) -> None:
    """Each named by its person, told or called off. [C9]"""
    items = [{"question": "换线", "department": "信息", "responsible": "吴刚"},
             {"question": "费用", "department": "财务", "responsible": "钱会"}]  # fmt: skip
    ref = opened(house, "customer_request", "wu", customer="城关网点", topic="断网", coverage="contract")
    house.fired(ref, "hand_on", "wu", {"phone": "13800000000", "items": items})
    one, other = house.case(ref).data.links["item"]
    assert [house.case(item).holder for item in (one, other)] == ["wu", "qian"]

    house.fired(one, "answer", "wu", {"answer": "可以"})
    plan = {"plan": "周四", "all_agreed": True, "promised_at": "2026-03-05T12:00:00+08:00"}
    assert set(house.refused(ref, "plan", "wu", plan)) == {"items_open"}
    house.fired(ref, "drop", "wu", reason="网点搬迁")

    assert [house.case(item).state for item in (one, other)] == ["answered", "cancelled"]


def test_a_document_takes_effect_and_another_ends_at_its_own_instant(house: House) -> None:
    """However late somebody looks. [C21]"""
    day = house.now.astimezone(house.office.zone).date()
    refs = []
    for number in (1, 2):
        ref = opened(house, "controlled_document", "wu", title="防病毒措施", kind="antivirus", secrecy="internal",
                     kept_by="信息", **({"replaces": "0001"} if number == 2 else {}))  # fmt: skip
        house.fired(ref, "submit", "wu", {"file": FILE}, papers=["document"])
        for signer in ("wu", "xu", "ma"):
            house.fired(ref, "sign", signer)
        days = {"issued_on": day.isoformat(), "in_force_on": (day + timedelta(days=7 * number)).isoformat()}
        house.fired(ref, "issue", "xu", days)
        refs.append(ref)

    house.clock.forward(days=30)
    house.office.catch_up(now=house.now)

    assert [house.case(ref).state for ref in refs] == ["superseded", "in_force"]
    assert house.events(refs[0])[-1].at == house.events(refs[1])[-1].at


def test_a_transfer_moves_its_car_and_takes_the_next_slip(house: House) -> None:
    """And gives both back. [D8]"""
    car = house.brought("vehicle", "stock")
    known = house.case(car).data.fields
    ref = opened(house, "transfer", "sun", dealer="芜湖店", model=known["model"], configuration=known["configuration"])
    house.fired(ref, "submit", "sun")
    house.fired(ref, "approve", "sun", papers=["approval"])
    house.fired(ref, "invoice", "qian", {"invoice_number": "FP-9", "invoice_day": "2026-03-02", "invoice_vin": vin(1),
                                         "invoice_kind": "paper", "price": "120000"})  # fmt: skip
    house.fired(ref, "allocate", "sun", {"vin": vin(1)})

    assert house.fired(ref, "send_out", "sun").numbers == {"outbound_slip": "0000001"}
    assert (house.case(car).state, house.case(car).data.fields["dealer"]) == ("transferred", "芜湖店")
    house.fired(ref, "take_back", "sun", {"return_entry": "TK-1", "slip_copies_together": True}, reason="对方退单")
    assert (house.case(car).state, house.case(car).open) == ("held", True)

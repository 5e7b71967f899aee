"""Rows entered by hand: each change an event, refused with every reason, replayed to the letter. On both engines."""

from typing import Any

import pytest

from cuiban.engine.case import read_event
from cuiban.errors import Conflict, NotFound, Refused
from cuiban.registers.writing import RowView
from tests.support.house import House
from tests.support.vins import vin


def added(house: House, register: str, fields: dict[str, Any], by: str = "wang", **rest: Any) -> RowView:
    """Enter a row."""
    return house.office.register_add(register, fields, actor=by, now=house.now, **rest)


def refused(house: House, register: str, fields: dict[str, Any], by: str = "wang") -> set[str]:
    """Try to enter a row; the codes of what is wrong. Nothing may have been written."""
    before = house.rows()
    with pytest.raises(Refused) as caught:
        added(house, register, fields, by)
    assert house.rows() == before
    return {blocker.code for blocker in caught.value.blockers}


CUSTOMER = {"姓名": "孙丽", "phone": "138 0013 8000", "advisor": "赵磊", "club": "是"}


def test_a_row_is_added_changed_ended_and_holds_again(house: House) -> None:
    """Each is an event under the row's id; nothing is lost. [A2, A3]"""
    row = added(house, "customer", CUSTOMER)
    assert (row.id, row.version, row.action) == ("KH-000001", 1, "add")
    assert (row.fields["name"], row.fields["phone"]) == ("孙丽", "138****8000")
    assert (row.fields["advisor"], row.fields["club"]) == ("zhao", True)

    office = house.office
    assert office.register_set("customer", "13800138000", {"hours": "晚上"}, actor="wang", now=house.now).version == 2
    assert office.register_set("customer", row.id, {"hours": "晚上"}, actor="wang", now=house.now).action == "none"
    assert office.register_end("customer", row.id, actor="wang", reason="搬走", now=house.now).ended
    assert office.register_list("customer") == []
    assert added(house, "customer", {"name": "孙丽丽", "phone": "13800138000"}).action == "again"

    assert [event.action for event in house.events(row.id)] == ["add", "set", "end", "again"]
    (listed,) = office.register_list("客户", part="3800", reveal=True, actor="wang", now=house.now)
    assert (listed.fields["name"], listed.fields["hours"], listed.fields["phone"]) == ("孙丽丽", "晚上", "13800138000")


def test_personal_values_are_no_part_of_history(house: House) -> None:
    """The event holds commitments; name, phone, reason stand aside. [R10]"""
    added(house, "customer", CUSTOMER, reason="来店孙丽")

    with house.raw() as raw:
        (text,) = raw.all("SELECT text FROM events WHERE ref = 'KH-000001'")[0]
    assert "孙丽" not in text
    assert "13800138000" not in text
    assert read_event(text).fields["advisor"] == "zhao"


def test_every_fault_is_told_at_once(house: House) -> None:
    """As with a step. [cli.md 1]"""
    wrong = {"phone": "abc", "advisor": "nobody", "club": "也许", "colour": "红", "since": "2026-12-01"}

    assert refused(house, "customer", wrong) == {"wrong_value", "unknown_person", "unknown_field", "in_future", "field_missing"}


def test_who_may(house: House) -> None:
    """The register's roles and an administrator; not an auditor, nor somebody else."""
    assert refused(house, "customer", CUSTOMER, by="shen") == {"reads_only"}
    assert refused(house, "customer", CUSTOMER, by="wu") == {"not_allowed"}
    assert added(house, "customer", CUSTOMER, by="admin").version == 1


def test_a_key_names_one_row(house: House) -> None:
    """By hand a second one is refused, also where a change would make it one."""
    added(house, "customer", CUSTOMER)
    assert refused(house, "customer", CUSTOMER) == {"row_there"}
    other = added(house, "customer", {"name": "何军", "phone": "13900139000"})

    with pytest.raises(Refused) as caught:
        house.office.register_set("customer", other.id, {"phone": "13800138000"}, actor="wang", now=house.now)

    assert [one.code for one in caught.value.blockers] == ["row_there"]


def test_a_reference_has_to_be_there(house: House) -> None:
    """A customer by id or phone, a car by its VIN; what others refer to cannot be renamed. [D2, D30]"""
    assert refused(house, "repair", {"number": "WX1", "vin": vin(1), "settled_at": "2026-03-02T08:00:00+08:00"}) == {"no_such_row"}
    added(house, "customer", CUSTOMER)
    car = added(house, "vehicle", {"vin": vin(1), "plate": "皖H·3D905", "model": "君越", "customer": "13800138000"})
    assert car.fields["customer"] == "KH-000001"
    added(house, "repair", {"number": "WX1", "vin": vin(1), "settled_at": "2026-03-02T08:00:00+08:00", "amount": "1280.50"})

    with pytest.raises(Refused) as caught:
        house.office.register_set("vehicle", vin(1), {"vin": vin(2)}, actor="wang", now=house.now)

    assert [one.code for one in caught.value.blockers] == ["row_referred"]
    (repair,) = house.office.register_list("repair", where={"vin": vin(1)})
    assert (repair.fields["amount"], repair.fields["settled_at"]) == (128050, "2026-03-02T00:00:00Z")


def test_dry_run_and_version(house: House) -> None:
    """A dry run keeps nothing; a row that moved since is a conflict."""
    assert added(house, "customer", CUSTOMER, dry_run=True).id == "KH-000001"
    assert house.office.register_list("customer") == []
    row = added(house, "customer", CUSTOMER)
    house.office.register_set("customer", row.id, {"hours": "早上"}, actor="wang", now=house.now)
    with pytest.raises(Conflict):
        house.office.register_set("customer", row.id, {"hours": "晚上"}, actor="wang", if_version=1, now=house.now)
    with pytest.raises(NotFound):
        house.office.register_get("customer", "KH-000009", actor="wang")


def test_history_tells_of_rows_and_masks_phones(house: House) -> None:
    """`cuiban history` shows them among the rest."""
    added(house, "customer", CUSTOMER)

    newest = house.office.history()[0]

    assert (newest.ref, newest.action_label.zh, newest.fields["phone"]) == ("KH-000001", "登记", "138****8000")


@pytest.mark.parametrize("harm", [
    "UPDATE r_customer SET club = NOT club", "UPDATE r_customer SET name = '别人'", "UPDATE r_customer SET version = 7",
    "DELETE FROM r_customer", "UPDATE r_customer SET id = 'KH-000077'",
])  # fmt: skip
def test_a_row_that_is_not_what_its_history_says_is_found(house: House, harm: str) -> None:
    """Whoever writes past the office. [R6]"""
    added(house, "customer", CUSTOMER)
    assert house.office.replay_all().unequal == []
    house.sound = False

    with house.raw() as raw:
        raw.run(harm)

    assert {one.ref for one in house.office.replay_all().unequal} & {"KH-000001", "KH-000077"}


def test_an_erased_value_leaves_the_history_whole(house: House) -> None:
    """The row's value and what stood aside are gone; the chain holds. [R10]"""
    added(house, "customer", CUSTOMER)
    house.sound = False  # what stands aside is less than the history speaks of
    with house.raw() as raw:
        raw.run("UPDATE r_customer SET name = NULL, phone = NULL")
        raw.run("DELETE FROM personal WHERE ref = 'KH-000001'")

    assert house.office.replay_all().unequal == []


def test_rows_are_found_by_what_is_shown(house: House) -> None:
    """A label, a name, a part of a text, a day; with values of fields beside it; at most so many. On both engines."""
    added(house, "vehicle", {"vin": vin(1), "model": "君越"}, by="sun")
    for number, work in (("WX1", "upkeep"), ("WX2", "upkeep"), ("WX3", "repair")):
        fields = {"number": number, "vin": vin(1), "settled_at": "2026-03-01T16:00:00+08:00", "advisor": "zhao", "work": work}
        added(house, "repair", fields)
    added(house, "customer", {"name": "孙丽", "phone": "13800138000", "since": "2026-02-28"})

    def listed(register: str, part: str, **how: Any) -> list[str]:
        return [row.id for row in house.office.register_list(register, part=part, **how)]

    assert listed("repair", "保养") == ["WX-000001", "WX-000002"]
    assert listed("repair", "保养", limit=1) == ["WX-000001"]
    assert listed("repair", "赵磊", where={"work": "repair"}) == ["WX-000003"]
    assert listed("vehicle", "君") == ["CL-000001"]
    assert listed("customer", "02-28") == ["KH-000001"]
    assert listed("customer", "upkeep") == []

"""Rows that a case wrote and whose key was changed by hand since: the case finds its own, and tells what it leaves. [0013]"""

from pathlib import Path

from cuiban.office.views import Done
from tests.cli.clerk import Clerk
from tests.imports.desklog import imported, write_map, write_xes
from tests.registers.test_entering import rows
from tests.registers.test_filled import access
from tests.support.house import House

HELD = ("permission", "valid_until")
GRANT = {"account": "aq01", "pledged": True}


def granted(house: House, permission: str) -> str:
    """An access that somebody has."""
    ref = access(house, permission=permission)
    house.fired(ref, "grant", "wu", GRANT)
    return ref


def rekeyed(house: House, row: str, permission: str, **more: str) -> None:
    """The row gets another permission by hand."""
    fields = {"permission": permission, **more}
    house.office.register_set("access", row, fields, actor="wu", reason="改名", now=house.now)


def ending(house: House, ref: str) -> str:
    """It is to be withdrawn."""
    house.fired(ref, "end", "he", reason="调岗")
    return ref


def test_a_case_ends_the_row_that_it_wrote(house: House) -> None:
    """Not that of another case, which has its key now; the other one ends its own too. [C12]"""
    first, second = granted(house, "P5"), granted(house, "P6")
    rekeyed(house, "ZQ-000001", "PZ")
    rekeyed(house, "ZQ-000002", "P5")

    house.fired(ending(house, first), "revoke", "wu")
    assert rows(house, "access", *HELD) == [("P5", None)]
    house.fired(ending(house, second), "revoke", "wu")
    assert rows(house, "access", *HELD) == []
    assert len(rows(house, "access", "permission", ended=None)) == 2


def test_a_row_under_another_key_is_extended_and_keeps_it(house: House) -> None:
    """No second row is made beside it. [D31]"""
    ref = granted(house, "P5")
    rekeyed(house, "ZQ-000001", "PZ")

    house.fired(ref, "extend", "he", {"valid_until": "2026-04-20"}, reason="续用")

    assert rows(house, "access", *HELD) == [("PZ", "2026-04-20")]


def test_what_the_case_cannot_find_blocks_its_end(house: House) -> None:
    """The reason names the register, the key and the way out, and that way leads out."""
    ref = ending(house, granted(house, "P5"))
    rekeyed(house, "ZQ-000001", "PZ", source="纸质单")

    one = house.refused(ref, "revoke", "wu")["row_not_found"]
    assert "sun/dol/P5" in one.message.en
    assert "cuiban register set access" in one.message.en
    assert rows(house, "access", "permission") == [("PZ",)]

    rekeyed(house, "ZQ-000001", "P5", source=ref)
    house.fired(ref, "revoke", "wu")
    assert rows(house, "access", "permission") == []


def test_a_row_of_another_case_is_not_ended_in_the_place_of_one_that_is_lost(house: House) -> None:
    """The key alone does not make it the case's."""
    first, _ = granted(house, "P5"), granted(house, "P6")
    rekeyed(house, "ZQ-000001", "PZ", source="纸质单")
    rekeyed(house, "ZQ-000002", "P5")

    assert {*house.refused(ending(house, first), "revoke", "wu")} == {"row_not_found"}
    assert rows(house, "access", "permission") == [("P5",), ("PZ",)]


def test_what_was_never_entered_holds_nothing_up(house: House) -> None:
    """A delivery that is cancelled before it has an order. [D2]"""
    ref = house.opened("delivery")
    house.fired(ref, "cancel", "sun", reason="不买了")
    assert rows(house, "sales_order", "contract", ended=None) == []


def test_a_case_that_a_log_moved_ends_without_a_row(house: House, tmp_path: Path) -> None:
    """A log's facts write none: what goes on by hand is not held up. [0008]"""
    steps = {"申请": "open", "批准": "approve", "开通": "grant", "要求收回": "end"}
    text = "\n".join(['[case]\nsubject = "{case}"\n[activities]', *(f'"{said}" = "{step}"' for said, step in steps.items())])
    log, mapping = write_xes(tmp_path / "log.xes", {"dol": steps}), write_map(tmp_path / "map.toml", text)
    imported(house, log, mapping, "access_request")
    (case,) = house.office.cases(now=house.now)
    assert case.state == "ending"

    assert house.fired(case.ref, "revoke", "wu").to == "ended"
    assert rows(house, "access", "permission", ended=None) == []


def test_a_correction_tells_what_it_leaves_as_it_was_put_by_hand(house: House) -> None:
    """The key stays, what nobody touched follows; the row is still found, under neither the old name nor the new."""
    ref = granted(house, "P5")
    rekeyed(house, "ZQ-000001", "PZ")

    done = house.fired(ref, "correct", "wu", {"permission": "P7", "account": "aq07"}, reason="抄错")

    assert [(one.code, one.params["id"]) for one in done.warnings] == [("row_keeps", "ZQ-000001")]
    assert "Permission" in done.warnings[0].message.en
    assert rows(house, "access", "permission", "account") == [("PZ", "aq07")]
    house.fired(ending(house, ref), "revoke", "wu")
    assert rows(house, "access", "permission") == []


def test_a_correction_that_finds_no_row_says_so(house: House) -> None:
    """It corrects the case; one that agrees with what was put by hand has nothing to tell."""
    ref = granted(house, "P5")
    rekeyed(house, "ZQ-000001", "PZ")
    assert house.fired(ref, "correct", "wu", {"permission": "PZ"}, reason="改名").warnings == []

    rekeyed(house, "ZQ-000001", "PY", source="纸质单")
    done = house.fired(ref, "correct", "wu", {"permission": "P7"}, reason="抄错")
    assert [one.code for one in done.warnings] == ["row_lost"]
    assert rows(house, "access", "permission") == [("PY",)]


def test_a_price_that_was_changed_by_hand_is_told(house: House) -> None:
    """One line a row; of the invoice, which follows, none. [D2]"""
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "invoiced", given={"delivered_on": "2026-03-02"})
    house.office.register_set("sales_order", "HT260302001", {"price": "130000"}, actor="sun", reason="让价", now=house.now)

    done = house.fired(ref, "correct", "qian", {"price": "128000"}, reason="抄错")

    assert [(one.code, one.params["register"]) for one in done.warnings] == [("row_keeps", "sales_order")]
    wish = {"ref": ref, "action": "correct", "actor": "qian", "fields": {"price": "127000"}, "reason": "抄错"}
    (many,) = house.office.fire_many([wish], now=house.now)
    assert isinstance(many, Done)
    assert [one.code for one in many.warnings] == ["row_keeps"]


def test_the_line_is_seen(clerk: Clerk) -> None:
    """With the answer of the command."""
    ref = granted(clerk.house, "P5")
    rekeyed(clerk.house, "ZQ-000001", "PZ")

    told = clerk.runs(f"do {ref} correct --set permission=P7 --reason x --user wu")

    assert told.code == 0
    assert "ZQ-000001" in told.err


def test_a_step_that_wrote_a_row_says_so_when_it_is_to_be_taken_back(house: House) -> None:
    """A closed case is not to be cancelled, but corrected."""
    ref = granted(house, "P5")
    one = house.refused(ref, "withdraw", "wu")["not_withdrawable"]
    assert "wrote a row" in one.message.en
    house.fired(ending(house, ref), "revoke", "wu")
    closed = house.refused(ref, "withdraw", "wu")["not_withdrawable"]
    assert closed.params["undo"] == one.params["undo"] == "correct"

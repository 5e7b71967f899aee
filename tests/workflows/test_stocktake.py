"""The stocktake: frozen, counted by somebody else, a case for each difference, signed when they are settled. [D17]"""

from typing import Any

import pytest

from cuiban.workflows.duties import DUTIES
from tests.workflows.desk import Desk, Refused, local, shown

SHEET = [{"vin": "LSGKB54H0HV000001", "model": "威朗"}, {"vin": "LSGKB54H0HV000002", "model": "昂科威"}]
DIFFERS = [
    {"vin": "LSGKB54H0HV000002", "found": "missing"},
    {"vin": "LSGKB54H0HV000009", "model": "英朗", "found": "extra", "remark": "未入库"},
]


@pytest.fixture
def desk() -> Desk:
    """The last working day of March."""
    return Desk("2026-03-31 09:00")


def frozen(desk: Desk) -> str:
    """A sheet that is frozen."""
    ref = desk.open("stocktake", "zhao", month="2026-03")
    desk.do(ref, "freeze", "zhao", papers=["sheet"], cutoff=local("2026-03-31 08:00"), lines=SHEET)
    return ref


def counted(desk: Desk) -> tuple[str, list[str]]:
    """One that was counted, with its differences."""
    ref = frozen(desk)
    desk.do(ref, "count", "he", cars=2, differs=DIFFERS)
    return ref, desk.linked(ref, "difference")


def settled(desk: Desk, ref: str) -> None:
    """A difference that is explained and accepted."""
    desk.do(ref, "explain", "zhao", explanation="在二网, 出库单未录")
    desk.do(ref, "accept", "he")


def test_the_sheet_is_due_at_the_months_end(desk: Desk) -> None:
    """On its last working day; one stocktake a month. [D17]"""
    ref = desk.open("stocktake", "zhao", month="2026-05")  # ends on a Sunday

    assert (ref, desk.case(ref).holder, shown(desk.case(ref).due)) == (
        "PC-260331-001", "role:sales_clerk", "2026-05-29 18:00")  # fmt: skip
    with pytest.raises(Refused) as refusal:
        desk.open("stocktake", "zhao", month="2026-05")
    assert refusal.value.codes == ["already_open"]


def test_the_months_duty_opens_it(desk: Desk) -> None:
    """The duty is done when the sheet is frozen. [D17]"""
    duty = next(one for one in DUTIES if one.name == "d17_stocktake")

    ref = desk.comes_round(duty, "2026-03-31")

    assert (desk.fields(ref), desk.case(ref).holder, duty.done_by) == ({"month": "2026-03"}, "role:sales_clerk", "freeze")


def test_each_difference_is_a_case_of_its_own(desk: Desk) -> None:
    """What is there needs none. [D17]"""
    _, (missing, extra) = counted(desk)

    assert [desk.fields(one)["found"] for one in (missing, extra)] == ["missing", "extra"]
    assert desk.fields(extra) == {"found": "extra", "vin": "LSGKB54H0HV000009", "model": "英朗", "remark": "未入库"}
    assert (desk.case(extra).holder, shown(desk.case(extra).due)) == ("role:sales_clerk", "2026-04-02 09:00")


def test_who_keeps_the_stock_does_not_count_it(desk: Desk) -> None:
    """And says how many cars there were: with what differs the sheet makes as many."""
    ref = frozen(desk)

    assert desk.refused(ref, "count", "zhao", cars=2, differs=DIFFERS) == ["not_allowed", "four_eyes"]
    assert desk.refused(ref, "count", "he", differs=DIFFERS) == ["field_missing"]
    assert desk.refused(ref, "count", "he", cars=2, differs=DIFFERS[:1]) == ["count_differs"]


@pytest.mark.parametrize(("given", "found"), [
    ({"cars": 2}, ["there", "there"]),
    ({"cars": 1, "seen": [{"vin": "LSGKB54H0HV000001"}]}, ["there", "missing"]),
    ({"cars": 3, "seen": [*SHEET[::-1], {"vin": "LSGKB54H0HV000009"}]}, ["there", "there", "extra"]),
    ({"cars": 2, "seen": [{"vin": SHEET[0]["vin"], "model": "科鲁泽"}, SHEET[1]]}, ["wrong", "there"]),
    ({"cars": 1, "seen": SHEET, "differs": [{"vin": SHEET[1]["vin"], "found": "missing", "remark": "牌在车不在"}]},
     ["there", "missing"]),
    ({"cars": 3, "differs": [{"vin": "LSGKB54H0HV000009"}]}, ["there", "there", "extra"]),
    ({"cars": 2, "differs": [{**one, "found": "there"} for one in SHEET]}, ["there", "there"]),
])  # fmt: skip
def test_the_count_is_worked_out_from_what_was_seen(desk: Desk, given: dict[str, Any], found: list[str]) -> None:
    """A list of the cars that were seen, or only what differs, or the whole sheet with its results. [D17]"""
    ref = frozen(desk)

    desk.do(ref, "count", "he", **given)

    counted = desk.fields(ref)["counted"]
    assert [row["found"] for row in counted] == found
    assert [row["vin"] for row in counted[:2]] == [row["vin"] for row in SHEET]
    assert len(desk.linked(ref, "difference")) == len(found) - found.count("there")


@pytest.mark.parametrize(("given", "told"), [
    ({"cars": 3, "differs": [{"vin": "LSGKB54H0HV000009", "found": "there"}]}, ["unexpected"]),
    ({"cars": 2, "differs": [{"vin": "LSGKB54H0HV000009", "found": "missing"}]}, ["unexpected"]),
    ({"cars": 3, "differs": [{"vin": "LSGKB54H0HV000009", "found": "wrong"}]}, ["unexpected"]),
    ({"cars": 2, "differs": [{**SHEET[0], "found": "extra"}]}, ["expected"]),
    ({"cars": 1, "differs": [{**SHEET[0], "found": "there"}, {**SHEET[0], "found": "missing"}]}, ["told_twice"]),
    ({"cars": 2, "seen": [SHEET[0], SHEET[0], SHEET[1]]}, ["told_twice"]),
    ({"cars": 2, "differs": [{**SHEET[0], "found": "extra"}, {"vin": "LSGKB54H0HV000009", "found": "missing"}]},
     ["expected", "unexpected"]),
])  # fmt: skip
def test_what_cannot_be_so_is_refused_line_by_line(desk: Desk, given: dict[str, Any], told: list[str]) -> None:
    """A result that the sheet contradicts, a car that is told twice: each with its sentence. [D17]"""
    ref = frozen(desk)
    with pytest.raises(Refused) as refusal:
        desk.do(ref, "count", "he", **given)
    met = [one for one in refusal.value.blockers if one.code == "count_contradicts"]
    assert [one.params["found"] for one in met] == told
    assert all(str(one.params["vin"]) in one.message.en for one in met)


def test_another_model_is_wrong_whatever_is_said(desk: Desk) -> None:
    """`there` with another model is a difference; the car counts as present."""
    ref = frozen(desk)
    desk.do(ref, "count", "he", cars=2, differs=[{"vin": SHEET[0]["vin"], "model": "科鲁泽", "found": "there"}])

    (child,) = desk.linked(ref, "difference")
    assert (desk.fields(child)["found"], desk.fields(child)["remark"]) == ("wrong", "威朗 / 科鲁泽")


def test_an_empty_yard_is_told_by_an_empty_list(desk: Desk) -> None:
    """Every car of the sheet is missing then."""
    ref = frozen(desk)
    desk.do(ref, "count", "he", cars=0, seen=[])
    assert [desk.fields(one)["found"] for one in desk.linked(ref, "difference")] == ["missing", "missing"]


def test_where_the_model_is_another_both_are_told(desk: Desk) -> None:
    """The difference says what the sheet has, and what stands in the yard."""
    ref = frozen(desk)
    desk.do(ref, "count", "he", cars=2, seen=[{"vin": SHEET[0]["vin"], "model": "科鲁泽"}, SHEET[1]])

    (child,) = desk.linked(ref, "difference")
    assert desk.fields(child)["remark"] == "威朗 / 科鲁泽"


def test_finance_signs_when_every_difference_is_settled(desk: Desk) -> None:
    """Somebody else than who counted. [D17]"""
    ref, (missing, extra) = counted(desk)
    assert desk.refused(ref, "sign", "lv") == ["differences_open"]
    settled(desk, missing)
    settled(desk, extra)

    assert desk.refused(ref, "sign", "he") == ["four_eyes"]
    case = desk.do(ref, "sign", "lv")
    assert (case.state, [s.by for s in case.data.signatures]) == ("signed", ["lv"])


def test_a_count_that_agrees_opens_nothing(desk: Desk) -> None:
    """It is signed at once."""
    ref = frozen(desk)
    desk.do(ref, "count", "he", cars=2)

    assert desk.linked(ref, "difference") == []
    assert desk.do(ref, "sign", "lv").state == "signed"


def test_only_the_differences_of_the_last_count_stand_in_the_way(desk: Desk) -> None:
    """A count that was done again has its own. [language.md (a) Fan-out]"""
    ref, first = counted(desk)
    desk.do(ref, "recount", "lv", reason="二楼没盘")
    desk.do(ref, "count", "he", cars=2, differs=[{**DIFFERS[0], "found": "wrong"}])

    second = desk.linked(ref, "difference")[len(first) :]
    assert len(second) == 1
    assert desk.refused(ref, "sign", "lv") == ["differences_open"]
    settled(desk, second[0])
    assert desk.do(ref, "sign", "lv").state == "signed"

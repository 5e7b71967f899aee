"""The stocktake: frozen, counted by somebody else, a case for each difference, signed when they are settled. [D17]"""

import pytest

from cuiban.workflows.duties import DUTIES
from tests.workflows.desk import Desk, Refused, local, shown

SHEET = [{"vin": "LSGKB54H0HV000001", "model": "威朗"}, {"vin": "LSGKB54H0HV000002", "model": "昂科威"}]
COUNTED = [
    {"vin": "LSGKB54H0HV000001", "model": "威朗", "found": "there"},
    {"vin": "LSGKB54H0HV000002", "model": "昂科威", "found": "missing"},
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
    desk.do(ref, "count", "he", counted=COUNTED)
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
    """And every car of the sheet is counted."""
    ref = frozen(desk)

    assert desk.refused(ref, "count", "zhao", counted=COUNTED) == ["not_allowed", "four_eyes"]
    assert desk.refused(ref, "count", "he", counted=COUNTED[:1]) == ["not_all_counted"]


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
    desk.do(ref, "count", "he", counted=[{**one, "found": "there"} for one in SHEET])

    assert desk.linked(ref, "difference") == []
    assert desk.do(ref, "sign", "lv").state == "signed"


def test_only_the_differences_of_the_last_count_stand_in_the_way(desk: Desk) -> None:
    """A count that was done again has its own. [language.md (a) Fan-out]"""
    ref, first = counted(desk)
    desk.do(ref, "recount", "lv", reason="二楼没盘")
    desk.do(ref, "count", "he", counted=[*COUNTED[:1], {**COUNTED[1], "found": "wrong"}])

    second = desk.linked(ref, "difference")[len(first) :]
    assert len(second) == 1
    assert desk.refused(ref, "sign", "lv") == ["differences_open"]
    settled(desk, second[0])
    assert desk.do(ref, "sign", "lv").state == "signed"

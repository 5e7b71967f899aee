"""Who lives nearby and did not buy from us is won for the workshop. [A9]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown

VISITOR = {"customer": "何平", "phone": "13600002222", "area": "城东", "visited_on": "2026-03-08", "wanted_model": "昂科威"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-09 09:00")


def found(desk: Desk, **more: Any) -> str:
    """Somebody in the showroom register."""
    return desk.open("prospect", "wang", **{**VISITOR, **more})


def test_it_is_contacted_in_time_and_then_as_agreed(desk: Desk) -> None:
    """The next contact is the due."""
    ref = found(desk)
    assert shown(desk.case(ref).due) == "2026-03-18 09:00"

    assert desk.refused(ref, "contact", "wang", remark="在别店买了英朗") == ["field_missing"]
    assert desk.refused(ref, "contact", "wang", remark="过两周再说", next_contact="2026-03-01") == ["contact_in_past"]
    case = desk.do(ref, "contact", "wang", remark="在别店买了英朗", next_contact="2026-03-23", bought_car="英朗")
    assert shown(case.due) == "2026-03-24 00:00"


def test_the_first_repair_wins_him(desk: Desk) -> None:
    """With order and plate."""
    ref = found(desk)

    assert desk.refused(ref, "win", "wang") == ["field_missing"] * 2
    assert desk.do(ref, "win", "wang", repair="RO-0400", plate="皖H8Q661").state == "won"


def test_who_does_not_wish_to_is_let_go_with_a_reason(desk: Desk) -> None:
    """Or after three calls on two days without answer."""
    ref, silent = found(desk), found(desk)

    assert desk.refused(ref, "decline", "wang") == ["reason_missing"]
    assert desk.do(ref, "decline", "wang", reason="已在别店办保养卡").state == "declined"
    assert desk.refused(silent, "give_up", "wang") == ["too_few_attempts"]
    for now in ("2026-03-09 10:00", "2026-03-10 10:00", "2026-03-11 10:00"):
        desk.at(now)
        desk.do(silent, "no_answer", "wang")
    assert desk.do(silent, "give_up", "wang").state == "unreached"


def test_it_is_the_after_sales_clerks(desk: Desk) -> None:
    """Sales has had its chance."""
    with pytest.raises(Refused) as refusal:
        desk.open("prospect", "qian", **VISITOR)
    assert refusal.value.codes == ["not_allowed"]

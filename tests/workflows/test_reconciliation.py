"""The reconciliation: the week's cars and invoices compared with finance, differences settled, the CALL verified. [D15]"""

from typing import Any

import pytest

from cuiban.workflows.duties import DUTIES
from tests.workflows.desk import Desk, shown

WEEK = "2026-W11"  # from Monday, 9 March
IN = [{"vin": "LSGKB54H0HV000001", "model": "威朗"}]
OUT = [{"vin": "LSGKB54H0HV000002", "model": "昂科威", "invoice_number": "FP-1"}]
HANDED_IN: dict[str, Any] = {"count_in": 1, "stocked_in": IN, "count_out": 1, "invoiced": OUT, "sales_given": True}


@pytest.fixture
def desk() -> Desk:
    """A Friday morning."""
    return Desk("2026-03-13 09:00")


def sent(desk: Desk) -> str:
    """A week that was handed in."""
    ref = desk.open("reconciliation", "zhao", week=WEEK)
    desk.do(ref, "send", "zhao", **HANDED_IN)
    return ref


def test_it_is_handed_in_by_friday_and_compared_the_next_day(desk: Desk) -> None:
    """Stock, invoices and the sales data. [D15]"""
    ref = desk.open("reconciliation", "zhao", week=WEEK)
    assert (ref, shown(desk.case(ref).due)) == ("HD-260313-001", "2026-03-13 18:00")

    case = desk.do(ref, "send", "zhao", **HANDED_IN)

    assert (case.holder, shown(case.due)) == ("role:finance", "2026-03-16 09:00")


def test_the_weeks_duty_opens_it(desk: Desk) -> None:
    """The duty is done when it is handed in. [D15]"""
    duty = next(one for one in DUTIES if one.name == "d15_reconcile")

    ref = desk.comes_round(duty, "2026-03-13")

    assert (desk.fields(ref), desk.case(ref).holder, duty.done_by) == ({"week": WEEK}, "role:sales_clerk", "send")


def test_the_lists_hold_as_many_as_were_counted(desk: Desk) -> None:
    """And a week without a car needs no list."""
    ref = desk.open("reconciliation", "zhao", week=WEEK)

    wrong = {**HANDED_IN, "count_in": 2, "sales_given": False}
    assert desk.refused(ref, "send", "zhao", **wrong) == ["stocked_in_short", "sales_not_given"]
    assert desk.refused(ref, "send", "zhao", count_in=0, count_out=1, sales_given=True) == ["field_missing"]
    assert desk.do(ref, "send", "zhao", count_in=0, count_out=0, sales_given=True).state == "sent"


def test_what_agrees_is_settled(desk: Desk) -> None:
    """By finance, not by the clerk."""
    ref = sent(desk)

    assert desk.refused(ref, "compare", "zhao", agrees=True) == ["not_allowed"]
    desk.do(ref, "compare", "he", agrees=True)
    assert desk.linked(ref, "difference") == []
    assert desk.do(ref, "settle", "he").state == "agreed"


def test_each_difference_is_settled_first(desk: Desk) -> None:
    """A case of its own. [D15]"""
    ref = sent(desk)
    assert desk.refused(ref, "compare", "he", agrees=False) == ["field_missing"]
    found = [{"found": "missing", "vin": "LSGKB54H0HV000003", "model": "英朗", "remark": "财务有发票"}]
    desk.do(ref, "compare", "he", agrees=False, differences=found)

    (one,) = desk.linked(ref, "difference")
    assert desk.refused(ref, "settle", "he") == ["differences_open"]
    desk.do(one, "explain", "zhao", explanation="周五下午开票")
    desk.do(one, "accept", "he")
    assert desk.do(ref, "settle", "he").state == "agreed"


def test_the_funds_of_the_weeks_call_are_verified_first(desk: Desk) -> None:
    """Or nothing was called. [D15]"""
    desk.at("2026-03-09 09:10")
    call = desk.open("call_order", "zhao", week=WEEK)
    desk.at("2026-03-13 09:00")
    ref = sent(desk)
    desk.do(ref, "compare", "he", agrees=True)

    assert desk.refused(ref, "settle", "he") == ["funds_not_verified"]
    desk.do(call, "miss", "zhao", reason="没有资源")
    assert desk.do(ref, "settle", "he").state == "agreed"


def test_what_finance_cannot_use_goes_back(desk: Desk) -> None:
    """To be handed in anew."""
    ref = sent(desk)

    case = desk.do(ref, "send_back", "he", reason="少一张")

    assert (case.state, desk.refused(ref, "send", "zhao")) == ("open", ["field_missing"] * 5)

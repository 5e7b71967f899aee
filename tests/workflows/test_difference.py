"""The difference: explained by the clerk, accepted by finance or put right. [D15, D17, D24]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def difference(desk: Desk, **other: Any) -> str:
    """One that is explained."""
    ref = desk.open("difference", "he", **{"found": "wrong", "vin": "LSGKB54H0HV00000I", "model": "威朗", **other})
    desk.do(ref, "explain", "zhao", explanation="抄错一位")
    return ref


def test_a_difference_is_put_right_where_finance_asks_for_it(desk: Desk) -> None:
    """The VIN is kept as it was read: it may be what is wrong. [D17]"""
    ref = difference(desk)

    assert desk.do(ref, "have_mended", "he").holder == "role:sales_clerk"
    assert desk.refused(ref, "put_right", "zhao") == ["field_missing"]
    assert desk.do(ref, "put_right", "zhao", correction="改为 LSGKB54H0HV000001").state == "corrected"


def test_an_explanation_that_is_not_clear_is_asked_for_again(desk: Desk) -> None:
    """In a new cycle it is given anew."""
    ref = difference(desk)

    desk.do(ref, "ask_more", "he", reason="看不懂")

    assert desk.refused(ref, "explain", "zhao") == ["field_missing"]
    assert desk.refused(ref, "accept", "he") == ["wrong_state"]

"""The two maintenance cards of a delivery: entered, kept a month, matched with after-sales. [D7]"""

import pytest

from tests.workflows.desk import Desk, shown, vin
from tests.workflows.test_vehicle_delivery import car, forward, order


@pytest.fixture
def desk() -> Desk:
    """A Monday morning in March."""
    desk = Desk("2026-03-02 09:00")
    desk.books["outbound_slip"] = 101
    return desk


def torn(desk: Desk, **other: object) -> tuple[str, str]:
    """A reported delivery, and its cards."""
    car(desk)
    ref = forward(desk, order(desk, **other), "reported")
    (card,) = desk.linked(ref, "cards")
    return ref, card


def entered(desk: Desk, **other: object) -> str:
    """Cards that the clerk entered."""
    _, card = torn(desk, **other)
    desk.do(card, "enter", "zhao", first_card=True, second_card=True)
    return card


def test_a_reported_delivery_leaves_two_cards_to_enter(desk: Desk) -> None:
    """With all that is known of the customer."""
    _, card = torn(desk)

    case = desk.case(card)
    assert (case.state, case.holder, shown(case.due)) == ("torn", "role:sales_clerk", "2026-03-03 09:00")
    known = {"customer": "赵敏", "vin": vin(1), "consultant": "qian", "delivered_on": "2026-03-01"}
    assert desk.fields(card).items() >= known.items()


def test_both_cards_are_entered(desk: Desk) -> None:
    """One alone is not enough: the consultant owes the other."""
    _, card = torn(desk)

    assert desk.refused(card, "enter", "zhao", first_card=True, second_card=False) == ["not_both_cards"]
    assert shown(desk.do(card, "enter", "zhao", first_card=True, second_card=True).due) == "2026-04-10 18:00"


@pytest.mark.parametrize(
    ("delivered", "too_early", "in_time", "due"),
    [
        ("2026-03-01", "2026-03-31 18:00", "2026-04-01 09:00", "2026-04-10 18:00"),
        ("2026-12-01", "2026-12-31 18:00", "2027-01-04 09:00", "2027-01-11 18:00"),  # December to January
    ],
)
def test_they_are_handed_over_in_the_next_month(delivered: str, too_early: str, in_time: str, due: str) -> None:
    """Not before, and by its 10th. [D7]"""
    desk = Desk(f"{delivered[:8]}02 09:00")
    card = entered(desk, delivered_on=delivered)
    assert shown(desk.case(card).due) == due

    desk.at(too_early)
    assert desk.refused(card, "hand_over", "zhao") == ["not_before"]
    desk.at(in_time)
    assert desk.do(card, "hand_over", "zhao").holder == "role:after_sales_clerk"


def test_after_sales_matches_them_or_says_where_they_differ(desk: Desk) -> None:
    """A difference is explained, or put right and matched again."""
    card = entered(desk)
    desk.at("2026-04-07 09:00")
    desk.do(card, "hand_over", "zhao")

    assert desk.refused(card, "match", "zhao") == ["not_allowed"]
    assert desk.refused(card, "differ", "wang") == ["field_missing"]
    desk.do(card, "differ", "wang", difference="电话不符")
    desk.do(card, "send_again", "zhao", phone="13911110000")
    assert desk.refused(card, "differ", "wang") == ["field_missing"]
    assert desk.do(card, "match", "wang").state == "matched"


def test_a_difference_that_stays_is_explained(desk: Desk) -> None:
    """It is an outcome of its own."""
    card = entered(desk)
    desk.at("2026-04-07 09:00")
    desk.do(card, "hand_over", "zhao")
    desk.do(card, "differ", "wang", difference="客户改名")

    assert desk.refused(card, "explain", "zhao") == ["field_missing"]
    assert desk.do(card, "explain", "zhao", explanation="过户").data.fields.keys() >= {"explanation"}


def test_a_report_that_is_withdrawn_voids_them(desk: Desk) -> None:
    """Reported again, there are new ones. [language.md D7]"""
    ref, card = torn(desk)

    desk.do(ref, "withdraw_report", "zhao", reason="退车")

    assert (desk.case(card).state, desk.refused(card, "void", "zhao")) == ("void", ["closed"])
    forward(desk, ref, "reported")
    assert [desk.case(one).state for one in desk.linked(ref, "cards")] == ["void", "torn"]

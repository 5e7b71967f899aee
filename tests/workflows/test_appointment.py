"""The appointment: taken, confirmed, kept or missed; a consultation answered or passed on; calls out. [C10]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, local, shown

CALL = {"customer": "何军", "phone": "13800000000", "plate": "皖H3D905", "way": "phone", "about": "service"}
THURSDAY = local("2026-03-05 10:00")


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def called(desk: Desk, **other: Any) -> str:
    """A customer calls, or is called."""
    return desk.open("appointment", "sun", **{**CALL, **other})


def booked(desk: Desk) -> str:
    """One for Thursday."""
    ref = called(desk)
    desk.do(ref, "book", "sun", appointed_at=THURSDAY, advisor="li")
    return ref


def test_an_appointment_is_booked_at_once_and_due_at_its_time(desk: Desk) -> None:
    """By phone or online. [C10]"""
    ref = called(desk)
    assert (ref, shown(desk.case(ref).due)) == ("YY-260302-001", "2026-03-02 14:30")
    assert desk.refused(ref, "book", "sun", appointed_at=local("2026-03-01 10:00")) == ["appointment_in_past"]

    case = desk.do(ref, "book", "sun", appointed_at=THURSDAY, advisor="li")

    assert (case.state, shown(case.due)) == ("booked", "2026-03-05 10:00")


def test_it_is_confirmed_moved_and_kept(desk: Desk) -> None:
    """The advisor sees the customer come."""
    ref = booked(desk)

    assert desk.do(ref, "confirm", "sun").data.attempts == {"confirm": ["2026-03-02"]}
    assert shown(desk.do(ref, "rebook", "li", appointed_at=local("2026-03-06 15:00")).due) == "2026-03-06 15:00"
    assert desk.do(ref, "come", "li").state == "came"


def test_nobody_is_missed_before_the_time(desk: Desk) -> None:
    """Afterwards he did not come."""
    ref = booked(desk)
    assert desk.refused(ref, "miss", "sun") == ["not_before"]

    desk.at("2026-03-05 10:30")

    assert desk.do(ref, "miss", "sun").state == "missed"


def test_a_consultation_is_answered_or_becomes_a_request(desk: Desk) -> None:
    """With what the customer asked. [C10, C9]"""
    first, second = called(desk, about="consultation"), called(desk, about="consultation")
    assert desk.do(first, "answer", "sun", answer="首保5000公里").state == "answered"

    desk.do(second, "pass_on", "sun", wish="车机连不上网", coverage="warranty")

    (request,) = desk.linked(second, "request")
    assert desk.fields(request) == {
        "customer": "何军", "phone": "13800000000", "topic": "车机连不上网", "coverage": "warranty", "follower": "sun"}  # fmt: skip
    assert desk.refused(called(desk), "answer", "sun", answer="好") == ["no_consultation"]


def test_a_target_customer_is_called_until_reached_or_given_up(desk: Desk) -> None:
    """Three times on two days. [C10]"""
    ref = called(desk, way="outbound", about="invitation", source="厂家名单")
    desk.do(ref, "no_answer", "sun")
    desk.do(ref, "no_answer", "sun")
    assert desk.refused(ref, "give_up", "sun") == ["too_few_attempts"]
    desk.at("2026-03-03 09:00")
    desk.do(ref, "no_answer", "sun")

    assert desk.do(ref, "give_up", "sun").state == "unreached"


def test_a_customer_may_decline(desk: Desk) -> None:
    """Also what was booked, with the reason."""
    ref = booked(desk)

    assert desk.refused(ref, "decline", "sun") == ["reason_missing"]
    assert desk.do(ref, "decline", "sun", reason="已在别处保养").state == "declined"

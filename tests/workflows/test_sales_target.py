"""The quarter's target: expected, received, signed, sealed, sent back. [D10]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown

GOAL: dict[str, Any] = {"goal": 120, "by_model": [{"车型": "君越", "台数": 30}]}


@pytest.fixture
def desk() -> Desk:
    """A Thursday morning, the quarter just begun."""
    return Desk("2026-07-02 09:00")


def expected(desk: Desk) -> str:
    """The mail that should come."""
    return desk.open("sales_target", "zhao", quarter="2026-Q3")


def received(desk: Desk) -> str:
    """The mail that came."""
    ref = expected(desk)
    desk.do(ref, "receive", "zhao", **GOAL, papers=["mail"])
    return ref


def test_the_mail_is_expected_by_the_tenth(desk: Desk) -> None:
    """It waits for the manufacturer, on the clerk's list."""
    case = desk.case(expected(desk))

    assert (case.paused, case.holder, shown(case.due)) == (True, "role:sales_clerk", "2026-07-10 18:00")


def test_it_is_signed_sealed_and_sent_back(desk: Desk) -> None:
    """Signed by the general manager; the scan is kept."""
    ref = received(desk)
    assert desk.case(ref).holder == "role:general_manager"

    assert desk.refused(ref, "sign", "feng") == ["not_allowed"]
    assert [s.by for s in desk.do(ref, "sign", "gao").data.signatures] == ["gao"]
    wrong = desk.refused(ref, "send_back", "zhao", sealed=False, sent_by="本人邮箱")
    assert wrong == ["paper_missing", "not_sealed"]
    done = desk.do(ref, "send_back", "zhao", sealed=True, sent_by="本人邮箱", papers=["signed_scan"])
    assert done.state == "returned"


def test_it_is_the_manufacturers_mail(desk: Desk) -> None:
    """With the mail as proof, and a figure."""
    assert desk.refused(expected(desk), "receive", "zhao") == ["field_missing", "proof_missing"]


def test_a_target_that_cannot_be_signed_goes_back(desk: Desk) -> None:
    """The next mail brings a new figure."""
    ref = received(desk)

    assert desk.refused(ref, "object", "gao") == ["reason_missing"]
    assert desk.do(ref, "object", "gao", reason="目标过高").state == "expected"
    assert desk.refused(ref, "receive", "zhao", papers=["mail"]) == ["field_missing"]
    assert desk.do(ref, "receive", "zhao", goal=100).data.fields["goal"] == 100


def test_a_quarter_has_one(desk: Desk) -> None:
    """If none came, that is said."""
    ref = expected(desk)
    with pytest.raises(Refused) as refusal:
        expected(desk)

    assert refusal.value.codes == ["already_open"]
    assert desk.do(ref, "do_without", "zhao", reason="本季未下达").state == "not_sent"

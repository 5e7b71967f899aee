"""Documents in and out: registered, passed on, chased, sent, filed. [B22]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, shown

LETTER: dict[str, Any] = {"kind": "letter", "title": "安全检查通知", "party": "应急局", "dated": "2026-03-11"}


@pytest.fixture
def desk() -> Desk:
    """A Wednesday morning."""
    return Desk("2026-03-11 09:00")


def registered(desk: Desk, direction: str = "in", **more: Any) -> str:
    """A document that came in, or is to go out."""
    return desk.open("document", "wang", direction=direction, **{**LETTER, **more})


def test_what_comes_in_is_passed_on_handled_and_filed(desk: Desk) -> None:
    """By its day, else within three working days."""
    ref = registered(desk, number="安应急〔2026〕7号")

    assert shown(desk.do(ref, "pass_on", "wang", handler="zhou", due_on="2026-03-20").due) == "2026-03-21 00:00"
    assert desk.refused(ref, "handle", "wang", result="代办") == ["not_allowed"]
    desk.do(ref, "handle", "zhou", result="已自查")
    assert desk.do(ref, "file", "wang", folder="外来文件").state == "filed"

    other = registered(desk)
    assert shown(desk.do(other, "pass_on", "wang", handler="zhou").due) == "2026-03-16 09:00"


def test_what_is_not_well_handled_goes_back(desk: Desk) -> None:
    """With a reason; the result is asked anew."""
    ref = registered(desk)
    desk.do(ref, "pass_on", "wang", handler="zhou")
    desk.do(ref, "handle", "zhou", result="看过")

    assert desk.refused(ref, "send_back", "wang") == ["reason_missing"]
    assert desk.do(ref, "send_back", "wang", reason="缺自查表").holder == "zhou"
    assert desk.refused(ref, "handle", "zhou") == ["field_missing"]


def test_what_goes_out_leaves_a_copy(desk: Desk) -> None:
    """It is sent, not passed on."""
    ref = registered(desk, "out")

    assert desk.refused(ref, "pass_on", "wang", handler="zhou") == ["is_outgoing"]
    assert desk.refused(ref, "send", "wang") == ["field_missing", "paper_missing"]
    desk.do(ref, "send", "wang", sent_by="快递", papers=["file_copy"])
    assert desk.do(ref, "file", "wang", folder="发文2026").state == "filed"


def test_what_wants_nothing_is_filed_at_once(desk: Desk) -> None:
    """Incoming only: what goes out was sent first."""
    assert desk.do(registered(desk), "file", "wang", folder="外来文件").state == "filed"
    assert desk.refused(registered(desk, "out"), "file", "wang", folder="发文2026") == ["is_outgoing"]
    assert desk.refused(registered(desk), "send", "wang", sent_by="传真", papers=["file_copy"]) == ["is_incoming"]


def test_a_mistake_is_cancelled_before_it_went_anywhere(desk: Desk) -> None:
    """Not when somebody has it."""
    assert desk.do(registered(desk), "cancel", "wang", reason="重复").state == "cancelled"
    ref = registered(desk)
    desk.do(ref, "pass_on", "wang", handler="zhou")
    assert desk.refused(ref, "cancel", "wang", reason="重复") == ["cannot_cancel"]

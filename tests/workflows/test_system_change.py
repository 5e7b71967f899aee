"""The system change: surveyed, approved, bought, installed over a backup, deployed; or rolled back. [C14, C18]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, shown
from tests.workflows.test_quarantine import SCAN

SERVER: dict[str, Any] = {"what": "换文件服务器", "kind": "hardware", "purpose": "旧机到期"}
BUY: dict[str, Any] = {"items": [{"item": "服务器", "count": 1}], "department": "IT", "buys": "machine", "planned": True}
READY: dict[str, Any] = {"backed_up": True, "joins_network": True}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def approved(desk: Desk, **other: Any) -> str:
    """A change that is to be carried out."""
    ref = desk.open("system_change", "jin", **{**SERVER, **other})
    desk.do(ref, "survey", "jin", survey="三家比价", recommendation="选第二家", cost="30000")
    desk.do(ref, "approve", "tao", plan="2026年信息化规划 2.1")
    return ref


def test_it_is_surveyed_and_the_it_manager_approves(desk: Desk) -> None:
    """Or has it surveyed once more, or refuses. [C14]"""
    ref = desk.open("system_change", "jin", **SERVER)
    assert (ref, shown(desk.case(ref).due)) == ("XB-260302-001", "2026-03-09 09:00")
    desk.do(ref, "survey", "jin", survey="三家比价", recommendation="选第二家")
    assert desk.refused(ref, "approve", "jin") == ["not_allowed"]

    desk.do(ref, "survey_again", "tao", reason="再看云服务")
    assert desk.refused(ref, "survey", "jin") == ["field_missing"] * 2
    desk.do(ref, "survey", "jin", survey="云服务贵", recommendation="选第二家")
    assert desk.do(ref, "refuse", "tao", reason="明年再说").state == "refused"


def test_what_it_needs_is_bought_first(desk: Desk) -> None:
    """By a purchase of its own. [C14, C8]"""
    ref = approved(desk)
    desk.do(ref, "buy", "jin", **BUY)

    (purchase,) = desk.linked(ref, "purchase")
    assert (desk.fields(purchase)["purpose"], desk.case(purchase).holder) == ("换文件服务器", "tao")
    assert desk.refused(ref, "install", "jin", **READY) == ["not_bought"]
    desk.do(purchase, "refuse", "tao", reason="用库存的")
    assert desk.do(ref, "install", "jin", **READY).state == "installed"


def test_nothing_is_installed_without_a_backup(desk: Desk) -> None:
    """And no machine joins the network before it was scanned. [C14, C7]"""
    ref = approved(desk)
    assert desk.refused(ref, "install", "jin", backed_up=False, joins_network=True) == ["not_backed_up"]
    desk.do(ref, "install", "jin", **READY)

    done: dict[str, Any] = {"result": "一周无故障", "logged": True, "papers": ["document"]}
    assert desk.refused(ref, "deploy", "jin", **done) == ["not_scanned"]
    desk.do(desk.linked(ref, "quarantine")[0], "clear", "jin", **SCAN)
    assert desk.refused(ref, "deploy", "jin", **{**done, "papers": [], "logged": False}) == ["paper_missing", "not_in_log"]
    assert desk.do(ref, "deploy", "jin", **done).state == "deployed"


def test_what_fails_on_trial_is_rolled_back_and_tried_anew(desk: Desk) -> None:
    """With its own backup and scan."""
    ref = approved(desk)
    desk.do(ref, "install", "jin", **READY)

    case = desk.do(ref, "roll_back", "jin", reason="丢包")

    assert (case.state, case.data.cycle, desk.refused(ref, "install", "jin")) == ("approved", 2, ["field_missing"] * 2)


def test_while_a_supplier_is_waited_for_our_clock_stands_still(desk: Desk) -> None:
    """We ask again after three days. [C18]"""
    ref = approved(desk)
    before = desk.case(ref).due

    case = desk.do(ref, "wait", "jin", supplier="联想")
    assert (case.paused, shown(case.due)) == (True, "2026-03-05 09:00")
    desk.at("2026-03-05 09:00")
    desk.do(ref, "ask_again", "jin", answer="下周一到")
    resumed = desk.do(ref, "resume", "jin")
    assert (shown(before), shown(resumed.due)) == ("2026-03-09 09:00", "2026-03-12 09:00")


def test_it_may_be_given_up_by_the_it_manager(desk: Desk) -> None:
    """With a reason."""
    ref = approved(desk)

    assert desk.refused(ref, "give_up", "jin", reason="太贵") == ["not_allowed"]
    assert desk.do(ref, "give_up", "tao", reason="太贵").state == "given_up"

"""The quarantine: nothing joins the network, and no file is used, before it was scanned. [C7]"""

import pytest

from tests.workflows.desk import Desk, shown

SCAN = {"scanner": "360", "signatures_of": "2026-03-02"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning."""
    return Desk("2026-03-02 09:00")


def waiting(desk: Desk) -> str:
    """A drawing from outside."""
    return desk.open("quarantine", "wang", kind="file", thing="展厅图纸.dwg", origin="设计院")


def test_what_comes_from_outside_is_scanned_at_once(desk: Desk) -> None:
    """With what, and with signatures of when. [C7]"""
    ref = waiting(desk)

    case = desk.case(ref)
    assert (ref, case.holder, shown(case.due)) == ("JY-260302-001", "role:it_engineer", "2026-03-02 14:30")
    assert desk.refused(ref, "clear", "wang", **SCAN) == ["not_allowed"]
    assert desk.refused(ref, "clear", "jin") == ["field_missing"] * 2
    assert desk.do(ref, "clear", "jin", **SCAN).state == "cleared"


def test_what_was_cleaned_is_scanned_once_more(desk: Desk) -> None:
    """With the scan given anew."""
    ref = waiting(desk)
    desk.do(ref, "infect", "jin", virus="宏病毒", **SCAN)
    assert desk.refused(ref, "cancel", "jin", reason="误报") == ["cannot_cancel"]

    desk.do(ref, "clean", "jin", remedy="已清除宏")

    assert desk.refused(ref, "clear", "jin") == ["field_missing"] * 2
    assert desk.do(ref, "clear", "jin", **SCAN).state == "cleared"


def test_what_cannot_be_cleaned_is_barred(desk: Desk) -> None:
    """With the reason."""
    ref = waiting(desk)
    desk.do(ref, "infect", "jin", virus="勒索病毒", **SCAN)

    assert desk.refused(ref, "bar", "jin") == ["reason_missing"]
    assert desk.do(ref, "bar", "tao", reason="无法清除").state == "barred"

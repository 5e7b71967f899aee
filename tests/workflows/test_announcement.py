"""Announcements in DOSS, signed in by everyone on the list himself. [D9]"""

import pytest

from cuiban.engine.roster import Absence
from tests.workflows.desk import Desk, local, roster, shown

NEWS = {"title": "新版交车流程", "number": "XS-2026-031"}
CALL = {"content": "4月起执行", "signers": "qian, feng, gao"}


@pytest.fixture
def desk() -> Desk:
    """A Wednesday morning."""
    return Desk("2026-03-11 09:00")


def called(desk: Desk) -> tuple[str, list[str]]:
    """An announcement that three have to sign."""
    ref = desk.open("announcement", "zhao", **NEWS, published_at=local("2026-03-11 08:30"))
    desk.do(ref, "call", "zhao", **CALL, sign_by=local("2026-03-13 18:00"))
    return ref, desk.linked(ref, "sign_ins")


def test_everyone_on_the_list_has_it_on_his_own(desk: Desk) -> None:
    """Until the announcement's time; the clerk chases."""
    ref, sign_ins = called(desk)

    cases = [desk.case(one) for one in sign_ins]
    assert [(c.holder, c.chaser, shown(c.due)) for c in cases] == [
        (who, "zhao", "2026-03-13 18:00") for who in ("qian", "feng", "gao")]  # fmt: skip
    assert (desk.case(ref).holder, shown(desk.case(ref).due)) == ("role:sales_clerk", "2026-03-13 18:00")


def test_it_is_complete_when_all_have_signed(desk: Desk) -> None:
    """The refusal counts them."""
    ref, sign_ins = called(desk)
    for one, who in zip(sign_ins, ("qian", "feng"), strict=False):
        desk.do(one, "sign", who)

    assert desk.refused(ref, "complete", "zhao") == ["not_all_signed_in"]
    desk.do(sign_ins[2], "sign", "gao")
    desk.do(ref, "complete", "zhao")
    assert desk.do(ref, "close", "zhao").state == "closed"


def test_nobody_signs_for_another_not_even_a_substitute(desk: Desk) -> None:
    """DOSS knows none; whoever is away is excused with a reason."""
    _, (first, *_) = called(desk)
    desk.roster = roster([Absence(1, "qian", local("2026-03-10 00:00"), local("2026-03-20 00:00"), "feng")])

    assert desk.refused(first, "sign", "feng") == ["not_allowed"]
    assert desk.refused(first, "sign", "feng", for_="qian") == ["not_allowed"]
    assert desk.refused(first, "sign", "zhao") == ["not_allowed"]
    assert desk.refused(first, "excuse", "zhao") == ["reason_missing"]
    assert desk.do(first, "excuse", "zhao", reason="休假").state == "excused"


def test_a_new_text_is_signed_by_all_again(desk: Desk) -> None:
    """Those who had signed too; what was open is replaced."""
    ref, (first, *others) = called(desk)
    desk.do(first, "sign", "qian")

    desk.do(ref, "change", "zhao", content="5月起执行", signers="qian, feng", sign_by=local("2026-03-16 18:00"))

    anew = desk.linked(ref, "sign_ins")[3:]
    assert [desk.case(one).holder for one in anew] == ["qian", "feng"]
    assert [desk.case(one).state for one in (first, *others)] == ["signed", "replaced", "replaced"]
    desk.do(anew[0], "sign", "qian")
    assert desk.refused(ref, "complete", "zhao") == ["not_all_signed_in"]
    desk.do(anew[1], "sign", "feng")
    assert desk.do(ref, "complete", "zhao").state == "complete"


def test_names_are_added_and_the_time_is_moved(desk: Desk) -> None:
    """For all who have not signed."""
    ref, (first, second, _) = called(desk)
    desk.do(first, "sign", "qian")

    desk.do(ref, "add", "zhao", further="he")
    desk.do(ref, "extend", "zhao", sign_by=local("2026-03-14 18:00"), reason="系统维护")

    assert [shown(desk.case(one).due) for one in desk.linked(ref, "sign_ins")] == [None, *["2026-03-14 18:00"] * 3]
    assert desk.refused(second, "extend", "zhao", sign_by=local("2026-03-15 18:00")) == ["duty_only"]


def test_what_is_taken_off_nobody_signs(desk: Desk) -> None:
    """Every open sign-in ends with it."""
    ref, sign_ins = called(desk)
    desk.do(sign_ins[0], "sign", "qian")

    assert desk.refused(ref, "take_off", "zhao") == ["reason_missing"]
    desk.do(ref, "take_off", "zhao", reason="厂家撤回")

    assert [desk.case(one).state for one in (ref, *sign_ins)] == ["withdrawn", "signed", "called_off", "called_off"]

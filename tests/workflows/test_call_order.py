"""The call order and the colour order: three signatures on one version, Monday's clock, next week's cars. [D13, D14]"""

from typing import Any

import pytest

from cuiban.engine.roster import Absence
from cuiban.workflows.duties import DUTIES
from tests.workflows.desk import Desk, Refused, local, roster, shown

DUTY = {duty.name: duty for duty in DUTIES}
WEEK = "2026-W11"  # from Monday, 9 March
LINES = [
    {"model": "威朗", "configuration": "20T", "colour": "白", "count": 2},
    {"model": "昂科威", "configuration": "28T", "colour": "棕", "count": 1},
]
FUNDS = {"reserve_fund": "2000000", "bonus": "50000", "bonus_use": "30000"}


def car(number: int, model: str = "威朗", configuration: str = "20T", colour: str = "白") -> dict[str, Any]:
    """A car that was called."""
    return {"model": model, "configuration": configuration, "colour": colour, "order_number": f"DOL-{number}"}


@pytest.fixture
def desk() -> Desk:
    """Monday, before the resources come online."""
    return Desk("2026-03-09 08:40")


def coloured(desk: Desk, lines: list[dict[str, Any]], week: str = "2026-W10") -> str:
    """The colour order of the Monday before."""
    now = desk.now
    desk.at("2026-03-02 14:00")
    ref = desk.open("colour_order", "zhao", week=week)
    desk.do(ref, "confirm", "zhao", lines=lines)
    desk.now = now
    return ref


def signing(desk: Desk) -> str:
    """A call order that is being signed."""
    coloured(desk, LINES)
    ref = desk.open("call_order", "zhao", week=WEEK)
    desk.do(ref, "submit", "zhao", **FUNDS)
    return ref


def final(desk: Desk) -> str:
    """One that all three signed."""
    ref = signing(desk)
    for person in ("feng", "gao", "lv"):
        desk.do(ref, "sign", person)
    return ref


def test_last_mondays_colours_are_in_this_mondays_draft(desk: Desk) -> None:
    """What was coloured comes online a week later. [D14]"""
    coloured(desk, LINES)

    ref = desk.comes_round(DUTY["d13_call"], "2026-03-09")

    case = desk.case(ref)
    assert (ref, case.state, case.data.fields["lines"]) == ("CA-260309-001", "draft", LINES)
    assert (case.holder, case.chaser, shown(case.due)) == ("role:sales_clerk", "role:sales_manager", "2026-03-09 18:00")


def test_a_week_has_one_call_order(desk: Desk) -> None:
    """Opened by the calendar or by hand."""
    ref = desk.comes_round(DUTY["d13_call"], "2026-03-09")

    with pytest.raises(Refused) as refusal:
        desk.open("call_order", "zhao", week=WEEK)
    assert refusal.value.blockers[0].params["ref"] == ref


def test_other_cars_than_those_coloured_need_a_reason(desk: Desk) -> None:
    """And the bonus has to suffice. [language.md (b) D13/D14]"""
    coloured(desk, LINES)
    ref = desk.open("call_order", "zhao", week=WEEK)
    more = [*LINES, {"model": "英朗", "configuration": "15N", "colour": "红", "count": 1}]

    assert desk.refused(ref, "submit", "zhao", lines=more, **{**FUNDS, "bonus_use": "60000"}) == [
        "field_missing", "bonus_too_small"]  # fmt: skip
    assert desk.do(ref, "submit", "zhao", lines=more, other_cars="客户订单", **FUNDS).state == "signing"


def test_without_a_colour_order_everything_needs_the_reason(desk: Desk) -> None:
    """Nothing was coloured."""
    ref = desk.open("call_order", "zhao", week=WEEK)

    assert desk.refused(ref, "submit", "zhao", lines=LINES, **FUNDS) == ["field_missing"]


def test_three_sign_in_any_order_and_the_last_one_moves_it(desk: Desk) -> None:
    """General, sales and finance manager; each once. [D13]"""
    ref = signing(desk)
    assert [desk.case(ref).holder, *desk.case(ref).data.also] == [
        "role:general_manager", "role:sales_manager", "role:finance_manager"]  # fmt: skip

    desk.do(ref, "sign", "lv")
    assert desk.refused(ref, "sign", "lv") == ["already_signed"]
    assert desk.refused(ref, "sign", "zhao") == ["not_allowed"]
    desk.do(ref, "sign", "gao")
    assert (desk.case(ref).state, desk.case(ref).holder) == ("signing", "role:sales_manager")
    assert desk.do(ref, "sign", "feng").state == "final"


@pytest.mark.parametrize(("action", "actor"), [("send_back", "lv"), ("edit", "zhao")])
def test_sent_back_or_edited_the_signatures_start_anew(desk: Desk, action: str, actor: str) -> None:
    """The older ones stay in the history and do not count. [D13]"""
    ref = signing(desk)
    desk.do(ref, "sign", "gao")
    desk.do(ref, "sign", "feng")

    desk.do(ref, action, actor, reason="奖金要改")
    if desk.case(ref).state == "draft":
        desk.do(ref, "submit", "zhao")

    desk.do(ref, "sign", "lv")
    assert (desk.case(ref).state, len(desk.case(ref).data.signatures)) == ("signing", 3)
    desk.do(ref, "sign", "gao")
    assert desk.do(ref, "sign", "feng").state == "final"


def test_even_a_final_one_can_be_revised_before_the_call(desk: Desk) -> None:
    """Revised again and again, until it is final. [D13]"""
    ref = final(desk)

    desk.do(ref, "revise", "gao", reason="少要一台")
    desk.do(ref, "submit", "zhao", lines=LINES[:1])

    assert desk.case(ref).state == "signing"


def test_it_is_called_from_monday_nine_within_what_was_signed(desk: Desk) -> None:
    """One white car too many is refused; a car called is on the way. [D13]"""
    ref = final(desk)
    assert shown(desk.case(ref).not_before) == "2026-03-09 09:00"
    assert desk.refused(ref, "call", "zhao", called=[car(1)]) == ["not_before"]
    desk.at("2026-03-09 09:20")
    assert desk.refused(ref, "call", "zhao", called=[car(1), car(2), car(3)]) == ["not_signed_for"]

    case = desk.do(ref, "call", "zhao", called=[car(1), car(2)])

    cars = [desk.case(one) for one in desk.linked(ref, "cars")]
    assert [(c.process, c.state, c.data.fields["order_number"]) for c in cars] == [
        ("vehicle", "transit", "DOL-1"), ("vehicle", "transit", "DOL-2")]  # fmt: skip
    assert (case.holder, shown(case.due)) == ("role:finance", "2026-03-13 18:00")


def test_finance_verifies_the_funds_after_the_call(desk: Desk) -> None:
    """Reserve fund and bonus, by the end of the week. [D15]"""
    ref = final(desk)
    desk.at("2026-03-09 09:20")
    desk.do(ref, "call", "zhao", called=[car(1)])

    assert desk.refused(ref, "verify", "zhao") == ["not_allowed", "field_missing", "field_missing", "four_eyes"]
    assert desk.do(ref, "verify", "he", reserve_after="1800000", bonus_after="20000").state == "verified"


def test_with_monday_off_the_hour_stays_and_the_due_moves_to_the_next_working_day(desk: Desk) -> None:
    """Qingming 2026 takes Monday, 6 April. [language.md (b) D13/D14]"""
    desk.at("2026-04-03 10:00")
    ref = desk.open("call_order", "zhao", week="2026-W15")
    desk.do(ref, "submit", "zhao", lines=LINES, other_cars="补库存", **FUNDS)
    for person in ("feng", "gao", "lv"):
        desk.do(ref, "sign", person)

    case = desk.case(ref)
    assert (shown(case.not_before), shown(case.due)) == ("2026-04-06 09:00", "2026-04-07 18:00")


def test_a_missed_week_ends_with_a_reason_and_its_cars_move_a_week_on(desk: Desk) -> None:
    """They stand in next week's draft beside what was coloured. [language.md (b) D13/D14]"""
    coloured(desk, LINES)
    ref = desk.open("call_order", "zhao", week=WEEK)
    desk.at("2026-03-09 14:00")
    colours = desk.open("colour_order", "zhao", week=WEEK)
    new = [{"model": "君越", "configuration": "28T", "colour": "黑", "count": 1}]
    desk.do(colours, "confirm", "zhao", lines=new)

    assert desk.refused(ref, "miss", "zhao") == ["reason_missing"]
    desk.do(ref, "miss", "zhao", reason="系统没上线")

    following = desk.open("call_order", "zhao", week="2026-W12")
    assert desk.case(following).data.fields["lines"] == [*new, *LINES]
    assert desk.do(following, "submit", "zhao", **FUNDS).state == "signing"


def test_cars_can_be_gathered_after_the_draft_was_opened(desk: Desk) -> None:
    """If the week before ended late."""
    before = desk.open("call_order", "zhao", week="2026-W10")
    desk.do(before, "submit", "zhao", lines=LINES, other_cars="补库存", **FUNDS)
    ref = desk.open("call_order", "zhao", week=WEEK)
    assert "lines" not in desk.case(ref).data.fields
    desk.do(before, "miss", "feng", reason="整周放假")

    assert desk.do(ref, "gather", "zhao").data.fields["lines"] == LINES


def test_a_substitute_signs_for_the_absent_and_not_for_himself_too(desk: Desk) -> None:
    """The two are one pair of eyes. [semantics: four eyes]"""
    ref = signing(desk)
    desk.roster = roster([Absence(1, "gao", local("2026-03-09 00:00"), local("2026-03-16 00:00"), "feng")])

    desk.do(ref, "sign", "feng")
    assert desk.refused(ref, "sign", "feng") == ["already_signed"]
    desk.do(ref, "sign", "lv")
    assert desk.case(ref).state == "signing"  # who signed as one of the two cannot sign as the other


def test_the_colours_wait_for_half_past_one(desk: Desk) -> None:
    """Not before Monday 13:30, due at the close of the day. [D14]"""
    ref = desk.comes_round(DUTY["d14_colour"], "2026-03-09")
    case = desk.case(ref)
    assert (ref, shown(case.not_before), shown(case.due)) == ("YS-260309-001", "2026-03-09 13:30", "2026-03-09 18:00")

    assert desk.refused(ref, "confirm", "zhao", lines=LINES) == ["not_before"]
    desk.at("2026-03-09 13:30")
    assert desk.do(ref, "confirm", "zhao", lines=LINES, basis="库存3, 订单5").state == "confirmed"


def test_a_line_without_a_count_or_with_an_unknown_column_is_refused(desk: Desk) -> None:
    """With the row that is wrong."""
    desk.at("2026-03-09 14:00")
    ref = desk.open("colour_order", "zhao", week=WEEK)

    for line in ({"model": "君越", "configuration": "28T", "colour": "黑"}, {**LINES[0], "价": 3}, {**LINES[0], "count": 0}):
        assert desk.refused(ref, "confirm", "zhao", lines=[LINES[1], line]) == ["wrong_value"]


def test_a_week_without_colours_ends_with_a_reason(desk: Desk) -> None:
    """It does not hang."""
    ref = desk.open("colour_order", "zhao", week=WEEK)

    assert desk.do(ref, "miss", "feng", reason="本周不做").state == "missed"


def test_year_ends_have_a_week_53(desk: Desk) -> None:
    """The call of 2027-W01 sees the colours of 2026-W53. [language.md (b) D13/D14]"""
    desk.at("2026-12-28 14:00")
    colours = desk.open("colour_order", "zhao", week="2026-W53")
    desk.do(colours, "confirm", "zhao", lines=LINES)

    ref = desk.open("call_order", "zhao", week="2027-W01")

    assert desk.case(ref).data.fields["lines"] == LINES


def test_what_was_signed_is_not_corrected_without_new_signatures(desk: Desk) -> None:
    """While it is being signed a correction lets the signatures start anew; later it is refused. [D13]"""
    ref = signing(desk)
    desk.do(ref, "sign", "gao")
    desk.do(ref, "correct", "zhao", reason="写错", lines=LINES[:1])
    assert desk.do(ref, "sign", "gao").state == "signing"
    desk.do(ref, "sign", "lv")
    desk.do(ref, "sign", "feng")

    assert desk.refused(ref, "correct", "zhao", reason="加一台", lines=LINES) == ["field_fixed"]

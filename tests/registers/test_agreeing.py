"""Steps and duties that may be done only when registers agree: what is refused, why, what lets it through. On both engines."""

import sys
from collections.abc import Iterator
from datetime import date
from types import ModuleType

import pytest

from cuiban import workflows
from cuiban.engine.conditions import Agree, Count, Guard, not_
from cuiban.engine.labels import L
from cuiban.engine.language import Check, End, Field, Opening, Process, State, Transition, field, wd
from cuiban.engine.rules import TOLD
from cuiban.engine.who import System, role
from cuiban.errors import Refused
from tests.registers.test_by_hand import added
from tests.support.clock import Clock
from tests.support.fixtures import lived_in
from tests.support.house import House
from tests.support.vins import vin

FEBRUARY, MARCH = "2026-02-20", "2026-03-01"


def duty_of(house: House, name: str, frm: date, to: date, at: str) -> str:
    """The occurrence of a duty whose nominal day lies in [frm, to), once the clock shows `at`."""
    house.clock.set(at)
    house.office.catch_up(house.now)
    (row,) = house.office.duties(frm, to, duty=name, now=house.now)
    return row.ref


def card(house: House, number: int, state: str, day: str = FEBRUARY) -> None:
    """Cards of a car that was handed over."""
    sold = {"vin": vin(number), "delivered_on": day}
    added(house, "vehicle", {"vin": vin(number), "sold_on": day}, by="sun")
    added(house, "sales_order", {"contract": f"HT{number}", **sold}, by="sun")
    added(house, "maintenance_card", {**sold, "state": state}, by="sun")


def why_not(house: House, ref: str, action: str, by: str, **how: object) -> list[tuple[str, str, list[str]]]:
    """Code, sentence and who clears it of every reason against a step."""
    with pytest.raises(Refused) as refused:
        house.fired(ref, action, by, **how)  # type: ignore[arg-type]
    return [(one.code, one.message.zh, one.who) for one in refused.value.blockers]


def test_the_duty_of_the_cards_waits_until_none_is_left(house: House) -> None:
    """Each card that was not handed over is told, and a car without one; an open difference is none of them. [D7]"""
    for number, state in enumerate(("entered", "differs", "handed_over", "void"), 1):
        card(house, number, state)
    card(house, 5, "entered", MARCH)  # of this month: next month's duty
    ref = duty_of(house, "d7_cards", date(2026, 3, 10), date(2026, 3, 11), "2026-03-09 09:00")

    told = why_not(house, ref, "submit", "sun")
    assert told == [
        ("registers_differ", f"台账对不上: {vin(1)} 首二保卡里还有 (d7_left SB-000001)", ["role:sales_clerk"]),
        ("registers_differ", f"台账对不上: {vin(4)} 销售订单有, 首二保卡没有 (d7_cards DD-000004)", ["role:sales_clerk"]),
    ]
    (submit,) = [one for one in house.office.why(ref, actor="sun", now=house.now).actions if one.name == "submit"]
    assert (submit.possible, [one.code for one in submit.blockers]) == (False, ["registers_differ"] * 2)

    house.office.register_set("maintenance_card", vin(1), {"state": "handed_over"}, actor="sun", now=house.now)
    house.office.register_set("maintenance_card", vin(4), {"state": "explained"}, actor="sun", now=house.now)
    assert house.fired(ref, "submit", "sun").to == "done"


def test_the_months_reporting_has_no_vin_missing_or_wrong(house: House) -> None:
    """A car handed over without its invoice, one whose model is another; whoever chases may waive it. [D16]"""
    house.clock.set("2026-03-12 09:00")
    added(house, "vehicle", {"vin": vin(1), "model": "威朗", "sold_on": "2026-03-10"}, by="sun")
    added(house, "vehicle", {"vin": vin(2), "model": "威朗", "sold_on": "2026-03-10"}, by="sun")
    order = {"contract": "HT2", "vin": vin(2), "model": "君越", "delivered_on": "2026-03-10"}
    added(house, "sales_order", order, by="sun")
    ref = duty_of(house, "d16_reporting", date(2026, 3, 31), date(2026, 4, 1), "2026-03-31 09:00")

    told = [sentence for _, sentence, _ in why_not(house, ref, "submit", "sun")]
    assert told == [
        f"台账对不上: {vin(2)} 销售订单有, 发票没有 (d16_sold DD-000001)",
        f"台账对不上: {vin(1)} 车辆有, 销售订单没有 (d16_vins CL-000001)",
        f"台账对不上: {vin(2)} 两边不一样 (d16_vins DD-000001 CL-000002 model: 君越 / 威朗)",
    ]
    assert house.fired(ref, "waive", "he", reason="台账月后补").to == "waived"


def test_of_very_many_differences_a_refusal_tells_some_and_how_many_more(house: House) -> None:
    """And every reason comes with them. [D7]"""
    for number in range(1, TOLD + 4):
        card(house, number, "torn")
    ref = duty_of(house, "d7_cards", date(2026, 3, 10), date(2026, 3, 11), "2026-03-09 09:00")

    told = why_not(house, ref, "submit", "liu")
    assert [code for code, _, _ in told] == ["not_allowed", *["registers_differ"] * TOLD, "more_differences"]
    assert told[-1][1] == "还有 3 处对不上"


def test_a_duty_without_rules_looks_at_none(house: House) -> None:
    """Whatever is wrong in the registers."""
    card(house, 1, "torn")
    ref = duty_of(house, "d33_mail", date(2026, 3, 9), date(2026, 3, 10), "2026-03-09 09:00")

    assert house.fired(ref, "submit", "sun").to == "done"


def test_finance_does_not_say_that_books_agree_which_differ(house: House) -> None:
    """The registers of that week are looked at; with what they show, taken over, the step is done. [D15]"""
    added(house, "vehicle", {"vin": vin(2), "arrived_on": "2026-03-02"}, by="sun")
    ref = house.office.open("reconciliation", actor="sun", fields={"week": "2026-W10"}, now=house.now).ref
    house.fired(ref, "send", "sun", {"count_in": 0, "count_out": 0, "sales_given": True})

    met = house.refused(ref, "compare", "qian", {"agrees": True})
    assert met["registers_differ"].message.zh == "台账有差异: 入库 1 处, 开票 0 处; 先查台账差异"
    house.fired(ref, "look_up", "qian")
    assert len(house.fired(ref, "compare", "qian", {"agrees": False}).opened) == 1


CLERK = role("sales_clerk")
# fmt: off
release = Process("release", L("放行", "Release"), prefix="FX", rows=[], subject=["what"],
    checks=[Check("slips", "d4_network")],
    opening=Opening(CLERK, needs=["what", "on"], guards=[
        Guard("network_cars", not_(Count("slips.differences", 3)), L("太多", "too many"), CLERK)]),
    states=[State("waiting", L("待放行", "Waiting"), due=wd(1), owner=CLERK), End("free", L("已放行", "Free"))],
    transitions=[
        Transition("let_go", L("放行", "Let go"), "waiting", "free", System(), at=field("on"),
                   guards=[Guard("network_differs", Agree("slips"), L("{vin}", "{vin}"))]),
        Transition("look", L("看", "Look"), "waiting", "=", CLERK),
    ],
    fields=[Field("what", L("什么", "What")), Field("on", L("何时", "When"), "instant")])
# fmt: on
PROCESSES = (release,)


@pytest.fixture
def releasing(house_url: str, clock: Clock, seed: int) -> Iterator[House]:
    """A dealership that has the process above too."""
    modules: list[ModuleType] = [workflows, sys.modules[__name__]]
    yield from lived_in(house_url, clock, seed, modules)


def test_what_comes_of_itself_looks_at_registers_too(releasing: House) -> None:
    """A timed step waits until they agree, and is done then; an opening looks as well."""
    house = releasing
    opened = {"what": "车", "on": "2026-03-02T10:00:00+08:00"}
    ref = house.office.open("release", actor="sun", fields=opened, now=house.now).ref
    added(house, "vehicle", {"vin": vin(1), "state": "network"}, by="sun")

    house.clock.set("2026-03-02 11:00")
    house.office.catch_up(house.now)
    assert house.case(ref).state == "waiting"

    added(house, "slip", {"book": "outbound_slip", "number": "1", "state": "used", "vin": vin(1)}, by="sun")
    house.office.catch_up(house.now)
    assert house.case(ref).state == "free"

    for number in (2, 3, 4):
        added(house, "vehicle", {"vin": vin(number), "state": "network"}, by="sun")
    with pytest.raises(Refused) as refused:
        house.office.open("release", actor="sun", fields=opened, now=house.now)
    assert [one.code for one in refused.value.blockers] == ["network_cars"]

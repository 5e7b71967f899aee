"""Every refusal that the engine knows is met at least once, on both engines; what is refused leaves nothing behind.

The table below names, for each code of `blockers.MESSAGES`, a way to meet it. A code without a way fails a test.
"""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from cuiban.engine.blockers import MESSAGES, Blocker
from cuiban.engine.facts import File
from cuiban.errors import Refused
from tests.support.clock import at
from tests.support.house import House
from tests.support.people import ADMIN, AUDITOR
from tests.support.vins import vin
from tests.support.ways import WAYS

Met = dict[str, Blocker]
Way = Callable[[House], Met]
WAYS_TO: dict[str, Way] = {}


def meets(code: str) -> Callable[[Way], Way]:
    """Enter a way to meet `code`."""

    def enter(way: Way) -> Way:
        WAYS_TO[code] = way
        return way

    return enter


def blockers_of(act: Callable[[], object]) -> Met:
    """The blockers of something that is refused."""
    with pytest.raises(Refused) as refused:
        act()
    return {blocker.code: blocker for blocker in refused.value.blockers}


# steps -------------------------------------------------------------------------------------------------------------


@meets("wrong_state")
def _(house: House) -> Met:
    return house.refused(house.opened(), "resolve", "li", {"remedy": "x"})


@meets("closed")
def _(house: House) -> Met:
    return house.refused(house.brought("complaint", "satisfied"), "accept", "li")


@meets("not_allowed")
def _(house: House) -> Met:
    return house.refused(house.opened(), "accept", "wang", {"promised_at": "2026-03-03T10:00:00+08:00"})


@meets("not_active")
def _(house: House) -> Met:
    ref = house.opened()
    house.office.user_off("li", actor=ADMIN, now=house.now)
    return house.refused(ref, "accept", "li", {"promised_at": "2026-03-03T10:00:00+08:00"})


@meets("reads_only")
def _(house: House) -> Met:
    return house.refused(house.opened(), "note", AUDITOR, note="看过")


@meets("claimed")
def _(house: House) -> Met:
    ref = house.opened("incident")
    house.fired(ref, "classify", "wu", {"seriousness": "minor"})
    house.office.user_add("guo", "郭靖", roles=["it_engineer"], actor=ADMIN, now=house.now)
    house.office.claim(ref, actor="guo", now=house.now)
    return house.refused(ref, "take", "wu")


@meets("not_substitute")
def _(house: House) -> Met:
    return house.refused(house.opened(), "accept", "tao", {"promised_at": "2026-03-03T10:00:00+08:00"}, for_="li")


@meets("paper_empty")
def _(house: House) -> Met:
    empty = {"quick_form": File("表.pdf", b"")}
    assert "paper_empty" in house.refused(house.opened(), "attach", "wang", papers=empty)
    return house.refused(house.brought("complaint", "accepted"), "resolve", "li", {"remedy": "换件"}, papers=empty)


@meets("cannot_stand_in")
def _(house: House) -> Met:
    until = house.now + timedelta(days=3)
    return blockers_of(lambda: house.office.absence_add("li", house.now, until, substitute=AUDITOR, actor="li", now=house.now))


@meets("four_eyes")
def _(house: House) -> Met:
    ref = house.opened(given={"responsible": "wang"}, by="chen")
    house.fired(ref, "accept", "wang", WAYS["complaint"].steps[0].fields)
    house.fired(ref, "resolve", "wang", {"remedy": "道歉"}, papers=["quick_form"])
    return house.refused(ref, "confirm", "wang")


@meets("field_missing")
def _(house: House) -> Met:
    return house.refused(house.opened(), "accept", "li")


@meets("wrong_value")
def _(house: House) -> Met:
    return house.refused(house.opened(), "accept", "li", {"promised_at": "3/11"})


@meets("unknown_field")
def _(house: House) -> Met:
    return house.refused(house.opened(), "accept", "li", {"promise": "2026-03-03T10:00:00+08:00"})


@meets("field_not_asked")
def _(house: House) -> Met:
    return house.refused(house.opened(), "accept", "li", {"remedy": "换件"})


@meets("unknown_person")
def _(house: House) -> Met:
    return blockers_of(lambda: house.opened(given={"responsible": "没有这人"}))


@meets("person_lacks_role")
def _(house: House) -> Met:
    return blockers_of(lambda: house.opened("delivery", given={"consultant": "wang"}))


@meets("paper_missing")
def _(house: House) -> Met:
    return house.refused(house.brought("complaint", "accepted"), "resolve", "li", {"remedy": "换件"})


@meets("unknown_paper")
def _(house: House) -> Met:
    return house.refused(house.opened(), "attach", "wang", papers=["passport"])


@meets("papers_incomplete")
def _(house: House) -> Met:
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "reported")
    return house.refused(ref, "close", "sun", {"ledger_entered": True, "daily_report_on": "2026-03-02"})


@meets("more_differences")
def _(house: House) -> Met:
    for number in range(1, 23):
        house.office.register_add("vehicle", {"vin": vin(number), "state": "network"}, actor="sun", now=house.now)
    ref = house.office.open("stock_audit", actor="sun", fields={"audit_on": "2026-03-05"}, now=house.now).ref
    return house.refused(ref, "prepare", "sun")


@meets("proof_missing")
def _(house: House) -> Met:
    given = {"dealer": "芜湖店", "model": "威朗", "configuration": "20T 精英型"}
    ref = house.office.open("transfer", actor="sun", fields=given, now=house.now).ref
    house.fired(ref, "submit", "sun")
    return house.refused(ref, "approve", "sun")


@meets("reason_missing")
def _(house: House) -> Met:
    return house.refused(house.opened(), "drop", "wang")


@meets("not_before")
def _(house: House) -> Met:
    ref = house.opened("colour_order")
    return house.refused(ref, "confirm", "sun", WAYS["colour_order"].steps[0].fields)


@meets("too_late")
def _(house: House) -> Met:
    ref = house.brought("incident", "closed")
    house.clock.forward(days=30)
    return house.refused(ref, "reopen", "ren", reason="又坏了")


@meets("already_signed")
def _(house: House) -> Met:
    ref = house.brought("call_order", "signing")
    house.fired(ref, "sign", "he")
    return house.refused(ref, "sign", "he")


@meets("not_a_signer")
def _(house: House) -> Met:
    ref = house.brought("call_order", "signing")
    house.fired(ref, "sign", "he")
    house.office.user_add("qi", "戚光", roles=["sales_manager"], actor=ADMIN, now=house.now)
    return house.refused(ref, "sign", "qi")


@meets("not_your_turn")
def _(house: House) -> Met:
    ref = house.office.open("trial", actor="sun", fields={"title": "先后"}, now=house.now).ref
    house.fired(ref, "submit", "sun")
    return house.refused(ref, "sign", "ma")


@meets("held")
def _(house: House) -> Met:
    house.brought("vehicle", "stock")
    house.brought("delivery", "allocated")
    other = house.brought("delivery", "reviewed", given={"contract_number": "HT260302002"})
    return house.refused(other, "allocate", "sun", {"vin": vin(1)})


@meets("already_open")
def _(house: House) -> Met:
    house.opened("callback")
    return blockers_of(lambda: house.opened("callback"))


@meets("no_linked_case")
def _(house: House) -> Met:
    ref = house.brought("delivery", "reviewed")
    return house.refused(ref, "allocate", "sun", {"vin": vin(9)})


# cancelling --------------------------------------------------------------------------------------------------------


@meets("cancelling")
def _(house: House) -> Met:
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "allocated")
    house.fired(ref, "cancel", "he", reason="客户退车")
    return house.refused(ref, "invoice", "qian", WAYS["delivery"].steps[2].fields, papers=["invoicing_notice"])


@meets("not_cancelling")
def _(house: House) -> Met:
    return house.refused(house.opened("delivery"), "keep", "he")


@meets("cannot_cancel")
def _(house: House) -> Met:
    return house.refused(house.brought("complaint", "accepted"), "cancel", "wang", reason="误登")


# time --------------------------------------------------------------------------------------------------------------


@meets("in_future")
def _(house: House) -> Met:
    ref = house.brought("complaint", "resolved")
    return house.refused(ref, "confirm", "wang", at=house.now + timedelta(minutes=1))


@meets("before_state")
def _(house: House) -> Met:
    ref = house.brought("complaint", "resolved")
    return house.refused(ref, "confirm", "wang", at=house.now - timedelta(hours=1), reason="昨天忘记")


@meets("too_late_entry")
def _(house: House) -> Met:
    ref = house.brought("complaint", "resolved")
    house.clock.forward(days=12)
    return house.refused(ref, "confirm", "wang", at=at("2026-03-02 10:00"), reason="忘了登记")


@meets("late_reason_missing")
def _(house: House) -> Met:
    ref = house.brought("complaint", "resolved")
    house.clock.forward(days=2)
    return house.refused(ref, "confirm", "wang", at=at("2026-03-02 10:00"))


# acts --------------------------------------------------------------------------------------------------------------


@meets("nothing_to_withdraw")
def _(house: House) -> Met:
    return house.refused(house.opened(), "withdraw", "wang")


@meets("not_your_step")
def _(house: House) -> Met:
    return house.refused(house.brought("complaint", "accepted"), "withdraw", "wang")


@meets("not_withdrawable")
def _(house: House) -> Met:
    house.brought("vehicle", "stock")
    return house.refused(house.brought("delivery", "allocated"), "withdraw", "sun")


@meets("timed_only")
def _(house: House) -> Met:
    ref = house.office.open("trial", actor="sun", fields={"title": "租期"}, now=house.now).ref
    house.fired(ref, "start", "sun", {"ends_at": "2026-03-09T18:00:00+08:00"})
    return house.refused(ref, "expire", "sun")


@meets("duty_only")
def _(house: House) -> Met:
    return house.refused(house.brought("vehicle", "stock"), "allocate", "sun")


@meets("key_reused")
def _(house: House) -> Met:
    ref = house.opened()
    house.fired(ref, "note", "wang", note="一", key="k1")
    return house.refused(ref, "note", "wang", note="二", key="k1")


@meets("chased_lately")
def _(house: House) -> Met:
    ref = house.opened()
    house.office.chase(ref, actor="wang", now=house.now)
    house.clock.forward(minutes=30)
    return blockers_of(lambda: house.office.chase(ref, actor="wang", now=house.now))


@meets("nobody_to_chase")
def _(house: House) -> Met:
    ref = house.opened()
    return blockers_of(lambda: house.office.chase(ref, actor="li", now=house.now))


@meets("cannot_assign")
def _(house: House) -> Met:
    ref = house.opened()
    return blockers_of(lambda: house.office.assign(ref, "tao", actor="sun", now=house.now))


@meets("another_named")
def _(house: House) -> Met:
    return blockers_of(lambda: house.opened("complaint", assignee="sun"))


@meets("lacks_role")
def _(house: House) -> Met:
    ref = house.brought("complaint", "resolved")
    return blockers_of(lambda: house.office.assign(ref, "tao", actor="wang", now=house.now))


@meets("not_claimable")
def _(house: House) -> Met:
    ref = house.opened()
    return blockers_of(lambda: house.office.claim(ref, actor="wang", now=house.now))


@meets("not_yours")
def _(house: House) -> Met:
    ref = house.brought("complaint", "resolved")
    return blockers_of(lambda: house.office.release(ref, actor="wang", now=house.now))


@meets("nothing_to_correct")
def _(house: House) -> Met:
    return house.refused(house.opened(), "correct", "wang", reason="写错")


@meets("field_held")
def _(house: House) -> Met:
    house.brought("vehicle", "stock")
    return house.refused(house.brought("delivery", "allocated"), "correct", "sun", {"vin": vin(2)}, reason="写错")


@meets("row_stays")
def _(house: House) -> Met:
    ref = house.on_to(house.opened("callback"), "answered", given={"club_answer": "joins"})
    return house.refused(ref, "correct", "wang", {"club_answer": "thinks"}, reason="误会")


@meets("field_fixed")
def _(house: House) -> Met:
    return house.refused(house.brought("call_order", "final"), "correct", "sun", {"bonus_use": "1"}, reason="写错")


@meets("field_by_step")
def _(house: House) -> Met:
    return house.refused(house.opened(), "correct", "li", {"responsible": "chen"}, reason="写错")


@meets("not_involved")
def _(house: House) -> Met:
    return house.refused(house.opened(), "correct", "sun", {"topic": "异响"}, reason="写错")


@meets("no_waiver")
def _(house: House) -> Met:
    return house.refused(house.opened(), "waive", "zhou", papers=["repair_order"], reason="没有")


@meets("nothing_given")
def _(house: House) -> Met:
    return house.refused(house.opened(), "note", "wang")


@meets("number_used")
def _(house: House) -> Met:
    house.brought("vehicle", "stock")
    house.brought("delivery", "out")
    return blockers_of(lambda: house.office.number_void("outbound_slip", 1, reason="印坏", actor="sun", now=house.now))


@meets("number_before")
def _(house: House) -> Met:
    house.office.number_start("outbound_slip", 1201, reason="新本", actor=ADMIN, now=house.now)
    return blockers_of(lambda: house.office.number_void("outbound_slip", 9, reason="印坏", actor=ADMIN, now=house.now))


@meets("last_administrator")
def _(house: House) -> Met:
    return blockers_of(lambda: house.office.user_off(ADMIN, actor=ADMIN, now=house.now))


def february_closed(house: House) -> str:
    """Do February's close on 2 March; the duty's case."""
    house.office.catch_up(house.now)
    (row,) = house.office.duties(date(2026, 2, 1), date(2026, 3, 1), duty="d22_close", now=house.now)
    house.fired(row.ref, "submit", "sun")
    return row.ref


@meets("month_closed")
def _(house: House) -> Met:
    february_closed(house)
    return blockers_of(lambda: house.opened("vehicle", at=at("2026-02-27 15:00"), reason="补录"))


@meets("closed_by_it")
def _(house: House) -> Met:
    return house.refused(february_closed(house), "withdraw", "sun")


@pytest.mark.parametrize("code", MESSAGES)
def test_every_refusal_is_met(trial_house: House, code: str) -> None:
    """Each code can be met; its sentence is filled in both languages, and nobody is left to guess who clears it."""
    way = WAYS_TO.get(code)
    assert way is not None, f"nobody shows how {code} is met"

    met = way(trial_house)

    assert code in met
    message = met[code].message
    assert message.zh
    assert message.en
    assert "{" not in message.zh + message.en
    message.zh.encode("gbk")

"""What may be done beside steps: note, attach, copy, correct, waive, chase; and undoing newest first. [D2, A6]"""

from datetime import datetime, timedelta

import pytest

from cuiban.engine.facts import File
from cuiban.errors import Refused
from tests.support.clock import at
from tests.support.house import House
from tests.support.vins import vin

PROMISE = {"promised_at": "2026-03-03T10:00:00+08:00"}


def outbox(house: House) -> list[tuple[str, str, str]]:
    """Whom something is to be told: (kind, recipient, actor)."""
    with house.raw() as raw:
        return sorted(raw.all("SELECT kind, recipient, actor FROM outbox"))


# chasing ---------------------------------------------------------------------------------------------------------------


def test_a_reminder_is_seen_at_once_and_goes_out_later(house: House) -> None:
    """On the list of whoever has it, with how often; an outbox row for later channels; the clock stays. [催办]"""
    ref = house.opened()
    due = house.case(ref).due

    chased = house.office.chase(ref, actor="wang", note="客户在等", now=house.now)

    item = house.item(ref, "li")
    assert (chased.to, chased.chased, chased.at) == (["li"], 1, house.now)
    assert item is not None
    assert item.chased == 1
    assert house.case(ref).due == due
    assert outbox(house) == [("chase", "li", "wang")]


def test_hourly_at_most(house: House) -> None:
    """Within the hour it is refused, then it counts on; a clock that went far back does not silence anybody."""
    ref = house.opened()
    house.office.chase(ref, actor="wang", now=house.now)
    house.clock.forward(minutes=59)
    assert "chased_lately" in house.refused(ref, "chase", "chen")
    house.clock.forward(minutes=1)
    assert house.office.chase(ref, actor="chen", now=house.now).chased == 2

    house.clock.forward(days=-30)

    assert house.office.chase(ref, actor="wang", now=house.now).chased == 3


def test_moving_the_clock_repeats_no_reminder(house: House) -> None:
    """Back and forth: nobody is reminded within an hour of any reminder that is recorded, before it or after."""
    ref = house.opened()
    sent: list[datetime] = []
    for minutes in (0, -59, 59, 60, -120, 1, 59, 1, 59, 61, -30, 90):
        house.clock.forward(minutes=minutes)
        near = any(abs(house.now - at) < timedelta(hours=1) for at in sent)

        if near:
            assert {*house.refused(ref, "chase", "wang")} == {"chased_lately"}
        else:
            house.office.chase(ref, actor="wang", now=house.now)
            sent.append(house.now)

    assert 3 < len(sent) < 9
    assert house.case(ref).data.chased == len(sent)


def test_a_reminder_entered_late_is_sent_no_sooner(house: House) -> None:
    """It goes out when it is entered: whatever time it is given, an hour lies between it and the entry of the one before."""
    ref = house.opened()
    house.clock.forward(hours=6)
    house.office.chase(ref, actor="wang", now=house.now)
    house.clock.forward(minutes=30)

    for hours in (1, 3, 5):
        met = house.refused(ref, "chase", "wang", at=house.now - timedelta(hours=hours))
        assert {*met} == {"chased_lately"}
    house.clock.forward(minutes=30)
    house.fired(ref, "chase", "wang", at=house.now - timedelta(hours=3))
    assert {*house.refused(ref, "chase", "wang", at=house.now - timedelta(hours=5))} == {"chased_lately"}
    house.clock.forward(hours=1)

    assert house.office.chase(ref, actor="wang", now=house.now).chased == 3


def test_every_signer_is_chased(house: House) -> None:
    """Three are to sign: three are told, and each of them only while he has not signed."""
    ref = house.brought("call_order", "signing")
    first = house.office.chase(ref, actor="sun", now=house.now)
    house.fired(ref, "sign", "he")
    house.clock.forward(hours=1)

    second = house.office.chase(ref, actor="sun", now=house.now)

    assert sorted(first.to) == ["role:finance_manager", "role:general_manager", "role:sales_manager"]
    assert sorted(second.to) == ["role:finance_manager", "role:general_manager"]


# notes, papers, copies, corrections ----------------------------------------------------------------------------------------


def test_notes_and_papers_move_nothing(house: House) -> None:
    """State, due, holder stay; a closed case takes them too."""
    ref = house.brought("complaint", "satisfied")
    before = house.case(ref)

    house.fired(ref, "note", "wang", note="客户来电感谢")
    house.fired(ref, "attach", "wang", papers={"repair_order": File("单.pdf", b"%PDF"), "other": None})

    after = house.case(ref)
    assert (after.state, after.due, after.holder, after.open) == (before.state, before.due, before.holder, False)
    shown = house.office.show(ref, actor="wang", now=house.now)
    assert {d.kind: (d.status, d.file) for d in shown.documents} == {
        "quick_form": ("present", None),
        "repair_order": ("present", "单.pdf"),
        "other": ("present", None),
    }


def test_a_copy_goes_to_whom_it_may_concern(house: House) -> None:
    """抄送: recorded, told, moves nothing; an unknown person is refused."""
    ref = house.opened()

    house.fired(ref, "cc", "wang", {"to": ["周明", "zhao"]})

    assert house.case(ref).data.cc == ["zhao", "zhou"]
    assert outbox(house) == [("cc", "zhao", "wang"), ("cc", "zhou", "wang")]
    assert "unknown_person" in house.refused(ref, "cc", "wang", {"to": ["某某"]})
    assert "nothing_given" in house.refused(ref, "cc", "wang")


def test_a_correction_recomputes_what_rests_on_it(house: House) -> None:
    """The new value, the reason, a new due; the old ones stay in the history."""
    ref = house.opened("callback")
    assert house.case(ref).due == at("2026-03-05 00:00")

    house.fired(ref, "correct", "wang", {"settled_at": "2026-03-02T08:40:00+08:00"}, reason="结算单是今天的")

    assert house.case(ref).due == at("2026-03-06 00:00")
    assert [e.clock.due for e in house.events(ref) if e.clock] == [at("2026-03-05 00:00"), at("2026-03-06 00:00")]
    assert house.office.history(ref)[-1].reason == "结算单是今天的"


@pytest.mark.parametrize("nothing", ["\u200b", "\ufeff", "\u2060\u00a0"])
def test_a_note_of_nothing_that_shows_is_empty(house: House, nothing: str) -> None:
    """Joiners and marks of order are no text."""
    assert house.refused(house.opened(), "note", "wang", note=nothing).keys() == {"wrong_value"}


def test_who_has_left_sees_nothing_unmasked(house: House) -> None:
    """A reveal is of somebody who works here, or it is refused."""
    ref = house.opened()
    house.office.user_off("chen", actor="admin", now=house.now)

    with pytest.raises(Refused) as refused:
        house.office.show(ref, actor="chen", reveal=True, now=house.now)

    assert [one.code for one in refused.value.blockers] == ["not_active"]


def test_a_promise_is_changed_not_corrected(house: House) -> None:
    """While a promise is what is waited for, only the step that changes it moves it; afterwards it is a field like others. [A6]"""
    ref = house.brought("complaint", "accepted")
    due = house.case(ref).due

    met = house.refused(ref, "correct", "li", {"promised_at": "2026-12-31T10:00:00+08:00"}, reason="写错")

    assert met["field_by_step"].params["action"] in ("change_promise", "改期")
    assert house.case(ref).due == due
    house.fired(ref, "resolve", "li", {"remedy": "换件"}, papers=["quick_form"])
    house.fired(ref, "correct", "li", {"promised_at": "2026-03-03T11:00:00+08:00"}, reason="写错")
    assert house.case(ref).due == at("2026-03-06 00:00")  # the callback's own clock


def test_who_has_a_case_is_handed_over_not_corrected(house: House) -> None:
    """The field that names its holder follows `assign`; else somebody else could act while it stays on the first one's list."""
    ref = house.opened()

    met = house.refused(ref, "correct", "wang", {"responsible": "chen"}, reason="写错")
    house.office.assign(ref, "chen", actor="li", now=house.now)

    assert met.keys() == {"field_by_step"}
    case = house.case(ref)
    assert (case.assignee, case.data.fields["responsible"]) == ("chen", "chen")


def test_a_corrected_version_is_signed_by_everybody_again(house: House) -> None:
    """Whoever had signed the version before stands among the signers again, and finds it on their list."""
    ref = house.brought("call_order", "signing")
    house.fired(ref, "sign", "he")

    house.fired(ref, "correct", "sun", {"bonus": "40000"}, reason="厂家调整")

    item = house.item(ref, "he")
    assert item is not None
    assert item.mine != "chaser"


def test_a_correction_respects_the_key(house: House) -> None:
    """Two callbacks cannot become one repair's."""
    house.opened("callback", given={"repair": "WX1"})
    other = house.opened("callback", given={"repair": "WX2"})

    assert "already_open" in house.refused(other, "correct", "wang", {"repair": "WX1"}, reason="写错")
    house.fired(other, "correct", "wang", {"repair": "WX3"}, reason="写错")
    assert house.opened("callback", given={"repair": "WX2"}) != other


def test_a_waiver_names_who_and_why(house: House) -> None:
    """By the role that may, with a reason; then the step goes without the paper. [D3]"""
    ref = house.brought("complaint", "accepted")

    assert "not_allowed" in house.refused(ref, "waive", "wang", papers=["quick_form"], reason="客户只打了电话")
    assert "reason_missing" in house.refused(ref, "waive", "zhou", papers=["quick_form"])
    house.fired(ref, "waive", "zhou", papers=["quick_form"], reason="客户只打了电话")

    assert house.case(ref).data.documents["quick_form"].status == "waived"
    assert house.fired(ref, "resolve", "li", {"remedy": "道歉"}).to == "resolved"


# cancelling and undoing --------------------------------------------------------------------------------------------------


def test_a_case_is_cancelled_at_once_where_nothing_is_to_be_undone(house: House) -> None:
    """With a reason; it is on nobody's list, and its history stays."""
    ref = house.opened()

    assert "reason_missing" in house.refused(ref, "cancel", "wang")
    done = house.fired(ref, "cancel", "wang", reason="重复登记")

    assert done.to == "cancelled"
    assert house.item(ref, "li") is None
    assert house.item(ref, "wang") is None


def test_a_cancelled_delivery_is_undone_newest_first(house: House) -> None:
    """Asked for, then only undos: report, slip, invoice, car; after the last it is cancelled, and everything is free. [D2]"""
    car = house.brought("vehicle", "stock")
    ref = house.brought("delivery", "reported")
    asked = house.fired(ref, "cancel", "he", reason="客户退车")
    assert asked.to == "reported"
    assert [a.name for a in house.office.show(ref, actor="sun", now=house.now).actions] == ["withdraw_report", "keep"]

    house.fired(ref, "withdraw_report", "sun", reason="退车")
    house.fired(ref, "take_back", "sun", {"return_entry": "TK1", "slip_copies_together": True}, reason="退车")
    house.fired(ref, "void_invoice", "qian", {"copies_back": True}, reason="退车")
    done = house.fired(ref, "deallocate", "sun", reason="退车")

    assert done.to == "cancelled"
    assert house.case(car).state == "stock"
    assert house.rows()["holds"] == 0
    assert [(row["number"], row["state"], row["reason"]) for row in house.office.numbers("outbound_slip")] == [
        ("0000001", "void", "退车")
    ]
    documents = house.case(ref).data.documents
    assert documents["invoicing_notice"].status == "void"
    assert [event.action for event in house.events(ref)][-2:] == ["deallocate", "cancel"]


def test_a_cancelled_order_may_be_kept_after_all(house: House) -> None:
    """The asking is taken back: what it offered before is possible again."""
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "allocated")
    house.fired(ref, "cancel", "he", reason="客户犹豫")

    house.fired(ref, "keep", "he")

    assert not house.case(ref).data.cancelling
    assert house.on_to(ref, "invoiced") == ref


def test_undoing_a_step_voids_what_it_made(house: House) -> None:
    """The next car of the same order gets the next number; the voided one stays in the book. [D4]"""
    house.brought("vehicle", "stock")
    house.brought("vehicle", "stock", given={"vin": vin(2)})
    ref = house.brought("delivery", "out")
    house.fired(ref, "take_back", "sun", {"return_entry": "TK1", "slip_copies_together": True}, reason="换车")
    house.fired(ref, "void_invoice", "qian", {"copies_back": True}, reason="换车")
    house.fired(ref, "deallocate", "sun", reason="换车")

    house.fired(ref, "allocate", "sun", {"vin": vin(2)})
    house.fired(ref, "invoice", "qian", {"invoice_number": "2", "invoice_day": "2026-03-02", "invoice_vin": vin(2),
                                         "invoice_kind": "paper"}, papers=["invoicing_notice"])  # fmt: skip
    done = house.fired(ref, "send_out", "sun")

    assert done.numbers == {"outbound_slip": "0000002"}
    assert [(row["number"], row["state"]) for row in house.office.numbers("outbound_slip")] == [
        ("0000001", "void"),
        ("0000002", "used"),
    ]
    assert house.case(ref).data.cycle == 4


def test_what_a_step_requires_is_asked_anew_in_each_cycle(house: House) -> None:
    """An unhappy customer needs a new promise and a new remedy; the old ones stay in the history. [A6]"""
    ref = house.brought("complaint", "resolved")
    house.fired(ref, "refuse", "wang", {"why": "还响"})

    met = house.refused(ref, "accept", "li")

    assert set(met) == {"field_missing"}
    assert house.case(ref).data.cycle == 2
    house.fired(ref, "accept", "li", {"promised_at": "2026-03-04T10:00:00+08:00"})
    assert "field_missing" in house.refused(ref, "resolve", "li", papers=["quick_form"])


def test_an_override_needs_its_role_and_a_reason(trial_house: House) -> None:
    """A guard that says so is passed over by its role with a reason, and by nobody else."""
    house = trial_house
    ref = house.office.open("trial", actor="sun", fields={"title": "x", "amount": 5}, now=house.now).ref
    house.fired(ref, "start", "sun", {"ends_at": "2026-03-20T18:00:00+08:00"})

    assert house.refused(ref, "finish", "sun", override=True, reason="x")["too_small"].message.zh == "金额 5 太小"
    assert "too_small" in house.refused(ref, "finish", "he", override=True)
    assert "too_small" in house.refused(ref, "finish", "he", reason="特批")
    assert house.fired(ref, "finish", "he", override=True, reason="特批").to == "finished"


def test_a_child_for_each_entry_and_a_join(trial_house: House) -> None:
    """Each asked person has a case of his own; the parent goes on when all have answered. [fan-out, join]"""
    house = trial_house
    ref = house.office.open("trial", actor="sun", fields={"title": "年会"}, now=house.now).ref
    asked = house.fired(ref, "ask", "sun", {"people": ["li", "刘洋"]})
    assert [house.case(child).holder for child in asked.opened] == ["li", "liu"]
    house.fired(asked.opened[0], "reply", "li", {"text": "去"})

    met = house.refused(ref, "submit", "sun")
    house.fired(asked.opened[1], "reply", "liu", {"text": "不去"})

    assert met["not_all_answered"].message.zh == "还有人没答复: 1/2"
    assert house.fired(ref, "submit", "sun").to == "sequence"


def test_spawned_cases_are_told_when_what_opened_them_is_cancelled(trial_house: House) -> None:
    """They go on; that what opened them is no more is for whoever has them to weigh."""
    house = trial_house
    ref = house.office.open("trial", actor="sun", fields={"title": "年会"}, now=house.now).ref
    asked = house.fired(ref, "consult", "sun")

    house.fired(ref, "cancel", "sun", reason="取消")

    assert house.case(asked.opened[0]).open

    assert outbox(house) == [("source_cancelled", f"case:{asked.opened[0]}", "sun")]


@pytest.mark.parametrize("hours", [1, 25])
def test_a_new_promise_is_recorded_beside_the_first(house: House, hours: int) -> None:
    """A changed promise needs a reason and moves the due; the first stays for the reports. [A6]"""
    ref = house.brought("complaint", "accepted")
    later = house.now + timedelta(hours=hours)

    house.fired(ref, "change_promise", "li", {"promised_at": later}, reason="配件没到")

    assert house.case(ref).due == later
    promised = [e.fields["promised_at"] for e in house.events(ref) if "promised_at" in e.fields]
    assert len(promised) == 2

"""Signatures: on one version of the content, each by another person; in any order, in sequence, k of n. [C11, D13]"""

from datetime import timedelta

import pytest

from cuiban.errors import Conflict
from tests.support.clock import at
from tests.support.house import House
from tests.support.people import ADMIN

PEOPLE = {"ma": "general_manager", "he": "sales_manager", "feng": "finance_manager"}


def trial(house: House, to: str) -> str:
    """Open a trial and take it to `sequence` or `vote`."""
    ref = house.office.open("trial", actor="sun", fields={"title": "x"}, now=house.now).ref
    house.fired(ref, "submit", "sun")
    for signer in ("he", "feng", "ma") if to == "vote" else ():
        house.fired(ref, "sign", signer)
    assert house.case(ref).state == to
    return ref


def to_sign(house: House, ref: str, person: str) -> bool:
    """Whether it stands on the person's list for more than chasing."""
    item = house.item(ref, person)
    return item is not None and item.mine != "chaser"


@pytest.mark.parametrize("order", [("ma", "he", "feng"), ("feng", "ma", "he"), ("he", "feng", "ma")])
def test_all_sign_in_any_order_and_the_last_one_moves_the_case(house: House, order: tuple[str, ...]) -> None:
    """Three people, whoever comes first; each leaves the list of those still to sign."""
    ref = house.brought("call_order", "signing")

    for number, signer in enumerate(order, 1):
        assert to_sign(house, ref, signer)
        done = house.fired(ref, "sign", signer)
        assert done.to == ("final" if number == 3 else "signing")
        if number < 3:
            assert not to_sign(house, ref, signer)
            waiting = {s.role for s in house.office.show(ref, actor="sun", now=house.now).signatures if s.by is None}
            assert waiting == {PEOPLE[left] for left in order[number:]}


def test_an_edit_lets_signatures_start_anew(house: House) -> None:
    """Older signatures stay in the history and do not count; who signed before signs again. [D13]"""
    ref = house.brought("call_order", "signing")
    house.fired(ref, "sign", "he")
    house.fired(ref, "edit", "sun", {"bonus_use": "10000"})

    assert [(s.role, s.by) for s in house.office.show(ref, actor="sun", now=house.now).signatures if s.by] == []
    for signer in ("he", "ma"):
        assert house.fired(ref, "sign", signer).to == "signing"

    assert house.fired(ref, "sign", "feng").to == "final"
    assert len(house.case(ref).data.signatures) == 4


def test_a_correction_lets_signatures_start_anew(house: House) -> None:
    """What somebody signed for is not changed under his signature."""
    ref = house.brought("call_order", "signing")
    house.fired(ref, "sign", "he")

    house.fired(ref, "correct", "sun", {"bonus": "40000"}, reason="厂家调整")

    assert {s.by for s in house.office.show(ref, actor="sun", now=house.now).signatures} == {None}


def test_sent_back_it_starts_anew(house: House) -> None:
    """Any signer sends it back, with a reason; submitted again, all three sign again."""
    ref = house.brought("call_order", "signing")
    house.fired(ref, "sign", "he")
    house.fired(ref, "send_back", "feng", reason="奖金不够")

    house.fired(ref, "submit", "sun")

    assert {s.by for s in house.office.show(ref, actor="sun", now=house.now).signatures} == {None}
    assert house.fired(ref, "sign", "he").to == "signing"


def test_one_person_signs_once_whatever_his_roles(house: House) -> None:
    """Somebody who is both managers is one signer; the second role needs another person."""
    house.office.role_grant("he", "finance_manager", actor=ADMIN, now=house.now)
    ref = house.brought("call_order", "signing")
    house.fired(ref, "sign", "he")

    assert set(house.refused(ref, "sign", "he")) == {"already_signed"}


def test_a_substitute_signs_for_one_only(house: House) -> None:
    """Two signers away with the same substitute: he signs for one; the two signatures would be one pair of eyes."""
    for person in ("ma", "feng"):
        until = house.now + timedelta(days=3)
        house.office.absence_add(person, house.now, until, substitute="tao", actor=person, now=house.now)
    ref = house.brought("call_order", "signing")

    done = house.fired(ref, "sign", "tao", for_="ma")

    assert (done.by, done.for_, done.to) == ("tao", "ma", "signing")
    assert "already_signed" in house.refused(ref, "sign", "tao", for_="feng")


def test_in_sequence_each_waits_for_the_one_before(trial_house: House) -> None:
    """Sales, finance, general manager: only whose turn it is has it on the list. [C11]"""
    house = trial_house
    ref = trial(house, "sequence")

    assert [house.item(ref, who) is not None for who in ("he", "feng", "ma")] == [True, False, False]
    assert house.refused(ref, "sign", "ma")["not_your_turn"].who == ["role:sales_manager"]
    house.fired(ref, "sign", "he")
    assert [house.item(ref, who) is not None for who in ("he", "feng", "ma")] == [False, True, False]
    assert house.refused(ref, "sign", "ma")["not_your_turn"].who == ["role:finance_manager"]
    house.fired(ref, "sign", "feng")

    assert house.fired(ref, "sign", "ma").to == "vote"


def test_k_of_n_are_enough(trial_house: House) -> None:
    """Two of three: the second vote moves the case, whoever casts it. [票签]"""
    house = trial_house
    ref = trial(house, "vote")

    assert house.fired(ref, "vote", "ma").to == "vote"
    assert house.fired(ref, "vote", "he").to == "running"


def test_signatures_of_two_people_at_once_both_count(house: House) -> None:
    """Counting without compare and set: two sign, neither is last. Here the second is told, and signs after."""
    ref = house.brought("call_order", "signing")
    house.fired(ref, "sign", "ma")
    seen = house.case(ref).version
    house.another().fire(ref, "sign", actor="he", now=house.now)

    with pytest.raises(Conflict):
        house.fired(ref, "sign", "feng", if_version=seen)

    assert house.fired(ref, "sign", "feng").to == "final"


def test_what_was_signed_is_due_by_its_day(house: House) -> None:
    """A Monday off: the call order is due on the next working day. [D13]"""
    ref = house.opened("call_order", given={"week": "2026-W15"})  # 04-06 is Qingming's day off

    assert house.case(ref).due == at("2026-04-07 18:00")

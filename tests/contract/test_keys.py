"""Once: the same key and content, the first answer again; other content is refused. [R3]"""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta

import pytest

from cuiban.errors import Refused, VerificationFailed
from tests.support.house import House
from tests.support.ways import WAYS

PROMISE = {"promised_at": "2026-03-03T10:00:00+08:00"}


def test_the_same_key_again_returns_the_first_answer(house: House) -> None:
    """An hour later too, though the case has moved on: nothing is done twice."""
    ref = house.opened()
    first = house.fired(ref, "accept", "li", PROMISE, key="tel-1")
    house.fired(ref, "note", "wang", note="已电话确认")
    house.clock.forward(hours=1)

    again = house.fired(ref, "accept", "li", PROMISE, key="tel-1")

    assert again.replayed
    assert (again.ref, again.seq, again.at, again.to, again.due) == (ref, first.seq, first.at, "accepted", first.due)
    assert [event.action for event in house.events(ref)] == ["open", "accept", "note"]


def test_opening_under_a_key_opens_once(house: House) -> None:
    """The second call gives the first case's reference."""
    first = house.opened(key="k")

    assert house.opened(key="k") == first
    assert house.rows()["cases"] == 1


def test_other_content_under_the_key_is_refused(house: House) -> None:
    """Whatever differs: fields, actor, action, case, papers, reason."""
    ref, other = house.opened(), house.opened()
    house.fired(ref, "note", "wang", note="一", key="k")

    for wish in ({"note": "二"}, {"note": "一", "reason": "x"}):
        assert set(house.refused(ref, "note", "wang", key="k", **wish)) == {"key_reused"}  # type: ignore[arg-type]
    assert set(house.refused(ref, "note", "chen", note="一", key="k")) == {"key_reused"}
    assert set(house.refused(ref, "attach", "wang", papers=["repair_order"], key="k")) == {"key_reused"}
    assert set(house.refused(other, "note", "wang", note="一", key="k")) == {"key_reused"}


def test_a_refusal_uses_up_no_key(house: House) -> None:
    """What was refused may be tried again under the same key, with what was missing."""
    ref = house.opened()
    house.refused(ref, "accept", "li", key="k")

    done = house.fired(ref, "accept", "li", PROMISE, key="k")

    assert not done.replayed


def test_a_dry_run_uses_up_no_key(house: House) -> None:
    """The answer of a dry run is kept nowhere."""
    ref = house.opened()
    house.fired(ref, "accept", "li", PROMISE, key="k", dry_run=True)

    assert not house.fired(ref, "accept", "li", PROMISE, key="k").replayed


def test_the_key_outranks_the_version(house: House) -> None:
    """A retry that says which version it saw gets its own first answer, not a conflict with itself."""
    ref = house.opened()
    seen = house.case(ref).version
    house.fired(ref, "accept", "li", PROMISE, key="k", if_version=seen)

    assert house.fired(ref, "accept", "li", PROMISE, key="k", if_version=seen).replayed


def test_a_key_covers_numbers_and_what_was_opened(house: House) -> None:
    """A retried slip draws no second number."""
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "invoiced")

    first, again = (house.fired(ref, "send_out", "sun", key="k") for _ in range(2))

    assert first.numbers == again.numbers == {"outbound_slip": "0000001"}
    assert len(house.office.numbers("outbound_slip")) == 1


def test_claims_and_reminders_take_keys_too(house: House) -> None:
    """A reminder that is sent twice counts once."""
    ref = house.opened()
    house.office.chase(ref, actor="wang", key="k", now=house.now)

    again = house.office.chase(ref, actor="wang", key="k", now=house.now + timedelta(minutes=1))

    assert again.chased == 1
    assert house.case(ref).data.chased == 1


def test_the_key_itself_is_not_kept(house: House) -> None:
    """A key may hold a phone number: the database and the history hold its hash, and of the content a salted one."""
    ref = house.opened(key="回电13805561234")

    with house.raw() as raw:
        kept = str(raw.all("SELECT * FROM keys WHERE ref IS NOT NULL")) + str(raw.all("SELECT text FROM events"))
    assert "13805561234" not in kept
    assert house.events(ref)[0].command is not None


@dataclass
class Retry:
    """A client that did not hear the answer and asks again, at the same moment."""

    house: House
    ref: str | None

    def __call__(self, _: int) -> tuple[str, int]:
        """Do it under the one key."""
        office = self.house.another()
        if self.ref is None:
            way = WAYS["complaint"]
            done = office.open("complaint", actor=way.by, fields=way.fields, key="same", now=self.house.now)
        else:
            done = office.fire(self.ref, "accept", actor="li", fields=PROMISE, key="same", now=self.house.now)
        return done.ref, done.seq


@pytest.mark.parametrize("opens", [True, False])
def test_retries_at_the_same_moment_are_one(house: House, opens: bool) -> None:
    """Eight at once under one key: all get the first answer, one thing was done."""
    ref = None if opens else house.opened()
    before = house.rows()["events"]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(Retry(house, ref), range(8)))

    assert len(set(answers)) == 1
    assert house.rows()["events"] == before + (2 if opens else 1)  # an opening enters its customer too


def test_one_key_for_two_cases_at_once_is_refused(house: House) -> None:
    """Whoever comes second under a key that another case has is refused, not a conflict."""
    refs = [house.opened() for _ in range(4)]

    def accept(ref: str) -> str:
        try:
            return house.another().fire(ref, "accept", actor="li", fields=PROMISE, key="one", now=house.now).ref
        except Refused as refused:
            return refused.blockers[0].code

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(accept, refs))

    assert answers[:-1].count("key_reused") + answers[1:].count("key_reused") >= 3
    assert sum(house.case(ref).state == "accepted" for ref in refs) == 1


@pytest.mark.parametrize("answer", ["{", "[1", '{"ref": 1}'])
def test_an_answer_that_was_damaged_is_told(house: House, answer: str) -> None:
    """A foreign hand broke what is kept under a key: that is said, nothing is done anew."""
    ref = house.opened()
    house.fired(ref, "note", "wang", note="一", key="k")
    with house.raw() as raw:
        raw.run(f"UPDATE keys SET answer = '{answer}'")

    with pytest.raises(VerificationFailed):
        house.fired(ref, "note", "wang", note="一", key="k")
    assert len(house.events(ref)) == 2

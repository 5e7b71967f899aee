"""Personal data: a commitment in the history, the value in a table of its own; masked, revealed on record, erasable. [R10]"""

import json

import pytest

from cuiban.engine.decision import commitment
from cuiban.engine.facts import File
from tests.support.house import House

SECRETS = ("赵敏", "13805561234", "客户很生气", "有划痕", "电话里骂人", "皮肤过敏")


@pytest.fixture
def told(house: House) -> tuple[House, str]:
    """Give a case that is full of personal values: name, phone, free texts, a scan."""
    given = {"description": "有划痕", "phone": "13805561234", "customer": "赵敏"}
    ref = house.opened(given=given, note="客户很生气", key="电话里骂人")
    house.fired(ref, "accept", "li", {"promised_at": "2026-03-03T10:00:00+08:00"})
    house.fired(ref, "attach", "wang", papers={"quick_form": File("表.txt", "皮肤过敏".encode())})
    return house, ref


def test_events_hold_commitments_only(told: tuple[House, str]) -> None:
    """Nothing personal stands in the history, in a case's row or in a key; what stands there proves the value."""
    house, ref = told
    with house.raw() as raw:
        said = [str(raw.all(f"SELECT * FROM {table}")) for table in ("events", "cases", "keys", "outbox", "numbers", "holds")]
        kept = {
            slot: (bytes(salt), value)
            for salt, slot, value in raw.all(f"SELECT salt, slot, value FROM personal WHERE ref = '{ref}'")
        }

    assert [secret for secret in SECRETS for text in said if secret in text] == []
    opening = house.events(ref)[0]
    for slot in ("customer", "phone", "description"):
        salt, value = kept[slot]
        assert len(salt) == 32
        assert opening.fields[slot] == {"#": commitment(salt, json.loads(value))}
    assert opening.note == {"#": commitment(kept["note"][0], "客户很生气")}


def test_the_same_value_twice_gives_two_commitments(house: House) -> None:
    """Salted: who calls from the same number cannot be seen in the history."""
    one, other = (house.events(house.opened())[0].fields["phone"] for _ in range(2))

    assert one != other


def test_lists_and_cases_mask_phones_and_ids(house: House) -> None:
    """Three signs and the last four of a phone; the start and the last two of an ID number; never in lists."""
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "reported")

    fields = house.office.show(ref, actor="sun", now=house.now).fields
    past = house.office.history(ref)

    assert fields["phone"] == "137****1122"
    assert fields["id_number"] == "110105**********2X"
    assert {p.fields.get("phone") for p in past} - {None} == {"137****1122"}
    everything = str(house.office.cases(now=house.now)) + str(house.office.todo(actor="sun", now=house.now)) + str(past)
    assert "13705561122" not in everything
    assert "11010519491231002X" not in everything


def test_a_reveal_shows_and_is_recorded(told: tuple[House, str]) -> None:
    """Who looked at what, and when; a scan counts as one."""
    house, ref = told
    house.clock.forward(hours=1)

    shown = house.office.show(ref, actor="zhou", now=house.now, reveal=True)
    name, content = house.office.document(ref, "quick_form", actor="zhou", now=house.now)

    assert shown.fields["phone"] == "13805561234"
    assert (name, content.decode()) == ("表.txt", "皮肤过敏")
    looked = [(e.action, e.by, e.at, e.fields["what"]) for e in house.events("@access")]
    assert looked == [("reveal", "zhou", house.now, ref), ("reveal", "zhou", house.now, f"{ref} quick_form")]


def test_erasing_leaves_the_chain_whole(told: tuple[House, str]) -> None:
    """Values and salts are deleted: the case replays to the same bytes, and shows what is gone as gone."""
    house, ref = told
    house.sound = False
    with house.raw() as raw:
        for table in ("personal", "files", "subjects"):
            raw.run(f"DELETE FROM {table} WHERE ref = '{ref}'")

    assert house.office.replay(ref).equal
    shown = house.office.show(ref, actor="wang", now=house.now)
    assert shown.fields["phone"] is None
    assert shown.fields["customer"] is None
    assert house.office.history(ref)[0].note is None
    assert house.item(ref, "wang") is not None
    house.fired(ref, "resolve", "li", {"remedy": "换件"})
    assert house.office.replay(ref).equal


def test_the_newest_value_is_shown(house: House) -> None:
    """A correction keeps the old value beside the old event, and lists call the case anew."""
    ref = house.opened()

    house.fired(ref, "correct", "wang", {"customer": "赵敏敏"}, reason="听错")

    shown = house.office.show(ref, actor="wang", now=house.now)
    past = house.office.history(ref)
    assert shown.fields["customer"] == "赵敏敏"
    assert "赵敏敏" in shown.subject.zh
    assert [p.fields.get("customer") for p in past] == ["赵敏", "赵敏敏"]


def test_a_correction_by_its_label_renames_too(house: House) -> None:
    """客户 and customer are the same field; the rest of the subject stays, personal parts too."""
    ref = house.opened()

    house.fired(ref, "correct", "wang", {"投诉内容": "漏油"}, reason="听错")

    assert house.office.show(ref, actor="wang", now=house.now).subject.zh == "漏油 赵敏 皖H3D905"


def test_personal_values_go_on_to_what_a_step_opens(house: House) -> None:
    """A complaint out of a callback has its customer and phone, under salts of its own."""
    ref = house.opened("callback")
    tell = {"overall": 2, "topic": "漆面", "department": "paint", "description": "有划痕", "responsible": "li"}

    done = house.fired(ref, "complain", "wang", tell, papers=["quick_form"])

    shown = house.office.show(done.opened[0], actor="wang", now=house.now)
    assert (shown.fields["customer"], shown.fields["phone"]) == ("孙敏", "139****7788")
    assert house.events(ref)[0].fields["phone"] != house.events(done.opened[0])[0].fields["phone"]

"""Cases that open, wait for, drive and find each other, on both engines. [language.md (a) Fan-out, Spawn]"""

from tests.support.house import House
from tests.support.ways import ANSWERS

MAIL = {
    "sender": "manufacturer", "kind": "notice", "title": "召回点检通知", "content": "月底前点检",
    "received_at": "2026-03-02T08:50:00+08:00", "answer_wanted": "yes", "deadline": "2026-03-06T16:00:00+08:00",
}  # fmt: skip


def passed_on(house: House) -> tuple[str, list[str]]:
    """A notice that two heads have on their lists."""
    ref = house.office.open("notice", actor="wang", fields=MAIL, now=house.now).ref
    done = house.fired(ref, "pass_on", "wang", {"heads": "刘洋, 孙丽"})
    return ref, done.opened


def test_a_step_opens_a_case_for_each_and_waits_for_all(house: House) -> None:
    """People are found by name; the join counts what is open, and what it says is what the store holds. [B1]"""
    ref, (first, second) = passed_on(house)

    assert [house.case(one).holder for one in (first, second)] == ["liu", "sun"]
    assert house.item(first, "liu") is not None
    house.fired(first, "acknowledge", "liu")
    house.fired(first, "deliver", "liu", {"done": "已点检"})
    assert house.refused(ref, "answer", "wang", {"answer": "完成"})["not_delivered"].message.zh == "部门还没全部落实 (1/2)"
    house.fired(second, "excuse", "wang", reason="与销售无关")
    assert house.fired(ref, "answer", "wang", {"answer": "完成"}).to == "answered"


def test_a_step_drives_every_open_child_and_no_other(house: House) -> None:
    """In the same commit. [B1]"""
    ref, (first, second) = passed_on(house)
    house.fired(first, "acknowledge", "liu")
    house.fired(first, "deliver", "liu", {"done": "已点检"})
    before = house.case(second).version

    house.fired(ref, "extend", "wang", {"deadline": "2026-03-13T16:00:00+08:00"}, papers=["extension"])

    assert house.case(second).version == before + 1
    assert house.case(second).data.fields["deadline"] == house.case(ref).data.fields["deadline"] == "2026-03-13T08:00:00Z"
    assert house.case(first).state == "delivered"


def test_an_instruction_from_above_takes_the_case_on_that_asked_for_it(house: House) -> None:
    """What was given to one case stands, kept aside, in the other too. [A5, B5]"""
    ref = house.opened("callback")
    problem = {"topic": "空调异响", "department": "workshop", "description": "怠速时"}
    house.fired(ref, "note_problem", "wang", {**ANSWERS, **problem})
    (upward,) = house.fired(ref, "report_up", "wang", papers=["quick_form"]).opened

    house.fired(upward, "instruct", "zhou", {"result": "免费返修"})

    assert (house.case(upward).state, house.case(ref).state) == ("instructed", "problem")
    assert house.office.show(ref, actor="wang", now=house.now).fields["instruction"] == "免费返修"


def test_a_case_whose_key_is_taken_is_found_not_doubled(house: House) -> None:
    """Two callbacks find the same lost customer. [A16]"""
    first = house.opened("callback")
    other = house.opened("callback", given={"repair": "WX260301018"})

    (churn,) = house.fired(first, "record", "wang", {**ANSWERS, "lost_found": "yes"}).opened
    done = house.fired(other, "record", "wang", {**ANSWERS, "lost_found": "yes"})

    assert done.opened == []
    assert house.case(other).data.links["churn"] == [churn]


def test_a_delivery_leaves_its_cards_and_its_file(house: House) -> None:
    """With the customer's data, of which history holds commitments only. [D7, D19]"""
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "closed")

    links = house.case(ref).data.links
    (card,), (file,) = links["cards"], links["file"]
    assert (house.case(card).state, house.case(file).state) == ("torn", "complete")
    assert house.case(card).data.fields["vin"] == house.case(ref).data.fields["vin"]
    assert set(house.case(card).data.fields["customer"]) == {"#"}

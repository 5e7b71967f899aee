"""Taking one's own last step back: what returns, what stays, when it is too late. [semantics: Undo]"""

from tests.support.house import House


def test_the_last_step_is_taken_back_by_its_doer(house: House) -> None:
    """The case stands as before it: state, due, holder; the history keeps the step and says that it was withdrawn."""
    ref = house.opened()
    before = house.case(ref)
    house.clock.forward(hours=1)
    house.fired(ref, "accept", "li", {"promised_at": "2026-03-03T10:00:00+08:00"})

    done = house.fired(ref, "withdraw", "li")

    after = house.case(ref)
    assert done.to == "reported"
    assert (after.state, after.due, after.holder, after.state_since) == ("reported", before.due, before.holder, before.state_since)
    assert "promised_at" not in after.data.fields
    assert [event.action for event in house.events(ref)] == ["open", "accept", "withdraw"]


def test_what_was_added_since_stays(house: House) -> None:
    """Notes, papers, reminders and copies that followed the step outlive its withdrawal."""
    ref = house.opened()
    house.fired(ref, "accept", "li", {"promised_at": "2026-03-03T10:00:00+08:00"})
    house.fired(ref, "attach", "wang", papers=["repair_order"])
    house.office.chase(ref, actor="wang", now=house.now)
    house.fired(ref, "cc", "wang", {"to": ["zhou"]})

    house.fired(ref, "withdraw", "li")

    data = house.case(ref).data
    assert house.case(ref).state == "reported"
    assert data.documents["repair_order"].status == "present"
    assert (data.chased, data.cc) == (1, ["zhou"])


def test_only_one_step_is_taken_back(house: House) -> None:
    """What followed a step settles it: a second withdrawal is refused, and repeats nothing."""
    ref = house.opened("incident")
    house.fired(ref, "classify", "wu", {"seriousness": "minor"})
    house.fired(ref, "classify", "wu", {"seriousness": "urgent"})
    house.fired(ref, "withdraw", "wu")

    met = house.refused(ref, "withdraw", "wu")

    assert set(met) == {"nothing_to_withdraw"}
    assert house.case(ref).data.fields["seriousness"] == "minor"


def test_a_step_of_another_case_is_not_taken_back_here(house: House) -> None:
    """What a delivery did to its car is undone by the delivery."""
    car = house.brought("vehicle", "stock")
    house.brought("delivery", "allocated")

    met = house.refused(car, "withdraw", "sun")

    assert set(met) == {"not_withdrawable"}
    assert house.case(car).state == "held"


def test_lists_call_the_case_what_it_was_called(house: House) -> None:
    """A withdrawn step that changed the subject gives the old one back, personal names too."""
    ref = house.opened("delivery")
    house.fired(ref, "send_back", "sun", reason="名字写错")
    house.fired(ref, "resubmit", "gao", {"customer": "何文"})
    assert house.office.show(ref, actor="sun", now=house.now).subject.zh.startswith("何文 ")

    house.fired(ref, "withdraw", "gao")

    shown = house.office.show(ref, actor="sun", now=house.now)
    assert shown.subject.zh.startswith("何伟 ")
    assert shown.fields["customer"] == "何伟"
    assert [view.subject for view in house.office.cases(text="何伟", now=house.now)] == [shown.subject]


def test_a_signature_is_taken_back(house: House) -> None:
    """A signer who thinks again signs anew."""
    ref = house.brought("call_order", "signing")
    house.fired(ref, "sign", "he")

    house.fired(ref, "withdraw", "he")

    assert house.case(ref).data.signatures == []
    assert house.item(ref, "he") is not None


def test_a_closed_case_is_opened_again(house: House) -> None:
    """The step that closed a case can be taken back like any other."""
    ref = house.brought("complaint", "satisfied")

    house.fired(ref, "withdraw", "wang")

    assert house.case(ref).open
    assert house.item(ref, "wang") is not None

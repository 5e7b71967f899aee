"""The vehicle and the delivery: forward to ten of ten papers, backward newest first. [D1, D2, D3, D4, D8, D28, D30]"""

from typing import Any

import pytest

from tests.workflows.desk import Desk, Refused, shown, vin

VERANO = {"model": "威朗", "configuration": "20T 精英型"}
TEN = [
    "warranty_slip", "invoicing_notice", "outbound_slip", "contract", "settlement", "inspection", "certificate_copy",
    "invoice_copy", "id_copy", "acceptance_list",
]  # fmt: skip
CHECKED = ["price", "configuration", "gmac", "contract_number"]
STARRED = {"phone": "13900000000", "address": "人民路1号", "use": "private", "id_number": "11010519491231002X"}


@pytest.fixture
def desk() -> Desk:
    """A Monday morning, slips from 0000101 on."""
    desk = Desk("2026-03-02 09:00")
    desk.books["outbound_slip"] = 101
    return desk


def car(desk: Desk, serial: int = 1, **other: Any) -> str:
    """A car in stock."""
    ref = desk.open("vehicle", "zhao", **VERANO)
    known = {"vin": vin(serial), "model_year": "15.5", "year_source": "usual", "colour": "白", "arrived_on": "2026-03-02",
             "ledger_entered": True, "bag_labelled": True}  # fmt: skip
    desk.do(ref, "stock_in", "zhao", **{**known, **other})
    return ref


def order(desk: Desk, **other: Any) -> str:
    """A car was handed over, its customer's data are in."""
    wish = {"customer": "赵敏", "contract_number": "HT-26-0001", "model_year": "15.5", "price": "128600", "gmac": False,
            "channel": "showroom", "consultant": "qian", "delivered_on": "2026-03-01"}  # fmt: skip
    return desk.open("delivery", "qian", **{**VERANO, **wish, **other})


INVOICE = {"invoice_number": "FP-7001", "invoice_day": "2026-03-02", "invoice_kind": "paper"}


def forward(desk: Desk, ref: str, to: str, serial: int = 1) -> str:
    """The delivery `ref` taken on to the state `to`."""
    steps: list[tuple[str, str, str, dict[str, Any]]] = [
        ("reviewed", "review", "zhao", {"checked": CHECKED}),
        ("allocated", "allocate", "zhao", {"vin": vin(serial)}),
        ("invoiced", "invoice", "he", {**INVOICE, "invoice_vin": vin(serial), "papers": ["invoicing_notice"]}),
        ("out", "send_out", "zhao", {}),
        ("reported", "report", "zhao", {**STARRED, "trade_in": False}),
        ("closed", "close", "zhao", {"ledger_entered": True, "daily_report_on": "2026-03-02", "papers": TEN}),
    ]
    names = [state for state, *_ in steps]
    start = names.index(desk.case(ref).state) + 1 if desk.case(ref).state in names else 0
    for _, action, actor, more in steps[start : names.index(to) + 1]:
        if action == "close":
            desk.do(ref, "attach", actor, papers=more.pop("papers"))
        desk.do(ref, action, actor, **more)
    return ref


# the vehicle


def test_a_car_is_stocked_in_with_ledger_entry_and_labelled_bag(desk: Desk) -> None:
    """Both are told if they are missing. [D1]"""
    ref = desk.open("vehicle", "zhao", **VERANO)

    assert (desk.case(ref).state, desk.case(ref).holder) == ("transit", "role:sales_clerk")
    known = {"vin": vin(1), "model_year": "15.5", "year_source": "dol", "colour": "白", "arrived_on": "2026-03-02"}
    ticks = {"ledger_entered": False, "bag_labelled": False}
    assert desk.refused(ref, "stock_in", "zhao", **known, **ticks) == ["not_in_ledger", "bag_not_labelled"]
    case = desk.do(ref, "stock_in", "zhao", **known, ledger_entered=True, bag_labelled=True)
    assert (case.state, case.key, case.holder) == ("stock", vin(1), None)  # it rests: on nobody's list


def test_a_wrong_vin_and_one_known_already_are_refused(desk: Desk) -> None:
    """A VIN has a check digit, and one case."""
    first = car(desk)
    ref = desk.open("vehicle", "zhao", **VERANO)

    known = {"model_year": "15.5", "year_source": "usual", "colour": "白", "arrived_on": "2026-03-02"}
    with pytest.raises(Refused) as refusal:
        desk.do(ref, "stock_in", "zhao", vin=vin(1), ledger_entered=True, bag_labelled=True, **known)
    assert [(b.code, b.params.get("ref")) for b in refusal.value.blockers] == [("already_open", first)]
    broken = vin(1)[:8] + ("1" if vin(1)[8] == "0" else "0") + vin(1)[9:]
    assert "wrong_value" in desk.refused(ref, "stock_in", "zhao", vin=broken)


def test_nobody_sends_out_a_car_by_hand(desk: Desk) -> None:
    """Only its delivery does."""
    ref = car(desk)

    assert "duty_only" in desk.refused(ref, "allocate", "zhao")


def test_a_car_for_the_second_network_gets_its_slip_at_once(desk: Desk) -> None:
    """The blue copy is filed; unsold it comes back by a return entry, and the number stays used. [D4]"""
    ref = car(desk)

    case = desk.do(ref, "send_to_network", "zhao", network_dealer="桐城网点")

    assert (case.state, case.data.fields["slip_number"], shown(case.due)) == ("dispatched", "0000101", "2026-03-03 09:00")
    assert desk.refused(ref, "file_blue_slip", "zhao") == ["paper_missing"]
    desk.do(ref, "file_blue_slip", "zhao", papers=["blue_slip"])
    back = desk.do(ref, "return_from_network", "zhao", return_entry="TK-1")
    assert (back.state, desk.voided) == ("stock", [])
    assert desk.do(ref, "send_to_network", "zhao", network_dealer="桐城网点").data.fields["slip_number"] == "0000102"


def test_a_dispatch_written_wrongly_is_void_and_keeps_its_number(desk: Desk) -> None:
    """The next slip has the next number."""
    ref = car(desk)
    desk.do(ref, "send_to_network", "zhao", network_dealer="桐城网点")

    case = desk.do(ref, "void_dispatch", "zhao", reason="写错网点")

    assert (case.state, desk.voided, "slip_number" in case.data.fields) == ("stock", ["0000101"], False)
    assert desk.do(ref, "send_to_network", "zhao", network_dealer="怀宁网点").data.fields["slip_number"] == "0000102"


def test_a_called_car_that_never_comes_is_cancelled(desk: Desk) -> None:
    """Once in stock it is not."""
    ref = desk.open("vehicle", "zhao", **VERANO)

    assert desk.do(ref, "cancel", "feng", reason="厂家取消").state == "cancelled"
    assert desk.refused(car(desk), "cancel", "feng", reason="不要了") == ["cannot_cancel"]


# the delivery, forward


def test_a_delivery_goes_all_the_way(desk: Desk) -> None:
    """Reviewed, allocated, invoiced, out by slip 101, reported, closed with ten of ten; the car is sold. [D2, D3]"""
    vehicle, ref = car(desk), order(desk)

    forward(desk, ref, "closed")

    case, sold = desk.case(ref), desk.case(vehicle)
    assert (case.state, case.data.numbers) == ("closed", {"outbound_slip": "0000101"})
    assert (sold.state, sold.data.fields["slip_number"], sold.data.fields["purpose"]) == ("sold", "0000101", "sale")


@pytest.mark.parametrize(
    ("state", "holder"),
    [("reviewed", "sales_clerk"), ("allocated", "finance"), ("invoiced", "sales_clerk"), ("reported", "sales_clerk")],
)
def test_each_step_is_somebodys_and_due_the_next_day(desk: Desk, state: str, holder: str) -> None:
    """The papers have a week."""
    car(desk)
    ref = forward(desk, order(desk), state)

    due = "2026-03-10 00:00" if state == "reported" else "2026-03-03 09:00"
    assert (desk.case(ref).holder, shown(desk.case(ref).due)) == (f"role:{holder}", due)


def test_the_review_checks_all_four(desk: Desk) -> None:
    """Price, configuration, GMAC, contract number; with a loan its contract. [D2 A]"""
    ref = order(desk, gmac=True)

    assert desk.refused(ref, "review", "zhao", checked=["price"]) == ["field_missing", "not_all_checked"]
    assert desk.do(ref, "review", "zhao", checked=CHECKED, gmac_contract="G-1").state == "reviewed"


def test_an_order_that_is_wrong_goes_back_to_its_consultant(desk: Desk) -> None:
    """Who resubmits it, to be checked anew."""
    ref = order(desk)

    assert desk.do(ref, "send_back", "zhao", reason="价格不对").holder == "qian"
    desk.do(ref, "resubmit", "qian", price="127800")
    assert desk.refused(ref, "review", "zhao") == ["field_missing"]
    desk.do(ref, "review", "zhao", checked=CHECKED)
    assert desk.fields(ref)["price"] == 12780000


def test_one_contract_has_one_delivery(desk: Desk) -> None:
    """As long as it is open."""
    ref = order(desk)

    with pytest.raises(Refused) as refusal:
        order(desk)
    assert refusal.value.blockers[0].params["ref"] == ref


def test_the_car_has_to_match_the_order(desk: Desk) -> None:
    """Model, model year and configuration: each difference is told. [D2 B, D28]"""
    car(desk, model_year="15.75")
    ref = forward(desk, order(desk, configuration="15N 进取型"), "reviewed")

    with pytest.raises(Refused) as refusal:
        desk.do(ref, "allocate", "zhao", vin=vin(1))
    assert [(b.code, b.message.zh) for b in refusal.value.blockers] == [
        ("model_year_differs", "订单年款 15.5, 此车 15.75"),
        ("configuration_differs", "订单配置 15N 进取型, 此车 20T 精英型"),
    ]


def test_a_car_is_held_by_one_order(desk: Desk) -> None:
    """The loser is told who has it. [D2 B]"""
    car(desk)
    first = forward(desk, order(desk), "allocated")
    second = forward(desk, order(desk, contract_number="HT-26-0002"), "reviewed")

    with pytest.raises(Refused) as refusal:
        desk.do(second, "allocate", "zhao", vin=vin(1))
    held = next(b for b in refusal.value.blockers if b.code == "held")
    assert (held.params["ref"], desk.case(first).data.holds) == (first, {"vin": vin(1)})


def test_a_car_that_is_not_in_stock_is_not_allocated(desk: Desk) -> None:
    """On the way, or unknown: the refusal names the car's case."""
    ref = forward(desk, order(desk), "reviewed")
    assert "no_linked_case" in desk.refused(ref, "allocate", "zhao", vin=vin(9))

    coming = desk.open("vehicle", "zhao", **VERANO, vin=vin(2), model_year="15.5")
    with pytest.raises(Refused) as refusal:
        desk.do(ref, "allocate", "zhao", vin=vin(2))
    (found,) = refusal.value.blockers
    assert (found.code, found.params["case"]) == ("wrong_state", coming)
    assert found.message.zh.startswith(f"车辆 {coming}: 现在是「在途」")
    assert desk.case(ref).state == "reviewed"


def test_the_invoice_names_the_allocated_car_and_rests_on_the_notice(desk: Desk) -> None:
    """Finance issues it; the slip's VIN is the invoice's. [D2 C, D4]"""
    car(desk)
    ref = forward(desk, order(desk), "allocated")

    assert desk.refused(ref, "invoice", "zhao", **INVOICE, invoice_vin=vin(1)) == ["not_allowed", "paper_missing"]
    wrong = desk.refused(ref, "invoice", "he", papers=["invoicing_notice"], **INVOICE, invoice_vin=vin(2))
    assert wrong == ["invoice_vin_differs"]


def test_an_invoice_corrected_to_another_car_stops_the_slip(desk: Desk) -> None:
    """And no number is burnt. [D2 D]"""
    car(desk)
    ref = forward(desk, order(desk), "invoiced")
    desk.do(ref, "correct", "he", invoice_vin=vin(2), reason="抄错")

    assert desk.refused(ref, "send_out", "zhao") == ["slip_vin_differs"]
    assert desk.books["outbound_slip"] == 101


def test_what_the_manufacturer_stars_is_required(desk: Desk) -> None:
    """A private customer's ID, a company's code; of a trade-in the old car. [D2 E]"""
    car(desk)
    ref = forward(desk, order(desk), "out")

    given: dict[str, Any] = {"phone": "13900000000", "address": "人民路1号", "use": "company", "trade_in": True}
    with pytest.raises(Refused) as refusal:
        desk.do(ref, "report", "zhao", **given)
    told = [b.message.zh for b in refusal.value.blockers]
    assert told == ["缺 统一社会信用代码", "缺 旧车车型", "缺 旧车车牌", "缺 旧车车架号"]


def test_it_closes_with_ten_of_ten_papers(desk: Desk) -> None:
    """Who is short is told which; a waived one counts. [D3]"""
    car(desk)
    ref = forward(desk, order(desk), "reported")
    desk.do(ref, "attach", "zhao", papers=[paper for paper in TEN if paper not in ("id_copy", "contract")])
    done: dict[str, Any] = {"ledger_entered": True, "daily_report_on": "2026-03-02"}

    with pytest.raises(Refused) as refusal:
        desk.do(ref, "close", "zhao", **done)
    assert refusal.value.blockers[0].message.zh == "资料缺 汽车购销合同, 身份证复印件"
    desk.do(ref, "attach", "qian", papers=["contract"])
    assert desk.refused(ref, "waive", "zhao", papers=["id_copy"], reason="单位车") == ["not_allowed"]
    desk.do(ref, "waive", "feng", papers=["id_copy"], reason="单位车")
    assert desk.do(ref, "close", "zhao", **done).state == "closed"


def test_the_four_places_have_to_agree(desk: Desk) -> None:
    """File, stock, ledger and daily report. [D30]"""
    vehicle = car(desk)
    ref = forward(desk, order(desk), "reported")
    desk.do(ref, "attach", "zhao", papers=TEN)
    desk.do(vehicle, "correct", "zhao", slip_number="0000999", reason="试改")

    done: dict[str, Any] = {"ledger_entered": False, "daily_report_on": "2026-03-02"}
    assert desk.refused(ref, "close", "zhao", **done) == ["stock_differs", "not_in_ledger"]


# sold from the second network


def test_a_car_sold_from_the_network_gets_no_second_slip(desk: Desk) -> None:
    """Its slip is the one with which it went there. [D4]"""
    vehicle = car(desk)
    desk.do(vehicle, "send_to_network", "zhao", network_dealer="桐城网点")
    desk.do(vehicle, "file_blue_slip", "zhao", papers=["blue_slip"])

    ref = forward(desk, order(desk, channel="network"), "out")

    assert (desk.case(ref).data.fields["slip_number"], desk.books["outbound_slip"]) == ("0000101", 102)
    assert desk.case(ref).data.documents["outbound_slip"].status == "present"  # the blue copy moved into the file
    assert desk.case(vehicle).state == "out"

    desk.do(ref, "take_back", "zhao", reason="客户反悔", return_entry="TK-3", slip_copies_together=True)
    assert (desk.case(vehicle).state, desk.case(vehicle).data.fields["slip_number"]) == ("network_held", "0000101")
    assert desk.voided == []


# backward


def undo(desk: Desk, ref: str, down_to: str) -> None:
    """Take `ref` back, newest first."""
    back: list[tuple[str, str, str, dict[str, Any]]] = [
        ("closed", "reopen", "feng", {}),
        ("reported", "withdraw_report", "zhao", {}),
        ("out", "take_back", "zhao", {"return_entry": "TK-7", "slip_copies_together": True}),
        ("invoiced", "void_invoice", "he", {"copies_back": True}),
        ("allocated", "deallocate", "zhao", {}),
        ("reviewed", "withdraw_review", "zhao", {}),
    ]
    for state, action, actor, more in back:
        if state == down_to or (not desk.case(ref).open and state != "closed"):
            return
        if desk.case(ref).state == state:
            desk.do(ref, action, actor, reason="客户退车", **more)


def test_everything_can_be_undone_newest_first(desk: Desk) -> None:
    """The slip is void and keeps its number, the papers of the undone steps are void, the car is free. [D2, D3]"""
    vehicle = car(desk)
    ref = forward(desk, order(desk), "closed")

    undo(desk, ref, "submitted")

    case = desk.case(ref)
    assert (case.state, case.data.cycle, case.data.holds, desk.voided) == ("submitted", 7, {}, ["0000101"])
    void = {name for name, document in case.data.documents.items() if document.status == "void"}
    assert void == {"outbound_slip", "invoicing_notice", "settlement", "invoice_copy"}
    assert (desk.case(vehicle).state, "slip_number" in desk.case(vehicle).data.fields) == ("stock", False)


def test_after_an_undo_it_goes_forward_again_with_another_car_and_a_new_slip(desk: Desk) -> None:
    """Nothing is erased, the number is not used twice."""
    car(desk), car(desk, 2)
    ref = forward(desk, order(desk), "out")
    undo(desk, ref, "reviewed")

    case = desk.case(forward(desk, ref, "out", serial=2))

    assert (case.data.fields["slip_number"], case.data.fields["vin"]) == ("0000102", vin(2))
    assert [e.numbers for e, _ in desk.events[ref] if e.numbers] == [
        {"outbound_slip": "0000101"}, {"outbound_slip": "0000102"}]  # fmt: skip


@pytest.mark.parametrize(
    ("state", "too_early"),
    [("reported", "take_back"), ("out", "void_invoice"), ("invoiced", "deallocate"), ("allocated", "withdraw_review")],
)
def test_no_step_is_undone_before_the_newer_one(desk: Desk, state: str, too_early: str) -> None:
    """Always report, slip, invoice, car, review."""
    car(desk)
    ref = forward(desk, order(desk), state)

    assert desk.refused(ref, too_early, "zhao", reason="客户退车") == ["wrong_state"]


def test_a_slip_comes_back_with_its_copies_and_a_return_entry(desk: Desk) -> None:
    """Both are told. [language.md (b) D2]"""
    car(desk)
    ref = forward(desk, order(desk), "out")

    refused = desk.refused(ref, "take_back", "zhao", slip_copies_together=False)
    assert refused == ["field_missing", "reason_missing", "slip_not_together"]


def test_a_paper_invoice_is_void_in_its_own_month_with_all_copies(desk: Desk) -> None:
    """Later, digital, or a copy lost: a red one that names it, by the finance manager. [language.md (b) D2]"""
    car(desk)
    ref = forward(desk, order(desk), "invoiced")
    desk.at("2026-04-01 09:00")

    assert desk.refused(ref, "void_invoice", "he", reason="退车", copies_back=False) == [
        "invoice_month_over", "copies_not_back"]  # fmt: skip
    assert desk.refused(ref, "red_invoice", "he", reason="退车", red_number="R-1") == ["not_allowed"]
    case = desk.do(ref, "red_invoice", "lv", reason="退车", red_number="R-1")
    assert (case.state, case.data.fields["red_original"]) == ("allocated", "FP-7001")
    assert "invoice_number" not in case.data.fields


def test_a_digital_invoice_is_never_void(desk: Desk) -> None:
    """Only reversed."""
    car(desk)
    ref = forward(desk, order(desk), "allocated")
    desk.do(ref, "invoice", "he", papers=["invoicing_notice"], **{**INVOICE, "invoice_kind": "digital"}, invoice_vin=vin(1))

    assert desk.refused(ref, "void_invoice", "he", reason="退车", copies_back=True) == ["invoice_not_on_paper"]


def test_a_case_to_be_cancelled_waits_for_everybody_who_may_take_the_step_back(desk: Desk) -> None:
    """A paper invoice is made void by finance, any other reversed by its manager: both see the case. [D2, D28]"""
    car(desk)
    ref = forward(desk, order(desk), "invoiced")
    case = desk.do(ref, "cancel", "feng", reason="退车")

    assert (case.role, case.data.also) == ("finance", ["role:finance_manager"])


def test_an_early_order_is_cancelled_at_once_a_late_one_after_its_last_undo(desk: Desk) -> None:
    """In between only undos are offered. [language.md (a) Cancel]"""
    vehicle = car(desk)
    early = order(desk, contract_number="HT-26-0009")
    assert desk.do(early, "cancel", "feng", reason="不买了").state == "cancelled"

    ref = forward(desk, order(desk), "out")
    assert desk.do(ref, "cancel", "feng", reason="不买了").state == "out"
    assert desk.refused(ref, "report", "zhao", **STARRED, trade_in=False) == ["cancelling"]
    undo(desk, ref, "reviewed")

    assert (desk.case(ref).state, desk.case(ref).open, desk.case(vehicle).state) == ("cancelled", False, "stock")


def test_a_cancelling_can_be_taken_back(desk: Desk) -> None:
    """The customer buys after all."""
    car(desk)
    ref = forward(desk, order(desk), "invoiced")
    desk.do(ref, "cancel", "feng", reason="不买了")
    desk.do(ref, "keep", "feng")
    assert desk.case(ref).holder == "role:sales_clerk"

    forward(desk, ref, "reported")


def test_what_is_to_be_cancelled_waits_for_whoever_can_undo(desk: Desk) -> None:
    """An invoice that has to be void is finance's matter; afterwards the car is the clerk's to give free."""
    car(desk)
    ref = forward(desk, order(desk), "invoiced")

    assert desk.do(ref, "cancel", "feng", reason="不买了").holder == "role:finance"
    undo(desk, ref, "allocated")
    assert desk.case(ref).holder == "role:sales_clerk"


def test_a_closed_file_is_reopened_by_the_sales_manager_within_a_month(desk: Desk) -> None:
    """Then the car is out again, and held. [language.md (a) Cancel, reopen]"""
    vehicle = car(desk)
    ref = forward(desk, order(desk), "closed")
    desk.at("2026-04-02 09:00")
    assert desk.refused(ref, "reopen", "feng", reason="客户退车") == ["too_late"]
    desk.at("2026-04-01 09:00")
    assert desk.refused(ref, "reopen", "zhao") == ["not_allowed", "reason_missing"]

    case = desk.do(ref, "reopen", "feng", reason="客户退车")

    assert (case.state, case.open, case.data.holds, case.key) == ("reported", True, {"vin": vin(1)}, "HT-26-0001")
    assert desk.case(vehicle).state == "out"


@pytest.mark.parametrize("state", ["allocated", "invoiced", "out", "reported", "closed"])
def test_what_car_and_order_were_matched_by_is_not_corrected_away(desk: Desk, state: str) -> None:
    """Neither on the order nor on the car; the step has to be undone first."""
    vehicle = car(desk)
    ref = forward(desk, order(desk), state)

    for case, name, value in ((ref, "model_year", "16"), (vehicle, "model_year", "16"), (vehicle, "vin", vin(5))):
        assert desk.refused(case, "correct", "zhao", reason="改", **{name: value}) == ["field_fixed"]
    assert desk.refused(ref, "correct", "zhao", reason="改", vin=vin(5)) in (["field_held"], ["field_fixed"])


def test_names_and_values_are_read_as_people_write_them(desk: Desk) -> None:
    """A VIN in small letters, a field by its Chinese name: it is the same car, and it is held."""
    car(desk)
    first, second = (forward(desk, order(desk, contract_number=n), "reviewed") for n in ("HT-1", "HT-2"))

    desk.do(first, "allocate", "zhao", 车架号=vin(1).lower())

    assert desk.case(first).data.holds == {"vin": vin(1)}
    assert "held" in desk.refused(second, "allocate", "zhao", 车架号=f" {vin(1).lower()} ")

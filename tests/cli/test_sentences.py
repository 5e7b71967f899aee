"""What is said is what happened, in the words and units of who reads it. [cli.md 1, 2, 3]"""

from cuiban.engine.fields import yuan
from tests.cli.clerk import Clerk
from tests.registers.test_changed_by_hand import granted


def cancelled(clerk: Clerk) -> str:
    """A reported delivery that is to be cancelled."""
    clerk.house.brought("vehicle", "stock")
    ref = clerk.house.brought("delivery", "reported")
    clerk.house.fired(ref, "cancel", "he", reason="客户退车")
    return ref


def test_history_says_which_papers_an_undo_voided(clerk: Clerk) -> None:
    """They were not filed with it: said in both languages, and marked in JSON."""
    ref = cancelled(clerk)
    clerk.house.fired(ref, "withdraw_report", "sun", reason="退车")
    clerk.house.fired(ref, "take_back", "sun", {"return_entry": "TK1", "slip_copies_together": True}, reason="退车")
    clerk.house.fired(ref, "void_invoice", "qian", {"copies_back": True}, reason="退车")

    entry = next(one for one in clerk.reads(f"history {ref}") if one["action"] == "void_invoice")
    lines = clerk.does(f"history {ref}").splitlines()
    english = clerk.does(f"--lang en history {ref}").splitlines()

    assert (entry["documents"], entry["documents_status"]) == (["invoicing_notice"], {"invoicing_notice": "void"})
    assert "作废 汽车开票通知单" in next(line for line in lines if "作废发票" in line)
    assert "附 汽车开票通知单" in next(line for line in lines if " 开票 -> " in line)
    assert "voids " in next(line for line in english if "Void the invoice" in line)


def test_history_says_that_a_paper_was_waived(clerk: Clerk) -> None:
    """A paper that is not needed was not filed."""
    ref = clerk.house.brought("complaint", "accepted")
    clerk.house.fired(ref, "waive", "zhou", papers=["quick_form"], reason="客户只打了电话")

    assert "免 快速处理表" in clerk.does(f"history {ref}").splitlines()[-1]
    assert clerk.reads(f"history {ref}")[-1]["documents_status"] == {"quick_form": "waived"}


def test_a_refusal_says_on_how_many_days_it_was_tried(clerk: Clerk) -> None:
    """Three calls on one day are as many as are needed, on a day less."""
    ref = clerk.house.opened("callback")
    for _ in range(3):
        clerk.does(f"do {ref} 未接通")

    error = clerk.refused(f"do {ref} 联系不上")["blockers"][0]

    assert error["message"] == "拨了 3 次, 在 1 天里; 要拨 3 次, 分在 2 天里"
    assert {name: error["params"][name] for name in ("tried", "tried_days", "times", "days")} == {
        "tried": 3, "tried_days": 1, "times": 3, "days": 2,
    }  # fmt: skip


def test_while_it_is_cancelled_only_what_takes_back_is_offered(clerk: Clerk) -> None:
    """A step that is open elsewhere is refused with what is possible here and now."""
    ref = cancelled(clerk)

    error = clerk.refused(f"do {ref} 开票 --user qian")["blockers"][0]

    assert (error["code"], error["params"]["offered"]) == ("wrong_state", ["withdraw_report"])


def test_money_in_a_refusal_is_told_in_yuan(clerk: Clerk) -> None:
    """As it was typed; programs get fen."""
    ref = clerk.house.opened("call_order")
    funds = "--set reserve_fund=2000 --set bonus=500 --set bonus_use=800 --set other_cars=展车"
    (clerk.home / "cars.csv").write_text("车型,配置,颜色,台数\nGL8,豪华版,白,1\n")
    line = f"do {ref} submit --user sun {funds} --set lines=@cars.csv"

    chinese, english = (clerk.refused(f"--lang {lang} {line}")["blockers"][0] for lang in ("zh", "en"))

    assert chinese["message"] == "奖金只有 500.00元, 要用 800.00元"
    assert english["message"] == "the bonus is 500.00 yuan, 800.00 yuan is to be used"
    assert (chinese["params"]["bonus"], chinese["params"]["bonus_use"]) == (50_000, 80_000)


def test_the_bounds_of_an_amount_are_told_in_yuan(clerk: Clerk) -> None:
    """Whoever typed yuan is not told of fen."""
    ref = clerk.house.opened("call_order")

    told = clerk.runs(f"do {ref} submit --user sun --set bonus=-1 --no-input").err

    assert "奖金: 应在0.00元到" in told


def test_money_below_nothing_reads_as_it_was_typed() -> None:
    """A payout may be taken back: minus one and a half, not minus two and a half."""
    assert [yuan(fen) for fen in (-150, -5, 0, 12_860_050)] == ["-1.50", "-0.05", "0.00", "128600.50"]


def test_a_step_that_cannot_be_withdrawn_names_the_way_by_its_label(clerk: Clerk) -> None:
    """In Chinese by what the way is called, beside what may be typed; English has but the word."""
    ref = granted(clerk.house, "P5")

    chinese, english = (clerk.refused(f"--lang {lang} do {ref} withdraw --user wu")["blockers"][0] for lang in ("zh", "en"))

    assert chinese["message"].endswith("请走「correct 更正」")
    assert english["message"].endswith("use correct")
    assert chinese["params"]["undo"] == "correct"


def test_only_papers_that_something_asks_for_are_required(clerk: Clerk) -> None:
    """A complaint needs its form; a repair order may be filed. The ten of a delivery are all asked for."""
    complaint = clerk.house.opened("complaint")
    delivery = clerk.house.opened("delivery")

    papers = {one["kind"]: one["required"] for one in clerk.reads(f"show {complaint}")["documents"]}
    lines = clerk.does(f"show {complaint}").splitlines()

    assert papers == {"quick_form": True, "repair_order": False}
    assert "缺" in next(line for line in lines if "quick_form" in line)
    assert "未附" in next(line for line in lines if "repair_order" in line)
    assert all(one["required"] for one in clerk.reads(f"show {delivery}")["documents"])


def test_a_paper_that_never_came_is_missing_until_the_case_is_closed(clerk: Clerk) -> None:
    """The form of a complaint that was cancelled is owed by nobody."""
    ref = clerk.house.opened("complaint")
    before = clerk.does(f"show {ref}").splitlines()
    clerk.does(f"do {ref} 作废 --reason 重复登记")
    after = clerk.does(f"show {ref}").splitlines()

    said = [next(line.split()[-1] for line in lines if "quick_form" in line) for lines in (before, after)]
    assert said == ["缺", "未附"]

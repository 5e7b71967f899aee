"""cuiban open, do, chase, claim, release, assign: what is done, what is refused, exit codes, shapes. [cli.md 2]"""

import pytest

from tests.cli.clerk import Clerk

DONE = [
    "ref", "action", "seq", "from", "to", "at", "recorded_at", "by", "for", "late_entry", "due", "actions", "opened",
    "numbers", "replayed", "dry_run",
]  # fmt: skip
OPEN = "open 投诉 空调异响 --set customer=赵敏 --set 责任人=李强"


def test_a_case_is_opened(clerk: Clerk) -> None:
    """By labels or ids; the sentence says who has it and until when what is to be done."""
    said = clerk.does(OPEN)

    assert said == "已登记 TS-260302-001 投诉, 在 李强, 03-02 14:30 前签字承诺\n"


def test_an_opening_has_every_key(clerk: Clerk) -> None:
    """The contract's keys in order; nothing is missing, nothing that is null is left out."""
    done = clerk.reads(OPEN)

    assert [key for key in done if key in DONE] == DONE
    assert (done["from"], done["to"], done["by"], done["for"], done["replayed"]) == (None, "reported", "wang", None, False)


def test_the_same_opened_again_is_pointed_out(clerk: Clerk) -> None:
    """It is opened, for it may be meant; the oldest that is open is named, since when, with whom, and how to go on. [A6]"""
    first, other = clerk.does(OPEN).split()[1], clerk.runs(OPEN.replace("赵敏", "赵敏敏"))
    clerk.house.clock.forward(hours=1)

    again, tried = clerk.runs(OPEN), clerk.runs(f"{OPEN} --dry-run")

    assert (other.code, other.err) == (0, "")
    assert again.out.startswith("已登记 TS-260302-003 投诉, ")
    assert again.err == (
        f"同样的投诉已有 {first} 未办结, 03-02 09:00 登记, 在 李强; 是同一件就续办那件: cuiban show {first}, "
        "本件作废: cuiban do TS-260302-003 cancel\n"
    )
    assert tried.err == again.err.partition(", 本件作废")[0] + "\n"
    assert clerk.runs("do TS-260302-003 cancel --reason 重复").code == 0
    assert clerk.runs(f"show {first}").code == 0


def test_a_warning_is_in_json_too_and_only_about_what_is_open(clerk: Clerk) -> None:
    """Code, sentence, parameters, whose it is; the first answer again under its key; nothing once that one is closed."""
    first = clerk.reads(OPEN)

    done, again = (clerk.reads(f"{OPEN} --key k") for _ in range(2))

    assert first["warnings"] == []
    (warning,) = done["warnings"]
    assert (warning["code"], warning["params"]["ref"], warning["who"]) == ("open_already", first["ref"], ["li"])
    assert first["ref"] in warning["message"]
    assert (again["replayed"], again["warnings"]) == (True, done["warnings"])
    for ref in (first["ref"], done["ref"]):
        clerk.does(f"do {ref} cancel --reason 重复")
    assert clerk.reads(OPEN)["warnings"] == []


def test_a_step_moves_the_case(clerk: Clerk) -> None:
    """李强 signs: the state, who has it, the promised time as read, echoed with its weekday."""
    ref = clerk.house.opened("complaint")

    answer = clerk.runs(f'do {ref} 签字承诺 --set promised_at="明天 10:00" --user 李强')

    assert answer.code == 0
    assert answer.out == f"{ref} 签字承诺 -> 已承诺, 在 李强, 03-03 10:00 前处理完毕\n"
    assert answer.err == "承诺时间: 2026-03-03 周二 10:00\n"


def test_a_refusal_names_every_reason_and_the_way_out(clerk: Clerk) -> None:
    """All blockers at once, who clears each, its code, and the call that would do."""
    ref = clerk.house.brought("complaint", "accepted")

    answer = clerk.runs(f"do {ref} 处理完毕 --user li")

    assert answer.code == 1
    assert answer.out == ""
    assert answer.err == (
        f"不能「处理完毕」{ref}, 还差2项:\n"
        "  1. 缺 处理结果, 由 李强 填写        field_missing\n"
        "  2. 缺 快速处理表, 由 客服代表 补交  paper_missing\n"
        f"补齐后: cuiban do {ref} 处理完毕 --set remedy=.. --attach quick_form=..\n"
    )


def test_a_refusal_as_json_is_one_line(clerk: Clerk) -> None:
    """Codes, messages, keys and ids as parameters, ids of who clears it; stdout stays empty."""
    ref = clerk.house.brought("complaint", "accepted")

    error = clerk.refused(f"do {ref} resolve --user li")

    assert (error["exit"], error["code"]) == (1, "refused")
    assert error["blockers"] == [
        {"code": "field_missing", "message": "缺 处理结果", "params": {"field": "remedy"}, "who": ["li"]},
        {"code": "paper_missing", "message": "缺 快速处理表", "params": {"paper": "quick_form"},
         "who": ["role:customer_service"]},
    ]  # fmt: skip


def test_a_refusal_in_english(clerk: Clerk) -> None:
    """The same in English, in the same shape."""
    ref = clerk.house.brought("complaint", "accepted")

    lines = clerk.runs(f"--lang en do {ref} resolve --user li").err.splitlines()

    assert lines[0] == f"cannot resolve {ref}: 2 things missing:"
    assert lines[1].endswith("field_missing")
    assert "Customer service hands it in" in lines[2]


def test_papers_come_with_a_step(clerk: Clerk) -> None:
    """--attach kind=F brings the scan, by id or label; show --get gives the same bytes back."""
    ref = clerk.house.brought("complaint", "accepted")
    (clerk.home / "form.pdf").write_bytes(b"%PDF-1.7 scan")

    clerk.does(f"do {ref} resolve --user li --set remedy=换压缩机 --attach 快速处理表=form.pdf")
    clerk.does(f"show {ref} --get quick_form -o back.pdf")

    assert (clerk.home / "back.pdf").read_bytes() == b"%PDF-1.7 scan"


def test_a_value_comes_from_a_file(clerk: Clerk) -> None:
    """k=@F: a text, in UTF-8 or GB18030."""
    ref = clerk.house.brought("complaint", "accepted")
    (clerk.home / "remedy.txt").write_bytes("更换压缩机, 试车正常\n".encode("gb18030"))

    clerk.does(f"do {ref} resolve --user li --set remedy=@remedy.txt --attach quick_form")

    assert clerk.reads(f"show {ref}")["fields"]["remedy"] == "更换压缩机, 试车正常"


def test_a_late_entry_needs_a_reason_and_is_marked(clerk: Clerk) -> None:
    """--at yesterday: refused without a reason, then entered and told as late."""
    clerk.house.clock.set("2026-03-03 09:00")
    refused = clerk.refused(f'{OPEN} --at "昨天 16:00"')
    answer = clerk.runs(f'{OPEN} --at "昨天 16:00" --reason 昨天忘了')

    assert [blocker["code"] for blocker in refused["blockers"]] == ["late_reason_missing"]
    assert answer.code == 0
    assert answer.out.endswith("(补录)\n")
    assert answer.err == "--at: 2026-03-02 周一 16:00\n"


def test_dry_run_keeps_nothing(clerk: Clerk) -> None:
    """Every check and the same answer, marked; the database is as before."""
    ref = clerk.house.opened("complaint")
    before = clerk.house.rows()

    tried = clerk.reads(f'do {ref} accept --user li --set promised_at="03-05 10:00" --dry-run')
    refused = clerk.refused(f"do {ref} accept --user li --dry-run")

    assert (tried["dry_run"], tried["to"]) == (True, "accepted")
    assert refused["blockers"][0]["code"] == "field_missing"
    assert clerk.house.rows() == before


def test_the_same_key_is_done_once(clerk: Clerk) -> None:
    """The first answer again; other content under the same key is refused."""
    first, again = clerk.reads(f"{OPEN} --key K1"), clerk.reads(f"{OPEN} --key K1")
    other = clerk.refused("open 投诉 漆面 --set customer=何军 --set responsible=li --key K1")

    assert (first["replayed"], again["replayed"]) == (False, True)
    assert again["ref"] == first["ref"]
    assert (other["exit"], other["blockers"][0]["code"]) == (1, "key_reused")


def test_a_version_that_moved_is_a_conflict(clerk: Clerk) -> None:
    """--if-version: somebody was first, and is named."""
    ref = clerk.house.brought("complaint", "accepted")

    error = clerk.refused(f"do {ref} note --note 客户来电 --if-version 1")

    assert (error["exit"], error["code"]) == (4, "conflict")
    assert "李强" in error["message"]
    clerk.does(f"do {ref} note --note 客户来电 --if-version 2")


def test_what_is_not_there_is_not_found(clerk: Clerk) -> None:
    """Case, action, process, person: 3."""
    ref = clerk.house.opened("complaint")

    assert [clerk.refused(words)["exit"] for words in (
        "do TS-260302-999 accept", f"do {ref} fly", "open 无此流程", f"assign {ref} 无此人", "show nothing",
        f"why {ref} fly", "todo --user 无此人", "chase 7",
    )] == [3] * 8  # fmt: skip


def test_a_tail_that_fits_one_is_enough(clerk: Clerk) -> None:
    """06-002 means TS-260306-002; one that fits several is ambiguous."""
    clerk.house.opened("complaint")
    ref = clerk.house.opened("complaint", given={"customer": "何军", "plate": None})
    clerk.house.opened("callback")

    assert {clerk.reads(f"show {text}")["ref"] for text in (ref, ref.lower(), "02-002", "260302-002")} == {ref}
    assert clerk.refused("show 02-001")["code"] == "ambiguous"


def test_several_cases_need_a_yes(clerk: Clerk) -> None:
    """Without a terminal the question cannot be asked: 2, nothing done; -y answers it."""
    refs = [clerk.house.opened("complaint"), clerk.house.opened("complaint", given={"customer": "何军", "plate": None})]
    before = clerk.house.rows()

    unasked = clerk.refused(f"chase {' '.join(refs)}")

    assert (unasked["exit"], unasked["code"]) == (2, "usage")
    assert clerk.house.rows() == before
    assert clerk.does(f"chase {' '.join(refs)} -y").splitlines() == [f"已催 李强(第1次) {ref}" for ref in refs]


def test_several_cases_have_a_result_each(clerk: Clerk) -> None:
    """A transaction each; the exit code is the first failure's, and its error stands on stderr too."""
    ref = clerk.house.opened("complaint")

    answer = clerk.runs(f"do {ref} TS-260302-999 {ref} note --note x -y --json")

    assert answer.code == 3
    assert answer.out == ""
    assert "TS-260302-999" in answer.err

    other = clerk.house.brought("complaint", "accepted", given={"customer": "何军"})
    answer = clerk.runs(f"do {ref} {other} accept --set promised_at=2026-03-05T10:00 --user li -y --json")
    first, second = answer.json

    assert answer.code == 1
    assert (first["ref"], first["exit"], first["error"], first["result"]["to"]) == (ref, 0, None, "accepted")
    assert (second["ref"], second["exit"], second["result"]) == (other, 1, None)
    assert second["error"]["blockers"][0]["code"] == "wrong_state"
    assert answer.err.count("\n") == 1


def test_chasing_is_a_list_even_for_one(clerk: Clerk) -> None:
    """[{ref, to, at, chased}]; a second time within the hour is refused."""
    ref = clerk.house.opened("complaint")

    assert clerk.reads(f"chase {ref}") == [{"ref": ref, "to": ["li"], "at": "2026-03-02T09:00:00+08:00", "chased": 1}]
    assert clerk.refused(f"chase {ref}")["blockers"][0]["code"] == "chased_lately"
    assert "09:00" in clerk.refused(f"chase {ref}")["blockers"][0]["message"]


def test_claim_release_assign(clerk: Clerk) -> None:
    """What is anyone's is claimed by one; another's claim is a conflict; given back, handed over."""
    ref = clerk.house.opened("callback")

    assert clerk.does(f"claim {ref}") == f"{ref} 由 王芳 认领\n"
    assert clerk.refused(f"claim {ref} --user chen")["exit"] == 4
    assert clerk.does(f"release {ref}") == f"{ref} 退回, 待认领\n"
    assert clerk.reads(f"assign {ref} 陈静")["assignee"] == "chen"


def test_notes_and_copies_and_corrections(clerk: Clerk) -> None:
    """Every open case takes note, cc and withdraw; correct needs a reason."""
    ref = clerk.house.opened("complaint")

    assert clerk.does(f"do {ref} note --note 客户很急").startswith(f"{ref} 已备注")
    assert clerk.does(f"do {ref} 抄送 --to 周明").startswith(f"{ref} 已抄送")
    assert clerk.refused(f"do {ref} correct --set topic=异响")["blockers"][0]["code"] == "reason_missing"
    assert clerk.does(f"do {ref} correct --set topic=异响 --reason 写错").startswith(f"{ref} 已更正")
    assert clerk.reads(f"show {ref}")["subject"].startswith("异响")


def test_a_days_absence_counts_whole(clerk: Clerk) -> None:
    """刘洋 is away to the end of the last day; 周涛 stands in; both are named."""
    said = clerk.runs("absence add 刘洋 03-09 03-13 --substitute 周涛 --user liu")
    listed = clerk.reads("absence list")

    assert said.out == "刘洋 03-09 至 03-13 由 周涛 代, 在办0件\n"
    assert said.err == "起: 2026-03-09 周一\n止: 2026-03-13 周五\n"
    assert [(one["from"], one["to"]) for one in listed] == [("2026-03-09T00:00:00+08:00", "2026-03-14T00:00:00+08:00")]
    assert list(listed[0]) == ["id", "person", "substitute", "from", "to", "open_cases", "unsignable"]


def test_an_absence_may_begin_days_ago(clerk: Clerk) -> None:
    """-1d is a time, not an option; its clock time is kept; an absence ends early."""
    said = clerk.reads("absence add 刘洋 -1d +2wd --user liu")
    ended = clerk.reads(f"absence end {said['id']} --user liu")

    assert (said["from"], said["to"]) == ("2026-03-01T09:00:00+08:00", "2026-03-04T09:00:00+08:00")
    assert ended["to"] == "2026-03-02T09:00:00+08:00"
    assert clerk.runs("absence add 刘洋 3/9 3/13 --user liu").code == 2


def test_why_explains_due_owner_and_steps(clerk: Clerk) -> None:
    """Segments of the way to the due; who has it and why; each step possible or blocked; exit codes of one step."""
    ref = clerk.house.opened("complaint")

    text, value = clerk.does(f"why {ref} --user li"), clerk.reads(f"why {ref} --user li")

    assert text.splitlines()[0].startswith(f"{ref} 投诉  到期 03-02 14:30  进入本环节后4")
    assert "accept 签字承诺  可办, 要填 承诺时间" in text
    assert list(value["due"]) == ["at", "absolute", "provisional", "rule", "steps", "judged"]
    assert list(value["due"]["steps"][0]) == ["kind", "from", "to", "n", "reason"]
    assert list(value["owner"]) == ["role", "assignee", "acting_for", "because"]
    assert [clerk.runs(f"why {ref} {words}").code for words in ("accept --user li", "accept", "签字承诺", "fly")] == [0, 1, 1, 3]
    assert [one["name"] for one in clerk.reads(f"why {ref} 签字承诺 --user li")["actions"]] == ["accept"]


def test_a_stand_in_acts_for_the_absent(clerk: Clerk) -> None:
    """周涛 signs for 李强, who is away: both names are kept."""
    ref = clerk.house.opened("complaint")
    clerk.does("absence add 李强 today tomorrow --substitute 周涛 --user li")

    done = clerk.reads(f"do {ref} accept --set promised_at=2026-03-05T10:00 --user 周涛")

    assert (done["by"], done["for"]) == ("tao", "li")
    assert "周涛(代 李强) 签字承诺" in clerk.does(f"history {ref}")


def test_a_step_says_which_number_of_which_book_it_drew(clerk: Clerk) -> None:
    """The book is called by its name."""
    house = clerk.house
    house.brought("vehicle", "stock")
    ref = house.brought("delivery", "invoiced")
    house.office.number_start("outbound_slip", 1201, actor="admin", reason="接着编", now=house.now)

    assert clerk.does(f"do {ref} send_out --user sun").splitlines()[1] == "  出库单 0001201"


def test_rows_are_shown_in_the_order_of_their_columns(clerk: Clerk) -> None:
    """A line of a CALL order reads model, configuration, colour, count."""
    lines = clerk.home / "lines.csv"
    lines.write_text("台数,颜色,车型,配置\n2,白,威朗,20T\n", encoding="utf-8")
    ref = clerk.reads("open call_order --set week=2026-W10 --user sun")["ref"]
    funds = "--set reserve_fund=9 --set bonus=2 --set bonus_use=1"
    clerk.does(f"do {ref} submit --set lines=@lines.csv --set other_cars=试驾 {funds} --user sun")

    assert "威朗 20T 白 2\n" in clerk.does(f"show {ref}")


def test_a_person_in_a_subject_is_called_by_name(clerk: Clerk) -> None:
    """An incident is listed with who reported it."""
    ref = clerk.house.opened("incident", given={"requester": "ren"})

    assert clerk.reads(f"show {ref}")["subject"].endswith("任杰")


def test_a_paper_that_was_handed_in_is_told(clerk: Clerk) -> None:
    """Attaching is no step, and reads as a sentence."""
    ref = clerk.house.opened("complaint")

    assert clerk.does(f"do {ref} attach --attach quick_form").startswith(f"{ref} 已附上单据, 在 ")


def test_what_has_to_be_undone_first_is_not_told_as_cancelled(clerk: Clerk) -> None:
    """A sale with an invoice is asked to be cancelled; what is next is to void that."""
    clerk.house.brought("vehicle", "stock")
    ref = clerk.house.brought("delivery", "invoiced")

    told = clerk.does(f"do {ref} cancel --reason 退车 --user he")

    assert told.startswith(f"{ref} 已申请作废, ")
    assert told.endswith(" 前作废发票\n")


def test_after_an_undo_the_next_undo_is_told(clerk: Clerk) -> None:
    """Of a case that is to be cancelled nothing else goes on: 开票 is offered to nobody any more, until the last undo."""
    clerk.house.brought("vehicle", "stock")
    ref = clerk.house.brought("delivery", "out")
    clerk.does(f"do {ref} cancel --reason 退车 --user he")
    back = f"do {ref} take_back --reason 退车 --set return_entry=T1 --set slip_copies_together=是 --user sun"
    void = f"do {ref} void_invoice --reason 退车 --set copies_back=是 --user qian"

    told = [clerk.does(line).rstrip() for line in (back, void, f"do {ref} deallocate --reason 退车 --user sun")]

    assert [line.rpartition(" 前")[2] for line in told[:2]] == ["作废发票", "取消配车"]
    assert told[2].endswith(" -> 已作废, 办结")


@pytest.mark.parametrize(("process", "state", "zh", "en"), [
    ("complaint", "resolved", "二次回访", "call back"), ("callback", "due", "回访", "call"),
    ("incident", "in_progress", "解决", "resolve"), ("call_order", "signing", "签字", "sign"),
])  # fmt: skip
def test_what_is_next_is_told_not_how_it_ends(clerk: Clerk, process: str, state: str, zh: str, en: str) -> None:
    """「前二次回访」, not 「前满意」: the outcomes are for whoever does it to choose from."""
    ref = clerk.house.brought(process, state)

    told = [clerk.does(f"do {ref} note --note 已看 --lang {lang}").rstrip() for lang in ("zh", "en")]

    assert told[0].endswith(f" 前{zh}")
    assert f", {en} by " in told[1]


@pytest.mark.parametrize(("said", "due", "shown"), [
    ("11-30", "2026-12-01T00:00:00+08:00", "11-30 24:00"),
    ("2026-03-04", "2026-03-05T00:00:00+08:00", "03-04 24:00"),
    ("明天", "2026-03-04T00:00:00+08:00", "03-03 24:00"),
    ("下周一", "2026-03-10T00:00:00+08:00", "03-09 24:00"),
    ("03-04 10:00", "2026-03-04T10:00:00+08:00", "03-04 10:00"),
])  # fmt: skip
def test_a_promise_for_a_day_ends_with_it(clerk: Clerk, said: str, due: str, shown: str) -> None:
    """A day until which something is to be done is meant with its evening; a time is that time."""
    ref = clerk.house.opened("complaint")

    done = clerk.does(f"do {ref} 签字承诺 --user li --set 承诺时间='{said}'")
    text = clerk.does(f"show {ref}")

    assert clerk.reads(f"show {ref}")["due"] == due
    assert shown in done
    assert [shown in line for line in text.splitlines() if "承诺时间" in line] == [True]


def test_a_start_for_a_day_is_its_morning(clerk: Clerk) -> None:
    """From when something is counted a day is its start, as ever."""
    ref = clerk.does(
        "open 回访 孙敏 --set 结算时间=2026-03-01 --set 维修项目=保养 --set 维修单号=WX1 --set 车牌=皖H3D906 "
        "--set 维修类别=upkeep --set 车辆性质=private --set 俱乐部会员=否 --set 客户=孙敏 --set 电话=13905567788"
    ).split()[1]

    assert clerk.reads(f"show {ref}")["fields"]["settled_at"] == "2026-03-01T00:00:00+08:00"


def test_a_slip_of_the_pen_is_understood(clerk: Clerk) -> None:
    """What is spelt nearly so is named, actions and people too; else what there is, once, and nothing that only the system does."""
    ref = clerk.reads("todo --process 例行")[0]["ref"]

    def said(line: str) -> str:
        answer = clerk.runs(line)
        assert answer.code == 3
        return answer.err.splitlines()[0]

    known = said(f"do {ref} 跳舞").split("可办: ")[1].split(", ")
    assert said(f"do {ref} submt").endswith("是不是: submit 上报?")
    assert said(f"do {ref} wthdraw").endswith("是不是: withdraw 撤回?")
    assert "李强?" in said("todo --person 李钱")
    assert said("todo --person 欧阳修") == "没有 欧阳修 这个人"
    assert "submit 上报" in known
    assert len(known) == len(set(known))
    assert not [one for one in known if one.startswith("miss")]


def test_what_cannot_be_brought_is_not_called_missing(clerk: Clerk) -> None:
    """A closed case lacks nothing: it is closed. A wrong kind of paper is no lack either; a missing field is."""
    ref = clerk.house.brought("incident", "closed")

    assert clerk.runs(f"do {ref} 受理 --user wu").err.splitlines()[0] == f"不能「受理」{ref}:"
    assert clerk.runs(f"--lang en do {ref} take --user wu").err.splitlines()[0] == f"cannot take {ref}:"
    assert clerk.runs("open 投诉 漆面 --no-input").err.splitlines()[0].startswith("不能登记「投诉」, 还差")


def test_an_empty_verb_is_said(clerk: Clerk) -> None:
    """Nothing between quotes is no verb."""
    answer = clerk.runs("''")

    assert (answer.code, answer.err.splitlines()[0]) == (2, "命令是空的")


def test_a_step_after_its_due_does_not_promise_the_past(clerk: Clerk) -> None:
    """Three days late: what was due is told, not a time by which to do it."""
    ref = clerk.house.opened("callback")
    clerk.house.clock.set("2026-03-09 09:00")

    assert "回访 已过 03-04 24:00" in clerk.does(f"do {ref} 未接通")
    assert "call: was due 03-04 24:00" in clerk.does(f"--lang en do {ref} no_answer")


def test_why_says_how_many_calls_are_needed(clerk: Clerk) -> None:
    """Tried once: how often, and on how many days, it has to be tried."""
    ref = clerk.house.opened("callback")
    clerk.does(f"do {ref} 未接通")

    assert "拨了 1 次, 在 1 天里; 要拨 3 次, 分在 2 天里" in clerk.runs(f"why {ref} 联系不上").out


def test_history_says_what_was_taken_back(clerk: Clerk) -> None:
    """A withdrawal names the step."""
    ref = clerk.house.brought("incident", "classified")
    clerk.does(f"do {ref} 受理 --user wu")
    clerk.does(f"do {ref} 撤回 --user wu")

    assert clerk.does(f"history {ref}").splitlines()[-1].endswith("撤回「受理」 -> 已分级")
    assert clerk.reads(f"history {ref}")[-1]["undone"] == "受理"


def test_signs_of_an_input_method_are_read(clerk: Clerk) -> None:
    """A reference typed in full width is that reference."""
    ref = clerk.house.opened("complaint")
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in ref)

    assert clerk.reads(f"show {wide}")["ref"] == ref
    assert clerk.reads(f"show {wide[3:]}")["ref"] == ref


def test_a_duty_is_shown_by_its_name(clerk: Clerk) -> None:
    """No id, one form of dates; a report that no step asks for is not called missing, before or after."""
    clerk.does("todo")
    ref = clerk.reads("duties --week 2026-W10 --duty b11_morning_meeting")[0]["ref"]

    before = clerk.does(f"show {ref}")
    clerk.does(f"do {ref} 上报")
    after = clerk.does(f"show {ref}")

    assert "b11_morning_meeting" not in before
    assert "2026-" not in before
    assert ("report  未附" in before, "report  未附" in after) == (True, True)


def test_what_cannot_lie_ahead_is_the_last_one_that_was(clerk: Clerk) -> None:
    """A repair settled on 02-27 was settled this year; one that lies ahead is refused; a promise is the next 02-27."""
    settled = (
        "open callback --set customer=孙丽 --set phone=13800138000 --set plate=皖H3D905 --set repair=WX1 --set item=保养 "
        "--set work=upkeep --set car_use=private --set member=否 --set settled_at"
    )
    ref = clerk.reads(f"{settled}='02-27 10:30'")["ref"]

    assert clerk.reads(f"show {ref}")["fields"]["settled_at"].startswith("2026-02-27T10:30")
    ahead = clerk.refused(f"{settled.replace('WX1', 'WX2')}='2026-03-03 10:30'")
    assert (ahead["exit"], [one["message"] for one in ahead["blockers"]]) == (1, ["结算时间: 还没到"])


def test_a_table_is_asked_for_by_file_and_column(clerk: Clerk) -> None:
    """A word instead of a table, and a heading that is no column: how to bring it, and how the columns are called."""
    usual = "open 采购 --no-input --set kind=耗材 --set department=IT --set purpose=打印 --set planned=是"
    (clerk.home / "bad.csv").write_text("品名,数量\nA4纸,10\n", encoding="utf-8")

    def why(line: str) -> str:
        return next(one for one in clerk.runs(line).err.splitlines() if "wrong_value" in one)

    assert "物品: 应为表格文件, 写 --set 物品=@F.csv, 列: 名称(item), 数量(count)" in why(f"{usual} --set 物品=A4纸")
    assert "Items should be a table file, --set items=@F.csv; columns: Item (item), Count (count)" in why(
        f"--lang en {usual} --set items=A4纸")  # fmt: skip
    assert "第1行: 没有 品名 这一列, 有 名称(item), 数量(count)" in why(f"{usual} --set 物品=@bad.csv")


@pytest.mark.parametrize("heading", ["名称,数量", "item,count", "Item,COUNT"])
def test_columns_are_headed_by_id_or_label(clerk: Clerk, heading: str) -> None:
    """In either language."""
    (clerk.home / "good.csv").write_text(f"{heading}\nA4纸,10\n", encoding="utf-8")

    ref = clerk.reads("open 采购 --user wu --set kind=耗材 --set department=IT --set purpose=打印 --set planned=是"
                      " --set 物品=@good.csv")["ref"]  # fmt: skip

    assert clerk.house.case(ref).data.fields["items"] == [{"item": "A4纸", "count": 10}]


def test_only_what_is_missing_is_counted_as_missing(clerk: Clerk) -> None:
    """A promise in the past lacks nothing; nor does somebody else's step, whatever else it asks for."""
    ref = clerk.house.opened("complaint")

    past = clerk.runs(f"do {ref} 签字承诺 --set promised_at=2026-03-01T10:00 --user 李强")
    others = clerk.runs(f"do {ref} 签字承诺 --user wang --no-input")

    assert past.err.splitlines()[0] == f"不能「签字承诺」{ref}:"
    assert "promised_at" not in past.err.splitlines()[0]
    assert others.err.splitlines()[0] == f"不能「签字承诺」{ref}:"


def test_an_outside_party_is_called_by_its_label(clerk: Clerk) -> None:
    """In a sentence; as a parameter by its id."""
    given = {"dealer": "芜湖店", "model": "威朗", "configuration": "20T 精英型"}
    ref = clerk.house.office.open("transfer", actor="sun", fields=given, now=clerk.house.now).ref
    clerk.house.fired(ref, "submit", "sun")

    zh, en = (clerk.runs(f"--lang {lang} do {ref} approve --user sun").err for lang in ("zh", "en"))
    (error,) = [one for one in clerk.refused(f"do {ref} approve --user sun")["blockers"] if one["code"] == "proof_missing"]

    assert "外方(大区经理)的决定要附凭证" in zh
    assert "role:" not in zh + en
    assert error["params"]["outside"] == "regional_manager"


def test_why_names_the_undos_of_a_case_being_cancelled(clerk: Clerk) -> None:
    """As the refusal of the step does."""
    clerk.house.brought("vehicle", "stock")
    ref = clerk.house.brought("delivery", "invoiced")
    clerk.does(f"do {ref} cancel --user he --reason 客户不买了")
    forward = next(one["name"] for one in clerk.reads(f"why {ref}")["actions"]
                   if any(b["code"] == "cancelling" for b in one["blockers"]))  # fmt: skip

    said, refused = clerk.runs(f"why {ref} {forward}").out, clerk.runs(f"do {ref} {forward} --user he").err

    undos = refused[refused.index("只能逐步撤回: ") :].split("  ")[0].strip()
    assert len(undos) > len("只能逐步撤回: -")
    assert undos in said

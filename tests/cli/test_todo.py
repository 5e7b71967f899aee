"""cuiban todo: what stands where, in words and as JSON. [cli.md 2]"""

import re

from tests.cli.clerk import Clerk
from tests.support.ways import ANSWERS

ITEM = [
    "ref", "process", "process_label", "title", "subject", "state", "state_label", "open", "role", "assignee", "acting_for",
    "opened_at", "state_since", "due", "due_day", "provisional", "paused", "overdue", "late_s", "level", "version",
    "group", "mine", "not_before", "waits_for", "chased", "actions",
]  # fmt: skip


def lines_of(text: str, ref: str) -> tuple[str, str]:
    """The two lines of an entry."""
    lines = text.splitlines()
    at = next(number for number, line in enumerate(lines) if ref in line)
    return lines[at], lines[at + 1]


def test_the_header_says_who_when_and_how_much(clerk: Clerk) -> None:
    """Name, roles, date with weekday, clock, counts of mine."""
    clerk.house.clock.set("2026-03-02 08:40")

    zh, en = clerk.does("todo").splitlines()[0], clerk.does("--lang en todo").splitlines()[0]

    assert zh.startswith("王芳 售后信息员 客服代表  2026-03-02 周一 08:40  ")
    assert en.startswith("王芳, after-sales clerk, customer service  Mon 2026-03-02 08:40  ")
    assert "今天到期" in zh
    assert "today" in en


def test_an_overdue_case_stands_first_with_its_lateness(clerk: Clerk) -> None:
    """Late by more than a working day: told in working days; the next actions by name."""
    ref = clerk.house.opened("callback", given={"settled_at": "2026-02-26T16:20:00+08:00"})
    clerk.house.clock.set("2026-03-03 10:00")

    text = clerk.does("todo --process 回访")
    first, second = lines_of(text, ref)

    assert text.splitlines()[1] == "已超时"
    assert first.startswith(f" 1 {ref}  回访 ")
    assert first.endswith("03-01 24:00 超1个工作日")
    assert "record 记录" in second


def test_what_others_owe_stands_under_chasing(clerk: Clerk) -> None:
    """A complaint that 李强 has to sign stands with 王芳, who chases, and with 李强, who owes."""
    ref = clerk.house.opened("complaint")

    mine, his = clerk.does("todo --process 投诉"), clerk.does("todo --user li")
    chased = clerk.reads("todo --chasing --process 投诉")

    assert mine.splitlines()[1] == "我催的"
    assert lines_of(mine, ref)[0] == f" 1 {ref}  投诉 空调异响 赵敏 皖H3D905 14:30 剩5小时30分".replace("905 14", "905  14")
    assert lines_of(mine, ref)[1] == "   在 李强  chase 催办, assign 转办"
    assert lines_of(his, ref)[1] == "   accept 签字承诺"
    assert [(item["ref"], item["mine"]) for item in chased] == [(ref, "chaser")]


def test_a_reminder_shows_on_the_list_at_once(clerk: Clerk) -> None:
    """chase, and 李强's list says so."""
    ref = clerk.house.opened("complaint")

    said = clerk.does(f"chase {ref}")

    assert said == f"已催 李强(第1次) {ref}\n"
    assert lines_of(clerk.does("todo --user 李强"), ref)[1].startswith("   已催1次  ")
    assert "chased once" in lines_of(clerk.does("--lang en todo --user 李强"), ref)[1]


def test_every_key_is_there(clerk: Clerk) -> None:
    """An item has the contract's keys, null where there is nothing, instants with offset and seconds."""
    ref = clerk.house.opened("complaint")

    item = next(one for one in clerk.reads("todo") if one["ref"] == ref)

    assert [key for key in item if key in ITEM] == ITEM
    assert item["due"] == "2026-03-02T14:30:00+08:00"
    assert item["due_day"] == "2026-03-02"
    assert item["group"] == "today"
    assert item["acting_for"] is None
    assert item["actions"] == [{"name": "chase", "label": "催办"}, {"name": "assign", "label": "转办"}]


def test_labels_follow_the_language_and_nothing_else_does(clerk: Clerk) -> None:
    """Keys, ids, enumerations stay English."""
    clerk.house.opened("complaint")

    zh, en = clerk.reads("todo --chasing")[0], clerk.reads("--lang en todo --chasing")[0]

    differing = {key for key in zh if zh[key] != en[key]}
    assert differing == {"process_label", "title", "state_label", "actions"}
    assert en["actions"][0] == {"name": "chase", "label": "Chase"}


def test_due_today_and_past_is_today_and_overdue(clerk: Clerk) -> None:
    """Due at 14:30, seen at 14:31: still in the group today, overdue."""
    ref = clerk.house.opened("complaint")
    clerk.house.clock.set("2026-03-02 14:31")

    item = next(one for one in clerk.reads("todo --user li") if one["ref"] == ref)

    assert (item["group"], item["overdue"], item["late_s"]) == ("today", True, 60)


def test_nothing_to_do_is_said(clerk: Clerk) -> None:
    """Somebody without work reads a sentence; JSON is an empty list, exit 0."""
    answer = clerk.runs("todo --user gao")

    assert answer.code == 0
    assert answer.out.splitlines()[1] == "今天没有要办的事。"
    assert clerk.reads("todo --user gao") == []


def test_the_table_ends_at_thirty(clerk: Clerk) -> None:
    """31 entries: 30 are shown, the rest is said; JSON has all of them, --limit what it says."""
    for number in range(31):
        clerk.house.opened("incident", given={"what": f"异常{number}"})

    text = clerk.does("todo --all --process 异常")

    assert sum("SJ-" in line for line in text.splitlines()) == 30
    assert text.splitlines()[-1] == "还有 1 件: cuiban todo --limit 31"
    assert len(clerk.reads("todo --all --process 异常")) == 31
    assert len(clerk.reads("todo --all --process 异常 --limit 7")) == 7


def test_filters_narrow_the_list(clerk: Clerk) -> None:
    """--overdue, --unclaimed, process, state, person, subject; ids or labels."""
    complaint, callback = clerk.house.opened("complaint"), clerk.house.opened("callback")

    assert [one["ref"] for one in clerk.reads("todo --process callback")] == [callback]
    assert [one["ref"] for one in clerk.reads("todo --process 投诉 --state 已登记")] == [complaint]
    assert [one["ref"] for one in clerk.reads("todo --person 李强")] == [complaint]
    assert [one["ref"] for one in clerk.reads("todo --subject 空调")] == [complaint]
    assert callback in {one["ref"] for one in clerk.reads("todo --unclaimed")}
    assert clerk.reads("todo --overdue --process 投诉") == []


def test_a_filter_that_means_nothing_is_not_found(clerk: Clerk) -> None:
    """Unknown process, state, role, person: 3; unreadable time, wrong limit: 2."""
    assert [clerk.refused(f"todo {words}")["exit"] for words in (
        "--process 无", "--state 无", "--role 无", "--person 无", "--since 3/11", "--limit 0", "--limit x",
    )] == [3, 3, 3, 3, 2, 2, 2]  # fmt: skip


def test_a_long_silence_is_told(clerk: Clerk) -> None:
    """After ten days without a look duties are opened, and the clerk is told since when."""
    clerk.does("todo")
    clerk.house.clock.set("2026-03-12 09:00")

    answer = clerk.runs("todo")

    assert "上次补开例行事项是 2026-03-02 周一 09:00" in answer.err
    assert clerk.runs("todo").err.count("上次补开") == 0


def test_a_set_clock_opens_nothing_in_real_data(clerk: Clerk) -> None:
    """CUIBAN_NOW lets look at another day, but writes only in a sandbox."""
    clerk.house.sound = True
    before = clerk.house.rows()

    shown = clerk.runs("todo", CUIBAN_NOW="2026-04-01T08:00:00+08:00")
    written = clerk.runs("open 投诉 x --set customer=a --set responsible=li --json", CUIBAN_NOW="2026-04-01T08:00:00+08:00")

    assert shown.code == 0
    assert "2026-04-01 周三 08:00" in shown.out
    assert written.error["blockers"][0]["code"] == "clock_set"
    assert clerk.house.rows() == before


def test_the_header_counts_what_was_asked_for(clerk: Clerk) -> None:
    """A filter narrows it, a limit does not; that nothing fits is not that nothing is due."""
    clerk.does("todo")
    clerk.house.clock.set("2026-03-02 19:00")
    ref = clerk.house.opened("callback", given={"settled_at": "2026-02-26T16:20:00+08:00"})

    header = clerk.does("todo").splitlines()[0]
    narrowed = {words: clerk.does(f"todo {words}").splitlines()[0] for words in ("--process 回访", "--chasing", "--since 明天")}
    empty = clerk.does("todo --subject 没有这样的").splitlines()

    assert re.search(r"  超时 \d\d  今天到期 (\d+)\(已过点 \1\)", header)
    assert clerk.does("todo --limit 1").splitlines()[0] == header
    assert {words: line.partition("19:00")[2].split() for words, line in narrowed.items()} == {
        "--process 回访": ["超时", "1"], "--chasing": [], "--since 明天": ["近期", "8"],
    }  # fmt: skip
    assert [one["ref"] for one in clerk.reads("todo --process 回访 --overdue")] == [ref]
    assert empty == ["王芳 售后信息员 客服代表  2026-03-02 周一 19:00", "没有符合的事。"]
    assert re.search(r", today (\d+) \(\1 past\)", clerk.does("--lang en todo").splitlines()[0])


def test_what_is_late_though_nobody_worked_since(clerk: Clerk) -> None:
    """Due yesterday at 18:00, seen at 08:05 before opening: no working time has passed, the clock has."""
    ref = clerk.house.brought("complaint", "accepted", given={"promised_at": "2026-03-03T18:00:00+08:00"})
    clerk.house.clock.set("2026-03-04 08:05")

    zh, en = clerk.does("todo --user li"), clerk.does("--lang en todo --user li")
    item = next(one for one in clerk.reads("todo --user li") if one["ref"] == ref)

    assert lines_of(zh, ref)[0].endswith("03-03 18:00 已过14小时5分")
    assert lines_of(en, ref)[0].endswith("03-03 18:00 due 14 h 5 min ago")
    assert item["late_s"] == 0


def test_a_superior_may_act_on_what_was_escalated(clerk: Clerk) -> None:
    """Late by more than a working day it stands with 周明 too, who may chase and hand over, and is told how."""
    ref = clerk.house.opened("complaint")
    clerk.house.clock.set("2026-03-04 15:00")

    answer = clerk.runs("todo --user zhou --process 投诉")

    assert lines_of(answer.out, ref)[1].endswith("  chase 催办, assign 转办")
    assert f"催: cuiban chase {ref}" in answer.err
    assert clerk.runs(f"chase {ref} --user zhou").code == 0
    assert clerk.runs(f"assign {ref} 赵磊 --user zhou").code == 0


def test_a_hint_names_what_the_reader_can_type(clerk: Clerk) -> None:
    """Without a terminal nothing is known by its number: the hint names the case."""
    ref = clerk.house.opened("callback")

    assert f"cuiban do {ref} 记录" in clerk.runs("todo --process 回访").err


def test_a_paused_case_says_what_its_due_is_for(clerk: Clerk) -> None:
    """It waits for an answer: its own clock stands still, its due is when to ask again."""
    ref = clerk.house.brought("incident", "in_progress")
    clerk.house.fired(ref, "wait", "wu")

    item = next(one for one in clerk.reads("todo --user wu") if one["ref"] == ref)
    before = lines_of(clerk.does("todo --user wu --process 异常"), ref)[1]
    clerk.house.clock.set("2026-03-12 09:00")
    after = lines_of(clerk.does("todo --user wu --process 异常"), ref)[1]

    assert item["paused"]
    assert "等 报修人或供应商  原时限暂停, 到期追问" in before
    assert "等 报修人或供应商  原时限暂停, 该追问了" in after
    assert "  等 报修人或供应商, 原时限暂停, 该追问了" in clerk.does(f"why {ref}").splitlines()
    assert "原时限暂停, 该追问了" in clerk.does(f"show {ref}").splitlines()[1]


def hinted(clerk: Clerk, line: str) -> str:
    """What the list says to type next."""
    return clerk.runs(line).err


def test_the_next_step_is_the_one_on_the_way(clerk: Clerk) -> None:
    """Of a callback with a problem to solve it, though making it a complaint is declared first; never to put a promise off."""
    solved = clerk.house.opened("callback")
    problem = {"topic": "空调异响", "department": "workshop", "description": "怠速时"}
    clerk.house.fired(solved, "note_problem", "wang", {**ANSWERS, **problem})
    promised = clerk.house.brought("complaint", "accepted")

    assert f"接着办: cuiban do {solved} 已解决" in hinted(clerk, "todo --process 回访")
    assert f"接着办: cuiban do {promised} 处理完毕" in hinted(clerk, "todo --user li --process 投诉")


def test_the_next_step_of_a_case_being_cancelled_is_an_undo(clerk: Clerk) -> None:
    """The way on is the way back."""
    clerk.house.brought("vehicle", "stock")
    ref = clerk.house.brought("delivery", "invoiced")
    clerk.does(f"do {ref} cancel --user he --reason 客户不买了")
    holder = clerk.house.case(ref).assignee or "qian"

    assert f"接着办: cuiban do {ref} 作废发票" in hinted(clerk, f"todo --user {holder} --process 交车")


def test_a_superior_is_told_to_chase_not_to_waive(clerk: Clerk) -> None:
    """Who stands above the holder of a late duty may waive it, and is not told to."""
    clerk.house.clock.set("2026-03-02 08:00")
    clerk.does("todo")
    clerk.house.clock.set("2026-03-04 08:40")
    line = "todo --user zhou --overdue --process duty"
    items = clerk.reads(line)
    assert any(a["name"] == "waive" for item in items if item["mine"] == "escalated" for a in item["actions"])

    said = hinted(clerk, line)

    assert "cuiban chase LX-" in said
    assert "cuiban do" not in said


def test_an_abbreviation_keeps_its_capitals(clerk: Clerk) -> None:
    """IT in the middle of a line is no pronoun."""
    line = "--lang en todo --user wu"

    assert "IT engineer" in clerk.does(line).splitlines()[0]

"""What `why` says of the rule of a due: the rule, whole, in both languages."""

import pytest
from hypothesis import given, strategies as st

from cuiban.engine.clocks import fields_of_due
from cuiban.engine.labels import L
from cuiban.engine.language import After, At, Before, Due, End, Field, First, On, Opening, Process, State
from cuiban.engine.program import Program
from cuiban.engine.who import role
from cuiban.office.dues_told import rule_words
from tests.support.house import House

ANY = role("anyone")
TYPES = ("instant", "day", "week", "month", "quarter")
PROGRAM = Program(Process(
    "x", L("某", "X"), "X", [], [], [State("open", L("开", "Open"), owner=ANY), End("done", L("完", "Done"))], [], Opening(ANY),
    [Field(type_, L(f"某{type_}", f"Its {type_}"), type_) for type_ in TYPES],  # type: ignore[arg-type]
))  # fmt: skip


@pytest.mark.parametrize(("due", "zh", "en"), [
    (On("day", "18:00"), "「某day」当天 18:00", "18:00 on Its day"),
    (On("day", "18:00", -1, "previous"), "「某day」前一天 18:00, 遇休息日提前",
     "18:00 on the day before Its day; on a day off, the working day before"),
    (On("day", "12:00", 1, "next"), "「某day」次日 12:00, 遇休息日顺延",
     "12:00 on the day after Its day; on a day off, the next working day"),
    (On("instant", "12:00", 3), "「某instant」后3天 12:00", "12:00 on the day 3 days after Its instant"),
    (On("day", "18:00", 2, "next", months=1), "「某day」次月3日 18:00, 遇休息日顺延",
     "18:00 on day 3 of the month after Its day; on a day off, the next working day"),
    (On("day", "00:00", months=0), "「某day」当月1日 00:00", "00:00 on day 1 of the month of Its day"),
    (On("day", "00:00", months=3), "「某day」后第3个月1日 00:00", "00:00 on day 1 of the month 3 months after Its day"),
    (On("week", "18:00"), "「某week」的周一 18:00", "18:00 on the Monday of Its week"),
    (On("week", "18:00", 4), "「某week」的周五 18:00", "18:00 on the Friday of Its week"),
    (On("week", "18:00", last=True), "「某week」的周日 18:00", "18:00 on the Sunday of Its week"),
    (On("week", "24:00", 41), "「某week」的周一后41天 24:00", "24:00 on the day 41 days after the Monday of Its week"),
    (On("month", "18:00", 9), "「某month」的10日 18:00", "18:00 on day 10 of Its month"),
    (On("month", "18:00", last=True), "「某month」最后一天 18:00", "18:00 on the last day of Its month"),
    (On("quarter", "18:00", last=True), "「某quarter」最后一天 18:00", "18:00 on the last day of Its quarter"),
    (On("quarter", "18:00", 9), "「某quarter」首月10日 18:00", "18:00 on day 10 of the first month of Its quarter"),
    (At("instant"), "按「某instant」", "as given: Its instant"),
    (At("day"), "「某day」当天结束", "the end of Its day"),
    (At("month"), "「某month」结束", "the end of Its month"),
    (Before(1, "instant"), "「某instant」前1个工作日", "1 working day before Its instant"),
    (Before(2, "day"), "「某day」当天结束前2个工作日", "2 working days before the end of Its day"),
    (After(1, "wd"), "进入本环节后1个工作日 (1 wd)", "1 working day after it came here (1 wd)"),
    (After(1, "wd", mode="end_of_day"), "进入本环节后1个工作日, 下班时 (1 wd)",
     "1 working day after it came here, at closing (1 wd)"),
    (After(24, "h", "opened"), "登记后24小时 (24 h)", "24 hours after it was opened (24 h)"),
    (After(-3, "wd", "instant"), "某instant前3个工作日", "3 working days before Its instant"),
])  # fmt: skip
def test_a_rule_in_words(due: Due, zh: str, en: str) -> None:
    """Every shape of it."""
    assert rule_words(PROGRAM, due) == L(zh, en)


rolls = st.sampled_from(["keep", "next", "previous"])
months = st.none() | st.integers(-14, 14)
ons = st.builds(
    On,
    st.sampled_from(["week", "month", "quarter"]),
    st.sampled_from(["00:00", "18:00"]),
    st.integers(-40, 40),
    rolls,
    st.booleans(),
    months,
)


def whole(due: On) -> tuple[object, ...]:
    """What tells one rule from another: of a week the last day is the first and six more; a month has one month."""
    days = due.days + 6 * (due.field == "week" and due.last and due.months is None)
    last = due.last and due.field != "week" if due.months is None else due.last and due.field != "month"
    return (due.field, due.time, days, due.roll, last, due.months)


@given(ons, ons)
def test_two_rules_are_never_told_alike(one: On, other: On) -> None:
    """Whatever is left out of the words would be told falsely of one of them."""
    a, b = rule_words(PROGRAM, one), rule_words(PROGRAM, other)

    assert (a.zh == b.zh) == (a.en == b.en) == (whole(one) == whole(other))


def every_due(due: Due | None) -> list[Due]:
    """The due, of a `First` all that may hold."""
    if isinstance(due, First):
        return [one for of in due.of for one in every_due(of)]
    return [due] if due is not None else []


def test_every_due_of_every_process_is_told(sqlite_house: House) -> None:
    """By the label of what it rests on; two rules of one process never in the same words."""
    told = 0
    for program in sqlite_house.office.world().programs.values():
        dues = {one for state in program.states.values() for one in every_due(state.due)}
        words = [rule_words(program, due) for due in dues]
        told += len(dues)
        for due, said in zip(dues, words, strict=True):
            for field in fields_of_due(due):
                assert program.fields[field].label.zh in said.zh
                assert program.fields[field].label.en in said.en
        assert len({one.zh for one in words}) == len({one.en for one in words}) == len(dues)
    assert told > 100

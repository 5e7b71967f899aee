"""Totals: nothing is counted twice, nothing is lost."""

from hypothesis import given, strategies as st

from cuiban.audit.conformance import CONFORMS, IGNORED, Verdict
from cuiban.audit.reasons import REASONS, reason
from cuiban.audit.tally import Deviation, Tally

KINDS = [CONFORMS, IGNORED, Verdict("not_possible_here", "a", "s"), Verdict("unmapped_activity", "b", "s")]


@given(st.lists(st.lists(st.sampled_from(KINDS), min_size=1)))
def test_every_event_is_counted_once(cases: list[list[Verdict]]) -> None:
    """Events are those that conform, those that deviate and those that the map leaves out."""
    tally = Tally()
    for number, verdicts in enumerate(cases):
        tally.add(str(number), verdicts)

    report = tally.report()

    assert report.events == report.conforming_events + report.ignored + sum(one.count for one in report.deviations)
    assert report.judged == report.events - report.ignored
    assert report.cases == len(cases)
    assert report.conforming_cases == sum(not {*verdicts} - {CONFORMS, IGNORED} for verdicts in cases)


def test_the_commonest_deviation_stands_first_with_its_first_case() -> None:
    """A kind is reason, activity and state."""
    tally = Tally()
    tally.add("1", [Verdict("not_possible_here", "b", "s"), CONFORMS])
    tally.add("2", [Verdict("not_possible_here", "a", "s"), Verdict("not_possible_here", "a", "s")])
    tally.add("3", [Verdict("not_possible_here", "a", "t"), Verdict("not_possible_here", "a", "s")])

    assert tally.report().deviations == [
        Deviation("not_possible_here", "a", "s", 3, "2"),
        Deviation("not_possible_here", "a", "t", 1, "3"),
        Deviation("not_possible_here", "b", "s", 1, "1"),
    ]


def test_every_reason_has_words() -> None:
    """In both languages, and in signs that a GBK terminal shows; a guard's name stands in them."""
    for code in (*REASONS, "guard:too_small", "a_new_one"):
        words = reason(code)
        words.zh.encode("gbk")
        assert words.en

    assert "too_small" in reason("guard:too_small").zh

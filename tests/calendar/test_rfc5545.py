"""Our dates against those of dateutil, for any rule on which the RFC and dateutil agree."""

from datetime import date, datetime, time, timedelta
from itertools import takewhile

from dateutil.rrule import rrulestr
from hypothesis import given, settings, strategies as st

from cuiban.calendar import occurrences
from tests.calendar.world import STANDARD

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]


def listed(values: st.SearchStrategy[int] | st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """One to three of them, as an RRULE lists them."""
    return st.lists(values, min_size=1, max_size=3, unique=True).map(lambda found: ",".join(map(str, found)))


months, days = listed(st.integers(1, 12)), listed(st.sampled_from(DAYS))
month_days = listed(st.integers(1, 28) | st.integers(-28, -1))
signs = st.sampled_from(["", "-"])
in_month = listed(st.builds(lambda sign, n, day: f"{sign}{n}{day}", signs, st.integers(1, 4), st.sampled_from(DAYS)))
in_year = listed(st.builds(lambda sign, n, day: f"{sign}{n}{day}", signs, st.integers(1, 52), st.sampled_from(DAYS)))
position = st.sampled_from(["1", "-1", "1,-1"])


def parts(*with_names: tuple[str, st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    """All of them, each with its name."""
    names = [name for name, _ in with_names]
    values = st.tuples(*[values for _, values in with_names])
    return values.map(lambda drawn: "".join(f";{name}={value}" for name, value in zip(names, drawn, strict=True)))


# Left out: what never comes true (dateutil searches on to the year 9999), a plain and a numbered BYDAY together (the
# RFC's union is an intersection there), BYSETPOS in a first week cut by the start (counted from the start there).
RULES = {
    "DAILY": st.one_of(
        st.just(""),
        parts(("BYMONTH", months)),
        parts(("BYDAY", days)),
        parts(("BYMONTHDAY", month_days)),
        parts(("BYMONTH", months), ("BYDAY", days)),
    ),
    "WEEKLY": st.one_of(
        st.just(""),
        parts(("BYDAY", days)),
        parts(("BYMONTH", months), ("BYDAY", days)),
        parts(("BYDAY", days), ("WKST", st.sampled_from(DAYS))),
    ),
    "MONTHLY": st.one_of(
        st.just(""),
        parts(("BYMONTHDAY", month_days)),
        parts(("BYDAY", in_month)),
        parts(("BYDAY", days)),
        parts(("BYMONTHDAY", month_days), ("BYDAY", days)),
        parts(("BYDAY", days), ("BYSETPOS", position)),
        parts(("BYMONTHDAY", month_days), ("BYSETPOS", position)),
    ),
    "YEARLY": st.one_of(
        st.just(""),
        parts(("BYMONTH", months)),
        parts(("BYMONTH", months), ("BYMONTHDAY", month_days)),
        parts(("BYMONTHDAY", month_days)),
        parts(("BYDAY", days)),
        parts(("BYDAY", in_year)),
        parts(("BYMONTH", months), ("BYDAY", in_month)),
        parts(("BYYEARDAY", listed(st.integers(-365, -1) | st.integers(1, 365)))),
        parts(("BYWEEKNO", listed(st.integers(-51, -1) | st.integers(1, 53)))),
        parts(("BYWEEKNO", listed(st.integers(1, 52))), ("BYDAY", days), ("WKST", st.sampled_from(DAYS))),
        parts(("BYDAY", days), ("BYSETPOS", position)),
    ),
}


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule with INTERVAL and COUNT or neither."""
    freq = draw(st.sampled_from(sorted(RULES)))
    interval = draw(st.just("") | st.integers(1, 4).map(lambda n: f";INTERVAL={n}"))
    count = draw(st.just("") | st.integers(1, 30).map(lambda n: f";COUNT={n}"))
    return f"FREQ={freq}{interval}{count}{draw(RULES[freq])}"


starts = st.dates(date(2023, 1, 1), date(2028, 12, 31)).filter(lambda day: day.day < 29)


@settings(max_examples=300)
@given(rules(), starts, st.integers(0, 500), st.integers(0, 800))
def test_the_dates_are_those_of_dateutil(rule: str, start: date, later: int, length: int) -> None:
    """The same dates in the same range from the same start."""
    begin = start + timedelta(days=later)
    end = begin + timedelta(days=length)
    reference = rrulestr(rule, dtstart=datetime.combine(start, time()))
    hits = reference.xafter(datetime.combine(begin, time()), inc=True)
    expected = [day.date() for day in takewhile(lambda day: day.date() < end, hits)]

    found = occurrences(rule, "17:00", "keep", start, begin, end, STANDARD)

    assert [one.nominal_date for one in found] == expected

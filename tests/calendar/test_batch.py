"""Many questions, a line each. [cli.md 4]"""

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from cuiban.calendar.batch import dues, recurrences
from tests.calendar.world import STANDARD, made


def answers(*lines: object, lang: str = "zh") -> list[dict[str, Any]]:
    """The answers to lines given as JSON values, or as they stand."""
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    return list(dues(texts, STANDARD, lang=lang))


def answer(**line: Any) -> dict[str, Any]:
    """The answer to one line, from Friday 2026-03-06 16:20 unless it says otherwise."""
    (found,) = answers({"id": 1, "start": "2026-03-06T16:20:00+08:00"} | line)
    assert found.pop("id") == 1
    return found


def test_each_line_is_answered_in_order() -> None:
    """Exactly the keys of the contract, in the zone's offset."""
    lines = [
        {"id": "a", "start": "2026-02-13T18:10:00+08:00", "unit": "wd", "amount": 2},
        {"id": "b", "start": "2026-12-31T17:00:00+08:00", "unit": "wh", "amount": 2},
        {"id": 3, "start": "2026-03-06T08:20:00Z", "unit": "cd", "amount": 3, "mode": "same_clock"},
        {
            "id": "d",
            "start": "2026-03-06T16:20:00+08:00",
            "unit": "h",
            "amount": 1,
            "pauses": [["2026-03-06T16:30:00+08:00", None]],
        },
        {"id": "e", "start": "2026-03-10T10:00:00+08:00", "end": "2026-03-11T08:40:00+08:00"},
    ]

    assert answers(*lines) == [
        {"id": "a", "due": "2026-02-25T08:30:00+08:00", "provisional": False},
        {"id": "b", "due": "2027-01-01T09:30:00+08:00", "provisional": True},
        {"id": 3, "due": "2026-03-09T16:20:00+08:00", "provisional": False},
        {"id": "d", "due": None, "provisional": False},
        {"id": "e", "seconds": 24000},
    ]


def test_a_line_may_bring_its_own_calendar() -> None:
    """Its zone then gives the offset, and reads what has none."""
    own = made(tz="Europe/Berlin").to_json()

    assert answer(start="2026-03-27T16:20:00", unit="wd", amount=1, calendar=own)["due"] == "2026-03-30T16:20:00+02:00"
    assert answer(start="2026-03-27T16:20:00", unit="wd", amount=1)["due"] == "2026-03-30T16:20:00+08:00"


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("2026-03-06T16:20", "2026-03-06T17:20:00+08:00"),
        ("2026-03-06 16:20:00", "2026-03-06T17:20:00+08:00"),
        ("2026-03-06", "2026-03-06T01:00:00+08:00"),
        ("2026-03-06T24:00:00", "2026-03-07T01:00:00+08:00"),
        ("2026-12-31T24:00", "2027-01-01T01:00:00+08:00"),
        ("2026-03-06T24:00:00.000+08:00", "2026-03-07T01:00:00+08:00"),
        ("2026-03-06T24:00Z", "2026-03-07T09:00:00+08:00"),
        ("2026-03-06T16:20:00.6+08:00", "2026-03-06T17:20:01+08:00"),
        ("2026-03-06T03:20:00-05:00", "2026-03-06T17:20:00+08:00"),
    ],
)
def test_the_forms_of_an_instant(start: str, due: str) -> None:
    """ISO 8601; without offset in the calendar's zone; a bare date is its start; 24:00 the midnight that ends it."""
    assert answer(start=start, unit="h", amount=1)["due"] == due


def test_null_is_like_absent() -> None:
    """Optional keys may be null; keys that are not known are passed over; an id may be missing."""
    line = {"start": "2026-03-06T16:20:00+08:00", "unit": "h", "amount": 1, "note": "x"}

    assert answers(line | {"mode": None, "pauses": None, "calendar": None, "end": None}) == [
        {"id": None, "due": "2026-03-06T17:20:00+08:00", "provisional": False}
    ]


def test_worked_time_leaves_pauses_out() -> None:
    """`end` in place of unit and amount, with pauses."""
    pauses = [["2026-03-06T16:30:00+08:00", "2026-03-06T17:00:00+08:00"]]

    assert answer(end="2026-03-06T18:30:00+08:00") == {"seconds": 6000}
    assert answer(end="2026-03-06T18:30:00+08:00", pauses=pauses) == {"seconds": 4200}


BAD: list[Any] = [
    "nonsense",
    "{",
    "[]",
    "1",
    "null",
    '{"id": 1, "amount": NaN}',
    '{"id": 1, "amount": 1e999}',
    "[" * 100_000,
    '{"a": ' * 5000,
    '{"id": 1, "amount": ' + "9" * 5000 + "}",
    {"id": 1},
    {"id": [1]},
    {"id": True},
    {"id": {}},
    '{"id": "\\ud800"}',
    {"id": 1, "unit": "wd", "amount": 1},
    {"id": 1, "start": 5, "unit": "wd", "amount": 1},
    {"id": 1, "start": "gestern", "unit": "wd", "amount": 1},
    {"id": 1, "start": "2026-02-30", "unit": "wd", "amount": 1},
    {"id": 1, "start": "9999-12-31T24:00", "unit": "h", "amount": 1},
    {"id": 1, "start": "0001-01-01", "unit": "wd", "amount": 1},
]
BAD_KEYS: list[dict[str, Any]] = [
    {"unit": "wd"},
    {"amount": 1},
    {"unit": "days", "amount": 1},
    {"unit": 1, "amount": 1},
    {"unit": ["wd"], "amount": 1},
    {"unit": "wd", "amount": "1"},
    {"unit": "wd", "amount": -1},
    {"unit": "wd", "amount": 1.5},
    {"unit": "cd", "amount": 0.5},
    {"unit": "wd", "amount": True},
    {"unit": "wd", "amount": [1]},
    {"unit": "wh", "amount": 1, "mode": "end_of_day"},
    {"unit": "wd", "amount": 1, "mode": 3},
    {"unit": "wd", "amount": 1, "pauses": "x"},
    {"unit": "wd", "amount": 1, "pauses": [[]]},
    {"unit": "wd", "amount": 1, "pauses": [["2026-03-06"]]},
    {"unit": "wd", "amount": 1, "pauses": [[None, "2026-03-06"]]},
    {"unit": "wd", "amount": 1, "pauses": [["2026-03-07", "2026-03-06"]]},
    {"unit": "wd", "amount": 1, "calendar": "F.json"},
    {"unit": "wd", "amount": 1, "calendar": {}},
    {"unit": "wd", "amount": 1, "calendar": {"tz": "Asia/Shanghai", "weekly": {}}},
    {"end": "2026-03-05"},
    {"end": "x"},
    {"end": "2026-03-07", "unit": "wd", "amount": 1},
    {"unit": "wh", "amount": 10**9},
    {"unit": "wd", "amount": 1, "calendar": {"tz": "Asia/Shanghai", "weekly": {"mon": [["09:00", "08:00"]]}}},
]


@pytest.mark.parametrize("line", [*BAD, *[{"id": 1, "start": "2026-03-06"} | keys for keys in BAD_KEYS]])
def test_a_bad_line_is_answered_and_the_rest_go_on(line: Any) -> None:
    """{"id", "error": {"code", "message"}}, in both languages; the lines around it are answered."""
    good = {"id": "good", "start": "2026-03-06T16:20:00+08:00", "unit": "h", "amount": 1}

    zh, en = answers(good, line, good), answers(good, line, good, lang="en")

    assert zh[0] == zh[2] == en[0] == {"id": "good", "due": "2026-03-06T17:20:00+08:00", "provisional": False}
    assert zh[1].keys() == {"id", "error"}
    assert zh[1]["error"].keys() == {"code", "message"}
    assert zh[1]["error"]["code"] == "bad_input"
    assert zh[1]["error"]["message"] != en[1]["error"]["message"]
    assert zh[1]["id"] == en[1]["id"]
    assert "\n" not in zh[1]["error"]["message"]
    json.dumps(zh, ensure_ascii=False).encode()


def test_a_bad_line_keeps_its_id() -> None:
    """What can be told of it is told."""
    assert answers({"id": "x7", "start": "2026-03-06", "unit": "wd"}, lang="en") == [
        {"id": "x7", "error": {"code": "bad_input", "message": "amount is missing"}}
    ]


def test_empty_lines_and_a_byte_order_mark_are_passed_over() -> None:
    """Files end in a newline, and some begin with a mark."""
    text = '{"id": 1, "start": "2026-03-06", "unit": "h", "amount": 1}'

    assert len(answers("\ufeff" + text + "\r\n", "", "  \n", text)) == 2


def test_recurrences_line_by_line() -> None:
    """Nominal and rolled, in the zone's offset; bad lines in between."""
    lines = [
        {
            "id": 1,
            "rrule": "FREQ=MONTHLY;BYMONTHDAY=3,5",
            "time": "17:00",
            "roll": "next",
            "from": "2026-10-01",
            "to": "2026-11-01",
        },
        {
            "id": 2,
            "rrule": "FREQ=MONTHLY;BYDAY=9MO",
            "time": "17:00",
            "roll": "next",
            "from": "2026-10-01",
            "to": "2026-11-01",
        },
        {
            "id": 3,
            "rrule": "FREQ=DAILY",
            "time": "24:00",
            "roll": "keep",
            "from": "2026-03-28",
            "to": "2026-03-30",
            "start": None,
            "calendar": made(tz="Europe/Berlin").to_json(),
        },
        {
            "id": 4,
            "rrule": "FREQ=DAILY;INTERVAL=2",
            "time": "9:00",
            "start": "2026-03-01",
            "from": "2026-03-02",
            "to": "2026-03-05",
        },
        {"id": 5, "rrule": "FREQ=DAILY", "time": "17:00", "roll": "keep", "from": "2026-10-01"},
        {"id": 6, "rrule": "FREQ=DAILY", "time": "17:00", "roll": "keep", "from": "2026-10-01", "to": "20261101"},
    ]

    found = list(recurrences([json.dumps(line) for line in lines], STANDARD, lang="en"))

    assert found[0] == {
        "id": 1,
        "occurrences": [
            {"nominal": "2026-10-03T17:00:00+08:00", "due": "2026-10-08T17:00:00+08:00"},
            {"nominal": "2026-10-05T17:00:00+08:00", "due": "2026-10-08T17:00:00+08:00"},
        ],
    }
    assert [one["nominal"] for one in found[2]["occurrences"]] == [
        "2026-03-29T00:00:00+01:00",
        "2026-03-30T00:00:00+02:00",
    ]
    assert [one["nominal"] for one in found[3]["occurrences"]] == ["2026-03-03T09:00:00+08:00"]
    assert [one["error"]["code"] for one in (found[1], found[4], found[5])] == ["bad_input"] * 3
    assert found[4]["error"]["message"] == "to is missing"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["wd", "2026-03-06", "17:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@given(
    st.dictionaries(
        st.sampled_from(
            [
                "id",
                "start",
                "unit",
                "amount",
                "mode",
                "calendar",
                "pauses",
                "end",
                "rrule",
                "time",
                "roll",
                "from",
                "to",
            ]
        ),
        json_values,
        min_size=1,
    )
)
def test_no_line_whatever_stops_the_rest(line: dict[str, Any]) -> None:
    """Any JSON object has one answer, to either question."""
    text = json.dumps(line)

    assert len(list(dues([text], STANDARD))) == len(list(recurrences([text], STANDARD))) == 1

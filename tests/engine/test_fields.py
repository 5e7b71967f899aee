"""Values of fields: read into one kept form, or refused in a sentence; never a float, never what cannot be stored or computed."""

import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given, settings, strategies as st

from cuiban.engine.case import canonical
from cuiban.engine.fields import WrongValue, reader
from cuiban.engine.labels import L
from cuiban.engine.language import Choice, Field, FieldType
from tests.support.vins import vin

COLUMNS = [Field("item", L("项目", "Item"), low=1), Field("count", L("数量", "Count"), "number", low=0, high=9)]
CHOICES = [Choice("paper", L("纸质", "Paper")), Choice("digital", L("数电", "Digital"))]
TYPES: tuple[FieldType, ...] = get_args(FieldType)


def field(kind: FieldType, **more: Any) -> Field:
    """A field of that type."""
    return Field("f", L("某项", "Something"), kind, choices=CHOICES, columns=COLUMNS, **more)


def kept(kind: FieldType, value: Any, **more: Any) -> Any:
    """The kept form of a value."""
    return reader(field(kind, **more))(value)


texts = st.one_of(
    st.text(max_size=40),
    st.from_regex(r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?)?\Z"),
    st.from_regex(r"\A[0-9]{4}-?[WQ]?[0-9]{1,2}\Z"),
    st.from_regex(r"\A[0-9]{1,2}:[0-9]{2}\Z"),
    st.sampled_from(["paper", "数电", "是", vin(1), "11010519491231002X"]),
)
numbers = st.integers() | st.floats() | st.decimals()
times = st.dates() | st.datetimes() | st.datetimes(timezones=st.timezones())
anything = st.recursive(
    st.none() | st.booleans() | numbers | texts | times | st.binary(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["item", "数量", "x"]), inner, max_size=3),
    max_leaves=4,
)


def no_floats(value: Any) -> bool:
    """Whether a kept form holds only what the canonical text may hold."""
    if isinstance(value, list):
        return all(map(no_floats, value))
    if isinstance(value, dict):
        return all(isinstance(key, str) and no_floats(item) for key, item in value.items())
    return isinstance(value, str | bool) or (isinstance(value, int) and abs(value) < 2**53)


@settings(max_examples=1000)
@given(st.sampled_from(TYPES), anything)
def test_anything_is_read_or_refused(kind: FieldType, value: Any) -> None:
    """The kept form is canonical, in NFC, and read again it is itself; a refusal says in both languages how it should look."""
    refusal, form = None, None
    try:
        form = kept(kind, value)
    except WrongValue as error:
        refusal = error.message

    if refusal is not None:
        assert refusal.zh
        assert refusal.en
        return
    assert no_floats(form)
    text = canonical(form).decode()
    assert unicodedata.is_normalized("NFC", text)
    assert "\x00" not in text
    assert kept(kind, form) == form


@given(st.text())
def test_no_text_holds_what_a_terminal_obeys(text: str) -> None:
    """No control signs, no marks that turn the direction of writing, no halves of pairs; not empty."""
    try:
        form = kept("text", text)
    except WrongValue:
        return

    assert form.strip() == form != ""
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") and sign not in "\t\n" for sign in form)
    assert not set(form) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@given(st.integers(-(10**12), 10**12))
def test_money_is_whole_fen(fen: int) -> None:
    """A number is fen, a text yuan, with or without its signs; nothing passes through a float."""
    yuan = Decimal(fen) / 100

    assert kept("money", fen) == fen
    assert kept("money", f"{yuan}") == kept("money", f"{yuan:,}元") == kept("money", f"¥{yuan}") == fen


NO_AMOUNTS = ("0.001", "1e5x", "", "一百", 1.5, float("nan"), Decimal("NaN"), Decimal("Infinity"), Decimal("1e999999"), True, None)


@pytest.mark.parametrize("value", NO_AMOUNTS, ids=str)
def test_what_is_no_amount_is_refused(value: Any) -> None:
    """Tenths of a fen, floats, the infinite."""
    with pytest.raises(WrongValue):
        kept("money", value)


offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))


@given(st.datetimes(datetime(1901, 1, 1), datetime(2199, 1, 1)), offsets)
def test_instants_are_kept_in_utc(wall: datetime, zone: timezone) -> None:
    """The same instant, whatever zone it was given in, to the second."""
    at = wall.replace(tzinfo=zone, microsecond=0)

    assert kept("instant", at) == kept("instant", at.isoformat()) == kept("instant", at.astimezone(UTC))
    assert datetime.fromisoformat(kept("instant", at)) == at


@pytest.mark.parametrize("kind", ["day", "instant", "week", "month", "quarter"])
@pytest.mark.parametrize("year", [1, 1899, 2201, 9999])
def test_years_that_nothing_can_be_computed_in_are_refused(kind: FieldType, year: int) -> None:
    """A due of the year 9999 would end every list."""
    values: dict[str, Any] = {"day": date(year, 6, 1), "instant": datetime(year, 6, 1, tzinfo=UTC)}
    values |= {"week": f"{year:04}-W10", "month": f"{year:04}-03", "quarter": f"{year:04}-Q1"}

    with pytest.raises(WrongValue):
        kept(kind, values[kind])


@given(st.dates(date(1901, 1, 1), date(2199, 1, 1)))
def test_days_weeks_months_quarters_of_a_day(day: date) -> None:
    """A day, a text of it, and the kept form mean the same."""
    year, week, _ = day.isocalendar()

    assert kept("day", day) == kept("day", day.isoformat()) == day.isoformat()
    assert kept("week", day) == kept("week", f"{year}-W{week}") == kept("week", day.isoformat()) == f"{year}-W{week:02}"
    assert kept("month", day) == kept("month", f"{day:%Y-%m}") == f"{day:%Y-%m}"
    assert kept("quarter", day) == f"{day.year}-Q{(day.month + 2) // 3}"


@given(st.integers(0, 999_999), st.integers(0, 16), st.sampled_from("ABCDEFGHJKLMNPRSTUVWXYZ0123456789"))
def test_a_mistyped_vin_is_refused(number: int, place: int, sign: str) -> None:
    """Full width and small letters are read; one other sign and the check digit does not fit, but for signs of one weight."""
    good = vin(number)
    typed = good[:place] + sign + good[place + 1 :]

    assert kept("vin", good.lower()) == kept("vin", f" {good} ") == good
    wide = "".join(chr(ord(one) + 0xFEE0) for one in good)
    assert kept("vin", wide) == good
    if typed != good:
        try:
            assert kept("vin", typed) == typed
        except WrongValue:
            return
        alike = ["1AJ", "2BKS", "3CLT", "4DMU", "5ENV", "6FW", "7GPX", "8HY", "9RZ"]
        assert place == 8 or any({sign, good[place]} <= set(group) for group in alike)


READ: list[tuple[FieldType, Any, Any]] = [
    ("yes", "是", True), ("yes", " YES ", True), ("yes", "无", False), ("choice", "数电", "digital"), ("choice", "Paper", "paper"),
    ("choices", "纸质、digital,paper", ["paper", "digital"]), ("number", "１２,３００", 12300), ("rating", "5", 5),
    ("phone", "+86 (138) 0556-1234", "+8613805561234"), ("plate", "皖 h·3d905", "皖H3D905"), ("clock", "9:05", "09:05"),
    ("clock", "24:00", "24:00"), ("label", ["中", "en"], ["中", "en"]), ("text", "e\u0301", "\u00e9"),
    ("hash", "AB" * 32, "ab" * 32),
    ("rows", [{"项目": "油", "count": "２"}], [{"item": "油", "count": 2}]), ("persons", "王芳，李强", ["王芳", "李强"]),
]  # fmt: skip
REFUSED: list[tuple[FieldType, Any]] = [
    ("yes", "maybe"), ("choice", "plastic"), ("choices", 5), ("number", "1.5"), ("number", "1" * 17), ("rating", 6),
    ("rating", 0), ("clock", "24:01"), ("clock", "٣:00"), ("week", "2026-W54"), ("week", "2025-W53"), ("month", "2026-13"),
    ("quarter", "2026-Q5"), ("id_number", "110105194912310021"), ("phone", "12"), ("plate", "x"), ("label", "中"), ("rows", []),
    ("rows", [{"count": 1}]), ("rows", [{"x": 1}]), ("rows", "x"), ("hash", "xyz"), ("text", "\ud800"), ("text", "a\x00"),
    ("text", "\u202eb"), ("text", "长" * 10_001), ("day", datetime(2026, 3, 2)), ("day", "3/11"), ("instant", "2026-03-02T10:00"),
    ("instant", date(2026, 3, 2)),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value", "form"), READ)
def test_kept_forms(kind: FieldType, value: Any, form: Any) -> None:
    """What people write, and the one form that history keeps of it."""
    assert kept(kind, value) == form


@pytest.mark.parametrize(("kind", "value"), REFUSED)
def test_what_does_not_fit_is_refused(kind: FieldType, value: Any) -> None:
    """Each with a sentence that says how it should look."""
    with pytest.raises(WrongValue) as refused:
        kept(kind, value)

    assert refused.value.message.zh
    refused.value.message.zh.encode("gbk")

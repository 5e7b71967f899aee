"""Reading the value of a field: from what a person or a program gave to the one form that history keeps.

Kept forms: text in NFC; whole numbers; money in fen; a day `2026-03-11`; an instant in UTC `2026-03-11T00:40:00Z`;
a week `2026-W11`; a month `2026-03`; a quarter `2026-Q1`; a choice by its name; rows as lists of objects. Never a float.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import partial
from typing import Any, NoReturn

from cuiban.engine.labels import L
from cuiban.engine.language import Field

Reader = Callable[[Any], Any]

LONGEST_TEXT = 10_000
MOST_ROWS = 10_000
_LARGEST = 2**53 - 1
# Control characters and the marks that reorder what a terminal shows.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_WEEK = re.compile(r"([0-9]{4})-?W([0-9]{1,2})")
_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})")
_QUARTER = re.compile(r"([0-9]{4})-?Q([1-4])")
_YEARS = range(1900, 2201)  # outside, no due could be computed
_MOST_MONEY = 10**13  # fen
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_YES = {"yes": True, "y": True, "true": True, "1": True, "是": True, "有": True, "no": False, "n": False, "false": False,
        "0": False, "否": False, "无": False, "没有": False}  # fmt: skip


class WrongValue(ValueError):
    """The value does not fit its field; `message` says how it should look."""

    def __init__(self, message: L) -> None:
        super().__init__(message.en)
        self.message = message


def reader(field: Field) -> Reader:
    """The function that reads a value of `field`: the kept form, or WrongValue."""
    return partial(_READERS.get(field.type, read_text), field=field)


def read_text(value: Any, field: Field) -> str:
    """A text without control characters, in NFC, not empty."""
    if not isinstance(value, str):
        if not isinstance(value, int | Decimal) or isinstance(value, bool):
            _wrong_type(value)
        value = str(value)
    text: str
    if value.isascii() and value.isprintable():
        text = value.strip()
    else:
        text = unicodedata.normalize("NFC", value).strip()
        if _FORBIDDEN.search(text):
            raise WrongValue(L("含有不可见的控制字符", "contains invisible control characters"))
    if not text or not (text.isascii() or any(map(_shows, text))):
        raise WrongValue(L("是空的", "is empty"))
    longest = field.high or LONGEST_TEXT
    if len(text) > longest:
        raise WrongValue(L("超过{n}个字", "is longer than {n} signs").fill(n=longest))
    return text


def _shows(sign: str) -> bool:
    """Whether something is seen of a sign: no blank, no joiner, no mark of order."""
    return not sign.isspace() and unicodedata.category(sign) not in ("Cf", "Zs", "Mn")


def _wrong_type(value: Any) -> NoReturn:
    raise WrongValue(L("应为文字", "should be text"))


def _folded(value: Any) -> str:
    """A short text, number or amount as text, its full-width signs made plain."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        _wrong_type(value)
    if not isinstance(value, str):
        value = f"{value:d}" if isinstance(value, int) and abs(value) < 10**30 else f"{value:.40g}"
    return (value if value.isascii() else unicodedata.normalize("NFKC", value)).strip()


def _in_years(year: int) -> None:
    if year not in _YEARS:
        raise WrongValue(L("应在 {low} 至 {high} 年", "should be from {low} to {high}").fill(low=_YEARS[0], high=_YEARS[-1]))


def _number(value: Any, field: Field) -> int:
    if type(value) is int:
        return _bounded(value, field)
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise WrongValue(L("应为整数", "should be a whole number"))
    if isinstance(value, str):
        text = unicodedata.normalize("NFKC", value).strip().replace(",", "")
        if not re.fullmatch(r"[+-]?[0-9]{1,16}", text):
            raise WrongValue(L("应为整数", "should be a whole number"))
        value = int(text)
    if isinstance(value, Decimal) and (not value.is_finite() or abs(value) > _LARGEST or value != int(value)):
        raise WrongValue(L("应为整数", "should be a whole number"))
    return _bounded(int(value), field)


def _bounded(number: int, field: Field) -> int:
    low = field.low if field.low is not None else (1 if field.type == "rating" else None)
    high = field.high if field.high is not None else (5 if field.type == "rating" else _LARGEST)
    if (low is not None and number < low) or number > high or number < -_LARGEST:
        least, most = (in_yuan(one) if field.type == "money" else one for one in (-_LARGEST if low is None else low, high))
        raise WrongValue(L("应在{low}到{high}之间", "should be between {low} and {high}").fill(low=least, high=most))
    return number


def _money(value: Any, field: Field) -> int:
    """Fen. A text is yuan (`128,600.50`), a number already fen."""
    if isinstance(value, int) and not isinstance(value, bool):
        return _bounded(value, field)
    try:
        amount = Decimal(_folded(value).lstrip("¥").removesuffix("元").replace(",", ""))
        if not amount.is_finite() or abs(amount) > _MOST_MONEY:
            raise InvalidOperation
        fen = amount * 100
        if fen != fen.to_integral_value():
            raise InvalidOperation
    except InvalidOperation:
        raise WrongValue(L("应为金额, 如 128600 或 128600.50", "should be an amount, as 128600 or 128600.50")) from None
    return _bounded(int(fen), field)


def yuan(fen: int) -> str:
    """An amount as people write it: `128600.50`."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"


def in_yuan(fen: int) -> L:
    """The same within a sentence, with its unit."""
    return L(f"{yuan(fen)}元", f"{yuan(fen)} yuan")


def _day(value: Any, field: Field) -> str:
    if isinstance(value, datetime):
        raise WrongValue(L("应为日期, 不带钟点", "should be a day without a clock time"))
    try:
        if isinstance(value, str) and len(value.strip()) == 10:
            value = date.fromisoformat(value.strip())
    except ValueError:
        pass
    if not isinstance(value, date):
        raise WrongValue(L("应为日期, 如 2026-03-11", "should be a day, as 2026-03-11"))
    _in_years(value.year)
    return value.isoformat()


def _instant(value: Any, field: Field) -> str:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value.strip())
        except ValueError:
            value = None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise WrongValue(L("应为日期和时间, 如 2026-03-11 16:00", "should be a day and time, as 2026-03-11 16:00"))
    _in_years(value.year)
    return instant_text(value)


def in_utc(value: datetime) -> datetime:
    """The instant in UTC, a plain datetime whatever kind of one was given."""
    value = value.astimezone(UTC)
    if type(value) is datetime and value.tzinfo is UTC:
        return value
    return datetime(value.year, value.month, value.day, value.hour, value.minute, value.second, value.microsecond, UTC)


def instant_text(value: datetime) -> str:
    """The kept form of an instant: UTC, seconds."""
    return in_utc(value).replace(microsecond=0).isoformat().replace("+00:00", "Z")


def _yes(value: Any, field: Field) -> bool:
    if isinstance(value, bool):
        return value
    answer = _YES.get(_folded(value).lower())
    if answer is None:
        raise WrongValue(L("应为 是 或 否", "should be yes or no"))
    return answer


def _choice(value: Any, field: Field) -> str:
    text = _folded(value)
    for choice in field.choices:
        if text in (choice.name, choice.label.zh) or text.lower() == choice.label.en.lower():
            return choice.name
    raise WrongValue(
        L(
            f"应为 {', '.join(f'{c.name} {c.label.zh}' for c in field.choices)} 之一",
            f"should be one of {', '.join(f'{c.name} ({c.label.en})' for c in field.choices)}",
        )
    )


def _several(value: Any) -> list[Any]:
    if isinstance(value, str):
        return [part for part in re.split(r"[,，、;；]", value) if part.strip()]
    if isinstance(value, list | tuple):
        return list(value)
    raise WrongValue(L("应为一串, 以逗号分开", "should be a list, parted by commas"))


def _choices(value: Any, field: Field) -> list[str]:
    return list(dict.fromkeys(_choice(item, field) for item in _several(value)))


def _texts(value: Any, field: Field) -> list[str]:
    return list(dict.fromkeys(read_text(item, field) for item in _several(value)))


def _persons(value: Any, field: Field) -> list[str]:
    return list(dict.fromkeys(read_text(item, field) for item in _several(value)))


def _vin(value: Any, field: Field) -> str:
    """A vehicle identification number: 17 signs without I, O, Q, the ninth is the check digit. [GB 16735]"""
    text = _folded(value).upper()
    if not _VIN.fullmatch(text):
        raise WrongValue(L("车架号应为17位, 不含 I O Q", "a VIN has 17 signs without I, O, Q"))
    from vininfo import Vin  # type: ignore[import-untyped]

    if not Vin(text).verify_checksum():
        raise WrongValue(L("车架号第9位校验码不对", "the check digit (9th sign) of the VIN is wrong"))
    return text


def _phone(value: Any, field: Field) -> str:
    text = re.sub(r"[\s()-]", "", _folded(value))
    if not re.fullmatch(r"\+?[0-9]{7,15}", text):
        raise WrongValue(L("应为电话号码, 7到15位数字", "should be a phone number of 7 to 15 digits"))
    return text


def _id_number(value: Any, field: Field) -> str:
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    try:
        return str(ric.validate(_folded(value).upper()))
    except ValidationError:
        raise WrongValue(L("身份证号码不对", "is not a valid ID number")) from None


def _plate(value: Any, field: Field) -> str:
    text = re.sub(r"[\s·.-]", "", unicodedata.normalize("NFKC", read_text(value, field))).upper()
    if not 5 <= len(text) <= 10:
        raise WrongValue(L("应为车牌号, 如 皖H3D905", "should be a number plate, as 皖H3D905"))
    return text


def _clock(value: Any, field: Field) -> str:
    """A clock time of a day, to 24:00."""
    text = _folded(value)
    if not re.fullmatch(r"([01]?[0-9]|2[0-3]):[0-5][0-9]|24:00", text):
        raise WrongValue(L("应为钟点, 如 17:30", "should be a clock time, as 17:30"))
    return text.zfill(5)


def _label(value: Any, field: Field) -> list[str]:
    """The same text in Chinese and English."""
    if isinstance(value, L):
        value = [value.zh, value.en]
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise WrongValue(L("应为中文和英文各一", "should be a text in Chinese and one in English"))
    return [read_text(one, field) for one in value]


def _week(value: Any, field: Field) -> str:
    if isinstance(value, date):
        year, week, _ = value.isocalendar()
        _in_years(year)
        return f"{year}-W{week:02}"
    text = _folded(value).upper()
    match = _WEEK.fullmatch(text)
    try:
        day = date.fromisocalendar(int(match[1]), int(match[2]), 1) if match else date.fromisoformat(text)
    except ValueError:
        raise WrongValue(L("应为周, 如 2026-W11", "should be a week, as 2026-W11")) from None
    return _week(day, field)


def _month(value: Any, field: Field) -> str:
    if isinstance(value, date):
        _in_years(value.year)
        return f"{value.year}-{value.month:02}"
    match = _MONTH.fullmatch(_folded(value))
    if match and 1 <= int(match[2]) <= 12:
        _in_years(int(match[1]))
        return f"{match[1]}-{int(match[2]):02}"
    raise WrongValue(L("应为月份, 如 2026-03", "should be a month, as 2026-03"))


def _quarter(value: Any, field: Field) -> str:
    if isinstance(value, date):
        _in_years(value.year)
        return f"{value.year}-Q{(value.month + 2) // 3}"
    match = _QUARTER.fullmatch(_folded(value).upper())
    if match:
        _in_years(int(match[1]))
        return f"{match[1]}-Q{match[2]}"
    raise WrongValue(L("应为季度, 如 2026-Q1", "should be a quarter, as 2026-Q1"))


def _hash(value: Any, field: Field) -> str:
    text = _folded(value).lower()
    if not re.fullmatch(r"[0-9a-f]{64}", text):
        raise WrongValue(L("应为64位十六进制的 SHA-256", "should be a SHA-256 in 64 hexadecimal digits"))
    return text


def _rows(value: Any, field: Field) -> list[dict[str, Any]]:
    if not isinstance(value, list | tuple) or not all(isinstance(row, dict) for row in value):
        raise WrongValue(L(
            "应为表格文件, 写 --set {field}=@F.csv, 列: {columns}", "should be a table file, --set {key}=@F.csv; columns: {columns}"
        ).fill(field=field.label.zh, key=field.name, columns=_columns(field)))  # fmt: skip
    least = 1 if field.low is None else field.low
    if not least <= len(value) <= MOST_ROWS:
        raise WrongValue(L("应有{low}到{n}行", "should have {low} to {n} rows").fill(low=least, n=MOST_ROWS))
    return [_row(index, row, field) for index, row in enumerate(value, 1)]


def _columns(field: Field) -> L:
    """The columns of a table as a person may head them: 品名(item), 数量(count)."""
    return L(
        ", ".join(f"{one.label.zh}({one.name})" for one in field.columns),
        ", ".join(f"{one.label.en} ({one.name})" for one in field.columns),
    )


def _row(index: int, row: dict[str, Any], field: Field) -> dict[str, Any]:
    known = {spelt: column for column in field.columns for spelt in (column.label.en.casefold(), column.label.zh, column.name)}
    read: dict[str, Any] = {}
    for name, value in row.items():
        column = known.get(str(name).strip()) or known.get(str(name).strip().casefold())
        if column is None:
            raise WrongValue(L("第{n}行: 没有 {c} 这一列, 有 {names}", "row {n}: no column {c}; there are {names}").fill(
                n=index, c=name, names=_columns(field)))  # fmt: skip
        if value is None or value == "":
            continue
        try:
            read[column.name] = reader(column)(value)
        except WrongValue as error:
            raise WrongValue(L("第{n}行 {c}: {why}", "row {n}, {c}: {why}").fill(
                n=index, c=column.label, why=error.message)) from None  # fmt: skip
    missing = [column.label for column in field.columns if column.name not in read and column.low is not None]
    if missing:
        raise WrongValue(L("第{n}行缺 {c}", "row {n} lacks {c}").fill(n=index, c=missing[0]))
    return read


_READERS: dict[str, Callable[[Any, Field], Any]] = {
    "number": _number, "money": _money, "rating": _number, "day": _day, "instant": _instant, "yes": _yes,
    "choice": _choice, "choices": _choices, "persons": _persons, "vin": _vin, "phone": _phone,
    "id_number": _id_number, "plate": _plate, "week": _week, "month": _month,
    "quarter": _quarter, "clock": _clock, "label": _label, "rows": _rows, "hash": _hash,
    "texts": _texts,
}  # fmt: skip

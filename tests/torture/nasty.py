"""What people and programs give by mistake or in spite: texts, numbers, times, things of no use."""

import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

from cuiban.engine.facts import File
from tests.support.vins import vin

TEXTS = (
    "", " ", "\t", "\n", "x\ny", "\x00", "a\x00b", "\ud800", "ok\udfff", "\x1b[31mred\x1b[0m", "\u202eevil", "\u200b", "e\u0301",
    "a" * 300, "长" * 20_000, "😀", "ﷺ", "'; DROP TABLE events; --", "%s %d %(x)s", "{0} {x} {x.y}", "{", "}", "\\", "%", "_", "*",
    "../../etc/passwd", "=1+1", "@people", "role:", "role:finance", "role:nobody", "system", "case:TS-260302-001", "null", "None",
    "true", "NaN", "-0", "1e309", "１２３", "٣", "½", "0x10", "1" * 5000, "128600.5", "128,600.55", "¥1", "-1",
    "TS-260302-001", "TS-260302-999", "ts-260302-001", "260302-001", "-001", "complaint", "投诉", "accept", "签字承诺", "reported",
    "已登记", "resolve", "王芳", "李强", "wang", "li", "sun", "he", "admin", "shen",
    "3/11", "2026-02-30", "2026-13-01", "0000-00-00", "9999-12-31", "0001-01-01", "2026-03-02T25:00", "2026-03-02T10:00",
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "2026-03-03T10:00:00+08:00", "2026-03-02T08:00:00Z",
    "24:00", "25:61", "2026-W54", "9999-W53", "2026-W11", "0000-W01", vin(1), vin(1).lower(), vin(7), "LSGPC52U0FF000000",
    "11010519491231002X", "110105194912310021", "13805561234", "+86 138-0556-1234", "12", "皖H3D905", "off", "makeup",
)  # fmt: skip
NUMBERS = (0, 1, -1, 5, 6, 2**31, 2**53, 2**63, 2**64, 10**40, -(2**63), 1.5, -0.0, 1e308, float("nan"), float("inf"))
DAYS = (date.min, date.max, date(1970, 1, 1), date(2026, 3, 2), date(2026, 2, 15), date(2100, 2, 28), date(9999, 12, 30))
INSTANTS = (
    datetime.min, datetime.max, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), datetime(2026, 3, 2, 9),
    datetime(2026, 3, 2, 1, tzinfo=UTC), datetime(2026, 3, 1, 1, tzinfo=UTC), datetime(2199, 12, 31, tzinfo=UTC),
    datetime(1969, 12, 31, tzinfo=UTC), datetime.max.replace(tzinfo=timezone(timedelta(hours=-23))),
    datetime.min.replace(tzinfo=timezone(timedelta(hours=23))), datetime(2026, 2, 26, 1, tzinfo=timezone(timedelta(minutes=1))),
)  # fmt: skip
CAR = {"model": "GL8", "configuration": "x", "colour": "白"}
THINGS: tuple[Any, ...] = (
    None, True, False, b"bytes", [], {}, [[]], [{}], [None], ["li", "li"], ["没有"], {"#": "0" * 64}, {"a": {"b": [1, 2]}},
    object(), Decimal("NaN"), Decimal("Infinity"), Decimal("1e999999"), Decimal("0.005"), Decimal("7"), [{"model": "GL8"}],
    [{1: 2}], (1, 2), [{**CAR, "count": 0}], [CAR] * 3, File("\x00", b""), File("x" * 999, b"x"), ("中", "en"),
    ["中", "en", "de"], range(3), 3 + 4j, Exception("x"), lambda: None,
)  # fmt: skip
FILES = (
    None, File("单.pdf", b"%PDF"), File("", b""), File("\ud800", b"x"), File("a\nb", b"x"), File("名" * 400, b"x"),
    File("x", bytes(99_999)),
)  # fmt: skip


class Nasty:
    """Draws what is nasty."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice

    def text(self) -> str:
        """Any text."""
        if self.dice.random() < 0.1:
            return "".join(chr(self.dice.choice((self.dice.randrange(128), self.dice.randrange(0x11000)))) for _ in range(5))
        return self.dice.choice(TEXTS)

    def integer(self) -> int:
        """Any whole number."""
        return self.dice.choice([number for number in NUMBERS if isinstance(number, int)])

    def day(self) -> date:
        """Any day."""
        return self.dice.choice(DAYS)

    def instant(self) -> datetime:
        """Any instant, with a zone or without."""
        return self.dice.choice(INSTANTS)

    def value(self) -> Any:
        """Anything that a field may be given."""
        kind = self.dice.choice((self.text, self.text, lambda: self.dice.choice(NUMBERS), self.day, self.instant, self.thing))
        return kind()

    def thing(self) -> Any:
        """Something of no use."""
        return self.dice.choice(THINGS)

    def papers(self) -> dict[str, File | None]:
        """Papers of known and unknown kinds."""
        kinds = ("quick_form", "repair_order", "contract", "other", self.text())
        return {kind: self.dice.choice(FILES) for kind in self.dice.sample(kinds, self.dice.randint(0, 2))}

    def spoilt(self, arguments: dict[str, Any], kinds: dict[str, Callable[[], Any]]) -> dict[str, Any]:
        """The arguments, one to three of them replaced by something nasty of their own type."""
        names = self.dice.sample(sorted(kinds), min(len(kinds), self.dice.randint(1, 3)))
        return {**arguments, **{name: kinds[name]() for name in names}}

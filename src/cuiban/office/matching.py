"""Where registers do not agree, by the rules that are declared for them; for the command line, and for steps that look at it.

Must never enter: the rules (registers/matching.py), SQL (store/sifting.py).
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from cuiban.engine.labels import L
from cuiban.engine.matching import Difference, Match, Rule, Series, Side, days_of, in_words, span_of
from cuiban.errors import NotFound
from cuiban.store import sifting
from cuiban.store.registers import from_column

if TYPE_CHECKING:
    from cuiban.engine.language import Field
    from cuiban.engine.register import Register
    from cuiban.office import Office
    from cuiban.store.database import Connection

EVER = (date(1900, 1, 1), date(9999, 1, 1))
MONTH = len("2026-03")


def rule_named(name: str) -> Rule:
    """The rule of that name or label. Raises NotFound."""
    from cuiban.registers.matching import RULES

    found = next((rule for rule in RULES if name in (rule.name, rule.label.zh, rule.label.en)), None)
    if found is None:
        known = ", ".join(rule.name for rule in RULES)
        raise NotFound("not_found", L(f"没有 {name} 这项核对; 有: {known}", f"there is no rule {name}; there are: {known}"))
    return found


def differences(office: "Office", connection: "Connection", rule: Rule, span: tuple[date, date] | None = None) -> list[Difference]:
    """Everything in which the sides of a rule do not agree, of the days [from, to) of `span` (None: ever, or the last period)."""
    if isinstance(rule, Series):
        return list(_gaps(office, connection, rule))
    span = span or _last(office, connection, rule) or EVER
    return [*_alone(office, connection, rule, span), *_unlike(office, connection, rule, span)]


def _last(office: "Office", connection: "Connection", rule: Match) -> tuple[date, date] | None:
    """The last period of which the right side of a rule by periods tells."""
    if not rule.same_period or rule.right is None or rule.right.day is None:
        return None
    period = sifting.latest(connection, office.shelf(rule.right.register), rule.right.day)
    return span_of(period) if period is not None else None


def _bounds(office: "Office", rule: Match, span: tuple[date, date], turned: bool = False) -> dict[str, Any]:
    """The span as the days of the sides are kept, the right one first if `turned`."""
    one, two = (rule.right, rule.left) if turned else (rule.left, rule.right)
    found = _days(office, one, span, "one")
    return {**found, **_days(office, two, span, "two")} if rule.same_period else found


def _days(office: "Office", side: Side | None, span: tuple[date, date], name: str) -> dict[str, Any]:
    if side is None or side.day is None:
        return {}
    register = office.register(side.register)
    spec = register.field(side.day)
    assert spec is not None
    if spec.type == "month":  # one lies in the span if one of its days does
        last = span[1] - timedelta(days=1)
        following = (last.replace(day=1) + timedelta(days=32)).isoformat()[:MONTH] if span != EVER else "9999-12"
        return {f"{name}_from": span[0].isoformat()[:MONTH], f"{name}_to": following}
    if spec.type == "day":
        return {f"{name}_from": span[0].isoformat(), f"{name}_to": span[1].isoformat()}
    low, high = (sifting.bound(register, side.day, datetime.combine(day, time(), office.zone), office.zone) for day in span)
    return {f"{name}_from": low, f"{name}_to": high}


def _alone(office: "Office", connection: "Connection", rule: Match, span: tuple[date, date]) -> Iterator[Difference]:
    if "missing" in rule.finds:
        bounds = _bounds(office, rule, span)
        for id, key in sifting.alone(connection, rule.left, rule.right, office.shelf, bounds, f"{rule.name} left"):
            yield Difference(rule.name, "missing" if rule.right is not None else "extra", key, left=id)
    if "extra" in rule.finds and rule.right is not None:
        bounds = _bounds(office, rule, span, turned=True)
        for id, key in sifting.alone(connection, rule.right, rule.left, office.shelf, bounds, f"{rule.name} right"):
            yield Difference(rule.name, "extra", key, right=id)


def _unlike(office: "Office", connection: "Connection", rule: Match, span: tuple[date, date]) -> Iterator[Difference]:
    if rule.right is None or not rule.agree or "wrong" not in rule.finds:
        return
    found = sifting.unlike(connection, rule.left, rule.right, rule.agree, office.shelf, _bounds(office, rule, span), rule.name)
    specs = [_spec(office, office.register(rule.left.register), mine) for mine in rule.agree]
    for left, right, key, said in found:
        told: dict[str, list[Any]] = {}
        for spec, pair in zip(specs, zip(said[::2], said[1::2], strict=True), strict=True):
            if spec is not None and pair[0] != pair[1]:
                told[spec.name] = [from_column(spec, value) for value in pair]
        yield Difference(rule.name, "wrong", key, left=left, right=right, fields=told)


def _spec(office: "Office", register: "Register", path: str) -> "Field | None":
    """The field to which a path leads."""
    name, _, rest = path.partition(".")
    refer = next((one for one in register.refers if one.field == name), None)
    return register.field(name) if not rest or refer is None else office.register(refer.register).field(rest)


def _gaps(office: "Office", connection: "Connection", rule: Series) -> Iterator[Difference]:
    """Each number that is lacking between two that follow each other; of a wide gap the first and the last.

    A number that its book says is void lacks nothing, whether or not a row tells of it.
    """
    rows = [row for row in sifting.numbers(connection, office.shelf(rule.register), rule.number, rule.by) if row[1].isdigit()]
    void = {book: sorted(map(int, sifting.void(connection, office.store, book))) for book in {row[0] for row in rows}}
    for (book, number, id), (other, following, next_id) in pairwise(rows):
        first, last, width = int(number), int(following), len(following)
        if book != other or last - first < 2:
            continue
        there = [first, *(one for one in void[book] if first < one < last), last]
        for low, high in ((one + 1, two - 1) for one, two in pairwise(there) if two - one > 1):
            key = f"{low:0{width}d}" if low == high else f"{low:0{width}d}-{high:0{width}d}"
            yield Difference(rule.name, "missing", f"{book}/{key}", left=id, right=next_id)


def sentences_of(office: "Office", rule: Rule, found: list[Difference]) -> list[L]:
    """Each difference in words, by the names of both registers."""
    if isinstance(rule, Series):
        here, there = office.register(rule.register).label, None
    else:
        here = office.register(rule.left.register).label
        there = office.register(rule.right.register).label if rule.right is not None else None
    return [in_words(rule, one.found, here, there) for one in found]


def rows_of(found: list[Difference]) -> list[dict[str, Any]]:
    """Differences as the rows of a case: what was found, of which car or number, in what."""
    rows = []
    for one in found:
        remark = ", ".join(f"{name}: {said[0]} / {said[1]}" for name, said in one.fields.items())
        ids = " ".join(id for id in (one.left, one.right) if id is not None)
        rows.append({"found": one.found, "vin": (one.key or ids)[:17], "remark": f"{one.rule} {ids} {remark}".strip()[:200]})
    return rows


__all__ = ["days_of", "differences", "rows_of", "rule_named", "sentences_of", "span_of"]

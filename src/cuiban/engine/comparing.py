"""A list that was expected against what was found: entry by entry there, missing, wrong or extra. [language.Compare, D17]

Belongs here: the comparison, values in and values out.   Start at: compared
Must never enter: where lists come from, the name of any process.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from cuiban.engine.labels import L
from cuiban.engine.language import Compare

Rows = Sequence[dict[str, Any]]
THERE, MISSING, WRONG, EXTRA = "there", "missing", "wrong", "extra"
VERDICTS = (THERE, MISSING, WRONG, EXTRA)
CONTRADICTIONS = {
    "unexpected": L("单上没有它, 只能写「多」", "it is not on the sheet: it can only be extra"),
    "expected": L("单上有它, 不能写「多」", "it is on the sheet: it cannot be extra"),
    "told_twice": L("写了两次", "it is told twice"),
}


def compared(rule: Compare, expected: Rows, seen: Rows | None, said: Rows) -> list[dict[str, Any]]:
    """Every entry with its verdict: those expected in their order, then what was found beside them.

    Args:
        seen: what was found; None: nobody said, so that everything is there which `said` does not tell of.
        said: entries of which somebody says what is the matter: that counts.
    """
    found = {row.get(rule.key): row for row in seen or ()}
    told = {row.get(rule.key): row for row in said}
    listed: dict[Any, dict[str, Any]] = {}
    for row in expected:
        key = row.get(rule.key)
        other = found.get(key)
        verdict = THERE if seen is None or other is not None else MISSING
        listed[key] = _judged(rule, row, other or {}, verdict)
    for key, row in found.items():
        listed.setdefault(key, {**row, rule.verdict: EXTRA})
    for key, row in told.items():
        before = listed.get(key)
        usual = EXTRA if before is None else before[rule.verdict]
        verdict = row.get(rule.verdict) or usual
        if before is not None and verdict == THERE:
            listed[key] = _judged(rule, before, row, THERE)  # another model is not the one that was expected
        else:
            listed[key] = {**(before or {}), **row, rule.verdict: verdict}
    return list(listed.values())


def contradictions(rule: Compare, expected: Rows, seen: Rows, said: Rows) -> Iterator[dict[str, Any]]:
    """What cannot be so: an entry that is told twice, and a verdict that does not fit what was expected; as rows."""
    known = {row.get(rule.key) for row in expected}
    for listed in (seen, said):
        for key, times in Counter(row.get(rule.key) for row in listed).items():
            if times > 1:
                yield {"found": "told_twice", "vin": key}
    for row in said:
        key, verdict = row.get(rule.key), row.get(rule.verdict)
        if verdict is not None and (verdict == EXTRA) is (key in known):
            yield {"found": "expected" if key in known else "unexpected", "vin": key}


def _judged(rule: Compare, row: dict[str, Any], other: dict[str, Any], verdict: str) -> dict[str, Any]:
    """An entry that was expected, with what was found of it; where both say something else it is wrong."""
    differ = [name for name in rule.agree if name in row and name in other and row[name] != other[name]]
    judged = {**row, **other, rule.verdict: WRONG if differ else verdict}
    if differ and rule.remark is not None:
        judged.setdefault(rule.remark, ", ".join(f"{row[name]} / {other[name]}" for name in differ))
    return judged


def present(rule: Compare, rows: Rows) -> int:
    """How many of the entries were found."""
    return sum(1 for row in rows if row[rule.verdict] != MISSING)

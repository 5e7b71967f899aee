"""Whether a named test holds. The meaning of each test's name stands here, once. [language.md (a) Guard]"""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from cuiban.engine import conditions as c
from cuiban.engine.case import Case
from cuiban.engine.comparing import compared, contradictions, present
from cuiban.engine.facts import Facts
from cuiban.engine.language import Compare
from cuiban.engine.program import Program

Verdict = bool | None


class Scene:
    """What a test looks at; it notes every input, so that the event can say what was judged.

    Args:
        values: the fields as they will be after the step.
        at: the step's effective time (UTC).
        lenient: an absent value is not judged (facts from elsewhere hold only what they hold).
        papers: the papers that come with the step.
    """

    __slots__ = ("at", "case", "facts", "inputs", "lenient", "papers", "program", "values")

    def __init__(self, program: Program, case: Case | None, values: Mapping[str, Any], facts: Facts, *,
                 at: datetime, lenient: bool = False, papers: Collection[str] = ()) -> None:  # fmt: skip
        self.program, self.case, self.values, self.facts = program, case, values, facts
        self.at, self.lenient, self.papers = at, lenient, papers
        self.inputs: dict[str, Any] = {}

    def look(self, path: str) -> Any:
        """The value at `path`: a field, `relation.field` or `relation.state`; None if there is none."""
        relation, dot, name = path.partition(".")
        if not dot or path in self.values:  # an entry of a list is there as `each.column`
            value = self.values.get(path)
        elif relation in self.facts.checked:
            value = self.facts.checked[relation]
        elif relation in self.program.compares:
            value = self._compared(self.program.compares[relation], name)
        else:
            linked = self.facts.links.get(relation, [])
            value = None
            if len(linked) == 1:
                case = linked[0][1]
                value = case.state if name == "state" else case.data.fields.get(name)
        self.inputs[path] = len(value) if isinstance(value, list) else value
        return value

    def _compared(self, rule: Compare, name: str) -> Any:
        """A list held against another, or how many of it were found."""
        expected, seen, said = (self.look(path) for path in (rule.expected, rule.seen, rule.said))
        if expected is None:
            return None
        rows = compared(rule, expected, seen, said or [])
        return rows if name == "rows" else present(rule, rows)

    def contradictions(self, rule: Compare) -> list[dict[str, Any]] | None:
        """What in the lists cannot be so; None: nothing to hold them to."""
        expected, seen, said = (self.look(path) for path in (rule.expected, rule.seen, rule.said))
        return None if expected is None else list(contradictions(rule, expected, seen or [], said or []))

    def holds(self, test: c.Test) -> bool:
        """Whether `test` holds; with `lenient` also if it cannot be judged."""
        return self.judge(test) is not False

    def seen_by(self, test: c.Test) -> dict[str, Any]:
        """What `test` alone looks at."""
        noted, self.inputs = self.inputs, {}
        self.judge(test)
        alone, self.inputs = self.inputs, noted
        return alone

    def judge(self, test: c.Test) -> Verdict:
        """Whether `test` holds; None where `lenient` and what it looks at is absent. No `not_` turns that round."""
        found: Verdict = _JUDGES[type(test)](self, test)
        return found

    def absent(self, *values: Any) -> bool:
        """Whether the test cannot be judged and need not be."""
        return self.lenient and any(value is None for value in values)


def row_fits(test: c.Test, values: Mapping[str, Any], at: datetime) -> bool:
    """Whether `test` holds of a row of a register: its fields are all that it can look at."""
    alone = Scene(None, None, values, None, at=at)  # type: ignore[arg-type]  # a row has neither case nor links
    return alone.holds(test)


def _is(scene: Scene, test: c.Is) -> Verdict:
    value = scene.look(test.path)
    return None if scene.absent(value) else value in test.values


def _has(scene: Scene, test: c.Has) -> Verdict:
    value = scene.look(test.path)
    return None if scene.absent(value) else value is not None


def _same(scene: Scene, test: c.Same) -> Verdict:
    one, other = scene.look(test.path), scene.look(test.other)
    return None if scene.absent(one, other) else one is not None and bool(one == other)


def _at_least(scene: Scene, test: c.AtLeast) -> Verdict:
    value = scene.look(test.path)
    least = scene.look(test.least) if isinstance(test.least, str) else test.least
    if scene.absent(value, least):
        return None
    return value is not None and least is not None and bool(value >= least)


def _count(scene: Scene, test: c.Count) -> Verdict:
    listed = scene.look(test.path)
    least = scene.look(test.least) if isinstance(test.least, str) else test.least
    return None if scene.absent(listed, least) else least is not None and len(listed or []) >= least


def _listed(scene: Scene, test: c.Listed) -> Verdict:
    values = [scene.look(path) for path in test.paths]
    if scene.absent(*values):
        return None
    return ":".join(str(value) for value in values).casefold() in {one.casefold() for one in test.among}


def _later(scene: Scene, test: c.Later) -> Verdict:
    value = scene.look(test.path)
    if not isinstance(value, str):
        return None if scene.lenient else False
    if len(value) > 10:
        return datetime.fromisoformat(value) > scene.at
    return value >= _today(scene)


def _in_month(scene: Scene, test: c.InMonth) -> Verdict:
    value = scene.look(test.path)
    if not isinstance(value, str):
        return None if scene.lenient else False
    if len(value) > 10:
        value = datetime.fromisoformat(value).astimezone(scene.facts.calendar.zone).date().isoformat()
    return value[:7] == _today(scene)[:7]


def _today(scene: Scene) -> str:
    return scene.at.astimezone(scene.facts.calendar.zone).date().isoformat()


def _attempts(scene: Scene, test: c.Attempts) -> bool:
    days = scene.case.data.attempts.get(test.action, []) if scene.case is not None else []
    scene.inputs[f"attempts {test.action}"] = len(days)
    return bool(len(days) >= test.times and len(set(days)) >= test.days)


def _linked(scene: Scene, test: c.Linked) -> Verdict:
    linked = scene.facts.links.get(test.relation, [])
    if scene.lenient and not linked:
        return None
    if scene.case is not None:
        linked = linked[scene.case.data.older.get(test.relation, (1, 0))[1] :]
    fitting = sum(1 for _, case in linked if (case.state in test.states if test.states else not case.open))
    scene.inputs[test.relation] = f"{fitting}/{len(linked)}"
    if test.of == "all":
        return fitting == len(linked)
    return fitting >= (1 if test.of == "any" else int(test.of))


def _agree(scene: Scene, test: c.Agree) -> Verdict:
    rule = scene.program.compares.get(test.check)
    found = scene.facts.checked.get(test.check) if rule is None else scene.contradictions(rule)
    scene.inputs[f"{test.check}.differences"] = len(found or [])
    return None if scene.absent(found) else not found


def _papers(scene: Scene, test: c.PapersComplete) -> Verdict:
    return None if scene.lenient else not missing_papers(scene.program, scene.case, scene.papers)


def missing_papers(program: Program, case: Case | None, coming: Collection[str] = ()) -> list[str]:
    """The papers of the checklist that are neither present nor waived nor `coming` with the step."""
    have = case.data.documents if case is not None else {}
    there = {name for name, document in have.items() if document.status != "void"}.union(coming)
    return [paper.name for paper in program.process.papers if paper.name not in there]


def _within(scene: Scene, test: c.Within) -> Verdict:
    asked = scene.look(test.path)
    allowed = [scene.look(path) for path in ([test.other] if isinstance(test.other, str) else test.other)]
    if scene.absent(asked, *allowed):
        return None
    together = [row for rows in allowed for row in rows or []]
    need, have = (_sums(rows, test.by, test.amount) for rows in (asked or [], together))
    return all(count <= have[key] for key, count in need.items())


def _sums(rows: list[dict[str, Any]], by: list[str], amount: str) -> "Counter[tuple[Any, ...]]":
    sums: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        sums[tuple(row.get(name) for name in by)] += row.get(amount, 1)
    return sums


def _cycle(scene: Scene, test: c.Cycle) -> bool:
    return scene.case is not None and scene.case.data.cycle >= test.least


def _not(scene: Scene, test: c.Not) -> Verdict:
    found = scene.judge(test.test)
    return None if found is None else not found


def _both(scene: Scene, test: c.Both) -> Verdict:
    found = [scene.judge(one) for one in test.tests]
    return False if False in found else None if None in found else True


def _either(scene: Scene, test: c.Either) -> Verdict:
    found = [scene.judge(one) for one in test.tests]
    return True if True in found else None if None in found else False


_JUDGES: dict[type, Any] = {
    c.Is: _is,
    c.Has: _has,
    c.Same: _same,
    c.AtLeast: _at_least,
    c.Count: _count,
    c.Listed: _listed,
    c.Later: _later,
    c.InMonth: _in_month,
    c.Attempts: _attempts,
    c.Linked: _linked,
    c.Agree: _agree,
    c.PapersComplete: _papers,
    c.Within: _within,
    c.Cycle: _cycle,
    c.Not: _not,
    c.Both: _both,
    c.Either: _either,
}

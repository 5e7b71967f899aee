"""Checks of the rows that steps write into registers: register and fields are there, values fit, what a row needs is given."""

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, get_args

from cuiban.engine.comparing import VERDICTS
from cuiban.engine.conditions import Both, Either, Has, Is, Not, Same, Test, paths_of
from cuiban.engine.definition import Definition, everything_in
from cuiban.engine.fields import WrongValue, reader
from cuiban.engine.labels import L
from cuiban.engine.language import Enter, Field, FromRow, Transition
from cuiban.engine.matching import Match, Rule, Side
from cuiban.engine.problems import Problem, problem
from cuiban.engine.program import ACT_LABELS, OPEN
from cuiban.engine.register import Register
from cuiban.engine.rows import CASE, ENDS

VERDICTS_LACK = L("要有这些选项", "it needs these choices")
OF_STEP = {CASE: "text", "@at": "instant", "@day": "day", "@month": "month", "@opened": "day"}
# What may be kept as what: a text takes whatever is written as one.
TEXTS = {"text", "vin", "plate", "week", "month", "quarter", "day", "choice", "person", "label"}


def rows(d: Definition, registers: Mapping[str, Register]) -> Iterator[Problem]:
    """All that is wrong with the rows that the steps of a process write."""
    listed = [(element, one) for element, step in d.stepping for one in step.enters]
    if d.process.cancel is not None:
        listed += [("cancel", one) for one in d.process.cancel.enters]
    for element, one in listed:
        register = registers.get(one.register)
        if register is None:
            yield problem("unknown_register", d.name, element, name=one.register)
        else:
            for code, params in _wrong(d, register, one):
                yield problem(code, d.name, element, **params)


def sheets(d: Definition, registers: Mapping[str, Register]) -> Iterator[Problem]:
    """The sheets that steps take: their register, fields, tests; lists and columns of comparisons; columns of what is filled."""
    for sheet in d.process.sheets:
        register = registers.get(sheet.register)
        if register is None:
            yield problem("unknown_register", d.name, "process", name=sheet.register)
            continue
        for code, params in asked(registers, register, sheet.when):
            yield problem(code, d.name, "process", **params)
        for path in sheet.sets.values():
            field = at_row(registers, register, path)
            if field is None:
                yield problem("unknown_field", d.name, "process", name=f"{register.name}.{path}")
            elif field.kept_aside:
                yield problem("personal_in_test", d.name, "process", field=field.label)
    for rule in d.process.compares:
        for path in (rule.expected, rule.seen, rule.said):
            columns = {column.name for field in d.fields_at(path) or [] for column in field.columns}
            if not columns:
                yield problem("unknown_field", d.name, "process", name=path)
            elif rule.key not in columns:
                yield problem("unknown_column", d.name, "process", field=path, name=rule.key)
    for element, step in d.stepping:
        for name, paths in step.takes.items():
            yield from _filled(d, element, name, [paths] if isinstance(paths, str) else paths)


def _filled(d: Definition, element: str, name: str, paths: list[str]) -> Iterator[Problem]:
    """A list that a step takes fits the columns of its field, verdicts too."""
    if name not in d.fields or d.fields[name].type != "rows":
        return
    known = {column.name: column for column in d.fields[name].columns}
    for path in (path for path in paths if "." in path):
        for column in (one for field in d.fields_at(path) or [] for one in field.columns):
            if column.name not in known:
                yield problem("unknown_column", d.name, element, field=d.fields[name].label, name=column.name)
        rule = d.program.compares.get(path.split(".")[0])
        verdict = known.get(rule.verdict) if rule is not None else None
        if verdict is not None and not {choice.name for choice in verdict.choices} >= {*VERDICTS}:
            yield problem("wrong_constant", d.name, element, field=verdict.label, value=", ".join(VERDICTS), why=VERDICTS_LACK)


# What the store can ask of rows; not_, both, either of these too.
TESTS: tuple[type, ...] = get_args(Test)
ASKED = (Is, Has, Same, Not, Both, Either)


def at_row(registers: Mapping[str, Register], register: Register, path: str) -> Field | None:
    """The field that a path means, seen from a row: its own, or one of a row that it refers to (`vin.plate`); None: no such."""
    name, dot, rest = path.partition(".")
    if not dot:
        return next((field for field in register.fields if field.name == name), None)
    refer = next((one for one in register.refers if one.field == name), None)
    there = registers.get(refer.register) if refer is not None else None
    return at_row(registers, there, rest) if there is not None else None


def asked(registers: Mapping[str, Register], register: Register, test: Test | None) -> Iterator[tuple[str, dict[str, object]]]:
    """What is wrong with a test that rows are asked: its kind, its paths, its constants."""
    for thing in everything_in(test):
        if isinstance(thing, TESTS) and not isinstance(thing, ASKED):
            yield "test_of_rows", {"name": type(thing).__name__}
        if isinstance(thing, Is):
            for value in thing.values:
                field = at_row(registers, register, thing.path)
                yield from _constant(register, field, value) if field is not None else ()
    for path in paths_of(test) if test is not None else ():
        if at_row(registers, register, path) is None:
            yield "unknown_field", {"name": f"{register.name}.{path}"}


def openings(d: Definition, registers: Mapping[str, Register]) -> Iterator[Problem]:
    """All that is wrong with the rows that open cases of a process."""
    for rule in d.process.from_rows:
        register = registers.get(rule.register)
        if register is None:
            yield problem("unknown_register", d.name, "process", name=rule.register)
        else:
            for code, params in _opens(d, registers, register, rule):
                yield problem(code, d.name, "process", **params)


def checks(d: Definition, rules: Container[str]) -> Iterator[Problem]:
    """The matching rules that steps look at are there, and the fields that say for when; what another case does looks at none."""
    for check in d.process.checks:
        if (check.rule is None) is (check.of is None):
            yield problem("check_without_rule", d.name, "process", name=check.name)
        if check.rule is not None and check.rule not in rules:
            yield problem("unknown_rule", d.name, "process", name=check.rule)
        for name in (one for one in (check.by, check.until, check.of) if one is not None and one not in d.fields):
            yield problem("unknown_field", d.name, "process", name=name)
    looked = {one.name for listed in (d.process.checks, d.process.sheets) for one in listed}
    for element, step in d.stepping:
        by = d.driven_by(step) if not looked.isdisjoint(d.program.reads_links(step)) else None
        if by is not None:
            label = step.label if isinstance(step, Transition) else ACT_LABELS[OPEN]
            yield problem("looks_unseen", d.name, element, action=label, process=by.label)


def matches(rules: Iterable[Rule], registers: Mapping[str, Register]) -> Iterator[Problem]:
    """All that is wrong with matching rules themselves."""
    for rule in rules:
        if isinstance(rule, Match):
            sides = [(rule.left, [*rule.agree]), *([(rule.right, [*rule.agree.values()])] if rule.right is not None else [])]
        else:
            sides = [(Side(rule.register, rule.number), [rule.by])]
        for side, paths in sides:
            yield from _side(rule.name, side, paths, registers)


def _side(name: str, side: Side, paths: list[str], registers: Mapping[str, Register]) -> Iterator[Problem]:
    register = registers.get(side.register)
    if register is None:
        yield problem("unknown_register", name, "process", name=side.register)
        return
    for path in [side.key, *(path for path in (side.day, side.last_of) if path is not None), *paths]:
        if path != "id" and at_row(registers, register, path) is None:
            yield problem("unknown_field", name, "process", name=f"{register.name}.{path}")
    for code, params in asked(registers, register, side.when):
        yield problem(code, name, "process", **params)


def _opens(d: Definition, registers: Mapping[str, Register], register: Register, rule: FromRow
           ) -> Iterator[tuple[str, dict[str, object]]]:  # fmt: skip
    yield from asked(registers, register, rule.when)
    at = at_row(registers, register, rule.at)
    if at is None or at.type not in ("day", "instant"):
        yield "unknown_field", {"name": f"{register.name}.{rule.at}"}
    if rule.last_of is not None and at_row(registers, register, rule.last_of) is None:
        yield "unknown_field", {"name": f"{register.name}.{rule.last_of}"}
    if rule.supersedes is not None and rule.supersedes not in d.steps:
        yield "unknown_step", {"name": rule.supersedes}
    for name, said in [*rule.sets.items(), *rule.tells.items()]:
        if name not in d.fields:
            yield "unknown_field", {"name": name}
            continue
        for path in said if isinstance(said, list) and len(said) > 1 else [said]:
            if not isinstance(path, str):
                yield from _constant(register, d.fields[name], path[0])
            elif (field := at_row(registers, register, path)) is None:
                yield "unknown_field", {"name": f"{register.name}.{path}"}
            elif not (_fits(field.type, d.fields[name].type) or (field.type, d.fields[name].type) == ("instant", "day")):
                yield "row_type", {"field": name, "path": f"{register.name}.{path}"}
    for name in (item for item in d.process.opening.needs if isinstance(item, str)):
        if name not in {*rule.sets, *d.process.opening.sets, *d.process.opening.takes, *d.process.opening.appoints}:
            yield "opening_lacks", {"process": d.process.label, "field": d.fields[name].label}


def _wrong(d: Definition, register: Register, enter: Enter) -> Iterator[tuple[str, dict[str, object]]]:
    known = {field.name: field for field in register.fields}
    for name, path in enter.sets.items():
        if name not in known:
            yield "unknown_field", {"name": f"{register.name}.{name}"}
        elif not isinstance(path, str):
            yield from _constant(register, known[name], path[0])
        elif path.startswith("@"):
            if path not in OF_STEP or not _fits(OF_STEP[path], known[name].type):
                yield "unknown_field", {"name": path}
        else:
            yield from _path(d, register, known[name], path)
    if enter.each is not None and (enter.each not in d.fields or not d.fields[enter.each].columns):
        yield "unknown_field", {"name": enter.each}
    for name in enter.loose:
        if name not in {refer.field for refer in register.refers}:
            yield "unknown_link", {"name": f"{register.name}.{name}"}
    for name in enter.adds:
        if name not in enter.sets or name not in known:
            yield "unknown_field", {"name": f"{register.name}.{name}"}
        elif known[name].type not in ("number", "money"):
            yield "row_type", {"field": f"{register.name}.{name}", "path": "adds"}
    needed = register.required if enter.mode in ("new", "missing") else register.key
    for name in needed:
        if name not in enter.sets:
            yield "row_lacks", {"register": register.label, "field": known[name].label}


def _constant(register: Register, field: Field, value: Any) -> Iterator[tuple[str, dict[str, object]]]:
    if value is None:
        if field.name in register.required:
            yield "row_lacks", {"register": register.label, "field": field.label}
        return
    try:
        reader(field)(value)
    except WrongValue as error:
        yield "wrong_constant", {"field": field.label, "value": value, "why": error.message}


def _path(d: Definition, register: Register, field: Field, path: str) -> Iterator[tuple[str, dict[str, object]]]:
    period, _, end = path.partition(".")
    found = [Field(path, d.fields[period].label, "day")] if end in ENDS and _is_period(d, period) else d.fields_at(path)
    if found is None:
        yield "unknown_field", {"name": path}
    for one in found or ():
        named = any(refer.field == field.name and refer.by is None for refer in register.refers)  # by its key
        if named or (_fits(one.type, field.type) and not _new_choices(one, field)):
            continue
        yield "row_type", {"field": f"{register.name}.{field.name}", "path": path}


def _is_period(d: Definition, name: str) -> bool:
    return name in d.fields and d.fields[name].type in ("week", "month", "quarter")


def _fits(given: str, taken: str) -> bool:
    return given == taken or (taken == "text" and given in TEXTS)


def _new_choices(given: Field, taken: Field) -> set[str]:
    return {one.name for one in given.choices} - {one.name for one in taken.choices} if taken.type == "choice" else set()

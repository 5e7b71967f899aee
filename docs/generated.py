"""The pages that are made from the program itself, so that they cannot go stale.

Belongs here: a function a page.   Must never enter: what somebody would rather write by hand.
"""

import tomllib
from collections.abc import Iterable
from pathlib import Path

from cuiban.engine.blockers import MESSAGES
from cuiban.engine.diagram import draw
from cuiban.engine.duty import Duty
from cuiban.engine.labels import L
from cuiban.engine.program import Program, bind
from cuiban.office.duties import DUTY
from cuiban.office.registry import Registry
from cuiban.registers import every
from cuiban.registers.matching import RULES

MADE = "<!-- made by ./dev docs; do not edit -->\n"


def _programs(registry: Registry) -> list[Program]:
    settings = {key: choice.default for key, choice in registry.choices.items()}
    return [Program(bind(process, settings)) for process in registry.processes.values()]


def processes() -> str:
    """Every process: its states with their dues, its steps, its picture."""
    parts = [f"# 流程 Processes\n\n{MADE}"]
    for program in _programs(Registry()):
        process = program.process
        rows = ", ".join(process.rows)
        parts.append(f"## {process.label.zh} {process.label.en} (`{process.name}`, {rows})\n")
        parts.append(f"```mermaid\n{draw(program, 'mermaid', 'zh')}\n```\n")
        parts.append("| 环节 state | 动作 steps |\n| --- | --- |")
        for state in process.states:
            steps = ", ".join(f"{t.label.zh} `{t.name}`" for t in program.offered(state.name).values())
            parts.append(f"| {state.label.zh} {state.label.en} `{state.name}` | {steps or '-'} |")
        parts.append("")
    return "\n".join(parts)


def errors() -> str:
    """Every refusal: its code and words in both languages."""
    registry = Registry()
    lines = [
        f"# 拒绝的原因 Why a step is refused\n\n{MADE}",
        "A refusal lists every reason at once, each with a code that never changes its meaning.\n",
        "| code | 中文 | English |\n| --- | --- | --- |",
    ]
    lines += [_row(code, label) for code, label in sorted(MESSAGES.items())]
    lines.append("\n## Guards of the processes\n\n| code | 中文 | English |\n| --- | --- | --- |")
    guards = {g.code: g.message for p in _programs(registry) for t in p.process.transitions for g in t.guards}
    lines += [_row(code, label) for code, label in sorted(guards.items())]
    return "\n".join(lines) + "\n"


def _row(code: str, label: L) -> str:
    return f"| `{code}` | {label.zh} | {label.en} |".replace("role:{", "{")  # which a desk makes a label


def settings() -> str:
    """Every choice of the business: what it is until a dealership sets its own, and why."""
    lines = [
        f"# 可以自己定的 The business's choices\n\n{MADE}",
        "Where the source text is silent, we chose. Each dealership sets its own: `cuiban settings KEY VALUE --reason R`.\n",
        "| key | 是什么 what | 默认 default | 为什么 why |\n| --- | --- | --- | --- |",
    ]
    for choice in Registry().choices.values():
        what, why = choice.label, choice.why
        lines.append(f"| `{choice.key}` | {what.zh}<br>{what.en} | {choice.default} | {why.zh}<br>{why.en} |")
    return "\n".join(lines) + "\n"


def catalogue() -> str:
    """For each row of the catalogue what carries it, and the command that shows it."""
    registry = Registry()
    rows = tomllib.loads((Path(__file__).parent / "rows.toml").read_text(encoding="utf-8"))
    lines = [
        f"# 职责对照 The catalogue, row by row\n\n{MADE}",
        "What the job descriptions ask for, what carries it here, and the command that shows it. `-`: nothing does yet.\n",
        "| row | 要求 what is asked | 由谁承担 carried by | 怎么看 command |\n| --- | --- | --- | --- |",
    ]
    for row, (zh, en, _) in rows.items():
        carriers = [*_carrying_processes(registry, row), *_carrying_duties(registry.duties.values(), row)]
        carriers += [*_carrying_registers(row), *QUERIES.get(row, [])]
        by = "<br>".join(name for name, _ in carriers) or "-"
        command = "<br>".join(f"`{shown}`" for _, shown in carriers) or "-"
        lines.append(f"| {row} | {zh}<br>{en} | {by} | {command} |")
    return "\n".join(lines) + "\n"


# Rows that a question to the whole house carries: no process, duty or register of its own.
QUERIES = {"B7": [("卡在哪里 `stuck`", "cuiban stuck")]}


def _carrying_registers(row: str) -> list[tuple[str, str]]:
    registers = [(f"台账 {r.label.zh} `{r.name}`", f"cuiban register list {r.name}") for r in every() if row in r.rows]
    return registers + [
        (f"核对 {rule.label.zh} `{rule.name}`", f"cuiban register match {rule.name}") for rule in RULES if row in rule.rows
    ]


def _carrying_processes(registry: Registry, row: str) -> list[tuple[str, str]]:
    found = [p for p in registry.processes.values() if row in p.rows or any(t.row == row for t in p.transitions)]
    if any(row in duty.rows for duty in registry.duties.values()):
        found = [p for p in found if p.name != DUTY]  # the duty itself is named, with its own ledger
    return [(f"流程 {p.label.zh} `{p.name}`", f"cuiban list --process {p.name}") for p in found]


def _carrying_duties(duties: Iterable[Duty], row: str) -> list[tuple[str, str]]:
    return [(f"例行 {d.label.zh} `{d.name}`", f"cuiban duties --duty {d.name}") for d in duties if row in d.rows]

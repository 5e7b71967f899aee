"""cuiban import-log: an event log from elsewhere, replayed through a process. [cli.md 5; docs/import-log.md]"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cuiban.commands.columns import aligned
from cuiban.commands.completing import offering, processes
from cuiban.commands.desk import Desk
from cuiban.commands.naming import process_named
from cuiban.commands.output import answer, apart_from
from cuiban.commands.progress import progress
from cuiban.commands.verbs import argument, option, verb
from cuiban.engine.labels import L
from cuiban.errors import Usage

if TYPE_CHECKING:
    from cuiban.audit.tally import Deviation, Report
    from cuiban.office.imports import Imported

FAILED = 7
SHOWN = 20
CASES = L("{cases}案, 相符 {good} ({share})", "{cases} cases, {good} conform ({share})")
EVENTS = L("{events}个事件, 相符 {good} ({share})", "{events} events, {good} conform ({share})")
LEFT_OUT = L("另有 {n} 个按映射不计", "{n} more are left out by the map")
CAME = L("读入 {opened}案, 接续 {continued}案, 原已读入 {known}案", "{opened} cases came in, {continued} went on, {known} were in")
TRIED = L("只判断, 没有读入", "judged only; nothing was imported")
OTHER_MAP = L("其中 {n}案当初按另一张映射读入, 保持原样", "{n} of them came in by another map, and stay as they are")
COMMONEST = L("不相符的 {n} 个事件:", "The {n} events that do not conform:")
HEADING = (L("个数", "events"), L("活动", "activity"), L("环节", "state"), L("原因", "why not"), L("例", "example"))
MORE = L("  还有 {n} 种, 用 --json 看全部", "  {n} kinds more; --json has them all")


@verb("import-log", writes=True)
@argument("file", L("F.xes|F.xes.gz|F.csv", "F.xes|F.xes.gz|F.csv"))
@option("--process", metavar="P", shell_complete=offering(processes), words=L("按哪个流程", "through which process"))
@option("--map", "mapping", metavar="M.toml", words=L("映射文件", "what the log's words mean"))
@option(
    "--strict", is_flag=True, words=L("有不相符即退出码 7, 照样读入", "exit 7 if anything deviates; it is imported all the same")
)
@click.pass_obj
def import_log_verb(desk: Desk, file: str, process: str | None, mapping: str | None, strict: bool) -> int:
    """Replay the log FILE through a process; twice changes nothing, and after a stop it goes on."""
    from cuiban.exchange.logs import read_log
    from cuiban.exchange.mapfile import read_map

    if process is None or mapping is None:
        raise Usage("usage", L("要写 --process 和 --map", "give --process and --map"))
    apart_from(desk, Path(file))
    name, meaning = process_named(desk, process), read_map(Path(mapping))
    with progress(desk, L("已读 {n} 个事件", "{n} events read")) as told:
        done = desk.office.import_log(name, meaning, read_log(Path(file), meaning), progress=told, **desk.act)
    answer(desk, done.report, lambda: _lines(desk, name, done))
    return FAILED if strict and done.report.deviations else 0


def _lines(desk: Desk, process: str, done: "Imported") -> Iterator[str]:
    report = done.report
    cases = CASES.fill(cases=report.cases, good=report.conforming_cases, share=_share(report.conforming_cases, report.cases))
    events = EVENTS.fill(events=report.judged, good=report.conforming_events, share=_share(report.conforming_events, report.judged))
    yield desk.say(cases)
    yield desk.say(events) + (f"; {desk.say(LEFT_OUT.fill(n=report.ignored))}" if report.ignored else "")
    if desk.act["dry_run"]:
        yield desk.say(TRIED)
    else:
        yield desk.say(CAME.fill(opened=done.opened, continued=done.continued, known=done.known))
    if done.other_map:
        yield desk.say(OTHER_MAP.fill(n=done.other_map))
    yield from _deviations(desk, process, report)


def _deviations(desk: Desk, process: str, report: "Report") -> Iterator[str]:
    """The commonest kinds of deviation, each with a case in which it occurs."""
    if not report.deviations:
        return
    yield desk.say(COMMONEST.fill(n=report.judged - report.conforming_events))
    rows = [[desk.say(word) for word in HEADING], *(_row(desk, process, one) for one in report.deviations[:SHOWN])]
    yield from (f"  {line}" for line in aligned(rows, right=[0]))
    if len(report.deviations) > SHOWN:
        yield desk.say(MORE.fill(n=len(report.deviations) - SHOWN))


def _row(desk: Desk, process: str, one: "Deviation") -> list[str]:
    from cuiban.audit.reasons import reason

    state = desk.office.program(process).states.get(one.state)
    where = desk.say(state.label) if state is not None else one.state or "-"
    return [str(one.count), one.activity, where, desk.say(reason(one.code)), one.example]


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"

"""cuiban import-log: an event log from elsewhere, replayed through a process. [cli.md 5; docs/import-log.md]"""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cuiban.commands.columns import aligned
from cuiban.commands.completing import offering, processes
from cuiban.commands.desk import Desk
from cuiban.commands.naming import process_named
from cuiban.commands.output import answer
from cuiban.commands.progress import progress
from cuiban.commands.render import as_json
from cuiban.commands.verbs import argument, option, verb
from cuiban.engine.labels import L
from cuiban.errors import Usage

if TYPE_CHECKING:
    from cuiban.audit.tally import Report

FAILED = 7
SHOWN = 20
CASES = L("{cases}案, 符合 {good} ({share})", "{cases} cases, {good} conform ({share})")
EVENTS = L("{events}个事件, 其中判 {judged}, 符合 {good} ({share})", "{events} events, {judged} judged, {good} conform ({share})")
KEPT = L("读入 {opened}案, 续 {continued}案, 早已在库 {known}案", "{opened} cases came in, {continued} went on, {known} were known")
OTHER = L("其中 {n}案当初用的是另一个映射, 未改", "{n} of them were read with another map and stay as they are")
COMMONEST = L("最常见的不符:", "The commonest deviations:")
HEADING = [L("次数", "events"), L("活动", "activity"), L("环节", "state"), L("原因", "code"), L("例", "example")]


@verb("import-log", writes=True)
@argument("file", L("F.xes|F.xes.gz|F.csv", "F.xes|F.xes.gz|F.csv"))
@option("--process", metavar="P", shell_complete=offering(processes), words=L("按哪个流程", "through which process"))
@option("--map", "mapping", metavar="M.toml", words=L("映射文件", "what the log's words mean"))
@option("--strict", is_flag=True, words=L("有不符即退出码 7", "7 if anything deviates"))
@click.pass_obj
def import_log_verb(desk: Desk, file: str, process: str | None, mapping: str | None, strict: bool) -> int:
    """Replay the log FILE through a process; twice changes nothing, and after a stop it goes on."""
    from cuiban.exchange.logs import read_log
    from cuiban.exchange.mapfile import read_map
    from cuiban.office.imports import import_log

    if process is None or mapping is None:
        raise Usage("usage", L("要写 --process 和 --map", "give --process and --map"))
    name, meaning = process_named(desk, process), read_map(Path(mapping))
    with progress(desk, L("已读 {n} 个事件", "{n} events read")) as told:
        done = import_log(desk.office, name, meaning, read_log(Path(file), meaning), progress=told, **desk.act)
    counts = {"opened": done.opened, "continued": done.continued, "known": done.known, "other_map": done.other_map}
    value: dict[str, Any] = {**as_json(done.report, desk.reader()), **counts}
    answer(desk, value, lambda: _lines(desk, done.report, counts))
    return FAILED if strict and done.report.deviations else 0


def _lines(desk: Desk, report: "Report", counts: dict[str, int]) -> Iterator[str]:
    cases = CASES.fill(cases=report.cases, good=report.conforming_cases, share=_share(report.conforming_cases, report.cases))
    yield desk.say(cases)
    yield desk.say(EVENTS.fill(events=report.events, judged=report.judged, good=report.conforming_events,
                               share=_share(report.conforming_events, report.judged)))  # fmt: skip
    yield desk.say(KEPT.fill(**counts))
    if counts["other_map"]:
        yield desk.say(OTHER.fill(n=counts["other_map"]))
    if report.deviations:
        yield desk.say(COMMONEST)
        rows = [[str(one.count), one.activity, one.state or "-", one.code, one.example] for one in report.deviations[:SHOWN]]
        yield from (f"  {line}" for line in aligned([[desk.say(word) for word in HEADING], *rows], right=[0]))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"

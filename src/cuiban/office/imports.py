"""Importing an event log: each case of it becomes one of ours, as far as it conforms; a case that is known goes on.

A batch of whole cases is a transaction (traces.py). What came in stays in: killed at any point, a further run goes on.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from cuiban.audit.conformance import Verdict
from cuiban.audit.identity import map_hash
from cuiban.audit.tally import Report, Tally
from cuiban.engine.blockers import Blocker, blocker
from cuiban.engine.labels import L
from cuiban.engine.program import CANCEL
from cuiban.engine.roster import AUDITOR
from cuiban.errors import BadInput, Refused
from cuiban.exchange.logmap import LogMap
from cuiban.exchange.logs import LogTrace
from cuiban.office.traces import Batch, Importer

if TYPE_CHECKING:
    from cuiban.office import Office

BATCH = 2_000  # events a transaction
Progress = Callable[[int], None]


@dataclass(slots=True)
class Imported:
    """What an import did.

    Attributes:
        report: how much of the log conforms.
        opened: cases that came in; continued: cases that went on; known: cases of which all was in before.
        other_map: of the last two, cases that came in by another map: what came in stays as it is.
    """

    report: Report
    opened: int = 0
    continued: int = 0
    known: int = 0
    other_map: int = 0

    @property
    def cases(self) -> int:
        """The cases of the log that are in."""
        return self.opened + self.continued + self.known


def import_log(
    office: "Office", process: str, mapping: LogMap, traces: Iterable[LogTrace], *, actor: str, now: datetime,
    via: str | None = None, dry_run: bool = False, progress: Progress | None = None,
) -> Imported:  # fmt: skip
    """Import the cases of a log; see Office.import_log."""
    program = office.program(process)
    _may(office, actor, now)
    actions = {*program.names, *([CANCEL] if program.process.cancel is not None else [])}
    mapping.check_against(process, actions, program.fields)
    importer = Importer(office, process, mapping, map_hash(mapping), actor, now, via)
    tally, done = Tally(), Imported(Tally().report())
    for batch in _batches(traces, done):
        for trace, verdicts in zip(batch, _judged(importer, batch, done, dry_run), strict=True):
            tally.add(trace.case, verdicts)
        if progress is not None:
            progress(tally.events)
    done.report = tally.report()
    return done


def _may(office: "Office", actor: str, now: datetime) -> None:
    """Raise Refused unless the importer works here, and not as a mere auditor: who did the events is not judged."""
    roster = office.roster()
    found: list[Blocker] = []
    if not roster.active(actor, now):
        found.append(blocker("not_active", actor=roster.name(actor)))
    elif roster.roles(actor, now) == {AUDITOR}:
        found.append(blocker("reads_only"))
    if found:
        raise Refused.because(*found)


def _judged(importer: Importer, batch: list[LogTrace], done: Imported, dry_run: bool) -> list[list[Verdict]]:
    """What becomes of the events of each case; written, but for a dry run."""
    if dry_run:
        judge = importer.trial(importer.office.world())
        return [judge.judge(trace).verdicts for trace in batch]
    written = importer.office.store.transact(lambda connection: Batch(importer, connection).write(batch))
    done.opened += len(written.begun)
    done.continued += written.continued
    done.known += written.known
    done.other_map += written.other_map
    return written.verdicts


def _batches(traces: Iterable[LogTrace], done: Imported) -> Iterator[list[LogTrace]]:
    """Whole cases, some thousand events at a time; what stands before a fault comes out before the fault does."""
    batch: list[LogTrace] = []
    events = 0
    try:
        for trace in traces:
            batch.append(trace)
            events += len(trace.events)
            if events >= BATCH:
                yield batch
                batch, events = [], 0
    except BadInput as error:
        if batch:
            yield batch
        raise _with_what_is_kept(error, done) from error
    if batch:
        yield batch


def _with_what_is_kept(error: BadInput, done: Imported) -> BadInput:
    """The fault, and how much is in all the same."""
    n = done.cases
    kept = L("; 什么都没有读入", "; nothing was imported") if not n else L(
        f"; 它之前的{n}案已读入, 改好后再运行即接着读", f"; the {n} cases before it are in: mend it and run again to go on"
    )  # fmt: skip
    return BadInput(error.code, L(error.message.zh + kept.zh, error.message.en + kept.en), error.line, error.column)

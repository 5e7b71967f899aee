"""How much of a log conforms: cases, events, and the deviations by kind, the commonest first."""

import msgspec

from cuiban.audit.conformance import CONFORMS, IGNORED, Verdict, bounded


class Deviation(msgspec.Struct):
    """A kind of deviation.

    Attributes:
        activity: what the log calls it; state: where its case stood, "" while there was none.
        count: events; example: the first case in which it occurs, as the log calls it.
    """

    code: str
    activity: str
    state: str
    count: int
    example: str


class Report(msgspec.Struct):
    """What a log comes to. [cli.md 5, import-log]

    Attributes:
        cases, events: all that the log holds.
        ignored: events that the map leaves out; all others conform or deviate.
        conforming_cases: those without a deviation.
    """

    cases: int
    events: int
    conforming_cases: int
    conforming_events: int
    deviations: list[Deviation]
    ignored: int

    @property
    def judged(self) -> int:
        """The events that are of the process."""
        return self.events - self.ignored


class Tally:
    """Counts verdicts, case by case."""

    def __init__(self) -> None:
        self.cases = self.events = self.ignored = self.conforming_cases = self.conforming_events = 0
        self.kinds: dict[Verdict, tuple[int, str]] = {}

    def add(self, case: str, verdicts: list[Verdict]) -> None:
        """Count the events of a case."""
        conforming, ignored = verdicts.count(CONFORMS), verdicts.count(IGNORED)
        self.cases += 1
        self.events += len(verdicts)
        self.conforming_events += conforming
        self.ignored += ignored
        self.conforming_cases += conforming + ignored == len(verdicts)
        if conforming + ignored < len(verdicts):
            for verdict in verdicts:
                if verdict not in (CONFORMS, IGNORED):
                    count, example = self.kinds.get(verdict, (0, bounded(case)))
                    self.kinds[verdict] = (count + 1, example)

    def report(self) -> Report:
        """What was counted, the commonest deviations first."""
        found = [Deviation(*kind, count, example) for kind, (count, example) in self.kinds.items()]
        found.sort(key=lambda one: (-one.count, one.code, one.activity, one.state))
        return Report(self.cases, self.events, self.conforming_cases, self.conforming_events, found, self.ignored)

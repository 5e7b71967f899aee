"""What the office answers: values with the names of the command line's contract [cli.md].

Instants are in UTC; a face shows them in the reader's zone. Labels are pairs; a face picks the language. `*_s` are seconds.
"""

from datetime import date, datetime
from typing import Any, TypedDict

import msgspec

from cuiban.engine.blockers import Blocker
from cuiban.engine.labels import L

RENAMED = {"from_": "from", "for_": "for"}


class Action(msgspec.Struct):
    """A step that may be tried."""

    name: str
    label: L


class CaseView(msgspec.Struct, kw_only=True):
    """A case as lists show it; `late_s` is working time."""

    ref: str
    process: str
    process_label: L
    title: L
    subject: L
    state: str
    state_label: L
    open: bool
    role: str | None
    assignee: str | None
    acting_for: str | None = None
    opened_at: datetime
    state_since: datetime
    due: datetime | None
    due_day: date | None
    provisional: bool
    paused: bool
    overdue: bool
    late_s: int
    level: int
    version: int


class Done(msgspec.Struct, kw_only=True, rename=RENAMED):
    """What a step or act did.

    Attributes:
        warnings: what was done all the same, but should be looked at.
        cancelling: cancelling was asked for; step by step is undone first.
    """

    ref: str
    action: str
    seq: int
    from_: str | None
    to: str
    at: datetime
    recorded_at: datetime
    by: str
    for_: str | None = None
    late_entry: bool = False
    due: datetime | None = None
    actions: list[Action] = []
    opened: list[str] = []
    numbers: dict[str, str] = {}
    replayed: bool = False
    dry_run: bool = False
    warnings: list[Blocker] = []
    cancelling: bool = False
    holder: str | None = None
    version: int = 0
    state_label: L = L("", "")
    process_label: L = L("", "")


class Chased(msgspec.Struct, kw_only=True):
    """A reminder that was recorded."""

    ref: str
    to: list[str]
    at: datetime
    chased: int


class Held(msgspec.Struct, kw_only=True):
    """Who has a case after claim, release or assign; `warnings`: what did not follow, and should be looked at."""

    ref: str
    assignee: str | None
    version: int
    replayed: bool
    warnings: list[Blocker] = []


class AbsenceView(msgspec.Struct, kw_only=True, rename=RENAMED):
    """A dated absence; `unsignable`: open cases that nobody could sign meanwhile."""

    id: int
    person: str
    substitute: str | None
    from_: datetime
    to: datetime
    open_cases: int
    unsignable: list[str]


class DocumentView(msgspec.Struct, kw_only=True):
    """An item of a case's papers."""

    kind: str
    label: L
    required: bool
    status: str
    file: str | None = None
    sha256: str | None = None
    at: datetime | None = None
    by: str | None = None


class SignatureView(msgspec.Struct, kw_only=True, rename=RENAMED):
    """A signature that counts, or one still to come (`by` null)."""

    role: str
    by: str | None = None
    for_: str | None = None
    at: datetime | None = None


class LinkView(msgspec.Struct, kw_only=True):
    """A linked case."""

    ref: str
    relation: str
    title: L = L("", "")
    state_label: L = L("", "")


class Shown(CaseView, kw_only=True):
    """A case with all that it holds; `labels`: field -> label, for a table."""

    fields: dict[str, Any]
    documents: list[DocumentView]
    signatures: list[SignatureView]
    links: list[LinkView]
    actions: list[Action]
    labels: dict[str, L] = {}


class StepView(msgspec.Struct, kw_only=True, rename=RENAMED):
    """A stretch of the way to a due instant."""

    kind: str
    from_: datetime
    to: datetime
    n: float
    reason: L


class Judged(msgspec.Struct, kw_only=True):
    """That the last due of a closed case was met or not: the step that ended the wait, when, how late in working time."""

    action: str
    label: L
    at: datetime
    met: bool
    late_s: int


class DueView(msgspec.Struct, kw_only=True):
    """How a due came about.

    Attributes:
        at: of a closed case the last due that it had.
        steps: from where it was counted, or was nominally, to the due; backwards where it was moved or counted back.
        judged: of a closed case.
    """

    at: datetime | None
    absolute: bool
    provisional: bool
    rule: L
    steps: list[StepView]
    judged: Judged | None = None


class Owner(msgspec.Struct, kw_only=True):
    """Who owns a case, and why."""

    role: str | None
    assignee: str | None
    acting_for: str | None
    because: L


class Possible(Action, kw_only=True):
    """A step: open to the reader, or all that blocks it; `fields`: to be given with it."""

    possible: bool
    fields: list[str]
    blockers: list[Blocker]


class Why(msgspec.Struct, kw_only=True):
    """Why a case stands as it does."""

    ref: str
    due: DueView
    owner: Owner
    actions: list[Possible]
    case: CaseView | None = None


class Past(msgspec.Struct, kw_only=True, rename=RENAMED):
    """An entry of the history.

    Attributes:
        to: the state after it, "" for reference data and rows of registers; to_label: only if the step led there.
        documents_status: kind -> what became of the paper with it: present, void, waived.
        origin: what the log that it was imported from says: case, activity, lifecycle, resource.
    """

    ref: str
    seq: int
    at: datetime
    recorded_at: datetime
    action: str
    action_label: L
    from_: str | None
    to: str
    to_label: L | None
    by: str
    for_: str | None
    note: str | None
    reason: str | None
    fields: dict[str, Any]
    documents: list[str]
    documents_label: list[L]
    documents_status: dict[str, str]
    definition: str
    prev: str
    hash: str
    late_entry: bool = False
    origin: dict[str, str | None] = {}
    subject: L = L("", "")
    undone: L | None = None


class Difference(msgspec.Struct, kw_only=True):
    """Where the stored case and its history disagree."""

    key: str
    stored: Any
    replayed: Any


class Replayed(msgspec.Struct, kw_only=True):
    """The outcome of a replay."""

    ref: str
    as_of: datetime | None
    state: str
    fields: dict[str, Any]
    events: int
    definition: str
    equal: bool
    differences: list[Difference]


class StuckOwner(msgspec.Struct, kw_only=True):
    """How much of it somebody has."""

    id: str
    open: int
    overdue: int


class Stuck(msgspec.Struct, kw_only=True):
    """A row of the manager's question; `median_s`, `p90_s`: of the state's last 1,000 passages."""

    key: str
    label: L
    open: int
    overdue: int
    stuck: int
    median_s: int | None
    p90_s: int | None
    oldest: str | None
    owners: list[StuckOwner]
    reasons: dict[str, int]
    refs: list[str]


class Occurrence(msgspec.Struct, kw_only=True):
    """A row of the duties' ledger; `late_entry`: it was entered on a later day than `done_at`."""

    ref: str
    duty: str
    title: L
    nominal: datetime
    due: datetime
    doer: str
    chaser: str | None
    state: str
    done_at: datetime | None
    by: str | None
    reason: str | None
    late_s: int
    late_entry: bool = False


class Coming(msgspec.Struct, kw_only=True):
    """The next duty that is on nobody's list yet."""

    duty: str
    title: L
    due: datetime


class DutyRate(msgspec.Struct, kw_only=True):
    """How a duty's, or a person's, occurrences ended; `rate`: of those that were to be done by now the share done in time."""

    key: str
    label: L
    owed: int
    done: int
    done_late: int
    waived: int
    missed: int
    overdue: int
    open: int
    rate: float | None


class MemberView(msgspec.Struct, kw_only=True):
    """Somebody who works here."""

    id: str
    name: str
    department: str | None
    superior: str | None
    roles: list[str]
    active: bool


class MovedDue(TypedDict):
    """An open case whose due moved with the calendar."""

    ref: str
    old: datetime | None
    new: datetime | None


class SettingRow(TypedDict):
    """What the dealership settled where the business leaves a choice; `since`: null where it is the default."""

    key: str
    label: L
    value: Any
    default: Any
    why: L
    since: datetime | None


class DutyChange(TypedDict):
    """From `since` (a day) on a duty is off, due at another time, or somebody else's."""

    duty: str
    since: str
    off: bool | None
    due: str | None
    doer: str | None
    reason: str | None


class ClosedMonth(TypedDict):
    """A month of a ledger: closed when, by whom, with which duty (null: by hand); or open again."""

    ledger: str
    month: str
    closed: bool
    at: datetime
    by: str
    ref: str | None


class NumberRow(TypedDict):
    """A number of a book, used or void."""

    book: str
    number: str
    state: str
    ref: str | None
    at: datetime
    by: str
    reason: str | None


class BookStart(TypedDict):
    """With which number a book begins."""

    book: str
    number: int
    next: int


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """The filters that reading commands share; `process`: one, or any of several; `limit` None: all."""

    process: str | tuple[str, ...] | None = None
    state: str | None = None
    role: str | None = None
    person: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    limit: int | None = None

    @property
    def processes(self) -> tuple[str, ...]:
        """The processes of which one is asked for; none: of any."""
        return (self.process,) if isinstance(self.process, str) else self.process or ()

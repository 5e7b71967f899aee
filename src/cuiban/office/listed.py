"""Lists of cases: from a row to the view of a case. Rows come by the thousand: labels and definitions are looked up once."""

from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from cuiban.engine.case import Case, read_data
from cuiban.engine.labels import L
from cuiban.engine.program import Program
from cuiban.engine.todo import Day, ladder_of
from cuiban.office.views import CaseView, Filters
from cuiban.store import questions as q
from cuiban.store.types import instant, maybe_instant, micros

if TYPE_CHECKING:
    from cuiban.office import Office

NO_SUBJECT = L("", "")


class Row(NamedTuple):
    """A row of `questions.LISTED` as it comes; what has to be converted (`*_us`: microseconds) is, when it is asked for."""

    ref: str
    process: str
    definition: str
    state: str
    version: int
    opened_us: int
    since_us: int
    is_open: int
    role: str | None
    assignee: str | None
    chaser: str | None
    due_us: int | None
    not_before_us: int | None
    is_provisional: int
    is_paused: int
    chased: int
    cycle: int
    data: str
    parts: str | None

    @property
    def open(self) -> bool:
        """Whether the case is not closed yet."""
        return bool(self.is_open)

    @property
    def opened_at(self) -> datetime:
        """When it was opened (UTC)."""
        return instant(self.opened_us)

    @property
    def state_since(self) -> datetime:
        """Since when it stands where it stands (UTC)."""
        return instant(self.since_us)

    @property
    def due(self) -> datetime | None:
        """When it is due (UTC)."""
        return maybe_instant(self.due_us)

    @property
    def not_before(self) -> datetime | None:
        """From when it can go on (UTC)."""
        return maybe_instant(self.not_before_us)

    @property
    def provisional(self) -> bool:
        """Whether the due crosses into a year whose days off are not published."""
        return bool(self.is_provisional)

    @property
    def paused(self) -> bool:
        """Whether its clock stands still."""
        return bool(self.is_paused)

    @property
    def holder(self) -> str | None:
        """The person, or `role:ID`."""
        return self.assignee or (f"role:{self.role}" if self.role else None)

    def case(self) -> Case:
        """The whole case, for whoever needs its fields."""
        return Case(
            self.ref, self.process, self.definition, self.state, self.version, "", "", self.opened_at, self.state_since,
            self.open, self.role, self.assignee, self.chaser, self.due, self.not_before, None, self.provisional, self.paused,
            data=read_data(self.data),
        )  # fmt: skip


def subject_of(parts: str | None) -> L:
    """What lists call a case, in both languages."""
    if not parts:
        return NO_SUBJECT
    read = msgspec.json.decode(parts)
    if all(isinstance(part, str) for part in read):
        text = " ".join(read)
        return L(text, text)
    return L(*(" ".join(part if isinstance(part, str) else part[i] for part in read) for i in (0, 1)))


def titled(program: Program, subject: L) -> L:
    """The process's label and the subject."""
    label = program.process.label
    return L(f"{label.zh} {subject.zh}".rstrip(), f"{label.en} {subject.en}".rstrip())


def common(office: "Office", row: Row, day: Day) -> dict[str, Any]:
    """What every view of a case has."""
    program = office.store.program(row.definition)
    subject = subject_of(row.parts)
    due = row.due
    overdue = row.open and due is not None and due < day.now
    return {
        "ref": row.ref,
        "process": row.process,
        "process_label": program.process.label,
        "title": titled(program, subject),
        "subject": subject,
        "state": row.state,
        "state_label": program.states[row.state].label,
        "open": row.open,
        "role": row.role,
        "assignee": row.assignee,
        "opened_at": row.opened_at,
        "state_since": row.state_since,
        "due": due,
        "due_day": day.day(due),
        "provisional": row.provisional,
        "paused": row.paused,
        "overdue": overdue,
        "late_s": day.late_s(due) if overdue and due is not None else 0,
        "level": day.level(ladder_of(program, row.state), due, row.cycle) if row.open else 0,
        "version": row.version,
    }


def view(office: "Office", row: Row, day: Day) -> CaseView:
    """A case as lists show it."""
    return CaseView(**common(office, row, day))


def now_day(office: "Office", now: datetime) -> Day:
    """The reader's day."""
    return Day(now, office.calendar)


def listing(office: "Office", *, text: str | None, closed: bool | None, filters: Filters, now: datetime) -> list[CaseView]:
    """Cases by text and filters: open ones by due, else those opened last first."""
    wanted = {
        "processes": filters.processes, "state": filters.state, "role": filters.role, "person": filters.person,
        "text": text or filters.subject,
        "since": micros(filters.since) if filters.since else None, "until": micros(filters.until) if filters.until else None,
    }  # fmt: skip
    connection = office.store.database.connection()
    rows = q.listing(connection, office.store.dealership, closed=closed, filters=wanted, limit=filters.limit)
    day = now_day(office, now)
    return [view(office, Row._make(row), day) for row in rows]

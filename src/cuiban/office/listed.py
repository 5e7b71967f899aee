"""From a row of a list to the view of a case. Rows come by the thousand: labels and definitions are looked up once."""

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cuiban.engine.case import Case, read_data
from cuiban.engine.labels import L
from cuiban.engine.program import Program
from cuiban.engine.todo import Day, ladder_of
from cuiban.office.views import CaseView
from cuiban.store.types import instant, maybe_instant

if TYPE_CHECKING:
    from cuiban.office import Office

NO_SUBJECT = L("", "")


class Row:
    """A row of `questions.LISTED` with names."""

    __slots__ = (
        "assignee", "chased", "chaser", "cycle", "data", "definition", "due", "not_before", "open", "opened_at",
        "parts", "paused", "process", "provisional", "ref", "role", "state", "state_since", "version",
    )  # fmt: skip

    def __init__(self, row: Any) -> None:
        (self.ref, self.process, self.definition, self.state, self.version, self.opened_at, self.state_since, self.open,
         self.role, self.assignee, self.chaser, self.due, self.not_before, self.provisional, self.paused, self.chased,
         self.cycle, self.data, self.parts) = row  # fmt: skip
        self.due = maybe_instant(self.due)

    @property
    def holder(self) -> str | None:
        """The person, or `role:ID`."""
        return self.assignee or (f"role:{self.role}" if self.role else None)

    def case(self) -> Case:
        """The whole case, for whoever needs its fields."""
        return Case(
            self.ref, self.process, self.definition, self.state, self.version, "", "", instant(self.opened_at),
            instant(self.state_since), bool(self.open), self.role, self.assignee, self.chaser, self.due,
            maybe_instant(self.not_before), None, bool(self.provisional), bool(self.paused), data=read_data(self.data),
        )  # fmt: skip


def subject_of(parts: str | None) -> L:
    """What lists call a case, in both languages."""
    if not parts:
        return NO_SUBJECT
    read = json.loads(parts)
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
    overdue = bool(row.open) and due is not None and due < day.now
    return {
        "ref": row.ref,
        "process": row.process,
        "process_label": program.process.label,
        "title": titled(program, subject),
        "subject": subject,
        "state": row.state,
        "state_label": program.states[row.state].label,
        "open": bool(row.open),
        "role": row.role,
        "assignee": row.assignee,
        "opened_at": instant(row.opened_at),
        "state_since": instant(row.state_since),
        "due": due,
        "due_day": day.day(due),
        "provisional": bool(row.provisional),
        "paused": bool(row.paused),
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

"""The manager's question: what is stuck, where, with whom, since when. Reads open cases and each state's last passages."""

import re
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from cuiban.calendar import worked_days
from cuiban.engine.labels import L
from cuiban.errors import Usage
from cuiban.office.views import Filters, Stuck, StuckOwner
from cuiban.store import questions as q
from cuiban.store.types import instant, maybe_instant

if TYPE_CHECKING:
    from cuiban.office import Office

PASSAGES = 1000
IN_PERSON = "-"  # the role of what is somebody's own
BY_NAME = L("指名的人", "somebody by name")
BY = ("state", "owner", "role", "process")


class _Open:
    """An open case, lean."""

    __slots__ = ("assignee", "definition", "due", "holder", "paused", "process", "reasons", "ref", "role", "since", "state")

    def __init__(self, row: Any) -> None:
        (self.ref, self.process, self.definition, self.state, since, self.role, self.assignee, due, self.paused,
         self.holder) = row  # fmt: skip
        self.since: datetime = instant(since)
        self.due = maybe_instant(due)
        self.reasons: list[str] = []


def stuck(office: "Office", *, by: str, over: str, filters: Filters, now: datetime) -> list[Stuck]:
    """Rows by state, owner, role or process: open, overdue, stuck and why, the worst first."""
    if by not in BY:
        raise Usage("usage", L(f"--by 只能是 {', '.join(BY)}", f"--by is one of {', '.join(BY)}"))
    measure = _Measure(office, over, now)
    rows = office.store.database.connection().all(q.OPEN_CASES, dealership=office.store.dealership)
    named = _named(office, filters.subject)
    cases = [one for one in map(_Open, rows) if one.holder is not None and _wanted(one, filters, named)]
    groups: dict[str, list[_Open]] = {}
    for one in cases:
        one.reasons = measure.reasons(one)
        groups.setdefault(_key(one, by), []).append(one)
    found = [_row(office, by, key, group, measure) for key, group in groups.items()]
    found.sort(key=lambda row: (-row.stuck, -row.overdue, -row.open, row.key))
    return found[: filters.limit] if filters.limit is not None else found


def _named(office: "Office", subject: str | None) -> set[str] | None:
    """The references of the open cases whose subject holds a text; None: it is not asked."""
    if subject is None:
        return None
    rows = q.listing(
        office.store.database.connection(), office.store.dealership, closed=False, filters={"text": subject}, limit=None
    )
    return {row[0] for row in rows}


def _wanted(one: _Open, f: Filters, named: set[str] | None) -> bool:
    return (
        (named is None or one.ref in named)
        and (f.process is None or one.process in f.processes)
        and (f.state is None or one.state == f.state)
        and (f.role is None or one.role == f.role)
        and (f.person is None or one.assignee == f.person)
        and (f.since is None or one.since >= f.since)
        and (f.until is None or one.since < f.until)
    )


def _key(one: _Open, by: str) -> str:
    if by == "state":
        return f"{one.process}.{one.state}"
    if by == "owner":
        return one.holder or "-"
    return one.process if by == "process" else (one.role or IN_PERSON)


class _Measure:
    """How long cases usually stand in a state, and whether one stands too long."""

    def __init__(self, office: "Office", over: str, now: datetime) -> None:
        self.office, self.now = office, now
        share = re.fullmatch(r"(\d{1,2})\s*%", over.strip())
        days = re.fullmatch(r"(\d{1,3})\s*wd", over.strip())
        if not share and not days:
            raise Usage("usage", L("--over 写成 90% 或 3wd", "--over is written 90% or 3wd"))
        self.share = int(share[1]) / 100 if share else None
        self.days = int(days[1]) if days else None
        self.calendar = office.calendar
        self.roster = office.world().roster
        self._seen: dict[tuple[str, str], list[int]] = {}

    def passages(self, process: str, state: str) -> list[int]:
        """The last passages of a state in seconds, in order of length."""
        key = (process, state)
        found = self._seen.get(key)
        if found is None:
            rows = self.office.store.database.connection().all(
                q.PASSAGES, dealership=self.office.store.dealership, process=process, state=state, limit=PASSAGES
            )
            found = self._seen[key] = sorted(row[0] for row in rows)
        return found

    def quantile(self, process: str, state: str, share: float) -> int | None:
        """The length within which `share` of the last passages lay; None where there were none."""
        seen = self.passages(process, state)
        return seen[min(len(seen) - 1, int(share * len(seen)))] if seen else None

    def reasons(self, one: _Open) -> list[str]:
        """Why a case is stuck: overdue, unowned, unsignable, slow."""
        found = []
        if one.due is not None and one.due < self.now:
            found.append("overdue")
        if not self._owned(one):
            found.append("unsignable" if one.state in self.office.store.program(one.definition).signing else "unowned")
        if self._slow(one):
            found.append("slow")
        return found

    def _owned(self, one: _Open) -> bool:
        if one.assignee is not None:
            return self.roster.active(one.assignee, self.now)
        return bool(self.roster.holders(one.role or "", self.now))

    def _slow(self, one: _Open) -> bool:
        if self.days is not None:
            return worked_days(self.calendar, one.since, self.now) >= self.days
        usual = self.quantile(one.process, one.state, self.share or 0.9)
        return usual is not None and (self.now - one.since) > timedelta(seconds=usual)


def _row(office: "Office", by: str, key: str, group: list[_Open], measure: _Measure) -> Stuck:
    bad = [one for one in group if one.reasons]
    owners: dict[str, StuckOwner] = {}
    reasons: dict[str, int] = {}
    for one in group:
        owner = owners.setdefault(one.holder or "-", StuckOwner(id=one.holder or "-", open=0, overdue=0))
        owner.open += 1
        owner.overdue += "overdue" in one.reasons
        for reason in one.reasons:
            reasons[reason] = reasons.get(reason, 0) + 1
    single = {(one.process, one.state) for one in group}
    process, state = next(iter(single))
    return Stuck(
        key=key, label=_label(office, by, key, group[0]), open=len(group), stuck=len(bad),
        overdue=sum("overdue" in one.reasons for one in group),
        median_s=measure.quantile(process, state, 0.5) if len(single) == 1 else None,
        p90_s=measure.quantile(process, state, 0.9) if len(single) == 1 else None,
        oldest=min(group, key=lambda one: one.since).ref,
        owners=sorted(owners.values(), key=lambda o: (-o.overdue, -o.open, o.id)), reasons=reasons,
        refs=[one.ref for one in sorted(bad, key=lambda one: one.since)],
    )  # fmt: skip


def _label(office: "Office", by: str, key: str, one: _Open) -> L:
    program = office.store.program(one.definition)
    if by in ("state", "process"):
        label = program.process.label
        state = program.states[one.state].label
        return L(f"{label.zh} {state.zh}", f"{label.en} {state.en}") if by == "state" else label
    if by == "owner":
        return office.who(key)
    return BY_NAME if key == IN_PERSON else office.who(f"role:{key}")

"""What lists and questions read: the rows that they show, by the index made for it, never the rest."""

from collections.abc import Iterator
from contextlib import nullcontext
from functools import cache
from itertools import chain, count
from operator import itemgetter
from typing import Any

from sqlalchemy import and_, bindparam, case, false, func, or_, select
from sqlalchemy.sql import ClauseElement, ColumnElement

from cuiban.store import schema as t
from cuiban.store.database import Connection
from cuiban.store.sql import CASE_COLUMNS
from cuiban.store.statements import Statement, statement

p = bindparam
_streams = count(1)  # several may be read at once
c, e, s = t.cases.c, t.events.c, t.subjects.c

# What an entry of a list needs; `data` only where a state has several holders.
LISTED = [
    c.ref, c.process, c.definition, c.state, c.version, c.opened_at, c.state_since, c.open, c.role, c.assignee,
    c.chaser, c.due, c.not_before, c.provisional, c.paused, c.chased, c.cycle, c.data, s.parts,
]  # fmt: skip
OPENED_AT, DUE = (LISTED.index(column) for column in (c.opened_at, c.due))
_NAMED = t.cases.outerjoin(t.subjects, and_(s.dealership == c.dealership, s.ref == c.ref))


@statement
def HELD_BY() -> ClauseElement:
    """What somebody, or anyone in a role, holds: an index range, by due."""
    return select(*LISTED).select_from(_NAMED).where(c.dealership == p("dealership"), c.holder == p("holder")).order_by(c.due)


@statement
def HELD_LATE() -> ClauseElement:
    """What somebody holds that was due by `until`."""
    here = and_(c.dealership == p("dealership"), c.holder == p("holder"), c.due <= p("until"))
    return select(*LISTED).select_from(_NAMED).where(here).order_by(c.due)


@statement
def ALSO_HELD_BY() -> ClauseElement:
    """What somebody holds beside others."""
    a = t.also_held
    joined = a.join(t.cases, and_(c.dealership == a.c.dealership, c.ref == a.c.ref))
    joined = joined.outerjoin(t.subjects, and_(s.dealership == c.dealership, s.ref == c.ref))
    here = and_(a.c.dealership == p("dealership"), a.c.holder == p("holder"))
    return select(*LISTED).select_from(joined).where(here).order_by(c.due)


@statement
def CHASED_BY() -> ClauseElement:
    """What somebody chases: an index range. Not `holder IS NOT NULL`: SQLite would take the index of all holders for that."""
    here = and_(c.dealership == p("dealership"), c.chaser == p("chaser"), c.open, func.length(c.holder) > 0)
    return select(*LISTED).select_from(_NAMED).where(here)


@statement
def STANDING_IN() -> ClauseElement:
    """The open cases of a process in a state."""
    here = and_(c.dealership == p("dealership"), c.process == p("process"), c.state == p("state"), c.open)
    return select(*LISTED).select_from(_NAMED).where(here)


@statement
def EVERYBODYS() -> ClauseElement:
    """What anybody holds."""
    here = and_(c.dealership == p("dealership"), c.holder.is_not(None))
    return select(*LISTED).select_from(_NAMED).where(here).order_by(c.holder, c.due)


@statement
def ALIKE() -> ClauseElement:
    """The oldest open case of a process that somebody holds and that lists call so."""
    named = t.cases.join(t.subjects, and_(s.dealership == c.dealership, s.ref == c.ref))
    here = and_(c.dealership == p("dealership"), c.process == p("process"), c.open, c.state > "", func.length(c.holder) > 0)
    query = select(c.ref, c.opened_at, c.holder).select_from(named).where(here, s.parts == p("parts"))
    return query.order_by(c.opened_at, c.ref).limit(1)


@statement
def COUNTS() -> ClauseElement:
    """How many open cases of a process stand in each state, and how many of them are overdue."""
    late = func.sum(case((c.due < p("now"), 1), else_=0))
    here = and_(c.dealership == p("dealership"), c.process == p("process"), c.open, c.state > "")
    return select(c.state, func.count(), late).where(here).group_by(c.state)


@statement
def OPEN_CASES() -> ClauseElement:
    """Every open case that is on somebody's list, lean, for the manager's question."""
    here = and_(c.dealership == p("dealership"), c.open)
    return select(c.ref, c.process, c.definition, c.state, c.state_since, c.role, c.assignee, c.due, c.paused, c.holder).where(
        here).order_by(c.process, c.state, c.state_since)  # fmt: skip


@statement
def PASSAGES() -> ClauseElement:
    """How long the last cases stood in a state before they left it."""
    here = and_(e.dealership == p("dealership"), e.process == p("process"), e.from_state == p("state"), e.stay_s.is_not(None))
    return select(e.stay_s).where(here).order_by(e.at.desc()).limit(p("limit"))


@statement
def DUE_TIMERS() -> ClauseElement:
    """The cases whose timed step has come, in order."""
    here = and_(c.dealership == p("dealership"), c.timer.is_not(None), c.timer <= p("now"))
    return select(c.ref, c.timer).where(here).order_by(c.timer).limit(p("limit"))


@statement
def MOVED_AHEAD() -> ClauseElement:
    """The cases that nobody but the clock moved to a state, at a time later than `after`."""
    here = and_(e.dealership == p("dealership"), e.actor == p("actor"), e.recorded_at > p("after"))
    return select(e.ref).where(here, e.at > p("after"), e.from_state.is_not(None)).distinct().order_by(e.ref)


@statement
def LAST_BY_HAND() -> ClauseElement:
    """When somebody other than `actor` last entered anything later than `after`."""
    here = and_(e.dealership == p("dealership"), e.recorded_at > p("after"), e.actor != p("actor"))
    return select(e.recorded_at).where(here).order_by(e.recorded_at.desc()).limit(1)


@statement
def TAIL() -> ClauseElement:
    """The cases whose reference ends so."""
    return select(c.ref).where(c.dealership == p("dealership"), c.ref.like(p("pattern"))).limit(3)


@statement
def VERSION() -> ClauseElement:
    """How far a case is."""
    return select(c.version).where(c.dealership == p("dealership"), c.ref == p("ref"))


@statement
def NAMED() -> ClauseElement:
    """What lists call a case."""
    return select(s.parts).where(s.dealership == p("dealership"), s.ref == p("ref"))


@statement
def OCCURRENCES() -> ClauseElement:
    """The occurrences of a duty in a span of nominal times."""
    here = and_(c.dealership == p("dealership"), c.duty == p("duty"), c.nominal >= p("from"), c.nominal < p("to"))
    return select(*CASE_COLUMNS).where(here).order_by(c.nominal)


@statement
def SIZE() -> ClauseElement:
    """How many cases and events there are."""
    cases = select(func.count()).select_from(t.cases).where(c.dealership == p("dealership")).scalar_subquery()
    events = select(func.count()).select_from(t.events).where(e.dealership == p("dealership")).scalar_subquery()
    return select(cases, events)


@statement
def NOMINALS() -> ClauseElement:
    """Which occurrences of a duty exist from a nominal time on."""
    here = and_(c.dealership == p("dealership"), c.duty == p("duty"), c.nominal >= p("from"))
    return select(c.nominal).where(here)


@statement
def PROCESSES() -> ClauseElement:
    """Every process of which there may be cases."""
    d = t.definitions.c
    return select(d.process).where(d.dealership == p("dealership")).distinct().order_by(d.process)


def listing(connection: Connection, dealership: int, *, closed: bool | None, filters: dict[str, Any], limit: int | None
            ) -> list[Any]:  # fmt: skip
    """Cases by filters; `closed` None: both. Open ones by due, those without a due last; else those opened last first.

    References begin with their process: with a limit the newest of each process are asked for, by its index.
    """
    several = of_each_process(filters)
    if closed is False:
        return sorted((row for one in several for row in _listed(connection, dealership, closed, one, None)), key=_by_due)[:limit]
    if limit is not None and not filters.get("processes"):
        several = [{**filters, "process": row[0]} for row in connection.all(PROCESSES, dealership=dealership)]
    found = [row for one in several for row in _listed(connection, dealership, closed, one, limit)]
    return sorted(found, key=lambda row: (row[OPENED_AT], *by_serial(row[0])), reverse=True)[:limit]


def of_each_process(filters: dict[str, Any]) -> list[dict[str, Any]]:
    """The filters, once for each of the `processes` that are asked for."""
    rest = {name: value for name, value in filters.items() if name != "processes"}
    return [{**rest, "process": name} for name in filters.get("processes") or ()] or [rest]


def _by_due(row: Any) -> tuple[bool, int, tuple[str, int, str]]:
    due = row[DUE]
    return due is None, due or 0, by_serial(row[0])


def _listed(connection: Connection, dealership: int, closed: bool | None, filters: dict[str, Any], limit: int | None) -> list[Any]:
    """Cases by filters, the newest of a process first.

    References sort as text, so on a day with more than 999 cases of a process -1000 would stand before -999: the day within
    which the limit falls is asked once more, longer references first.
    """
    asked, params = listed(closed, filters, limit)
    rows: list[Any] = connection.run(asked, {"dealership": dealership, **params}).fetchall()
    if limit is not None and 0 < len(rows) == limit:
        day = day_of(rows[-1][0])
        whole = [row for row in rows if day_of(row[0]) != day]
        asked, params = listed(closed, filters, limit - len(whole), day)
        rows = whole + connection.run(asked, {"dealership": dealership, **params}).fetchall()
    return rows


def day_of(ref: str) -> str:
    """What a reference has before its serial: process and day."""
    return ref.rpartition("-")[0]


def by_serial(ref: str) -> tuple[str, int, str]:
    """By which references stand in the order in which they were given."""
    return day_of(ref), len(ref), ref


def listed(closed: bool | None, filters: dict[str, Any], limit: int | None, day: str | None = None
           ) -> tuple[Statement, dict[str, Any]]:  # fmt: skip
    """The statement for the filters that are there, and its parameters; `day`: of one process and day (`TS-260311`)."""
    params = {name: value for name, value in filters.items() if value is not None}
    asked = _listing(closed, frozenset(params), limit is not None, day is not None)
    if "text" in params:
        params["text"] = "%" + _escaped(params["text"]) + "%"
    if day is not None:
        params |= {"first": f"{day}-0", "last": f"{day}-9999999999"}  # by digits: some collations pass over a dash
    return asked, params if limit is None else {**params, "limit": limit}


@cache
def _listing(closed: bool | None, given: frozenset[str], limited: bool, within_day: bool) -> Statement:
    """Cases by the filters of these names.

    Of open cases it reads the open ones, by their index: they are few, and put in order here. Of closed ones, or both, those
    of the process, or all of the dealership.
    """
    where: list[ColumnElement[bool]] = [c.dealership == p("dealership")]
    newest: ColumnElement[Any] = c.ref
    if closed is False:
        where += [c.open, c.state > ""]
        newest = c.ref + ""  # not by the index of references, which goes through the closed ones
    elif closed is True:
        where.append(c.open == false())
    tests: dict[str, ColumnElement[bool]] = {
        "process": c.process == p("process"), "state": c.state == p("state"), "role": c.role == p("role"),
        "person": or_(c.holder == p("person"), c.opener == p("person"), c.chaser == p("person")),
        "text": or_(s.parts.like(p("text"), escape="\\"), c.ref.like(p("text"), escape="\\")),
        "since": c.opened_at >= p("since"), "until": c.opened_at < p("until"),
    }  # fmt: skip
    where += [test for name, test in tests.items() if name in given]
    order = [newest.desc()]
    if within_day:
        where += [c.ref >= p("first"), c.ref <= p("last")]
        order = [func.length(c.ref).desc(), newest.desc()]
    query = select(*LISTED).select_from(_NAMED).where(*where).order_by(*order)
    return Statement(lambda: query.limit(p("limit")) if limited else query)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def past(connection: Connection, dealership: int, filters: dict[str, Any], limit: int | None) -> list[Any]:
    """Events of cases by filters, with what lists call their case: (text, hash, process, parts, ..); see `happened`.

    `terms`: done by one of these (actor, from, until): each is asked for, newest first.
    """
    terms = filters.get("terms")
    several = of_each_process(filters)
    if terms is not None:
        several = [{**one, "actor": a, "from": b, "to": e} for one in several for a, b, e in terms]
    found = []
    for one in several:
        asked, params = happened(one, limit)
        found += connection.run(asked, {"dealership": dealership, **params}).fetchall()
    if len(several) > 1:
        found.sort(key=itemgetter(4, 5, 6), reverse=filters.get("ref") is None)
    return found[:limit]


def happened(filters: dict[str, Any], limit: int | None) -> tuple[Statement, dict[str, Any]]:
    """The statement for the filters that are there, and its parameters: by who did it, or by when it was entered.

    Of one case (`ref`) the oldest first, else the newest first.
    """
    named = t.events.outerjoin(t.subjects, and_(s.dealership == e.dealership, s.ref == e.ref))
    where: list[ColumnElement[bool]] = [e.dealership == p("dealership")]
    params: dict[str, Any] = {}
    if filters.get("ref") is None:
        where.append(e.process.is_not(None))
    people = (("by", e.actor), ("person", e.actor), ("actor", e.actor))
    for name, column in (("ref", e.ref), *people, ("process", e.process), ("state", e.to_state)):
        if filters.get(name) is not None:
            where.append(column == p(name))
            params[name] = filters[name]
    times = (("since", e.recorded_at >= p("since")), ("until", e.recorded_at < p("until")),
             ("from", e.at >= p("from")), ("to", e.at < p("to")))  # fmt: skip
    for name, test in times:
        if filters.get(name) is not None:
            where.append(test)
            params[name] = filters[name]
    if filters.get("text") is not None:
        where.append(s.parts.like(p("text"), escape="\\"))
        params["text"] = "%" + _escaped(filters["text"]) + "%"
    query = select(e.text, e.hash, e.process, s.parts, e.recorded_at, e.ref, e.seq).select_from(named).where(*where)
    newest = (e.recorded_at.desc(), e.ref.desc(), e.seq.desc())
    query = query.order_by(*newest) if filters.get("ref") is None else query.order_by(e.seq)
    if limit is not None:
        query = query.limit(p("limit"))
        params["limit"] = limit
    return Statement(lambda: query), params


def stream(connection: Connection, query: Statement, params: dict[str, Any], size: int = 100) -> Iterator[Any]:
    """The rows of a large answer, some at a time (few enough for the processor's cache): a server-side cursor on PostgreSQL."""
    made = query.prepared(connection.dialect)
    text, given = made.text, made.arrange(params)
    if connection.is_sqlite:
        cursor = connection.raw.execute(text, given)
        yield from chain.from_iterable(iter(lambda: cursor.fetchmany(size), []))
        return
    begun = nullcontext() if connection.is_in_transaction else connection.raw.transaction()
    with begun, connection.raw.cursor(name=f"stream_{next(_streams)}") as cursor:
        cursor.itersize = 20 * size  # a round trip each
        cursor.execute(text, given)
        yield from cursor

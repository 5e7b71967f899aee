"""Changing reference data: people, roles, absences, calendar, settings. Each change is an event with actor and time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cuiban.calendar import Calendar, CalendarError
from cuiban.engine import reference
from cuiban.engine.blockers import Blocker, blocker, plain
from cuiban.engine.case import Event, event_hash, event_text
from cuiban.engine.decide import Decision, keep
from cuiban.engine.fields import WrongValue, reader
from cuiban.engine.labels import L
from cuiban.engine.language import Field
from cuiban.engine.plan import Sealed
from cuiban.engine.roster import ADMINISTRATOR, Member, Roster
from cuiban.errors import BadInput, NotFound, Refused
from cuiban.office.door import fit_for_person
from cuiban.office.views import AbsenceView, MemberView
from cuiban.store import sql
from cuiban.store.types import maybe_instant, micros

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.world import World
    from cuiban.store.database import Connection

BOOTSTRAP = "system"


@dataclass(slots=True)
class Wish:
    """A wish to change reference data; `at` from when it holds, `now` when it was entered (UTC)."""

    actor: str
    now: datetime
    at: datetime
    reason: str | None = None
    via: str | None = None
    dry_run: bool = False


Judge = Callable[["World"], list[Blocker]]
Fields = dict[str, Any]


def change(office: "Office", stream: str, action: str, fields: Fields | Callable[["World"], Fields], wish: Wish, judge: Judge
           ) -> "World":  # fmt: skip
    """Append one event to `stream` if `judge` finds nothing against it; the world as it is then.

    What somebody else changes at the same moment is waited for, and judged by.

    Args:
        fields: what the event says; or what says so, seeing the world that it changes.
    Raises:
        Refused: with every blocker.
    """

    def work(connection: "Connection") -> None:
        world = office.world_in(connection)
        found = judge(world)
        if found:
            raise Refused(L("不能这样改", "this cannot be changed so"), found)
        if not wish.dry_run:
            append(office, connection, world, stream, action, fields(world) if callable(fields) else fields, wish)
            if stream in COME_ROUND:
                _look_again(office, connection)

    office.store.transact(work)
    return office.world()


# What of these is changed may bring duties that should have come onto the lists today.
COME_ROUND = ("@calendar", "@duties", "@settings")


def _look_again(office: "Office", connection: "Connection") -> None:
    """Let the next catch-up go over the whole day once more."""
    row = connection.one(sql.CAUGHT_UP, dealership=office.store.dealership)
    last = maybe_instant(row[0])
    if last is not None:
        midnight = last.astimezone(office.zone).replace(hour=0, minute=0, second=0, microsecond=0)
        connection.run(sql.SET_CAUGHT_UP, {"dealership": office.store.dealership, "at": micros(midnight) - 1})


def append(office: "Office", connection: "Connection", world: "World", stream: str, action: str, fields: Fields,
           wish: Wish) -> Event:  # fmt: skip
    """Append an event that was judged already, in the transaction that is open."""
    version, head, text = world.streams.get(stream, (0, "", None))
    data = reference.read(stream, text) if text is not None else reference.empty(stream)
    decision = Decision(action, {})
    if wish.reason:
        decision.changes["reason"] = keep(decision, "reason", wish.reason, office.facts(world))
    last = office.store.last_event(stream)
    entered = wish.now if last is None else max(wish.now, last.recorded_at)  # a clock may go back, history does not
    event = Event(
        ref=stream, seq=version + 1, action=action, at=wish.at, recorded_at=entered, by=wish.actor, prev=head,
        via=wish.via, fields={k: v for k, v in fields.items() if v is not None}, **decision.changes,
    )  # fmt: skip
    text_bytes = event_text(event)
    sealed = Sealed(event, text_bytes, event_hash(text_bytes))
    after = reference.text_of(reference.apply(stream, data, event))
    office.store.change_reference(connection, sealed, after, [(event.seq, kept) for kept in decision.kept])
    return event


def administrators_only(actor: str, now: datetime) -> Judge:
    """Only an administrator may; before there is anybody, whoever sets the database up."""

    def judge(world: "World") -> list[Blocker]:
        roster = world.roster
        if not roster.members or roster.has(actor, ADMINISTRATOR, now):
            return []
        who = f"role:{ADMINISTRATOR}"
        return [blocker("not_allowed", [who], who=who, actor=roster.name(actor))]

    return judge


def _all(*judges: Judge) -> Judge:
    return lambda world: [one for judge in judges for one in judge(world)]


# people ------------------------------------------------------------------------------------------------------------


def user_add(office: "Office", id: str, name: str, department: str | None, superior: str | None, roles: list[str], wish: Wish
             ) -> MemberView:  # fmt: skip
    """Somebody begins to work here."""
    fit_for_person(id)

    def fits(world: "World") -> list[Blocker]:
        if id in world.roster.members:
            return [Blocker("user_exists", L(f"已有 {id}", f"{id} is there already"), {"person": id})]
        return [*_known_people(world.roster, superior), *_known_roles(office, roles)]

    fields = {"id": id, "name": name, "department": department, "superior": superior, "roles": sorted(set(roles)) or None}
    world = change(office, "@people", "user_add", fields, wish, _all(administrators_only(wish.actor, wish.now), fits))
    return member_view(world.roster, id, wish.now)


def user_set(office: "Office", id: str, name: str | None, department: str | None, superior: str | None, wish: Wish) -> MemberView:
    """A person's name, department or superior changes."""

    def fits(world: "World") -> list[Blocker]:
        _member(world.roster, id)
        found = _known_people(world.roster, superior)
        above, seen = superior, set()
        while above is not None and above not in seen:
            if above == id:
                circle = L("上级关系成了圈", "the superiors would form a circle")
                return [*found, Blocker("superior_circle", circle, {"person": id})]
            seen.add(above)
            above = world.roster.superior(above)
        return found

    fields = {"id": id, "name": name, "department": department, "superior": superior}
    world = change(office, "@people", "user_set", fields, wish, _all(administrators_only(wish.actor, wish.now), fits))
    return member_view(world.roster, id, wish.now)


def user_off(office: "Office", id: str, wish: Wish) -> MemberView:
    """Somebody leaves; what they hold stays visible and is handed over by a superior."""

    def fits(world: "World") -> list[Blocker]:
        _member(world.roster, id)
        return _keeps_one(world.roster, id, wish.now)

    judge = _all(administrators_only(wish.actor, wish.now), fits)
    world = change(office, "@people", "user_off", {"id": id}, wish, judge)
    return member_view(world.roster, id, wish.now)


def role_grant(office: "Office", id: str, role: str, wish: Wish) -> MemberView:
    """A person has a role from now on."""

    def fits(world: "World") -> list[Blocker]:
        _member(world.roster, id)
        return _known_roles(office, [role])

    judge = _all(administrators_only(wish.actor, wish.now), fits)
    world = change(office, "@people", "role_grant", {"id": id, "role": role}, wish, judge)
    return member_view(world.roster, id, wish.now)


def role_revoke(office: "Office", id: str, role: str, wish: Wish) -> MemberView:
    """A person no longer has a role."""

    def fits(world: "World") -> list[Blocker]:
        _member(world.roster, id)
        if role not in world.roster.roles(id, wish.now):
            return [blocker("lacks_role", person=world.roster.name(id), role=f"role:{role}")]
        return _keeps_one(world.roster, id, wish.now) if role == ADMINISTRATOR else []

    world = change(office, "@people", "role_revoke", {"id": id, "role": role}, wish,
                   _all(administrators_only(wish.actor, wish.now), fits))  # fmt: skip
    return member_view(world.roster, id, wish.now)


def _keeps_one(roster: Roster, leaving: str, now: datetime) -> list[Blocker]:
    """One administrator must remain."""
    rest = [p for p in roster.holders(ADMINISTRATOR, now) if p != leaving]
    return [] if rest or not roster.has(leaving, ADMINISTRATOR, now) else [blocker("last_administrator")]


def _known_people(roster: Roster, *people: str | None) -> list[Blocker]:
    return [blocker("unknown_person", field="", person=p) for p in people if p is not None and p not in roster.members]


def _known_roles(office: "Office", roles: list[str]) -> list[Blocker]:
    known = office.registry.roles
    return [
        Blocker("unknown_role", L("没有 {role} 这个角色", "there is no role {role}").fill(role=r), plain({"role": r}))
        for r in roles
        if r not in known or r in office.registry.outside
    ]


def member_view(roster: Roster, id: str, now: datetime) -> MemberView:
    """A person as lists show them."""
    member = _member(roster, id)
    return MemberView(
        id=id, name=member.name, department=member.department, superior=member.superior,
        roles=sorted(roster.roles(id, now)), active=roster.active(id, now),
    )  # fmt: skip


def _member(roster: Roster, id: str) -> Member:
    """The person of that id. Raises NotFound."""
    if id not in roster.members:
        raise NotFound("not_found", L(f"没有 {id} 这个人", f"nobody is called {id}"))
    return roster.members[id]


# absences ----------------------------------------------------------------------------------------------------------


def absence_add(office: "Office", person: str, since: datetime, until: datetime, substitute: str | None, wish: Wish) -> AbsenceView:
    """Somebody is away from `since` to `until` (UTC, exclusive); `substitute` stands in."""

    def fits(world: "World") -> list[Blocker]:
        found = _may_settle_absence(world.roster, person, wish)
        found += _known_people(world.roster, substitute)
        if not since < until:
            found.append(Blocker("backward", L("结束早于开始", "it ends before it begins")))
        if substitute == person:
            found.append(Blocker("own_substitute", L("不能代自己", "nobody stands in for himself"), {"person": person}))
        for other in world.roster.absences:
            if other.person == person and other.since < until and since < other.until:
                words = L(f"与第{other.id}条请假重叠", f"it overlaps absence {other.id}")
                found.append(Blocker("overlaps", words, {"id": other.id}))
        return found

    fields = {"person": person, "substitute": substitute, "from": since.isoformat(), "to": until.isoformat()}
    world = change(office, "@absences", "absence_add", lambda before: {"id": _next_absence(before), **fields}, wish, fits)
    made = [a.id for a in world.roster.absences if (a.person, a.since) == (person, since)]
    number = _next_absence(world) if wish.dry_run else max(made)
    return absence_view(office, world, number, person, substitute, since, until)


def _next_absence(world: "World") -> int:
    return max((absence.id for absence in world.roster.absences), default=0) + 1


def absence_end(office: "Office", number: int, wish: Wish) -> AbsenceView:
    """An absence ends now."""
    found = next((a for a in office.world().roster.absences if a.id == number), None)
    if found is None:
        raise NotFound("not_found", L(f"没有第{number}条请假", f"there is no absence {number}"))
    person = found.person
    judge = lambda world: _may_settle_absence(world.roster, person, wish)  # noqa: E731
    world = change(office, "@absences", "absence_end", {"id": number}, wish, judge)
    after = next(a for a in world.roster.absences if a.id == number)
    return absence_view(office, world, number, after.person, after.substitute, after.since, after.until)


def _may_settle_absence(roster: Roster, person: str, wish: Wish) -> list[Blocker]:
    """The person, a superior, or an administrator. [semantics: Transitions]"""
    if person not in roster.members:
        return _known_people(roster, person)
    above = {roster.superior(person, n) for n in range(1, 6)}
    if wish.actor == person or wish.actor in above or roster.has(wish.actor, ADMINISTRATOR, wish.now):
        return []
    who = [person, *sorted(a for a in above if a), f"role:{ADMINISTRATOR}"]
    return [blocker("not_allowed", who, who=", ".join(roster.name(w) for w in who), actor=roster.name(wish.actor))]


def absence_view(office: "Office", world: "World", id: int, person: str, substitute: str | None, since: datetime, until: datetime
                 ) -> AbsenceView:  # fmt: skip
    """An absence, with what the person has in hand and what nobody could sign meanwhile."""
    held = office.held_by([person])
    unsignable = office.unsignable(world, since, until) if substitute is None else []
    return AbsenceView(
        id=id, person=person, substitute=substitute, from_=since, to=until, open_cases=len(held), unsignable=unsignable
    )


# calendar, settings, duties ----------------------------------------------------------------------------------------


def calendar_set(office: "Office", day: date, windows: list[list[str]] | None, wish: Wish) -> None:
    """A day has these windows ([]: off) whatever the calendar says."""
    fields = {"date": day.isoformat(), "windows": windows if windows is not None else []}
    with _a_calendar():
        Calendar.from_json({**office.calendar.to_json(), "overrides": {fields["date"]: fields["windows"]}})
    change(office, "@calendar", "calendar_set", fields, wish, _all(administrators_only(wish.actor, wish.now), _reasoned(wish)))


def calendar_publish(office: "Office", year: int, days: dict[str, str], wish: Wish) -> None:
    """The days off and the make-up days of a year are known: day -> off | makeup."""
    fields = {"year": str(year), "days": days}
    wrong = sorted(kind for kind in days.values() if kind not in ("off", "makeup"))
    if wrong:
        raise BadInput("bad_input", L(f"只有 off 和 makeup, 没有 {wrong[0]}", f"a day is off or makeup, not {wrong[0]}"))
    with _a_calendar():
        office.calendar.with_year(year, *([_day(d) for d, kind in days.items() if kind == which] for which in ("off", "makeup")))
    change(office, "@calendar", "calendar_publish", fields, wish, administrators_only(wish.actor, wish.now))


@contextmanager
def _a_calendar() -> Iterator[None]:
    """What cannot be read as a calendar is never kept: no list could be told any more."""
    try:
        yield
    except CalendarError as error:
        raise BadInput(error.code, L(error.zh, error.en)) from None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except (ValueError, TypeError):
        raise BadInput("bad_input", L(f"「{text}」不是日期", f"{text!r} is no day")) from None


def setting(office: "Office", key: str, value: Any, wish: Wish) -> None:
    """The dealership chooses otherwise than the default, from now on; open cases keep theirs."""
    if key not in office.registry.choices:
        raise NotFound("not_found", L(f"没有 {key} 这项设置", f"there is no setting {key}"))
    try:
        read = reader(office.registry.choices[key].field)(value)
    except WrongValue as error:
        wrong = blocker("wrong_value", field=office.registry.choices[key].label, why=error.message)
        raise Refused(wrong.message, [wrong]) from None
    judge = _all(administrators_only(wish.actor, wish.now), _reasoned(wish))
    change(office, "@settings", "setting", {"key": key, "value": read}, wish, judge)


def settings_of(office: "Office") -> list[dict[str, Any]]:
    """Every choice of the business: {key, label, value, default, why, since}."""
    own = office.world().data("@settings").values
    return [
        {
            "key": key, "label": choice.label, "value": own[key].value if key in own else choice.default,
            "default": choice.default, "why": choice.why, "since": own[key].since if key in own else None,
        }
        for key, choice in office.registry.choices.items()
    ]  # fmt: skip


def duty_set(office: "Office", id: str, fields: dict[str, Any], wish: Wish) -> None:
    """A duty is off, due at another time, or somebody else's, from a day on."""
    if id not in office.registry.duties:
        raise NotFound("not_found", L(f"没有 {id} 这项例行事项", f"there is no duty {id}"))
    judge = _all(administrators_only(wish.actor, wish.now), _reasoned(wish), lambda world: _duty_fits(office, world, fields))
    change(office, "@duties", "duty_set", {"id": id, **fields}, wish, judge)


CLOCK = Field("due", L("到期时间", "Due"), "clock")


def _duty_fits(office: "Office", world: "World", fields: Fields) -> list[Blocker]:
    """The new time is a clock time, the new doer a role or a person: or the duty could never be opened again."""
    found: list[Blocker] = []
    doer = fields.get("doer")
    if fields.get("due") is not None:
        try:
            fields["due"] = reader(CLOCK)(fields["due"])
        except WrongValue as error:
            found.append(blocker("wrong_value", field=CLOCK.label, why=error.message))
    if doer is not None:
        is_role = isinstance(doer, str) and doer.startswith("role:")
        found += _known_roles(office, [doer[5:]]) if is_role else _known_people(world.roster, doer)
    return found


def _reasoned(wish: Wish) -> Judge:
    return lambda world: [] if wish.reason else [blocker("reason_missing")]


def revealed(office: "Office", wish: Wish, what: str) -> None:
    """Somebody looked at what lists mask."""
    change(office, "@access", "reveal", {"what": what}, wish, lambda world: [])

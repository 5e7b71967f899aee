"""Changing reference data: people, roles, absences, calendar, settings. Each change is an event with actor and time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from cuiban.calendar import Calendar, CalendarError
from cuiban.engine.blockers import Blocker, blocker, plain
from cuiban.engine.calendars import made
from cuiban.engine.fields import WrongValue, reader
from cuiban.engine.labels import L
from cuiban.engine.language import Field
from cuiban.engine.roster import ADMINISTRATOR, Member, Roster
from cuiban.errors import BadInput, NotFound, Refused
from cuiban.office.changing import Fields, Judge, Wish, change, refuse, settle
from cuiban.office.door import fit_for_person
from cuiban.office.recompute import recompute
from cuiban.office.views import AbsenceView, DutyChange, MemberView, MovedDue, SettingRow

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.world import World
    from cuiban.store.database import Connection

BOOTSTRAP = "system"


def administrators_only(actor: str, now: datetime) -> Judge:
    """Only an administrator may; before there is anybody, whoever sets the database up."""

    def judge(world: "World") -> list[Blocker]:
        roster = world.roster
        if not roster.members or roster.has(actor, ADMINISTRATOR, now):
            return []
        who = f"role:{ADMINISTRATOR}"
        return [blocker("not_allowed", [who], who=[roster.named(who)], actor=roster.named(actor))]

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
            return [Blocker("user_exists", L(f"已有编号为 {id} 的人", f"somebody has the id {id} already"), {"person": id})]
        return [*_known_people(world.roster, superior), *_known_roles(office, roles)]

    fields = {"id": id, "name": name, "department": department, "superior": superior, "roles": sorted(set(roles)) or None}
    return _people(office, "user_add", fields, wish, fits)


def _people(office: "Office", action: str, fields: Fields, wish: Wish, fits: Judge) -> MemberView:
    """A change of one person, by an administrator; the person as they are then."""
    judge = _all(administrators_only(wish.actor, wish.now), fits)
    answer = lambda _, world: member_view(world.roster, fields["id"], wish.now)  # noqa: E731
    return change(office, "@people", action, fields, wish, judge, MemberView, answer)


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
    return _people(office, "user_set", fields, wish, fits)


def user_off(office: "Office", id: str, wish: Wish) -> MemberView:
    """Somebody leaves; what they hold stays visible and is handed over by a superior."""

    def fits(world: "World") -> list[Blocker]:
        _member(world.roster, id)
        return _keeps_one(world.roster, id, wish.now)

    return _people(office, "user_off", {"id": id}, wish, fits)


def role_grant(office: "Office", id: str, role: str, wish: Wish) -> MemberView:
    """A person has a role from now on."""

    def fits(world: "World") -> list[Blocker]:
        _member(world.roster, id)
        return _known_roles(office, [role])

    return _people(office, "role_grant", {"id": id, "role": role}, wish, fits)


def role_revoke(office: "Office", id: str, role: str, wish: Wish) -> MemberView:
    """A person no longer has a role."""

    def fits(world: "World") -> list[Blocker]:
        _member(world.roster, id)
        if role not in world.roster.roles(id, wish.now):
            return [blocker("lacks_role", person=world.roster.named(id), role=f"role:{role}")]
        return _keeps_one(world.roster, id, wish.now) if role == ADMINISTRATOR else []

    return _people(office, "role_revoke", {"id": id, "role": role}, wish, fits)


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
        if substitute in world.roster.members and not world.roster.acts(substitute, max(wish.now, since)):
            found.append(blocker("cannot_stand_in", person=world.roster.named(substitute)))
        if not since < until:
            found.append(Blocker("backward", L("结束早于开始", "it ends before it begins")))
        if substitute == person:
            found.append(Blocker("own_substitute", L("不能代自己", "nobody stands in for himself"), {"person": person}))
        for other in world.roster.absences:
            if other.person == person and other.since < until and since < other.until:
                words = L(f"与第{other.id}条请假重叠", f"it overlaps absence {other.id}")
                found.append(Blocker("overlaps", words, {"id": other.id}))
        return found

    def answer(connection: "Connection", world: "World") -> AbsenceView:
        number = max(a.id for a in world.roster.absences if (a.person, a.since) == (person, since))
        return absence_view(office, world, number, person, substitute, since, until)

    fields = {"person": person, "substitute": substitute, "from": since.isoformat(), "to": until.isoformat()}
    more = lambda world: {"id": _next_absence(world)}  # noqa: E731
    return change(office, "@absences", "absence_add", fields, wish, fits, AbsenceView, answer, more)


def _next_absence(world: "World") -> int:
    return max((absence.id for absence in world.roster.absences), default=0) + 1


def absence_end(office: "Office", number: int, wish: Wish) -> AbsenceView:
    """An absence ends now."""
    found = next((a for a in office.world().roster.absences if a.id == number), None)
    if found is None:
        raise NotFound("not_found", L(f"没有第{number}条请假", f"there is no absence {number}"))
    person = found.person

    def answer(connection: "Connection", world: "World") -> AbsenceView:
        after = next(a for a in world.roster.absences if a.id == number)
        return absence_view(office, world, number, after.person, after.substitute, after.since, after.until)

    judge = lambda world: _may_settle_absence(world.roster, person, wish)  # noqa: E731
    return change(office, "@absences", "absence_end", {"id": number}, wish, judge, AbsenceView, answer)


def _may_settle_absence(roster: Roster, person: str, wish: Wish) -> list[Blocker]:
    """The person, a superior, or an administrator. [semantics: Transitions]"""
    if person not in roster.members:
        return _known_people(roster, person)
    above = {roster.superior(person, n) for n in range(1, 6)}
    if wish.actor == person or wish.actor in above or roster.has(wish.actor, ADMINISTRATOR, wish.now):
        return []
    who = [person, *sorted(a for a in above if a), f"role:{ADMINISTRATOR}"]
    return [blocker("not_allowed", who, who=[roster.named(w) for w in who], actor=roster.named(wish.actor))]


def absence_view(office: "Office", world: "World", id: int, person: str, substitute: str | None, since: datetime, until: datetime
                 ) -> AbsenceView:  # fmt: skip
    """An absence, with what the person has in hand and what nobody could sign meanwhile."""
    held = office.held_by([person])
    unsignable = office.unsignable(world, since, until) if substitute is None else []
    return AbsenceView(
        id=id, person=person, substitute=substitute, from_=since, to=until, open_cases=len(held), unsignable=unsignable
    )


# calendar, settings, duties ----------------------------------------------------------------------------------------


def calendar_set(office: "Office", day: date, windows: list[list[str]] | None, name: str | None, wish: Wish) -> list[MovedDue]:
    """A day has these windows ([]: off) whatever the calendar says; the open dues that moved with it. Raises NotFound."""
    office.world().calendar_of(name)
    fields = {"date": day.isoformat(), "windows": windows if windows is not None else [], "calendar": name}
    with _a_calendar():
        Calendar.from_json({**office.calendar.to_json(), "overrides": {day.isoformat(): fields["windows"]}})
    return _calendar(office, "calendar_set", fields, wish, _reasoned(wish))


def _calendar(office: "Office", action: str, fields: Fields, wish: Wish, judge: Judge) -> list[MovedDue]:
    """A change of the calendar with every open due that it moves: all of it or nothing."""
    judge = _all(administrators_only(wish.actor, wish.now), judge)
    answer = lambda connection, _: recompute(office, connection, wish)  # noqa: E731
    return change(office, "@calendar", action, fields, wish, judge, list[MovedDue], answer)


def calendar_publish(office: "Office", year: int, days: dict[str, str], wish: Wish) -> list[MovedDue]:
    """The days off and the make-up days of a year are known: day -> off | makeup; the open dues that moved with it."""
    fields = {"year": str(year), "days": days}
    wrong = sorted(kind for kind in days.values() if kind not in ("off", "makeup"))
    if wrong:
        raise BadInput("bad_input", L(f"只有 off 和 makeup, 没有 {wrong[0]}", f"a day is off or makeup, not {wrong[0]}"))
    with _a_calendar():
        office.calendar.with_year(year, *([_day(d) for d, kind in days.items() if kind == which] for which in ("off", "makeup")))
    return _calendar(office, "calendar_publish", fields, wish, lambda world: [])


def calendar_recompute(office: "Office", wish: Wish) -> list[MovedDue]:
    """Every open due is computed anew; those that moved. Twice is a no-op, with or without a key."""

    def work(connection: "Connection") -> tuple[list[MovedDue], None]:
        refuse(administrators_only(wish.actor, wish.now)(office.world_in(connection)))
        return recompute(office, connection, wish), None

    return settle(office, ["@calendar", "recompute"], wish, list[MovedDue], work)


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


def setting(office: "Office", key: str, value: Any, wish: Wish) -> SettingRow:
    """The dealership chooses otherwise than the default, from now on; open cases keep theirs."""
    if key not in office.registry.choices:
        raise NotFound("not_found", L(f"没有 {key} 这项设置", f"there is no setting {key}"))
    try:
        read = reader(office.registry.choices[key].field)(value)
    except WrongValue as error:
        wrong = blocker("wrong_value", field=office.registry.choices[key].field, why=error.message)
        raise Refused(wrong.message, [wrong]) from None
    with _a_calendar():  # hours that cannot be read would leave no list
        _try_hours(office, key, read)
    judge = _all(administrators_only(wish.actor, wish.now), _reasoned(wish))
    answer = lambda _, world: next(row for row in settings_of(office, world) if row["key"] == key)  # noqa: E731
    return change(office, "@settings", "setting", {"key": key, "value": read}, wish, judge, SettingRow, answer)


def _try_hours(office: "Office", key: str, value: Any) -> None:
    """Make every calendar of which the setting tells the hours. Raises CalendarError."""
    world = office.world()
    for named in office.registry.calendars.values():
        if key == named.hours:
            made(named, world.calendar, {**world.settings, key: value}, {})


def settings_of(office: "Office", world: "World") -> list[SettingRow]:
    """Every choice of the business."""
    own = world.data("@settings").values
    return [
        {
            "key": key, "label": choice.label, "value": own[key].value if key in own else choice.default,
            "default": choice.default, "why": choice.why, "since": own[key].since if key in own else None,
        }
        for key, choice in office.registry.choices.items()
    ]  # fmt: skip


def duty_set(office: "Office", id: str, fields: Fields, wish: Wish) -> DutyChange:
    """A duty is off, due at another time, or somebody else's, from a day on: `since`, else today."""
    if id not in office.registry.duties:
        raise NotFound("not_found", L(f"没有 {id} 这项例行事项", f"there is no duty {id}"))
    fields, wrong = _read_duty(fields)
    since = fields["since"] or wish.now.astimezone(office.zone).date().isoformat()

    def answer(connection: "Connection", world: "World") -> DutyChange:
        return {"duty": id, "since": since, "off": fields["off"], "due": fields["due"], "doer": fields["doer"], "reason": None}

    fits = lambda world: wrong + _doer_fits(office, world, fields["doer"])  # noqa: E731
    judge = _all(administrators_only(wish.actor, wish.now), _reasoned(wish), fits)
    more = lambda world: {"since": since}  # noqa: E731
    done = change(office, "@duties", "duty_set", {"id": id, **fields}, wish, judge, DutyChange, answer, more)
    return {**done, "reason": wish.reason}


DUTY_FIELDS = (Field("since", L("起始日", "From"), "day"), Field("due", L("到期时间", "Due"), "clock"))
OFF = Field("off", L("停用", "Off"), "yes")


def _read_duty(fields: Fields) -> tuple[Fields, list[Blocker]]:
    """What is changed of a duty as history keeps it, and what nobody could ever read again: no duty would be opened any more."""
    read, wrong = dict(fields), []
    for field in DUTY_FIELDS:
        if fields[field.name] is not None:
            try:
                read[field.name] = reader(field)(fields[field.name])
            except WrongValue as error:
                wrong.append(blocker("wrong_value", field=field, why=error.message))
    if not isinstance(fields["off"], bool | None):
        wrong.append(blocker("wrong_value", field=OFF, why=L("应为 是 或 否", "should be yes or no")))
    return read, wrong


def _doer_fits(office: "Office", world: "World", doer: str | None) -> list[Blocker]:
    """The new doer is a role or a person of the house."""
    if doer is None:
        return []
    return _known_roles(office, [doer[5:]]) if doer.startswith("role:") else _known_people(world.roster, doer)


def _reasoned(wish: Wish) -> Judge:
    return lambda world: [] if wish.reason else [blocker("reason_missing")]


def revealed(office: "Office", wish: Wish, what: str) -> None:
    """Somebody who works here looked at what lists mask."""

    def fits(world: "World") -> list[Blocker]:
        there = world.roster.active(wish.actor, wish.now)
        return [] if there else [blocker("not_active", actor=world.roster.named(wish.actor))]

    change(office, "@access", "reveal", {"what": what}, wish, fits, bool, lambda connection, world: True)

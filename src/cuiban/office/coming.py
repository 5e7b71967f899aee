"""What comes next for somebody on whose list nothing is due: the next duty that is not on it yet."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from cuiban.engine.duty import Duty, opens_at
from cuiban.office.duties import changed
from cuiban.office.subjects import Whose
from cuiban.office.views import Coming

if TYPE_CHECKING:
    from cuiban.office import Office
    from cuiban.office.world import World

ROLLED, AHEAD = timedelta(days=15), timedelta(days=45)  # how far a due lies from its nominal day; how far one looks


def coming(office: "Office", person: str | None, now: datetime) -> Coming | None:
    """The next duty of `person` (None: anybody's) that has not opened yet at `now` (UTC); None: none within 45 days."""
    world, whose = office.world(), Whose(office)
    mine = None if person is None else {person, *(f"role:{role}" for role in world.roster.roles(person, now))}
    today = now.astimezone(office.zone).date()
    found = [one for duty in world.duties.values() if (one := _next(world, whose, duty, mine, today, now)) is not None]
    return min(found, key=lambda one: one.due, default=None)  # of several the first of the table


def _next(world: "World", whose: Whose, duty: Duty, mine: set[str] | None, today: date, now: datetime) -> Coming | None:
    changes = world.data("@duties").changes.get(duty.name, [])
    ahead = world.settings.get("duty_ahead_days", 5)
    for time, doer in sorted(changed(duty, changes, today - ROLLED, today + AHEAD, world), key=lambda one: one[0].due):
        opens = opens_at(duty, time, world.calendar_of(duty.calendar), ahead)
        if time.due <= now or opens <= now:
            continue  # it is over, or on a list already
        owners = {doer or f"role:{duty.doer}"}
        if duty.per is not None:
            owners = {doer or one.doer or f"role:{duty.doer}" for one in whose.owing(duty.per, opens, time.due)}
        if owners if mine is None else owners & mine:
            return Coming(duty=duty.name, title=duty.label, due=time.due)
    return None

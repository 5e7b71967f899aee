"""What becomes of a recurring duty: done, done late, waived, missed; the day's own are open in the morning.

Holds: the story of a duty. Never: when duties come round, which the calendar knows.
"""

from datetime import datetime
from typing import Any

from cuiban.calendar import Calendar
from cuiban.demo.shop import Shop, Story
from cuiban.errors import Refused

WAYS = {"done": 87, "late": 7, "waived": 3, "missed": 3}  # of a hundred
FRESH = 12  # days before today in which nothing is left lying, but for what the morning shows
LEFT_LYING = "b14_cases"
REASONS = ("厂家系统维护, 当天免报", "当天无内容", "与周报合并上报", "厂家通知本期免报")


def duty(shop: Shop, ref: str) -> Story:
    """An occurrence that came onto somebody's list."""
    case = shop.case(ref)
    fields, due = case.data.fields, case.due
    assert due is not None
    age = (shop.today - shop.day_of(due)).days
    if case.duty == LEFT_LYING and 0 < age <= 7:
        return
    way = shop.dealt(f"{_pace(case.duty)} duties", WAYS) if age > FRESH else "done"
    if way == "missed" and datetime.fromisoformat(fields["missed_at"]) <= shop.midnight(shop.today):
        return
    way = "late" if way == "missed" else way
    duties = shop.office.registry.duties
    own = shop.office.world().calendar_of(duties[case.duty].calendar) if case.duty in duties else shop.calendar
    yield _when(shop, own, due, fields.get("start_at"), way)
    if way == "done" and "agree" in fields:  # what has to agree is settled on its last day
        yield shop.at(shop.day_of(due), "16:00", "17:50")
    if way == "waived":
        shop.do(ref, "waive", _somebody(shop, str(case.chaser)), reason=shop.pick(REASONS))
        return
    given, papers = _sent(shop, fields), ["report"] if shop.chance(0.3) else ()
    while True:
        try:
            shop.do(ref, "submit", _somebody(shop, str(fields["doer"])), given, papers=papers)
            return
        except Refused:
            if "agree" not in fields or not shop.case(ref).open:
                raise
        yield shop.later(3, 6)  # registers do not agree yet


def _pace(name: str | None) -> str:
    """Daily ones are missed in a week, others only when the next month ends: each has a deck of its own."""
    return "daily" if name in ("b11_morning_meeting", "b13_arrivals", "d11_sj2806") else "other"


def _when(shop: Shop, calendar: Calendar, due: datetime, start: Any, way: str) -> datetime:
    if way == "late":
        return shop.later(0.3, 14, due, calendar)
    begins = max(shop.now, datetime.fromisoformat(start)) if isinstance(start, str) else shop.now
    if begins >= due:
        return shop.later(0.3, 1, begins, calendar)
    return shop.before(due, 0.5, 0.97, calendar) if begins == shop.now else shop.later(0.2, 1.5, begins, calendar)


def _sent(shop: Shop, fields: dict[str, Any]) -> dict[str, Any]:
    """How, and to whom if somebody has to be ticked."""
    found: dict[str, Any] = {"sent_by": "邮件"} if shop.chance(0.4) else {}
    least = fields.get("minimum")
    if isinstance(least, int):
        found["sent_to"] = sorted(shop.office.roster(shop.now).holders("device_user", shop.now))[:least]
    return found


def _somebody(shop: Shop, who: str) -> str:
    """A person, or whoever has the role at present."""
    if not who.startswith("role:"):
        return shop.acting(who)
    return shop.acting(shop.office.roster(shop.now).holders(who[5:], shop.now)[0])

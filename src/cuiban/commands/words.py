"""Days, clock times and stretches of time as people say them.

Belongs here: words for instants in the reader's zone.   Must never enter: what is late or due; the office says that.
"""

from datetime import date, datetime, timedelta, tzinfo

from cuiban.engine.labels import L, Lang

WEEKDAYS = L("一二三四五六日", "Mon Tue Wed Thu Fri Sat Sun")
DAY = timedelta(days=1)


def weekday(day: date, lang: Lang) -> str:
    """周三, Wed."""
    return "周" + WEEKDAYS.zh[day.weekday()] if lang == "zh" else WEEKDAYS.en.split()[day.weekday()]


def with_weekday(day: date, lang: Lang) -> str:
    """2026-03-11 周三, Wed 2026-03-11."""
    return f"{day} {weekday(day, lang)}" if lang == "zh" else f"{weekday(day, lang)} {day}"


def moment_with_weekday(at: datetime, zone: tzinfo, lang: Lang) -> str:
    """2026-03-11 周三 08:40, Wed 2026-03-11 08:40."""
    shows = at.astimezone(zone)
    return f"{with_weekday(shows.date(), lang)} {clock(shows)}"


def clock(shows: datetime, *, exact: bool = False) -> str:
    """08:40; `exact`: with seconds, if there are any."""
    return f"{shows:%H:%M:%S}" if exact and shows.second else f"{shows:%H:%M}"


def short_date(day: date, today: date) -> str:
    """03-11; with its year unless that is near."""
    return f"{day:%m-%d}" if abs((day - today).days) < 183 else day.isoformat()


def short(at: datetime, zone: tzinfo, today: date, *, exact: bool = False) -> str:
    """03-11 14:30."""
    shows = at.astimezone(zone)
    return f"{short_date(shows.date(), today)} {clock(shows, exact=exact)}"


def due_day(at: datetime, zone: tzinfo, *, exact: bool = False) -> tuple[date, str]:
    """The day a due belongs to and its clock time: midnight belongs to the day it ends, and shows as 24:00."""
    shows = at.astimezone(zone)
    if shows.hour == shows.minute == shows.second == 0:
        return shows.date() - DAY, "24:00"
    return shows.date(), clock(shows, exact=exact)


def short_due(at: datetime, zone: tzinfo, today: date) -> str:
    """03-09 24:00."""
    day, shows = due_day(at, zone)
    return f"{short_date(day, today)} {shows}"


def length(seconds: int) -> L:
    """6小时40分, 6 h 40 min: the two largest units."""
    minutes = abs(seconds) // 60
    if minutes == 0:
        return L("不到1分", "under 1 min")
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    parts = [(days, "天", "d"), (hours, "小时", "h"), (minutes, "分", "min")]
    first = next(index for index, part in enumerate(parts) if part[0])
    told = [part for part in parts[first : first + 2] if part[0]]
    return L("".join(f"{n}{zh}" for n, zh, _ in told), " ".join(f"{n} {en}" for n, _, en in told))


def rough(seconds: int) -> L:
    """2天, 6小时: the largest unit, for figures that are only compared."""
    hours = abs(seconds) / 3600
    if hours >= 24:
        days = round(hours / 24)
        return L(f"{days}天", f"{days} d")
    if hours >= 1:
        return L(f"{round(hours)}小时", f"{round(hours)} h")
    return length(seconds)


def late(late_s: int, late_days: int, since_due: timedelta) -> L:
    """超1个工作日, 超6小时40分: working time; from one full working day on in days; before any has passed the plain time."""
    if late_days:
        return L(f"超{late_days}个工作日", f"{late_days} working day{'s' if late_days > 1 else ''} late")
    if late_s < 60:
        passed = int(since_due.total_seconds())
        return L("刚到期", "just due") if passed < 60 else L("已过{passed}", "due {passed} ago").fill(passed=length(passed))
    told = length_in_hours(late_s)
    return L(f"超{told.zh}", f"{told.en} late")


def length_in_hours(seconds: int) -> L:
    """26小时5分: working time is never told in days of 24 hours."""
    hours, minutes = divmod(max(seconds, 0) // 60, 60)
    parts = [(hours, "小时", "h"), (minutes, "分", "min")]
    told = [part for part in parts if part[0]] or [parts[1]]
    return L("".join(f"{n}{zh}" for n, zh, _ in told), " ".join(f"{n} {en}" for n, _, en in told))


def left(due: datetime, now: datetime, zone: tzinfo) -> L:
    """剩3小时20分 on the day itself, else 剩2天."""
    days = (due_day(due, zone)[0] - now.astimezone(zone).date()).days
    if days > 0:
        return L(f"剩{days}天", f"{days} d left")
    told = length(int((due - now).total_seconds()))
    return L(f"剩{told.zh}", f"{told.en} left")

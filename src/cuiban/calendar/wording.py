"""How moments, days off and lengths of time read, in Chinese and English.

Belongs here: words for what the walk saw.   Must never enter: the walk itself, anything but words.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby, islice

from cuiban.calendar.china import name_of
from cuiban.calendar.days import kind_of
from cuiban.calendar.hours import Calendar, local
from cuiban.calendar.spans import SECOND, datetime_of

Words = tuple[str, str]
"""The same in Chinese and in English."""

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MAKEUP = ("调休上班", "make-up day")
MOST_RUNS = 4


class Wording:
    """Words for moments and days of one calendar; a date names its year only where it is not that of `begin`."""

    def __init__(self, calendar: Calendar, begin: int) -> None:
        self.calendar = calendar
        self.year = local(calendar, datetime_of(begin)).year

    def date(self, number: int) -> str:
        """The date as `02-14`."""
        day = date.fromordinal(number)
        return f"{day:%m-%d}" if day.year == self.year else day.isoformat()

    def clock(self, number: int, at: int) -> str:
        """The clock time as `08:30`; seconds only if there are any; 24:00 for the midnight that ends the day."""
        seconds = self.calendar.days.clock(number, at) // SECOND
        text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
        return f"{text}:{seconds % 60:02}" if seconds % 60 else text

    def moment(self, at: int) -> str:
        """Date and clock as `02-14 08:30`."""
        number = self.calendar.days.number_of(at)
        return f"{self.date(number)} {self.clock(number, at)}"

    def opening(self, at: int) -> Words:
        """A moment with its weekday, and whether that day is made up."""
        return self._with_weekday(self.calendar.days.number_of(at), at)

    def ending(self, at: int) -> Words:
        """The same of a moment that ends something: a midnight belongs to the day before."""
        return self._with_weekday(self.calendar.days.number_of(at - 1), at)

    def _with_weekday(self, number: int, at: int) -> Words:
        day, clock = date.fromordinal(number), self.clock(number, at)
        made_up = kind_of(self.calendar, day) == "makeup"
        zh = f"{self.date(number)} 周{WEEKDAYS_ZH[day.weekday()]}" + (f"({MAKEUP[0]})" if made_up else "")
        en = f"{WEEKDAYS_EN[day.weekday()]} {self.date(number)}" + (f" ({MAKEUP[1]})" if made_up else "")
        return f"{zh} {clock}", f"{en} {clock}"

    def skipped(self, begin: int, end: int, *, first: bool) -> Words:
        """Why [begin, end) does not count, and when it goes on; `first`: nothing has counted so far."""
        why, on = self.outside(begin, end), self.opening(end)
        if not first:
            return f"{why[0]}, 至 {on[0]}", f"{why[1]}, until {on[1]}"
        return f"{why[0]}, 自 {on[0]} 起算", f"{why[1]}, counting from {on[1]}"

    def counted(self, end: int) -> Words:
        """That the clock ran up to `end`."""
        return f"计时至 {self.moment(end)}", f"counting up to {self.moment(end)}"

    def paused(self, begin: int, end: int | None) -> Words:
        """That the clock stood still."""
        if end is None:
            return f"自 {self.moment(begin)} 暂停", f"paused since {self.moment(begin)}"
        return f"暂停 {self.moment(begin)} 至 {self.moment(end)}", f"paused {self.moment(begin)} to {self.moment(end)}"

    def outside(self, begin: int, end: int) -> Words:
        """Why there is no working time in [begin, end)."""
        days = self.calendar.days
        first, last = days.number_of(begin), days.number_of(end)
        why: list[Words] = []
        if spans := days[first].spans:
            if begin >= spans[-1][1]:
                why.append(("下班后", "after hours"))
            elif begin < spans[0][0]:
                why.append(("上班前", "before hours"))
            else:
                why.append(("休息时间", "break"))
        return listed([*why, *self.off(first if not spans else first + 1, max(last, first + 1))])

    def off(self, first: int, after: int) -> list[Words]:
        """The days off from `first` up to `after`, consecutive ones of one name together."""
        runs = list(islice(self._runs(first, after), MOST_RUNS + 1))
        return runs if len(runs) <= MOST_RUNS else [*runs[:MOST_RUNS], ("..", "..")]

    def _runs(self, first: int, after: int) -> Iterator[Words]:
        days = self.calendar.days
        for name, run in groupby(range(first, after), lambda number: None if days[number].spans else self._name(number)):
            if name is not None:
                numbers = list(run)
                yield self._run(numbers[0], numbers[-1], name)

    def _run(self, first: int, last: int, name: Words) -> Words:
        begin, end = self.date(first), self.date(last)
        if first == last:
            return f"{begin} {name[0]}", f"{begin} {name[1]}"
        return f"{begin} 至 {end} {name[0]}", f"{begin} to {end} {name[1]}"

    def _name(self, number: int) -> Words:
        day = date.fromordinal(number)
        kind = kind_of(self.calendar, day)
        if kind == "holiday":
            return name_of(self.calendar, day) or ("节假日", "holiday")
        return ("周末", "weekend") if kind == "weekend" and day.weekday() > 4 else ("休息", "day off")


def listed(words: Sequence[Words], between: str = ", ") -> Words:
    """One after the other."""
    return between.join(zh for zh, _ in words), between.join(en for _, en in words)


def bracketed(words: Words, notes: Sequence[Words]) -> Words:
    """The words, with notes in brackets if there are any."""
    if not notes:
        return words
    zh, en = listed(notes)
    return f"{words[0]} ({zh})", f"{words[1]} ({en})"


def length(micros: int) -> Words:
    """A length of time as `3小时30分`, `3 h 30 min`; seconds only if there are any."""
    minutes, seconds = divmod((micros + SECOND // 2) // SECOND, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "小时", "h"), (minutes, "分", "min"), (seconds, "秒", "s")]
    told = [part for part in parts if part[0]] or [parts[2]]
    return "".join(f"{n}{zh}" for n, zh, _ in told), " ".join(f"{n} {en}" for n, _, en in told)

"""What cannot be computed, as a sentence in both languages.

Belongs here: the exceptions of this room.   Must never enter: exit codes, printing.
"""


class CalendarError(ValueError):
    """Data that no due can be computed from; `zh` and `en` say in a sentence what is wrong with it.

    Attributes:
        code: the stable code of the command line's contract. [cli.md 1, exit 5]
    """

    code = "bad_input"

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en

    def message(self, lang: str) -> str:
        """The sentence in `lang` (zh or en)."""
        return self.zh if lang == "zh" else self.en


class NoWorkingTime(CalendarError):
    """Ten years hold no working moment."""

    def __init__(self, day: str) -> None:
        super().__init__(
            f"自 {day} 起十年内没有工作时间, 请检查日历的 weekly",
            f"there is no working time in the ten years around {day}: check the calendar's weekly hours",
        )


class OutOfRange(CalendarError):
    """A day that is outside the years that can be computed."""

    def __init__(self) -> None:
        super().__init__(
            "日期超出可计算的范围(公元 1 至 9999 年, 工作时间最多数 100 年)",
            "the date is beyond what can be computed (years 1 to 9999, 100 years of working time)",
        )


def shown(value: object) -> str:
    """A foreign value as it may stand in a sentence: quoted, at most 40 characters."""
    try:
        text = repr(value)
    except (ValueError, RecursionError):  # a number of more than 4,300 digits; a list in a list in a list ..
        return type(value).__name__
    return text if len(text) <= 40 else f"{text[:37]}..."

"""A clock that stands still until a test moves it. Nothing here reads the machine's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")
A_MONDAY = "2026-03-02 09:00"


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """The instant (UTC) of a local time as `2026-03-02 09:00`."""
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


class Clock:
    """The time of a test.

    Attributes:
        now: the instant that it shows, in UTC.
    """

    def __init__(self, text: str = A_MONDAY) -> None:
        self.now = at(text)

    def set(self, text: str) -> datetime:
        """Show a local time, earlier or later."""
        self.now = at(text)
        return self.now

    def forward(self, **span: float) -> datetime:
        """Go on by `days`, `hours`, `minutes`, `seconds` (back, if negative)."""
        self.now += timedelta(**span)
        return self.now

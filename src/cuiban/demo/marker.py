"""How a demo's database is known as one, and as which: the text that stands with its dealership."""

from datetime import date

import msgspec

from cuiban import __version__


class Marker(msgspec.Struct, frozen=True):
    """Which demo a database holds.

    Attributes:
        user: whose morning it is.
        today: the day, at the dealership, on which its history ends.
        version: of the program that made it.
    """

    user: str
    seed: int
    months: int
    today: date
    version: str = __version__

    @property
    def text(self) -> str:
        """What is kept with the dealership."""
        return msgspec.json.encode(self).decode()


def read(text: str | None) -> Marker | None:
    """The marker that a dealership carries; None where it carries none, or one that another version wrote."""
    if text is None:
        return None
    try:
        return msgspec.json.decode(text, type=Marker)
    except msgspec.MsgspecError:
        return None

"""A text that people see, in both languages, side by side."""

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

import msgspec

Lang = Literal["zh", "en"]


class L(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A label in Chinese and English."""

    zh: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.zh if lang == "zh" else self.en

    def fill(self, **params: object) -> "L":
        """Both languages with `{name}` filled from `params` (a label in its language; what is not there as a dash)."""
        return L(
            self.zh.format_map(_Filling({k: v.zh if isinstance(v, L) else short(v) for k, v in params.items()})),
            self.en.format_map(_Filling({k: v.en if isinstance(v, L) else short(v) for k, v in params.items()})),
        )


class Named(NamedTuple):
    """What a sentence calls by its label and a program by its name: a person, a step."""

    name: str
    label: L


def listing(things: Iterable[Any]) -> list[Named]:
    """What has a name and a label, for a sentence that tells both."""
    return [Named(one.name, L(f"{one.name} {one.label.zh}", f"{one.name} {one.label.en}")) for one in things]


def lowered(english: str) -> str:
    """An English label within a sentence: in small letters, but for an abbreviation (IT manager, PDI)."""
    return " ".join(word if word.isupper() and len(word) > 1 else word.lower() for word in english.split(" "))


def short(value: object, most: int = 200) -> object:
    """A text as it may stand in a sentence: of one that was given by mistake, a page long, its beginning and its end."""
    if not isinstance(value, str) or len(value) <= most:
        return value
    return f"{value[: most // 2]} .. {value[-most // 2 :]}"


class _Filling(dict[str, object]):
    """Parameters of a sentence."""

    def __missing__(self, name: str) -> str:
        return "-"

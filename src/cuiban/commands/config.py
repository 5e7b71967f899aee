"""Where a value comes from: option, else CUIBAN_OPTION, else the config file (TOML). [cli.md 1, Who, where]

Belongs here: reading the config file, the order of sources.   Must never enter: what the values mean.
"""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec

from cuiban.engine.labels import L
from cuiban.errors import BadInput, cause_of

_YES = {"1", "true", "yes", "on"}
_ENVIRONMENT = {"db": "CUIBAN_DATABASE_URL"}


class Config(msgspec.Struct, forbid_unknown_fields=True):
    """The config file."""

    user: str | None = None
    dealership: str | None = None
    db: str | None = None
    lang: str | None = None
    color: str | None = None
    pager: bool | None = None
    log: str | None = None
    durable: bool = True


def folder(kind: str) -> Path:
    """The user's folder of that kind: config, data, state, log."""
    import platformdirs

    found: Path = getattr(platformdirs, f"user_{kind}_path")("cuiban", appauthor=False)
    return found


class Sources:
    """The values of a call. `options` are those given on the command line."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.options: dict[str, Any] = {}

    def value(self, name: str) -> str | None:
        """The text for `name`: option, else environment, else config; None: not said anywhere."""
        if self.options.get(name) is not None:
            return str(self.options[name])
        said = self.environ.get(_ENVIRONMENT.get(name, f"CUIBAN_{name.upper()}"))
        if said:
            return said
        found = getattr(self.config, name, None)
        return None if found is None else str(found)

    def flag(self, name: str) -> bool:
        """Whether `name` is on."""
        return bool(self.options.get(name)) or self.environ.get(f"CUIBAN_{name.upper()}", "").lower() in _YES

    @cached_property
    def config(self) -> Config:
        """The config file, an empty one if there is none; raises BadInput where it cannot be used."""
        path = self.config_path
        if path.is_fifo():  # would be waited for until somebody writes
            raise _broken(path, L("不是普通文件", "not an ordinary file"))
        try:
            text = path.read_text("utf-8-sig")
        except FileNotFoundError:
            return Config()
        except (OSError, UnicodeDecodeError) as error:
            raise _broken(path, cause_of(error)) from None
        import tomllib

        try:
            return msgspec.convert(tomllib.loads(text), Config)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
            raise _broken(path, str(error)) from None

    @property
    def config_path(self) -> Path:
        """Where the config file is, or would be."""
        told = self.environ.get("CUIBAN_CONFIG")
        return Path(told) if told else folder("config") / "config.toml"


def _broken(path: Path, cause: str | L) -> BadInput:
    return BadInput(
        "bad_config",
        L("配置文件 {path} 用不了: {cause}", "the config file {path} cannot be used: {cause}").fill(path=path, cause=cause),
    )

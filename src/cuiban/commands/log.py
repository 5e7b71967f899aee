"""The operational log: JSON lines in the file CUIBAN_LOG, readable on stderr with -v; never mixed into answers.

Belongs here: where log lines go and how they look. Other rooms log through `logging`, under the name `cuiban`.
Must never enter: personal values; refs, ids, codes and figures only. [reliability.md, R10]
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from errno import EEXIST
from pathlib import Path
from typing import Any

import structlog

_SHARED: list[Any] = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def start(file: Path | None, *, verbose: bool) -> "structlog.stdlib.BoundLogger":
    """Send what is logged to `file` (None: nowhere) and, if `verbose`, to stderr; return the logger of this call."""
    stop()
    handlers: list[logging.Handler] = []
    if file is not None:
        handlers.append(_to_file(file))
    if verbose:
        handlers.append(_formatted(logging.StreamHandler(sys.stderr), _readable, level=logging.DEBUG))
    logger = logging.getLogger("cuiban")
    logger.handlers, logger.propagate = handlers or [logging.NullHandler()], False
    logger.setLevel(logging.DEBUG if verbose else logging.INFO)
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    bound: structlog.stdlib.BoundLogger = structlog.get_logger("cuiban")
    return bound


def stop() -> None:
    """Close what `start` opened."""
    logger = logging.getLogger("cuiban")
    for handler in logger.handlers:
        handler.close()
    logger.handlers = [logging.NullHandler()]


def _to_file(file: Path) -> logging.Handler:
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_fifo():  # would be waited for until somebody reads
        raise FileExistsError(EEXIST, "not an ordinary file", str(file))
    json = structlog.processors.JSONRenderer(ensure_ascii=False)
    return _formatted(logging.FileHandler(file, encoding="utf-8", errors="replace"), json, exceptions=True)


def _formatted(handler: logging.Handler, renderer: Any, *, level: int = logging.INFO, exceptions: bool = False) -> logging.Handler:
    tracebacks: list[Any] = [_where] if exceptions else []
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_SHARED,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *tracebacks, renderer],
    ))  # fmt: skip
    handler.setLevel(level)
    return handler


def _where(logger: Any, name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Of an exception its kinds and where it arose; neither its words nor any local value: they may be somebody's name."""
    given = event.pop("exc_info", None)
    error = given if isinstance(given, BaseException) else sys.exc_info()[1] if given else None
    if error is not None:
        kinds: list[str] = []
        cause: BaseException | None = error
        while cause is not None and len(kinds) < 10:
            kinds.append(type(cause).__name__)
            cause = cause.__cause__ or cause.__context__
        event["exception"] = kinds
        event["frames"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    return event


def _readable(logger: Any, name: str, event: dict[str, Any]) -> str:
    """One line for a person; of an exception only its kind, the file has the rest."""
    event.pop("exc_info", None)
    at, level, what = event.pop("timestamp", ""), event.pop("level", ""), event.pop("event", "")
    return " ".join([at[11:19], f"{level:<5}", str(what), *(f"{key}={value}" for key, value in event.items())])

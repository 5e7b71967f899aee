"""Cuiban (催办): business processes as state machines with clocks, persisted in SQL, chased until they are done.

The public face is `Office`; it is loaded when it is first asked for, so that a command starts at once.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cuiban.office import Office, create

__version__ = "0.1.0"
__all__ = ["Office", "__version__", "create"]


def __getattr__(name: str) -> Any:
    if name in ("Office", "create"):
        from cuiban import office

        return getattr(office, name)
    raise AttributeError(name)

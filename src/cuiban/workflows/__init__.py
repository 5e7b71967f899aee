"""workflows: what the dealership does, one file per process, written in the language of `engine` and in nothing else.

Belongs here: processes, the table of duties, roles, outside parties, books, the defaults of the business's choices.
Start at: complaint.py.   Must never enter: SQL, files, a clock, code that runs when a case moves.

`PROCESSES`, `DUTIES`, `ROLES`, `OUTSIDE`, `BOOKS`, `LEDGERS`, `CHOICES`, `CALENDARS` are read when first asked for. A store adds
its own by an entry point of the group `cuiban.workflows`: a module with any of these names.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cuiban.engine.books import Book
    from cuiban.engine.calendars import NamedCalendar
    from cuiban.engine.duty import Duty
    from cuiban.engine.labels import L
    from cuiban.engine.language import Preset, Process

    PROCESSES: tuple[Process, ...]
    DUTIES: tuple[Duty, ...]
    ROLES: dict[str, L]
    OUTSIDE: dict[str, L]
    BOOKS: dict[str, Book]
    LEDGERS: dict[str, L]
    CHOICES: tuple[Preset, ...]
    CALENDARS: tuple[NamedCalendar, ...]

# Process -> the module that declares it, so that one is read without the others.
MODULES = {
    "complaint": "complaint",
    "callback": "callback",
    "vehicle": "vehicle_delivery",
    "delivery": "vehicle_delivery",
    "call_order": "call_order",
    "colour_order": "call_order",
    "incident": "incident",
    "duty": "duty",
    "equipment_repair": "equipment_repair",
    "quarantine": "quarantine",
    "software_request": "software_request",
    "purchase": "purchase",
    "customer_request": "customer_request",
    "customer_item": "customer_request",
    "appointment": "appointment",
    "sign_off": "sign_off",
    "access_request": "access_request",
    "system_change": "system_change",
    "requirement": "requirement",
    "violation": "violation",
    "controlled_document": "controlled_document",
    "transfer": "transfer",
    "trade_lead": "trade_lead",
    "reconciliation": "reconciliation",
    "difference": "difference",
    "stocktake": "stocktake",
    "inspection": "inspection",
    "stock_audit": "stock_audit",
    "assignment": "assignment",
    "churn": "churn",
    "relay": "relay",
    "notice": "notice",
    "campaign": "campaign",
    "own_campaign": "campaign",
    "meeting": "meeting",
    "resolution": "meeting",
    "target": "target",
    "staff_change": "staff_change",
    "document": "document",
    "outward_feedback": "outward_feedback",
    "announcement": "announcement",
    "sign_in": "announcement",
    "sales_target": "sales_target",
    "maintenance_card": "maintenance_card",
    "customer_file": "customer_file",
    "prospect": "prospect",
    "service_file": "service_file",
}
# The processes with a ladder of their own: every list asks them whom they tell, so the others need not be read for it.
LADDERS = ("complaint", "violation")
# The processes whose cases rows of registers open, and of which: the catch-up and whoever enters a row ask.
FROM_ROWS = {"callback": ["repair"], "churn": ["repair"], "prospect": ["showroom"]}
_TABLES = {"DUTIES": "duties", "ROLES": "roles", "OUTSIDE": "roles", "BOOKS": "roles", "LEDGERS": "roles", "CHOICES": "choices",
           "CALENDARS": "choices"}  # fmt: skip


def process_named(name: str) -> "Process | None":
    """The process `name` of this package, or None; reads only the file that declares it."""
    if name not in MODULES:
        return None
    found: Process = getattr(import_module(f"{__name__}.{MODULES[name]}"), name)
    return found


def defaults() -> dict[str, Any]:
    """What every setting is until the dealership sets it itself, by key."""
    return {choice.key: choice.default for choice in __getattr__("CHOICES")}


def __getattr__(name: str) -> Any:
    if name == "PROCESSES":
        found: Any = tuple(process_named(process) for process in MODULES)
    elif name in _TABLES:
        found = getattr(import_module(f"{__name__}.{_TABLES[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = found
    return found

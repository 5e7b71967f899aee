"""registers: the tables that cases and reports rest on: customers, cars, orders, invoices, repairs and their kin.

Belongs here: a file a family with the declarations; reading rows, writing them as events, finding them, cards.
Start at: customers.py (what is declared), writing.py (what becomes of a row).
Must never enter: printing, click, SQL (store/registers.py has it).

A declaration is read when its register is first asked for: no list needs any of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cuiban.engine.register import Register

# Register -> the module that declares it. In the order in which one can be filled after the other.
MODULES = {
    "customer": "customers",
    "showroom": "customers",
    "vehicle": "vehicles",
    "movement": "vehicles",
    "stock_count": "vehicles",
    "model_year": "vehicles",
    "sales_order": "sales",
    "invoice": "sales",
    "slip": "sales",
    "maintenance_card": "sales",
    "target": "sales",
    "pay_rule": "sales",
    "repair": "service",
    "score": "service",
    "policy": "insurance",
    "accident": "insurance",
    "oil_sale": "insurance",
    "rebate_policy": "money",
    "payout": "money",
    "fund": "money",
    "asset": "equipment",
    "licence": "equipment",
    "access": "equipment",
    "run_log": "equipment",
    "service_call": "equipment",
    "paper": "papers",
    "supplies": "papers",
}


def declared(name: str) -> "Register | None":
    """The register of that name, or None; reads only the file that declares it."""
    if name not in MODULES:
        return None
    found: Register = getattr(import_module(f"{__name__}.{MODULES[name]}"), name)
    return found


def every() -> "list[Register]":
    """All of them, those that others refer to first."""
    return [found for name in MODULES if (found := declared(name)) is not None]

"""What the steps of several processes write into registers: customer, car and where it goes, invoice, slip, target.

Holds: rows as data, what undoing them means too. Never: steps, SQL. [A2, B3, C12, D1-D4, D8, D10, D15, D30, D31]
"""

from typing import Any, Literal

from cuiban.engine.conditions import has
from cuiban.engine.language import Enter

BOOK = "outbound_slip"
Mode = Literal["set", "new", "missing", "known", "end"]

# One who comes back is a customer again.
CUSTOMER_KNOWN = Enter("customer", {"name": "customer", "phone": "phone"}, "missing", when=has("phone"), revives=True)


def car(state: str, **sets: Any) -> Enter:
    """The car stands so; one that was gone and comes again, traded in, is the same car."""
    return Enter("vehicle", {"vin": "vin", "state": [state], **sets}, when=has("vin"), revives=True)


def moved(kind: str, **sets: Any) -> Enter:
    """The car came, went or came back."""
    return Enter("movement", {"vin": "vin", "at": "@at", "kind": [kind], "source": "@case", **sets})


def order(**sets: Any) -> Enter:
    """What becomes known of the order."""
    return Enter("sales_order", {"contract": "contract_number", **sets}, "known")


def billed(**sets: Any) -> Enter:
    """An invoice of that number, which must be new."""
    said = {"number": "invoice_number", "kind": ["blue"], "day": "invoice_day", "vin": "vin", "amount": "price", "source": "@case"}
    return Enter("invoice", {**said, **sets}, "new", loose=["contract"])


VOIDED = Enter("invoice", {"number": "invoice_number", "kind": ["void"]}, "known")


def reversed_(**sets: Any) -> Enter:
    """A red invoice, which names the blue one."""
    said = {"number": "red_number", "kind": ["red"], "day": "@day", "vin": "vin", "original": "invoice_number", "source": "@case"}
    return Enter("invoice", {**said, **sets}, "new", loose=["original", "contract"])


REVERSED = Enter("invoice", {"number": "invoice_number", "reversed_by": "red_number"}, "known")


def slipped(purpose: str, copies: str, when: Any = None, **sets: Any) -> Enter:
    """A new outbound slip."""
    said = {"book": [BOOK], "number": "slip_number", "state": ["used"], "purpose": [purpose], "day": "@day", "vin": "vin",
            "copies": [copies], "source": "@case"}  # fmt: skip
    return Enter("slip", {**said, **sets}, "new", when=when, loose=["invoice"])


def slip(when: Any = None, **sets: Any) -> Enter:
    """What becomes of an outbound slip; its number stays used whatever happens."""
    return Enter("slip", {"book": [BOOK], "number": "slip_number", **sets}, "known", when=when, loose=["invoice"])


SLIP_VOID: dict[str, Any] = {"state": ["void"], "copies": ["together"]}


def access(mode: Mode = "set", when: Any = None, **sets: Any) -> Enter:
    """What somebody may do in a system; granted anew it holds again."""
    return Enter(
        "access", {"holder": "user", "system": "system", "permission": "permission", **sets}, mode, when=when, revives=True
    )


def granted(when: Any, **sets: Any) -> Enter:
    """Access that was granted today."""
    return access(when=when, account="account", granted_on="@day", source="@case", **sets)


def target(mode: Mode, **sets: Any) -> Enter:
    """A target that somebody signed for; revised and signed for again it holds again."""
    return Enter("target", {"kind": "kind", "what": "what", "since": "begins_on", **sets}, mode, revives=True)


def of_quarter(each: str | None = None, **sets: Any) -> Enter:
    """The quarter's retail target of the manufacturer."""
    said = {"kind": ["retail"], "since": "quarter.first", "until": "quarter.last", "source": "@case"}
    return Enter("target", {**said, **sets}, each=each)

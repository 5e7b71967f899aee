"""Work for those who are killed: wishes with keys, each of which must in the end have been done exactly once."""

from datetime import datetime, timedelta
from typing import Any

from cuiban.engine.facts import File
from tests.support.vins import vin
from tests.support.ways import WAYS
from tests.torture.worker import Wish


def opening(process: str, now: datetime, given: dict[str, Any] | None = None) -> Wish:
    """Open a case in the usual way."""
    way = WAYS[process]
    return "open", {"process": process, "actor": way.by, "fields": {**way.fields, **(given or {})}, "now": now}


def step(process: str, action: str, ref: str, now: datetime, given: dict[str, Any] | None = None, **rest: Any) -> Wish:
    """Do a step in the usual way."""
    found = next(one for one in WAYS[process].steps if one.action == action)
    fields = {**found.fields, **{k: v for k, v in (given or {}).items() if k in found.fields}}
    papers = dict.fromkeys(found.papers)
    return "fire", {"ref": ref, "action": action, "actor": found.by, "fields": fields, "papers": papers, "now": now, **rest}


SCAN = File("合同.pdf", b"%PDF" * 99)


class Delivery:
    """A car and its order, from opening to slip, back and out again: every kind of row is written on the way.

    `refs` are learnt from the answers; `wish(n)` is the n-th thing to do.
    """

    LENGTH = 14

    def __init__(self, number: int, now: datetime) -> None:
        self.number, self.now = number, now
        self.car, self.order = "", ""
        self.given = {
            "vin": vin(number), "invoice_vin": vin(number), "contract_number": f"HT{number}", "invoice_number": f"{number}",
        }  # fmt: skip

    def wish(self, n: int) -> Wish:
        """The n-th thing to do, under its key."""
        method, arguments = self._wish(n, self.now + timedelta(minutes=n))
        return method, {**arguments, "key": f"{self.number}.{n}"}

    def _wish(self, n: int, now: datetime) -> Wish:
        given, order = self.given, self.order
        back: dict[str, Any] = {"return_entry": f"TK{self.number}", "slip_copies_together": True}
        wishes: list[Wish] = [
            opening("vehicle", now, {"vin": given["vin"]}),
            step("vehicle", "stock_in", self.car, now),
            opening("delivery", now, {"contract_number": given["contract_number"]}),
            step("delivery", "review", order, now, note="核对过"),
            step("delivery", "allocate", order, now, given),
            ("fire", {"ref": order, "action": "attach", "actor": "gao", "papers": {"contract": SCAN}, "now": now}),
            step("delivery", "invoice", order, now, given),
            step("delivery", "send_out", order, now),
            ("fire", {"ref": order, "action": "take_back", "actor": "sun", "fields": back, "reason": "没来", "now": now}),
            step("delivery", "send_out", order, now),
            ("chase", {"ref": order, "actor": "he", "now": now}),
            ("fire", {"ref": order, "action": "cc", "actor": "sun", "fields": {"to": ["gao", "he"]}, "now": now}),
            step("delivery", "report", order, now),
            step("delivery", "close", order, now),
        ]
        return wishes[n]

    def learn(self, n: int, answer: Any) -> None:
        """Take in what the n-th wish answered."""
        if n == 0:
            self.car = answer.ref
        elif n == 2:
            self.order = answer.ref

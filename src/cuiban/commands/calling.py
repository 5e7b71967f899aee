"""What things are called in a sentence for a person: people by name, roles by label, instants in the person's zone.

Belongs here: from ids to words.   Must never enter: the sentences; they come from below, with ids in them.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, cast

from cuiban.engine.labels import L

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk

_ROLE = re.compile(r"role:([\w.-]+)")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:Z|\+00:00)")


class Calling:
    """The part of the desk that knows what things are called; before the office is open, ids stand for themselves."""

    @property
    def _desk(self) -> "Desk":
        return cast("Desk", self)

    def say(self, label: L) -> str:
        """The label in the language of the call."""
        return label[self._desk.lang]

    def called(self, who: str) -> str:
        """A person's name, a role's or an outside party's label."""
        if who.startswith("role:"):
            return self.role_label(who[5:])
        office = self._desk.opened
        if office is None:
            return who
        return self.role_label(who) if who in office.registry.outside else office.roster(self._desk.now).name(who)

    def role_label(self, role: str) -> str:
        """The label of a role or an outside party."""
        office = self._desk.opened
        label = office.registry.roles.get(role) if office is not None else None
        return self.say(label) if label is not None else role

    def role_labels(self, roles: Iterable[str]) -> str:
        """The labels of roles, as a person lists them."""
        return self.say(L(" ", ", ")).join(map(self.role_label, roles))

    def spoken(self, label: L) -> str:
        """A sentence from below for a person: roles by their labels, instants in the person's zone."""
        text = _ROLE.sub(lambda match: self.role_label(match[1]), self.say(label))
        return _INSTANT.sub(lambda match: self._instant(match[0]), text)

    def _instant(self, text: str) -> str:
        """An instant as its reader tells it; what only looks like one, a 30th of February, as it was typed."""
        from cuiban.commands.words import short

        try:
            at = datetime.fromisoformat(text)
        except ValueError:
            return text
        return short(at, self._desk.zone, self._desk.today)

"""Who works here: people, roles, superiors, dated absences. A value; a past day's roster is the same value asked with that day."""

from datetime import UTC, datetime

import msgspec

from cuiban.engine.labels import L, Named, short

ADMINISTRATOR = "administrator"
AUDITOR = "auditor"
ALWAYS = datetime.min.replace(tzinfo=UTC)


class Grant(msgspec.Struct, omit_defaults=True):
    """A role held from `since` until `until` (exclusive; None: still)."""

    role: str
    since: datetime
    until: datetime | None = None


class Member(msgspec.Struct, omit_defaults=True):
    """Somebody who works here; `off` is when they left."""

    id: str
    name: str
    since: datetime
    department: str | None = None
    superior: str | None = None
    off: datetime | None = None
    grants: list[Grant] = []


class Absence(msgspec.Struct, omit_defaults=True):
    """`person` is away from `since` until `until` (exclusive); `substitute` acts for them meanwhile."""

    id: int
    person: str
    since: datetime
    until: datetime
    substitute: str | None = None


class Roster:
    """The people of a dealership and what they may be at an instant."""

    def __init__(self, members: dict[str, Member], absences: list[Absence]) -> None:
        self.members = members
        self.absences = absences
        self._absent: dict[str, list[Absence]] = {}
        self._covers: dict[str, list[Absence]] = {}
        for absence in absences:
            self._absent.setdefault(absence.person, []).append(absence)
            if absence.substitute:
                self._covers.setdefault(absence.substitute, []).append(absence)
        self._roles: dict[str, tuple[frozenset[str], datetime, datetime | None]] = {}

    def name(self, person: str) -> str:
        """The name of a person, or the id itself of one from outside."""
        member = self.members.get(person)
        return member.name if member else person

    def named(self, person: str) -> Named:
        """A person for a sentence; `role:ID` stays, for the face to put into words."""
        called = str(short(self.name(person)))
        return Named(person, L(called, called))

    def active(self, person: str, at: datetime) -> bool:
        """Whether the person works here at `at` (UTC)."""
        member = self.members.get(person)
        return member is not None and (member.off is None or at < member.off)

    def roles(self, person: str, at: datetime) -> frozenset[str]:
        """The roles that the person has at `at` (UTC)."""
        cached = self._roles.get(person)
        if cached is not None and cached[1] <= at and (cached[2] is None or at < cached[2]):
            return cached[0]
        member = self.members.get(person)
        if member is None or (member.off is not None and at >= member.off):
            return frozenset()
        roles = frozenset(g.role for g in member.grants if g.since <= at and (g.until is None or at < g.until))
        self._remember(member, at, roles)
        return roles

    def _remember(self, member: Member, at: datetime, roles: frozenset[str]) -> None:
        """Keep the answer with the span in which it holds."""
        edges = [g.since for g in member.grants] + [g.until for g in member.grants if g.until]
        edges += [member.off] if member.off else []
        since = max((edge for edge in edges if edge <= at), default=ALWAYS)
        self._roles[member.id] = (roles, since, min((edge for edge in edges if edge > at), default=None))

    def has(self, person: str, role: str, at: datetime) -> bool:
        """Whether the person has the role at `at` (UTC)."""
        return role in self.roles(person, at)

    def holders(self, role: str, at: datetime) -> list[str]:
        """Everybody who has the role at `at` (UTC), in order of id."""
        return sorted(id for id in self.members if role in self.roles(id, at))

    def terms(self, role: str) -> list[tuple[str, datetime, datetime | None]]:
        """Who had the role from when until when (exclusive; None: still)."""
        grants = [(member, g) for member in self.members.values() for g in member.grants if g.role == role]
        return [(m.id, g.since, min((at for at in (g.until, m.off) if at), default=None)) for m, g in grants]

    def superior(self, person: str, levels: int = 1) -> str | None:
        """The person `levels` above; None where nobody is."""
        at: str | None = person
        for _ in range(levels):
            member = self.members.get(at) if at else None
            at = member.superior if member else None
        return at

    def subordinates(self, person: str) -> list[str]:
        """The people directly below."""
        return sorted(m.id for m in self.members.values() if m.superior == person and m.off is None)

    def absence(self, person: str, at: datetime) -> Absence | None:
        """The absence of the person at `at` (UTC), one with a substitute first."""
        found = [a for a in self._absent.get(person, ()) if a.since <= at < a.until]
        return min(found, key=lambda a: a.substitute is None, default=None)

    def stands_in_for(self, person: str, at: datetime) -> list[str]:
        """The absent people whom the person stands in for at `at` (UTC)."""
        absent = [a.person for a in self._covers.get(person, ()) if a.since <= at < a.until]
        return absent if absent and self.acts(person, at) else []

    def substitute(self, person: str, at: datetime) -> str | None:
        """Who stands in for the person at `at` (UTC); None if nobody is named, or the one who is can do nothing or is away."""
        absence = self.absence(person, at)
        named = absence.substitute if absence is not None else None
        return named if named is not None and self.acts(named, at) and self.absence(named, at) is None else None

    def acts(self, person: str, at: datetime) -> bool:
        """Whether the person works here at `at` (UTC) and does more than read."""
        return self.active(person, at) and self.roles(person, at) != {AUDITOR}

    def find(self, text: str) -> list[str]:
        """The ids that `text` may mean: an id, else everybody of that name."""
        if text in self.members:
            return [text]
        return sorted(m.id for m in self.members.values() if m.name == text)

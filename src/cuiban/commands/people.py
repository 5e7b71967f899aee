"""cuiban user, cuiban role: who works here, and as what. [cli.md 5]"""

import click

from cuiban.commands.asking import confirm
from cuiban.commands.columns import aligned
from cuiban.commands.desk import Desk
from cuiban.commands.filters import person_named
from cuiban.commands.naming import role_named
from cuiban.commands.options import REASON
from cuiban.commands.output import answer
from cuiban.commands.verbs import argument, family, option, subverb
from cuiban.engine.labels import L
from cuiban.office.views import MemberView

user_verb = family("user")
role_verb = family("role")
PERSON, ROLE = L("谁", "P"), L("岗位", "ROLE")
DEPARTMENT = option("--department", metavar="D", words=L("部门", "department"))
SUPERIOR = option("--superior", metavar="P", words=L("上级", "superior"))
GONE = L("已停用", "gone")


@subverb(user_verb, "add", L("新来的人", "somebody begins to work here"), writes=True)
@argument("id", L("编号", "ID"))
@argument("name", L("姓名", "NAME"))
@DEPARTMENT
@SUPERIOR
@option("--role", "roles", multiple=True, metavar="X", words=L("岗位, 可多个", "roles, as many as there are"))
@REASON
@click.pass_obj
def add_verb(desk: Desk, id: str, name: str, department: str | None, superior: str | None, roles: tuple[str, ...],
             reason: str | None) -> None:  # fmt: skip
    """Somebody begins to work here."""
    above = person_named(desk, superior) if superior else None
    named = [role_named(desk, role) for role in roles]
    member = desk.office.user_add(id, name, department=department, superior=above, roles=named, reason=reason, **desk.change)
    answer(desk, member, lambda: lines(desk, [member]))


@subverb(user_verb, "set", L("改姓名, 部门, 上级", "another name, department, superior"), writes=True)
@argument("person", PERSON)
@option("--name", metavar="N", words=L("姓名", "name"))
@DEPARTMENT
@SUPERIOR
@REASON
@click.pass_obj
def set_verb(desk: Desk, person: str, name: str | None, department: str | None, superior: str | None, reason: str | None) -> None:
    """A person's name, department or superior changes."""
    above = person_named(desk, superior) if superior else None
    id = person_named(desk, person)
    member = desk.office.user_set(id, name=name, department=department, superior=above, reason=reason, **desk.change)
    answer(desk, member, lambda: lines(desk, [member]))


@subverb(user_verb, "off", L("离职", "somebody leaves"), writes=True)
@argument("person", PERSON)
@REASON
@click.pass_obj
def off_verb(desk: Desk, person: str, reason: str | None) -> None:
    """Somebody leaves."""
    id = person_named(desk, person)
    held = len(desk.office.held_by([id]))
    confirm(desk, L("要停用 {who} (在办 {n} 件), 确定吗?", "{who} leaves, with {n} open cases?").fill(who=desk.called(id), n=held))
    member = desk.office.user_off(id, reason=reason, **desk.change)
    answer(desk, member, lambda: lines(desk, [member]))


@subverb(user_verb, "list", L("所有人", "everybody"))
@click.pass_obj
def list_verb(desk: Desk) -> None:
    """Everybody who works here or did."""
    members = desk.office.users(desk.now)
    answer(desk, members, lambda: lines(desk, members))


@subverb(user_verb, "whoami", L("我是谁", "who you are here"))
@click.pass_obj
def whoami_verb(desk: Desk) -> None:
    """The person who asks."""
    me = next(member for member in desk.office.users(desk.now) if member.id == desk.person)
    answer(desk, me, lambda: lines(desk, [me]))


@subverb(role_verb, "grant", L("给某人一个岗位", "a person has a role from now on"), writes=True)
@argument("person", PERSON)
@argument("role", ROLE)
@REASON
@click.pass_obj
def grant_verb(desk: Desk, person: str, role: str, reason: str | None) -> None:
    """A person has a role from now on."""
    member = desk.office.role_grant(person_named(desk, person), role_named(desk, role), reason=reason, **desk.change)
    answer(desk, member, lambda: lines(desk, [member]))


@subverb(role_verb, "revoke", L("撤掉某人的岗位", "a person has a role no longer"), writes=True)
@argument("person", PERSON)
@argument("role", ROLE)
@REASON
@click.pass_obj
def revoke_verb(desk: Desk, person: str, role: str, reason: str | None) -> None:
    """A person has a role no longer."""
    member = desk.office.role_revoke(person_named(desk, person), role_named(desk, role), reason=reason, **desk.change)
    answer(desk, member, lambda: lines(desk, [member]))


@subverb(role_verb, "list", L("各岗位有谁", "who has which role"))
@click.pass_obj
def role_list_verb(desk: Desk) -> None:
    """Every role of the house with the people who have it."""
    members = [member for member in desk.office.users(desk.now) if member.active]
    answer(desk, members, lambda: aligned(_roles(desk, members)))


def _roles(desk: Desk, members: list[MemberView]) -> list[list[str]]:
    registry = desk.office.registry
    return [
        [role, desk.say(label), ", ".join(member.name for member in members if role in member.roles) or "-"]
        for role, label in registry.roles.items()
        if role not in registry.outside
    ]


def lines(desk: Desk, members: list[MemberView]) -> list[str]:
    """People as lines: id, name, department, superior, roles."""
    return aligned([
        [member.id, member.name, member.department or "-", desk.called(member.superior) if member.superior else "-",
         desk.role_labels(member.roles) if member.active else desk.say(GONE)]
        for member in members
    ])  # fmt: skip

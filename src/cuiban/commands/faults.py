"""What went wrong, in words and as an exit code. Every error of every verb becomes words here and nowhere else.

Belongs here: exceptions to sentences, the JSON line, the log line. [cli.md 1, Errors]
Must never enter: handling; a verb that can go on does so itself.
"""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cuiban.calendar import CalendarError
from cuiban.commands import screen
from cuiban.commands.render import as_json, json_line
from cuiban.commands.text import clean, pad, width_of
from cuiban.engine.labels import L
from cuiban.errors import BadInput, CuibanError, Refused, Usage, VerificationFailed, cause_of

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk

INTERRUPTED = 130
DATABASE = 6
WIDEST = 60  # columns up to which the codes of several reasons stand below each other
CODES = {
    1: "refused",
    2: "usage",
    3: "not_found",
    4: "conflict",
    5: "bad_input",
    6: "database",
    7: "verification_failed",
}
"""The code of each exit [cli.md 1]; a finer one stands beside it as `detail`."""
OWN_CODES = ("ambiguous", "list_changed", "interrupted", "internal")
DAMAGED = L(
    "{ref} 在库里被改坏了, 读不出; 运行 cuiban replay {ref} 查明, 再从备份恢复",
    "{ref} was damaged in the database and cannot be read; cuiban replay {ref} says how; then restore a backup",
)
UNSAID = L("回答写不出去: {cause}", "the answer could not be written: {cause}")
DONE_UNSAID = L(
    "事情已办, 但回答写不出去: {cause}; 先看看再办, 不要重复",
    "it was done, but the answer could not be written: {cause}; look before you do it again",
)
TITLE_HELP = L("看帮助: {command} --help", "help: {command} --help")


class Interrupted(CuibanError):
    """The person stopped it, or did not say yes: nothing was done, or nothing is half-done."""

    exit = INTERRUPTED

    def __init__(self, message: L) -> None:
        super().__init__("interrupted", message)


def settled(error: BaseException) -> CuibanError | None:
    """The error as one of ours; None: nobody expected it."""
    if isinstance(error, CuibanError):
        return error
    if isinstance(error, KeyboardInterrupt | EOFError | click.Abort):
        return Interrupted(L("已中断, 没有半途的改动", "interrupted; nothing is half-done"))
    if isinstance(error, CalendarError):
        return BadInput(error.code, L(error.zh, error.en))
    if isinstance(error, click.UsageError):
        return Usage("usage", _usage_words(error))
    if isinstance(error, OSError):
        cause = cause_of(error)
        name = error.filename if isinstance(error.filename, str) else ""
        return BadInput("file", L("文件 {name}: {cause}", "the file {name}: {cause}").fill(name=name, cause=cause))
    if isinstance(error, MemoryError):
        return BadInput("too_big", L("内存不够", "there is not enough memory"))
    return None


def tell(desk: "Desk", error: BaseException) -> int:
    """Say what went wrong, in the way that this call asks for; return the exit code."""
    if isinstance(error, BrokenPipeError):
        return 0
    known = _unsaid(desk, error) if isinstance(error, screen.Unsaid) else settled(error)
    if known is None or known.exit == DATABASE:
        known = _no_text(desk, error) or known or _unexpected(desk, error)
    if desk.wants_json:
        screen.note(json_line({"error": error_json(desk, known)}))
    else:
        for line in error_lines(desk, known):
            screen.note(line)
        if desk.way_out is not None:
            screen.note(clean(desk.spoken(desk.way_out)))
        if isinstance(error, click.UsageError | Usage) and (context := getattr(error, "ctx", None)) is not None:
            screen.note(TITLE_HELP[desk.lang].format(command=context.command_path))
    return known.exit


def error_json(desk: "Desk", error: CuibanError) -> dict[str, Any]:
    """The error as JSON has it."""
    blockers = [as_json(blocker, desk.reader()) for blocker in blockers_of(error)]  # without any, no database is opened for it
    code = error.code if error.code in OWN_CODES else CODES[error.exit]
    told: dict[str, Any] = {"code": code, "message": desk.spoken(error.message), "blockers": blockers}
    if code != error.code:
        told["detail"] = error.code
    if isinstance(error, BadInput):
        told |= {"line": error.line, "column": error.column}
    return told


def error_lines(desk: "Desk", error: CuibanError) -> list[str]:
    """The error in words: a sentence, and below it every reason with its code."""
    found = blockers_of(error)
    if len(found) == 1 and found[0].message == error.message:
        found = ()
    told = [(clean(reason_of(desk, blocker)), blocker.code) for blocker in found]
    width = min(max((width_of(text) for text, _ in told), default=0), WIDEST)
    digits = len(str(len(told)))
    lines = [f"  {number:>{digits}}. {pad(text, width)}  {code}" for number, (text, code) in enumerate(told, 1)]
    return [clean(desk.spoken(error.message)) + (":" if lines else ""), *lines]


def reason_of(desk: "Desk", blocker: Any) -> str:
    """A blocker's sentence, and who can clear it."""
    sentence = desk.spoken(blocker.message)
    if not blocker.who or blocker.code not in CLEARED_BY:
        return sentence
    people = (" 或 " if desk.lang == "zh" else " or ").join(desk.called(one) for one in blocker.who)
    return CLEARED_BY[blocker.code].fill(sentence=sentence, people=people)[desk.lang]


CLEARED_BY = {
    "field_missing": L("{sentence}, 由 {people} 填写", "{sentence}; {people} gives it"),
    "paper_missing": L("{sentence}, 由 {people} 补交", "{sentence}; {people} hands it in"),
    "papers_incomplete": L("{sentence}, 由 {people} 补交", "{sentence}; {people} hands them in"),
    "proof_missing": L("{sentence}, 由 {people} 补交", "{sentence}; {people} hands it in"),
    "four_eyes": L("{sentence}, 可由 {people} 办", "{sentence}; {people} may do it"),
    "reason_missing": L("{sentence}", "{sentence}"),
}


def blockers_of(error: CuibanError) -> Sequence[Any]:
    """The blockers of a refusal, in the order in which people read them."""
    return error.blockers if isinstance(error, Refused) else ()


def _usage_words(error: click.UsageError) -> L:
    """Click's own usage errors in both languages."""
    if isinstance(error, click.NoSuchOption):
        near = ", ".join(error.possibilities or [])
        more = L(f"; 是不是 {near}?", f"; did you mean {near}?") if near else L("", "")
        name = error.option_name
        return L(f"没有选项 {name}{more.zh}", f"there is no option {name}{more.en}")
    if isinstance(error, click.MissingParameter) and error.param is not None and error.ctx is not None:
        name = error.param.make_metavar(error.ctx) if isinstance(error.param, click.Argument) else max(error.param.opts, key=len)
        return L("缺 {name}", "{name} is missing").fill(name=name)
    if isinstance(error, click.BadOptionUsage):
        return L("选项 {name} 用法不对: 缺值或多了值", "option {name}: its value is missing or not wanted").fill(
            name=error.option_name
        )
    if isinstance(error, click.exceptions.NoSuchCommand):
        return _no_such_verb(error.command_name, list(error.possibilities or []))
    text = error.format_message()
    return L(text, text)


ELSEWHERE = {
    "undo": L("撤回自己的上一步: cuiban do 案件 withdraw", "to take your own last step back: cuiban do CASE withdraw"),
    "撤回": L("撤回自己的上一步: cuiban do 案件 撤回", "to take your own last step back: cuiban do CASE withdraw"),
    "代办": L("待办清单: cuiban todo", "the list: cuiban todo"),
}
"""What people look for as a verb, and where it is."""
ACTS = {"note", "attach", "cc", "correct", "withdraw", "waive", "cancel", "keep"}
"""What is done to a case, with `do`."""


def _no_such_verb(name: str, near: list[str]) -> L:
    if name in ELSEWHERE:
        there = ELSEWHERE[name]
        return L(f"没有命令 {name}; {there.zh}", f"there is no verb {name}; {there.en}")
    if name in ACTS:
        there = L(f"这是对案件做的: cuiban do 案件 {name}", f"it is done to a case: cuiban do CASE {name}")
        return L(f"没有命令 {name}; {there.zh}", f"there is no verb {name}; {there.en}")
    if not name.strip():
        return L("命令是空的", "the verb is empty")
    if not near:
        return L(f"没有命令 {name}", f"there is no verb {name}")
    verbs = ", ".join(near)
    return L(f"没有命令 {name}; 是不是 {verbs}?", f"there is no verb {name}; did you mean {verbs}?")


def _unsaid(desk: "Desk", error: screen.Unsaid) -> CuibanError:
    """An answer that nobody could be given; what was asked is done all the same, and must not be asked again unseen."""
    told = DONE_UNSAID if desk.writes and not desk.flag("dry_run") else UNSAID
    return BadInput("unsaid", told.fill(cause=error.strerror))


def _damaged(desk: "Desk") -> str | None:
    """The case that a foreign hand broke, if it is that."""
    if desk.opened is None:
        return None
    from cuiban.office.damage import damaged

    try:
        return damaged(desk.opened)
    except Exception:
        return None


def _no_text(desk: "Desk", error: BaseException) -> CuibanError | None:
    """Of bytes in the database that are no text, where they stand, if it is that; looked for only then."""
    if desk.opened is None or not isinstance(error, Exception):
        return None
    from cuiban.office.damage import no_text

    try:
        return no_text(desk.opened, error)
    except Exception:
        return None


def _unexpected(desk: "Desk", error: BaseException) -> CuibanError:
    """An error that nobody expected: its trace goes to the log, the person gets a sentence."""
    kind, log = error.__class__.__name__, desk.log.file(always=True)
    kept = False
    with contextlib.suppress(Exception):
        desk.log.of(desk.verb, always=True).error("unexpected", kind=kind, exc_info=error)
        kept = log is not None and Path(log).exists()
    ref = _damaged(desk)
    if ref is not None:
        return VerificationFailed("damaged", DAMAGED.fill(ref=ref))
    where = L(f", 详情在 {log}", f"; details are in {log}") if kept else L("", "")
    return CuibanError("internal", L(f"程序出错({kind}){where.zh}", f"the program failed ({kind}){where.en}"))

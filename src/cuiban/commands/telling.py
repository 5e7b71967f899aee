"""What a step did, in a sentence: what it is now, who has it, what has to be done until when."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cuiban.commands.numbers import book_label
from cuiban.commands.words import moment_with_weekday, short_due
from cuiban.engine.labels import L, lowered
from cuiban.engine.program import CANCEL
from cuiban.office.views import Done

if TYPE_CHECKING:
    from cuiban.commands.desk import Desk
    from cuiban.engine.program import Program

OPENED = L("已登记 {ref} {process}", "opened {ref} {process}")
STEPPED = L("{ref} {action} -> {state}", "{ref} {action} -> {state}")
ACTED = L("{ref} 已{action}", "{ref} {action}")
NOUNS = {"attach": L("附上单据", "Attach")}  # 已附件 is no Chinese
ASKED = L("申请作废", "Asked to cancel")  # not yet: every step is undone first
TRIED = L("(试办, 未保存)", " (tried, not kept)")
AGAIN = L("(先前已办)", " (done before)")
BEHIND = L("(本机时钟比进入这一环节还早, 记在 {at})", " (this machine's clock is behind; it counts as of {at})")
LATE = L("(补录)", " (late entry)")


def done_lines(desk: "Desk", program: "Program", done: Done) -> Iterator[str]:
    """A step as lines."""
    lang = desk.lang
    label = program.label_of(done.action, done.from_)
    words = {"ref": done.ref, "process": done.process_label, "action": label, "state": done.state_label}
    moved = done.from_ is not None or done.action in program.names
    head = OPENED if done.action == "open" else STEPPED if moved else ACTED
    if head is ACTED:
        words["action"] = ASKED if done.cancelling and done.action == CANCEL else NOUNS.get(done.action, label)
    marks = [mark[lang] for mark, on in ((TRIED, done.dry_run), (AGAIN, done.replayed), (LATE, done.late_entry)) if on]
    comma = ", "
    if done.at > desk.now:
        marks.append(BEHIND.fill(at=moment_with_weekday(done.at, desk.zone, lang))[lang])
    yield head.fill(**words)[lang] + comma.join(["", *_where(desk, program, done)]) + "".join(marks)
    for book, number in done.numbers.items():
        yield f"  {book_label(desk, book)} {number}"
    if done.opened:
        yield L("  另立 {refs}", "  also opened {refs}").fill(refs=", ".join(done.opened))[lang]


def _where(desk: "Desk", program: "Program", done: Done) -> Iterator[str]:
    """Who has it now, and what they have to do until when."""
    lang = desk.lang
    if done.to in program.finals:
        yield L("办结", "closed")[lang]
        return
    if done.holder is not None:
        yield L("在 {who}", "with {who}").fill(who=desk.called(done.holder))[lang]
    if done.due is not None:
        due = short_due(done.due, desk.zone, desk.today)
        late = done.due < desk.now
        words = L("{what} 已过 {due}", "{what}: was due {due}") if late else L("{due} 前{what}", "{what} by {due}")
        what = program.next_of(done.to, done.cancelling)
        yield words.fill(due=due, what=L(what.zh, lowered(what.en)))[lang].strip()

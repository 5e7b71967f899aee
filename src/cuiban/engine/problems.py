"""What may be wrong with a definition: every code, how grave it is, its words in both languages. They stand here only."""

from typing import Literal

import msgspec

from cuiban.engine.labels import L

Severity = Literal["error", "warning"]


class Problem(msgspec.Struct, frozen=True):
    """Something wrong with a definition.

    Attributes:
        process: the process, or the duty's or setting's own name where there is none.
        element: where in it: `state:accepted`, `transition:resolve@accepted`, `field:vin`, `paper:..`, `link:..`,
            `opening`, `cancel`, `process`, `duty:..`, `setting:..`.
    """

    severity: Severity
    code: str
    process: str
    element: str
    message: L


ERRORS: dict[str, L] = {
    "wrong_type": L("{place} 写得不对: {why}", "{place} is wrong: {why}"),
    # the graph
    "no_states": L("没有任何环节", "there are no states"),
    "double_name": L("{what} {name} 出现两次", "{what} {name} stands there twice"),
    "unknown_state": L("没有 {name} 这个环节", "there is no state {name}"),
    "unreachable_state": L("「{state}」走不到", "{state} is never reached"),
    "no_way_to_end": L("从「{state}」走不到任何终点", "no way leads from {state} to an end"),
    "dead_transition": L("「{action}」永远办不了, 起点走不到", "{action} can never be done: nothing leads there"),
    "two_steps_one_trigger": L("从 {state} 有两个叫 {name} 的步骤", "two steps out of {state} are called {name}"),
    "no_owner": L("「{state}」没有经办人", "nobody holds {state}"),
    "no_clock": L("「{state}」没有时限", "{state} has no clock"),
    "cancel_not_final": L("作废应通向终点, {name} 不是", "cancelling has to lead to an end, {name} is none"),
    "cancel_stuck": L("在「{state}」可申请作废, 却没有撤回的路", "cancelling may be asked for in {state}, but no undo leads back"),
    "undo_not_inverse": L("「{action}」不是「{undone}」的逆步", "{action} does not lead back over {undone}"),
    "child_not_cancelled": L("「{process}」不能随它作废", "{process} cannot be cancelled with it"),
    "circular_openings": L("立案成环: {names}", "cases open each other in a circle: {names}"),
    # names
    "unknown_field": L("没有 {name} 这个字段", "there is no field {name}"),
    "unknown_column": L("{field} 没有 {name} 这一列", "{field} has no column {name}"),
    "unknown_paper": L("没有 {name} 这种单据", "there is no paper {name}"),
    "unknown_step": L("没有 {name} 这个步骤", "there is no step {name}"),
    "unknown_link": L("没有 {name} 这个关联", "there is no link {name}"),
    "unknown_process": L("没有 {name} 这个流程", "there is no process {name}"),
    "unknown_role": L("没有 {name} 这个岗位", "there is no role {name}"),
    "unknown_outside": L("没有 {name} 这个外方", "there is no outside party {name}"),
    "unknown_setting": L("没有 {name} 这项设置", "there is no setting {name}"),
    "unknown_register": L("没有 {name} 这个台账", "there is no register {name}"),
    "unknown_calendar": L("没有 {name} 这本日历", "there is no calendar {name}"),
    "unknown_ledger": L("没有流程记 {name} 这本账", "no process writes to the ledger {name}"),
    "unknown_book": L("没有 {name} 这本号", "there is no book {name}"),
    "unknown_action": L("{process} 没有 {name} 这个步骤", "{process} has no step {name}"),
    "unknown_placeholder": L("提示语里的 {name} 没有来处", "nothing fills {name} in the message"),
    "wrong_constant": L("{field} 的值 {value} 不对: {why}", "the value {value} of {field} is wrong: {why}"),
    "opening_lacks": L("{process} 立案要 {field}, 这里没有给", "opening {process} takes {field}, which is not given here"),
    "row_lacks": L("{register}的行要有 {field}", "a row of {register} needs {field}"),
    "unknown_check": L("没有 {name} 这项查对", "there is no check {name}"),
    "check_without_rule": L("{name} 要写明哪项核对, 或由哪一项写明", "{name} needs a rule, or the field that names them"),
    "looks_unseen": L("「{action}」由 {process} 带动, 看不到台账", "{process} does {action}, which then sees no registers"),
    "agree_elsewhere": L("{process} 自己说哪些台账要对得上", "{process} says itself which registers have to agree"),
    "unknown_rule": L("没有 {name} 这项核对", "there is no matching rule {name}"),
    "test_of_rows": L("台账的行不能用 {name} 来问", "rows of registers cannot be asked {name}"),
    "row_type": L("{field} 收不下 {path}", "{field} does not take {path}"),
    "label_missing": L("「{text}」缺一种语言", "\"{text}\" is missing in one language"),
    "label_not_gbk": L("「{text}」有GBK没有的字", "\"{text}\" has signs that GBK lacks"),
    # fields
    "field_never_used": L("「{field}」从来不用", "{field} is never used"),
    "field_never_set": L("用到「{field}」, 却没有一步填它", "{field} is asked about, but no step fills it"),
    "deadline_never": L("时限取「{field}」, 走到这里时它一定是空的", "the clock rests on {field}, which is never known here"),
    "key_appointed": L("「{field}」立案时才由系统填, 不能用来查重", "{field} is filled at the opening, too late to tell a double"),
    "personal_in_test": L("「{field}」是个人信息, 历史里只有承诺值, 不能比较", "{field} is personal: history holds a commitment"),
    # people
    "role_nobody_has": L("没有人是 {roles}", "nobody is {roles}"),
    "four_eyes_impossible": L("「{action}」要换人, 可是没有别人", "{action} needs somebody else, but there is nobody"),
    "signatures_impossible": L("「{action}」自 {day} 起凑不齐 {k} 人签字", "{action} lacks {k} signers from {day} on"),
    # duties and settings
    "duty_rule": L("{name}: {why}", "{name}: {why}"),
    "duty_without_period": L("{process} 立案不收 {period}", "opening {process} does not take a {period}"),
    "wrong_default": L("{name} 的默认值不对: {why}", "the default of {name} is wrong: {why}"),
}  # fmt: skip

WARNINGS: dict[str, L] = {
    "no_clock_waiting": L("「{state}」等对方, 没有追问的时限", "{state} waits, and nothing says when to ask again"),
    "deadline_unsure": L("时限取「{field}」, 它可能没填", "the clock rests on {field}, which may be unknown"),
    "number_not_undone": L("「{action}」领号, 却没有逆步使它作废", "{action} draws a number, and no undo voids it"),
    "hold_not_freed": L("「{action}」占用 {field}, 没有一步放开", "{action} holds {field}, and no step frees it"),
    "children_left": L("「{action}」以后 {name} 还留在别人手上", "{action} leaves the open cases of {name} behind"),
    "undo_drives_nothing": L("「{undone}」带动别的案, 「{action}」没有带回", "{undone} drove another case, {action} does not"),
    "four_eyes_tight": L("{person} 办了前一步, 「{action}」就没有别人", "nobody is left for {action} if {person} did the other"),
}  # fmt: skip


def problem(code: str, process: str, element: str, /, **params: object) -> Problem:
    """The problem `code` at an element, its sentence filled from `params`."""
    severity: Severity = "error" if code in ERRORS else "warning"
    return Problem(severity, code, process, element, (ERRORS.get(code) or WARNINGS[code]).fill(**params))

"""Why a step is refused: every code, its words in both languages, and who can clear it. They stand here and nowhere else."""

import msgspec

from cuiban.engine.labels import L, short


class Blocker(msgspec.Struct, frozen=True):
    """One reason why a step is refused.

    Attributes:
        code: stable name; the keys of MESSAGES, or the code of a guard in a definition.
        message: the sentence, filled.
        params: what filled it, by name: ids and keys, as programs know them.
        who: who can clear it: ids, `role:ID` for anyone in it; empty: nobody can.
    """

    code: str
    message: L
    params: dict[str, object] = {}
    who: list[str] = []


MESSAGES: dict[str, L] = {
    "wrong_state": L("现在是「{state}」, 不能这样办; 可办: {offered}", "it is {state}; possible there: {offered}"),
    "closed": L("已办结({state}), 只能补充 更正, 附件, 备注", "it is closed ({state}); only correct, attach and note remain"),
    "not_allowed": L("由 {who} 办, 不是 {actor}", "{who} may do this, not {actor}"),
    "not_active": L("{actor} 已停用", "{actor} is no longer active"),
    "reads_only": L("审计员只看不办", "an auditor reads and does nothing"),
    "claimed": L("已由 {holder} 认领", "{holder} has claimed it"),
    "cannot_stand_in": L("{person} 不在职或只看不办, 不能代办", "{person} has left or only reads, and cannot stand in"),
    "not_substitute": L("{actor} 现在不是 {person} 的代理人", "{actor} does not stand in for {person} now"),
    "four_eyes": L("{action} 是 {person} 办的, 这一步要换人", "{person} did {action}; this step needs somebody else"),
    "field_missing": L("缺 {field}", "{field} is missing"),
    "wrong_value": L("{field}: {why}", "{field} {why}"),
    "unknown_field": L("没有 {field} 这一项; 有: {fields}", "there is no field {field}; there are: {fields}"),
    "field_not_asked": L("{field} 不在这一步填, 可用 correct 更正", "{field} is not given with this step; use correct"),
    "unknown_person": L("{field}: 没有 {person} 这个人", "{field}: nobody is called {person}"),
    "person_lacks_role": L("{field}: {person} 不是 {role}", "{field}: {person} is not {role}"),
    "paper_missing": L("缺 {paper}", "{paper} is missing"),
    "paper_empty": L("{paper} 的文件是空的", "the file of {paper} is empty"),
    "unknown_paper": L("没有 {paper} 这种单据; 有: {papers}", "there is no paper {paper}; there are: {papers}"),
    "papers_incomplete": L("资料缺 {papers}", "papers missing: {papers}"),
    "more_differences": L("还有 {n} 处对不上", "and {n} more that differ"),
    "proof_missing": L("外方(role:{outside})的决定要附凭证: {paper}", "the act of role:{outside} needs its proof: {paper}"),
    "reason_missing": L("要写原因", "a reason is needed"),
    "not_before": L("{at} 起才能办", "not before {at}"),
    "too_late": L("{at} 以后不能再办", "not after {at}"),
    "already_signed": L("{person} 已在这一稿上签过", "{person} has signed this version already"),
    "not_a_signer": L("{actor} 不在会签之列", "{actor} is not among the signers"),
    "not_your_turn": L("先由 {who} 签", "{who} signs first"),
    "held": L("{thing} 已被 {ref} 占用", "{ref} has {thing}"),
    "already_open": L("同一件事已登记: {ref}", "it is open already: {ref}"),
    "no_linked_case": L("找不到 {link} {key}", "there is no {link} {key}"),
    "cancelling": L("已申请作废, 只能逐步撤回: {offered}", "cancelling was asked for; only undo: {offered}"),
    "not_cancelling": L("没有作废申请", "nobody asked to cancel it"),
    "cannot_cancel": L("「{state}」不能作废", "it cannot be cancelled while {state}"),
    "in_future": L("时间 {at} 还没到", "{at} has not come yet"),
    "before_state": L("时间 {at} 早于进入本环节的 {since}", "{at} is before this state began, {since}"),
    "too_late_entry": L("补录最多回溯 {days} 天", "an entry may lie back {days} days at most"),
    "month_closed": L("{month} 已结账, 不能补录; 用 correct 更正, 或记到今天",
                      "{month} is closed, nothing is entered late; use correct, or enter it today"),
    "closed_by_it": L("{month} 由它结账, 不能撤回; 经理可用 cuiban duties reopen 重开",
                      "it closed {month} and is not taken back; a manager may reopen that month: cuiban duties reopen"),
    "late_reason_missing": L("补录以前日期的事要写原因", "an entry for an earlier day needs a reason"),
    "nothing_to_withdraw": L("没有可撤回的一步", "there is no step to withdraw"),
    "not_your_step": L("上一步是 {person} 办的", "{person} did the last step"),
    "not_withdrawable": L("上一步已发号, 占车, 立案, 附件或写了台账, 不能撤回, 请走「{undo}」",
                          "the last step drew a number, holds, opened a case, filed a paper or wrote a row; use {undo}"),
    "timed_only": L("到时自动办理", "it happens by itself when its time has come"),
    "duty_only": L("由排程或前一步自动办理", "the schedule or another case does this"),
    "key_reused": L("同一个 key 已用于别的内容", "the key was used with other content"),
    "chased_lately": L("{at} 刚催过, 一小时内只催一次", "chased at {at}; once an hour at most"),
    "nobody_to_chase": L("现在不在别人手上, 无人可催", "nobody else has it now"),
    "cannot_assign": L("由经办人, 催办人或上级转办, 不是 {actor}", "its holder, chaser or a superior hands over, not {actor}"),
    "lacks_role": L("{person} 不是 {role}", "{person} is not {role}"),
    "another_named": L("由 {field} 写的人办; 要给 {person}, 就把 {field} 写成 {person}",
                       "whoever {field} names has it; to give it to {person}, name {person} there"),
    "not_claimable": L("不是大家的事, 不能认领", "it is not anyone's to claim"),
    "not_yours": L("不在 {actor} 手上", "{actor} does not have it"),
    "nothing_to_correct": L("没有要更正的内容", "nothing is to be corrected"),
    "field_held": L("{field} 已占用, 先撤回那一步", "{field} is held; undo that step first"),
    "row_stays": L("{register}里据此登记的行收不回来, 要用 cuiban register set 或 register end 改",
                   "the row that it wrote is not taken back ({register}); change it by cuiban register set or register end"),
    "field_fixed": L("「{state}」时 {field} 不能更正", "{field} cannot be corrected while it is {state}"),
    "field_by_step": L("{field} 管着时限或经办人, 不能更正, 要办「{action}」",
                       "{field} decides when it is due or who has it: it is not corrected, use {action}"),
    "not_involved": L("{actor} 与此事无关, 不能更正", "{actor} has no part in this case and cannot correct it"),
    "no_waiver": L("{paper} 不能免", "{paper} cannot be waived"),
    "nothing_given": L("没有内容", "nothing was given"),
    "number_used": L("{book} {number} 号已用", "{book} number {number} is used"),
    "number_before": L("{book} 从 {first} 号开始", "{book} begins with {first}"),
    "last_administrator": L("至少要留一位系统管理员", "one administrator must remain"),
}  # fmt: skip


# What can still be brought.
MISSING = frozenset({
    "field_missing", "wrong_value", "paper_missing", "papers_incomplete", "proof_missing", "reason_missing", "late_reason_missing",
})  # fmt: skip


def blocker(code: str, who: list[str] | None = None, /, **params: object) -> Blocker:
    """The blocker `code`, its sentence filled from `params`; things with a name and a label, also several, go by their labels."""
    return worded(code, MESSAGES[code], params, who)


def worded(code: str, message: L, params: dict[str, object], who: list[str] | None = None) -> Blocker:
    """The same with the sentence of another catalogue."""
    return Blocker(code, message.fill(**{name: _spoken(value) for name, value in params.items()}), plain(params), who or [])


def _spoken(value: object) -> object:
    if isinstance(value, list):
        labels = [one.label for one in value]
        return L(", ".join(one.zh for one in labels) or "-", ", ".join(one.en for one in labels) or "-")
    return getattr(value, "label", value)


def plain(params: dict[str, object]) -> dict[str, object]:
    """The parameters as JSON: things by their names, never by their labels; what is only words in English."""
    return {name: [_keyed(one) for one in value] if isinstance(value, list) else _keyed(value) for name, value in params.items()}


def _keyed(value: object) -> object:
    if isinstance(value, L):
        return value.en
    return value.name if hasattr(value, "label") and hasattr(value, "name") else short(value)

"""Why an event of a log does not conform, in words: every code of a verdict. The words stand here and nowhere else."""

from cuiban.engine.labels import L

GUARD = "guard:"
REASONS: dict[str, L] = {
    "unmapped_activity": L("映射里没有这个活动", "the map has no such activity"),
    "not_possible_here": L("流程当时不能走这一步", "the process has no such step there"),
    "after_close": L("案件已办结", "the case was closed"),
    "not_before": L("还不到时候", "its time had not come"),
    "too_late": L("已过时限, 不能再办", "its time was over"),
    "wrong_value": L("有的值不合字段", "a value does not fit its field"),
    "cannot_cancel": L("当时不能作废", "it could not be cancelled there"),
    "not_cancelling": L("没有作废申请", "nobody had asked to cancel it"),
    "in_future": L("时间还没到", "it lies in the future"),
    "before_1970": L("早于 1970 年, 不是真的时间", "it lies before 1970: that is no real time"),
    "name_too_long": L("案件, 活动或经办人的名字太长", "the name of its case, its activity or who did it is too long"),
    "time_backwards": L("早于已读入的事件", "it comes before what is in already"),
}
"""By code; a guard's is `guard:` and its own. [docs/import-log.md]"""


def reason(code: str) -> L:
    """The words for a code."""
    if code.startswith(GUARD):
        name = code.removeprefix(GUARD)
        return L(f"条件不满足: {name}", f"its condition fails: {name}")
    return REASONS.get(code, L(code, code))

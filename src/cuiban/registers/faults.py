"""Every reason of this room's own why a row is refused: its code, in both languages. What any field may lack: engine/blockers.py.

Belongs here: the catalogue and the one way to name from it.   Must never enter: deciding.
"""

from cuiban.engine.blockers import Blocker, worded
from cuiban.engine.labels import L

MESSAGES: dict[str, L] = {
    "row_there": L("{register}里已有: {id}", "it is there already, in {register}: {id}"),
    "no_such_row": L("{field}: {register}里没有", "{field}: not in {register}"),
    "row_referred": L("{field} 已被{register}引用, 不能改", "{field} cannot change: {register} refer to it"),
    "row_ended": L("{id} 已停用, 不能改; 先恢复: {again}", "{id} has ended and cannot change; first let it hold again: {again}"),
    "row_has_ended": L(
        "{id} 已停用; 先核对, 确要再用的, 先恢复: {again}",
        "{id} has ended; look whether it is meant, then let it hold again: {again}",
    ),
    "refers_ended": L("{field}: {register}里的已停用", "{field}: has ended, in {register}"),
    "row_not_found": L(
        "没有本案写的 {key}: 登记后又改了关键值或来源; 用 cuiban register list {register} 找到, 用 register set 改回",
        "no row {key} that this case wrote: its key or its case was changed since; find it with cuiban register list {register}, "
        "put it back with cuiban register set {register}",
    ),
    "row_keeps": L(
        "{register} {id}: 后来另改过, 不随更正: {fields}; 要改用 cuiban register set",
        "{register} {id} was changed otherwise since and keeps its {fields}; to change it: cuiban register set",
    ),
    "row_lost": L(
        "{register}里找不到本案写的那一行, 没有随更正; 要改用 cuiban register set",
        "{register}: the row that this case wrote is not found and does not follow; to change it: cuiban register set",
    ),
    "row_twice": L("与第{line}行是同一个", "the same as line {line}"),
    "cell_formula": L("{field}: 是公式, 请粘贴为数值", "{field} is a formula; paste its value"),
    "cell_error": L("{field}: 单元格是错误值 {value}", "{field} is an error value, {value}"),
    "cell_merged": L("{field}: 是合并单元格, 请取消合并", "{field} is a merged cell; take it apart"),
}


def fault(code: str, **params: object) -> Blocker:
    """The reason `code` with its sentence filled."""
    return worded(code, MESSAGES[code], params)

"""Options that several verbs share: fields, papers, time, reason, note."""

from cuiban.commands.completing import offering, people
from cuiban.commands.verbs import option
from cuiban.engine.labels import L

SET = option("--set", "values", multiple=True, metavar="K=V", words=L("填一项; @F 取自文件", "give a field; @F from a file"))
ATTACH = option(
    "--attach",
    multiple=True,
    metavar="KIND=F",
    words=L("附单据; 只写 KIND 为已见原件", "attach a paper; KIND alone: seen"),
)
ASSIGN = option("--assign", metavar="P", shell_complete=offering(people), words=L("交给谁", "who is to have it"))
AT = option("--at", metavar="T", words=L("实际发生的时间", "when it really happened"))
REASON = option("--reason", metavar="R", words=L("原因", "why"))
NOTE = option("--note", metavar="N", words=L("备注", "a remark"))

"""Every verb of the command line: in which module it lives, and what it is for in one line.

Belongs here: names and one-liners, nothing that has to be imported for them.
"""

from typing import NamedTuple

from cuiban.engine.labels import L


class Entry(NamedTuple):
    """A verb: the module in which a function of its name stands, and its one-liner."""

    module: str
    words: L


# fmt: off
FAMILIES: list[tuple[L, dict[str, Entry]]] = [
    (L("每天", "Every day"), {
        "todo":       Entry("todo", L("待办: 今天要办的, 我催的", "what is to be done today, and what I chase")),
        "open":       Entry("opening", L("登记一件事", "open a case")),
        "do":         Entry("doing", L("办一步", "do the next step of a case")),
        "chase":      Entry("chasing", L("催办", "remind whoever has a case")),
        "claim":      Entry("holding", L("认领", "take what is anyone's")),
        "release":    Entry("holding", L("退回认领", "give back what you claimed")),
        "assign":     Entry("holding", L("转办给某人", "hand a case over for good")),
        "absence":    Entry("absences", L("请假与代理", "absences and who stands in")),
    }),
    (L("查问", "Questions"), {
        "show":       Entry("showing", L("看一件事的全部", "all that a case holds")),
        "why":        Entry("reasons", L("为何这时到期, 在谁手上, 还差什么", "why due then, and what is missing")),
        "stuck":      Entry("backlog", L("积压: 哪里卡住, 在谁手上", "where work piles up, and who has it")),
        "list":       Entry("listing", L("查案件", "find cases")),
        "card":       Entry("cards", L("客户卡: 一位客户的全部", "all that is known of a customer")),
        "car":        Entry("cards", L("车辆卡: 一台车的全部经过", "all that is known of a car")),
        "find":       Entry("cards", L("按姓名, 电话, 车牌, 车架号找", "find by a part of a name, phone, plate or VIN")),
        "history":    Entry("past", L("经过, 已办", "what was done, by whom, when")),
        "replay":     Entry("replaying", L("由记录重放, 与库核对", "rebuild a case from its history and compare")),
        "diagram":    Entry("drawing", L("画流程图", "draw a process")),
        "check":      Entry("checking", L("检查流程定义", "check the definitions of processes")),
    }),
    (L("日历与例行", "Calendar and duties"), {
        "calendar":   Entry("calendars", L("工作日历, 到期推算", "working days, and when something is due")),
        "duties":     Entry("duties", L("例行事项台账", "the ledger of recurring duties")),
    }),
    (L("数据与运行", "Data and running"), {
        "demo":       Entry("demo", L("造一家店的半年, 看今天的待办", "half a year of a dealership to look at")),
        "init":       Entry("starting", L("建库", "create the database")),
        "user":       Entry("people", L("人员", "people")),
        "role":       Entry("people", L("岗位", "roles")),
        "settings":   Entry("settings", L("本店的设定", "what this dealership has settled")),
        "register":   Entry("registers", L("台账: 客户, 车辆, 订单, 发票 ..", "registers: customers, cars, orders, invoices ..")),
        "numbers":    Entry("numbers", L("联号单据的号码", "gap-free numbers of slips")),
        "template":   Entry("filing", L("台账的空白表格", "an empty table of a register")),
        "export":     Entry("filing", L("导出台账", "write a register to a file")),
        "import":     Entry("importing", L("读回填好的表格", "take in a table that was filled in")),
        "import-log": Entry("logs", L("读入别处的事件日志", "take in an event log from elsewhere")),
        "backup":     Entry("keeping", L("备份", "make a backup")),
        "restore":    Entry("keeping", L("恢复备份", "put a backup back")),
        "upgrade":    Entry("keeping", L("升级数据库", "bring the database to this version")),
        "worker":     Entry("working", L("到时就开例行事项, 发通知", "open duties and send notices in time")),
        "completion": Entry("completion", L("命令补全", "completion for your shell")),
        "doctor":     Entry("doctor", L("检查运行环境", "look for unsafe ground")),
    }),
]
# fmt: on
COMMANDS: dict[str, Entry] = {name: entry for _, family in FAMILIES for name, entry in family.items()}
ALIASES = {
    "待办": "todo",
    "办": "do",
    "登记": "open",
    "催": "chase",
    "看": "show",
    "为何": "why",
    "积压": "stuck",
}

"""What `cuiban` alone says: what to do next. [cli.md 1]"""

from cuiban.commands.desk import Desk
from cuiban.engine.labels import L

NO_DATABASE = [
    L("这里还没有数据。", "There is no data here yet."),
    L(
        "  先看看:    cuiban demo            一家店的半年, 到今天为止",
        "  have a look:   cuiban demo            half a year of a dealership, up to today",
    ),
    L(
        "  真的要用:  cuiban init --dealership 店名 --admin 姓名",
        "  use it:        cuiban init --dealership NAME --admin NAME",
    ),
]
DATABASE = [
    L("今天要办的:  cuiban todo          (cuiban 待办)", "what is due:      cuiban todo"),
    L("登记一件事:  cuiban open 投诉 --set ..", "open a case:      cuiban open complaint --set .."),
    L("哪里卡住了:  cuiban stuck         (cuiban 积压)", "what is stuck:    cuiban stuck"),
]
HELP = L("全部命令:    cuiban --help", "every verb:       cuiban --help")


def welcome(desk: Desk) -> None:
    """Say what to do next, in a place with or without data."""
    lines = DATABASE if desk.has_database else NO_DATABASE
    desk.screen.write(desk.say(line) for line in [*lines, HELP])

"""What becomes of a fault: handled at once or recorded in five fields, waited for, at the vendor, reopened. [C1, C15, C18]

Holds: stories of incidents. Never: how often something breaks (months.py).
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from cuiban.demo.shop import Shop, Story

ENGINEER = "wu"
REQUESTERS = ("chen", "yang", "lu", "zhang", "guo", "fang", "hu", "qian", "cao", "jiang", "liu")
# fmt: off
WAYS = {  # of forty incidents
    "at_once": 12, "taken": 12, "waited": 4, "vendor": 3, "upgrade": 1, "visit": 2, "reopened": 2, "late": 2,
    "cancelled": 1, "reclassified": 1,
}


class Fault(NamedTuple):
    """Something that breaks, and the five fields that are recorded of it."""

    what: str
    kind: str
    device: str
    description: str
    cause: str
    remedy: str
    result: str
    prevention: str


FAULTS = (
    Fault("打印机不出纸", "other", "前台打印机", "开单时卡纸, 打不了结算单", "搓纸轮磨损", "更换搓纸轮", "打印正常", "每月清洁"),
    Fault("DOSS登录不上", "network", "销售部电脑", "提示连接超时", "DNS设置被改", "恢复DNS", "可以登录", "锁定网络设置"),
    Fault("收银POS连接失败", "pos", "收银台POS机", "刷卡提示通讯失败", "网线松动", "重做水晶头", "刷卡正常", "网线走线槽"),
    Fault("售后系统很慢", "server", "售后服务器", "开工单要等一分钟", "磁盘接近写满", "清理日志, 扩容", "响应恢复", "八成满就报警"),
    Fault("电脑蓝屏", "system", "顾问工位3号机", "开机后反复蓝屏", "内存条接触不良", "清洁并更换内存条", "开机正常", "季度除尘"),
    Fault("Excel打不开返利表", "office", "信息员电脑", "打开文件提示损坏", "未正常关机", "用备份恢复", "文件可用", "改为自动保存"),
    Fault("分机打不出外线", "phone", "回访专线", "拨号后忙音", "线路欠费停机", "充值并复机", "通话正常", "设自动缴费"),
    Fault("视频会议没有声音", "video", "二楼会议室", "对方听不到我方", "麦克风静音键坏", "更换麦克风", "会议正常", "会前试音"),
    Fault("杀毒软件报警", "security", "车间电脑", "提示U盘有病毒", "外来U盘未查杀", "隔离并全盘查杀", "未再报警", "禁用自动运行"),
    Fault("共享盘看不到", "network", "G盘", "上班后G盘断开", "账号密码过期", "重置密码重新映射", "可以访问", "到期前一周提醒"),
    Fault("扫描仪颜色发绿", "other", "财务扫描仪", "扫描合同偏绿", "扫描灯管老化", "更换灯管", "颜色正常", "登记使用年限"),
    Fault("监控少一路画面", "other", "3号摄像头", "车间北门无画面", "电源适配器烧坏", "更换适配器", "画面恢复", "加装防浪涌插座"),
)
# fmt: on
VENDORS = ("软件商", "宽带运营商", "打印机维修点")


def incident(shop: Shop, at: datetime, way: str | None = None, stop: str | None = None, fault: Fault | None = None) -> Story:
    """A fault from its report to its end, or until it stands in the state `stop`."""
    way = way or shop.dealt("incidents", WAYS)
    fault = fault or shop.pick(FAULTS)
    requester = shop.pick(REQUESTERS)
    yield at
    fields: dict[str, Any] = {"what": fault.what, "description": fault.description, "requester": requester}
    if shop.chance(0.6):
        fields |= {"kind": fault.kind, "device": fault.device}
    entered = shop.later(9, 11, at)
    if way == "late" and entered < at + timedelta(days=5):
        yield entered
        ref = shop.open("incident", ENGINEER, fields, at=at, reason="当天在机房处理, 次日补录").ref
    else:
        ref = shop.open("incident", requester, fields).ref
    if stop != "registered":
        yield from _handled(shop, ref, fault, requester, way, stop)


def _handled(shop: Shop, ref: str, fault: Fault, requester: str, way: str, stop: str | None) -> Story:
    yield shop.later(0.2, 3)
    if way == "cancelled":
        shop.do(ref, "cancel", ENGINEER, reason="用户自己重启后好了")
        return
    if way == "reclassified":
        shop.do(ref, "classify", ENGINEER, {"seriousness": "urgent", "kind": fault.kind})
        yield shop.later(0.05, 0.1)
        shop.do(ref, "withdraw", ENGINEER, note="级别选错")
        yield shop.later(0.05, 0.1)
    serious = shop.pick(("minor", "minor", "minor", "important", "urgent"))
    shop.do(ref, "classify", ENGINEER, {"seriousness": serious, "kind": fault.kind})
    if stop == "classified":
        return
    yield shop.later(0.2, 2.5)
    if way == "at_once" and stop is None:
        shop.do(ref, "resolve", ENGINEER, _record(fault) if serious != "minor" else None)
    else:
        shop.do(ref, "take", ENGINEER)
        if stop == "in_progress":
            return
        yield from _worked_on(shop, ref, way, stop)
        if stop in ("waiting", "at_vendor", "scheduled"):
            return
        shop.do(ref, "resolve", ENGINEER, _record(fault))
    if stop == "resolved":
        return
    yield from _closed(shop, ref, fault, requester, way)


def _record(fault: Fault) -> dict[str, str]:
    """The fields that the text asks for beside the description."""
    return {"cause": fault.cause, "remedy": fault.remedy, "result": fault.result, "prevention": fault.prevention}


def _worked_on(shop: Shop, ref: str, way: str, stop: str | None) -> Story:
    """What it takes until it is resolved: a wait, a vendor, a visit."""
    yield shop.later(0.5, 4)
    if way == "waited":
        shop.do(ref, "wait", ENGINEER, {"waits_for": shop.pick(VENDORS)})
        if stop == "waiting":
            return
        yield shop.later(4, 20)
        if shop.chance(0.4):
            shop.do(ref, "wait", ENGINEER, {"waits_for": "供应商配件"})
            yield shop.later(4, 10)
        shop.do(ref, "resume", ENGINEER)
    elif way in ("vendor", "upgrade"):
        step = "create_anomaly" if way == "vendor" else "require_upgrade"
        shop.do(ref, step, ENGINEER, {"vendor_ticket": f"RJ-{shop.serial('ticket', 4107)}"})
        if stop == "at_vendor":
            return
        yield shop.later(8, 30)
        shop.do(ref, "resolve_anomaly", ENGINEER)
    elif way == "visit":
        visit = shop.clock(shop.working_day(shop.day, 2), "14:00")
        shop.do(ref, "schedule", ENGINEER, {"visit_at": visit})
        if stop == "scheduled":
            return
        yield shop.later(0.2, 2, visit)
        shop.do(ref, "resume", ENGINEER)
    else:
        return
    yield shop.later(0.5, 3)


def _closed(shop: Shop, ref: str, fault: Fault, requester: str, way: str) -> Story:
    yield shop.later(1, 12)
    if way == "reopened":
        shop.do(ref, "reopen", requester, reason="又出现了")
        yield shop.later(0.5, 2)
        shop.do(ref, "take_over", ENGINEER)
        yield shop.later(1, 8)
        shop.do(ref, "resolve", ENGINEER, _record(fault))
        yield shop.later(1, 8)
    shop.do(ref, "close", shop.pick((ENGINEER, requester)))

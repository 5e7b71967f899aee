"""Incident: analysed and handled at once; what was not, or is important, is recorded in five fields. [C1, C15, C18]

Staff's faults and calls for help are incidents with a requester, who says when they are over.

Holds: states, who, by when, what is recorded. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, Linked, has, is_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    End,
    Enter,
    Field,
    Need,
    Open,
    Opening,
    Process,
    Setting,
    State,
    Transition,
    cd,
    field,
    need,
    wd,
    wh,
)
from cuiban.engine.who import Opener, any_of, person, role

ENGINEER, USER, SUPERVISOR = role("it_engineer"), role("device_user"), role("it_manager")
REQUESTER = person("requester")
AT_ONCE = wh(Setting("at_once_hours"))
IMPORTANT = is_("seriousness", "important", "urgent")
NAMES = ["cause", "remedy", "result", "prevention"]  # with the description: the five fields of the text
RECORD: list[str | Need] = [*NAMES]

# fmt: off
MENDED = Guard("still_in_repair", Linked("repair"),
               L("设备还在维修", "the device is still being mended"), ENGINEER)

incident = Process("incident", L("异常", "Incident"), prefix="SJ", rows=["C1", "C15", "C18"],
    subject=["what", "requester"], chaser=SUPERVISOR,
    opening=Opening(any_of(USER, ENGINEER, SUPERVISOR),
        needs=["what", "description"], asks=["kind", "requester", "device"],
        appoints={"requester": Opener()},
        enters=[Enter("run_log", {"machine": "device", "at": "@at", "state": ["fault"]}, when=has("device"))]),
    states=[
        State("registered",   L("已登记", "Registered"),        due=AT_ONCE),
        State("classified",   L("已分级", "Classified"),        due=AT_ONCE),
        State("in_progress",  L("处理中", "In progress"),       due=wd(Setting("incident_days")), owner=ENGINEER,
              todo=L("解决", "resolve")),
        State("waiting",      L("等待答复", "Waiting"),         due=wd(Setting("incident_wait_days")), owner=ENGINEER,
              waits=L("报修人或供应商", "the requester or a supplier"), todo=L("得到答复", "get the answer")),
        State("at_vendor",    L("等软件商", "With the vendor"), due=wd(Setting("incident_wait_days")), owner=ENGINEER,
              waits=L("软件商", "the vendor"), todo=L("得到软件商答复", "get the vendor's answer")),
        State("scheduled",    L("已约上门", "Visit arranged"),  due=field("visit_at"), owner=ENGINEER,
              waits=L("约定的时间", "the appointed time"), todo=L("上门处理", "make the visit")),
        State("resolved",     L("已解决", "Resolved"),          due=wd(Setting("incident_close_days")), owner=ENGINEER),
        End("closed",         L("已关闭", "Closed")),
        End("cancelled",      L("已作废", "Cancelled"),         outcome="cancelled"),
    ],
    transitions=[
        Transition("classify",        L("分级", "Classify"),          ["registered", "classified"], "classified", ENGINEER,
                   needs=["seriousness"], asks=["kind", "device"]),
        Transition("take",            L("受理", "Take"),              "classified",  "in_progress", ENGINEER, claims=True),
        Transition("take_over",       L("接手", "Take over"),         "in_progress", "in_progress",
                   any_of(ENGINEER, SUPERVISOR), claims=True),
        Transition("resume",          L("继续处理", "Resume"),        ["waiting", "at_vendor", "scheduled"],
                   "in_progress", ENGINEER),
        Transition("wait",            L("等待答复", "Wait"),          ["classified", "in_progress", "at_vendor"],
                   "waiting", ENGINEER, asks=["waits_for"], row="C18"),
        Transition("wait",            L("再问一次", "Ask again"),     "waiting", "=", ENGINEER, asks=["waits_for"]),
        Transition("repair",          L("转设备维修", "Have it mended"), "in_progress", "waiting", ENGINEER,
                   needs=["device", "networked"],
                   opens=[Open("equipment_repair", "repair", sets={
                       "device": "device", "fault": "what", "networked": "networked", "requester": "requester"})], row="C15"),
        Transition("create_anomaly",  L("报软件缺陷", "Report an anomaly"), ["in_progress", "waiting"],
                   "at_vendor", ENGINEER, asks=["vendor_ticket"], row="C18"),
        Transition("resolve_anomaly", L("缺陷已修复", "Anomaly fixed"), "at_vendor", "in_progress", ENGINEER),
        Transition("require_upgrade", L("申请升级", "Require an upgrade"), ["in_progress", "waiting", "at_vendor"],
                   "at_vendor", ENGINEER, asks=["vendor_ticket"], row="C18"),
        Transition("schedule",        L("约上门", "Arrange a visit"), "in_progress", "scheduled", ENGINEER,
                   needs=["visit_at"]),
        Transition("resolve",         L("当场解决", "Resolve at once"), "classified", "resolved", ENGINEER,
                   needs=[need(name, IMPORTANT) for name in NAMES], row="C1"),
        Transition("resolve",         L("解决", "Resolve"),           ["in_progress", "waiting", "at_vendor", "scheduled"],
                   "resolved", ENGINEER, needs=RECORD, guards=[MENDED], row="C1"),
        Transition("close",           L("关闭", "Close"),             "resolved", "closed", any_of(ENGINEER, REQUESTER)),
        Transition("reopen",          L("重新处理", "Reopen"),        "resolved", "in_progress", any_of(REQUESTER, ENGINEER),
                   reason=True, cycle=True),
        Transition("reopen",          L("重新处理", "Reopen"),        "closed",   "in_progress", any_of(REQUESTER, ENGINEER),
                   reason=True, cycle=True, until=cd(Setting("incident_reopen_days"))),
    ],
    cancel=Cancel(any_of(ENGINEER, SUPERVISOR), "cancelled", at_once=["registered", "classified"],
        never=["in_progress", "waiting", "at_vendor", "scheduled", "resolved"]),
    fields=[
        Field("what",          L("异常", "What is wrong"),         high=100, personal=True),
        Field("description",   L("问题描述", "Description"),       "note"),
        Field("kind",          L("类别", "Kind"),                  "choice", choices=[
            Choice("network", L("网络", "Network")),               Choice("server", L("服务器", "Server")),
            Choice("system",  L("操作系统", "Operating system")),  Choice("office", L("办公软件", "Office software")),
            Choice("phone",   L("电话", "Phone")),                 Choice("video", L("视频会议", "Video meeting")),
            Choice("pos",     L("POS机", "POS")),                  Choice("printing", L("打印复印传真", "Printing, fax")),
            Choice("backup",  L("备份归档", "Backup and archive")), Choice("help",    L("求助", "Help asked for")),
            Choice("security", L("安全", "Security")),             Choice("other",   L("其他", "Other"))]),
        Field("requester",     L("报修人", "Requester"),           "person"),
        Field("device",        L("设备", "Device"),                high=60),
        Field("networked",     L("联网设备", "Joins the network"), "yes"),
        Field("seriousness",   L("级别", "Seriousness"),           "choice", choices=[
            Choice("minor", L("一般", "Minor")), Choice("important", L("重要", "Important")),
            Choice("urgent", L("紧急", "Urgent"))]),
        Field("waits_for",     L("等谁", "Waits for"),             high=60, personal=True),
        Field("vendor_ticket", L("软件商单号", "Vendor's ticket"), high=60),
        Field("visit_at",      L("上门时间", "Visit at"),          "instant"),
        Field("cause",         L("原因分析", "Cause"),             "note"),
        Field("remedy",        L("处理方案", "Remedy"),            "note"),
        Field("result",        L("处理结果", "Result"),            "note"),
        Field("prevention",    L("预防措施", "Prevention"),        "note"),
    ])
# fmt: on

"""Software from outside: approved by the head, scanned by IT, then installed; refused at either. [C6]

The file that is installed is the file that was approved: the scan compares their hashes.
Holds: states, who, by when, what is needed. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import Guard, Same, is_
from cuiban.engine.labels import L
from cuiban.engine.language import Cancel, Choice, End, Field, Opening, Process, Setting, State, Transition, wd, wh
from cuiban.engine.who import any_of, person, role
from cuiban.workflows.approval import ANOTHER, APPOINTS, APPROVER, BOTH, NAMED, REQUESTER

ENGINEER, USER, SUPERVISOR = role("it_engineer"), role("device_user"), role("it_manager")
HEAD = person("approver")

# fmt: off
SAME_FILE = Guard("another_file", Same("scanned_file", "file"),
                  L("检测的不是批准的那个文件", "the file scanned is not the file approved"), person("requester"))
LOGGED    = Guard("not_in_log", is_("logged", True),
                  L("还没记入设备台账", "it is not in the equipment log yet"), ENGINEER)

software_request = Process("software_request", L("软件申请", "Software request"), prefix="RJ", rows=["C6"],
    subject=["software", "requester"], key=["software", "device"], chaser=SUPERVISOR,
    opening=Opening(any_of(USER, ENGINEER, SUPERVISOR),
        needs=["software", "purpose", "device", "file"], asks=["source", "retry_of", *BOTH],
        appoints=APPOINTS, guards=[NAMED, ANOTHER]),
    states=[
        State("requested", L("待批准", "To be approved"),   due=wd(Setting("approval_days")), todo=L("审批", "decide")),
        State("approved",  L("待检测", "To be scanned"),    due=wh(Setting("at_once_hours")), owner=ENGINEER,
              todo=L("检测", "scan")),
        State("scanned",   L("待安装", "To be installed"),  due=wd(Setting("it_step_days"))),
        End("installed",   L("已安装", "Installed")),
        End("refused",     L("未批准", "Refused"),          outcome="refused"),
        End("cancelled",   L("已作废", "Cancelled"),        outcome="cancelled"),
    ],
    transitions=[
        Transition("approve",   L("批准", "Approve"),          "requested", "approved",  HEAD, row="C6"),
        Transition("refuse",    L("不批准", "Refuse"),         "requested", "refused",   HEAD, reason=True,
                   sets={"stage": "approval"}),
        Transition("pass_scan", L("检测通过", "Passed the scan"), "approved", "scanned", ENGINEER,
                   needs=["scanned_file", "scanner", "signatures_of"], guards=[SAME_FILE], row="C6"),
        Transition("reject",    L("检测不通过", "Failed the scan"), "approved", "refused", ENGINEER, reason=True,
                   needs=["scanner"], asks=["signatures_of"], sets={"stage": "scan"}),
        Transition("install",   L("安装", "Install"),          "scanned",   "installed", ENGINEER,
                   needs=["logged"], guards=[LOGGED], row="C6"),
    ],
    cancel=Cancel(person("requester"), "cancelled", at_once=["requested", "approved", "scanned"]),
    fields=[
        REQUESTER, APPROVER,
        Field("software",      L("软件", "Software"),               high=60),
        Field("purpose",       L("用途", "Purpose"),                high=200, personal=True),
        Field("device",        L("装在哪台设备", "Device"),         high=60),
        Field("source",        L("来源", "Source"),                 high=100),
        Field("file",          L("申请文件的SHA-256", "SHA-256 of the file asked for"), "hash"),
        Field("retry_of",      L("重新申请自", "Asked for again, after"), "case"),
        Field("stage",         L("在哪一步未通过", "Refused at"),   "choice", choices=[
            Choice("approval", L("审批", "Approval")), Choice("scan", L("检测", "Scan"))]),
        Field("scanned_file",  L("检测文件的SHA-256", "SHA-256 of the file scanned"), "hash"),
        Field("scanner",       L("杀毒软件", "Antivirus"),          high=60),
        Field("signatures_of", L("病毒库日期", "Virus signatures of"), "day", past=True),
        Field("logged",        L("已记设备台账", "Entered in the equipment log"), "yes"),
    ])
# fmt: on

"""Controlled document: signed by three, numbered and issued, in force from a later day, in place of an older one. [C21]

Holds: states, who signs, when it comes into force. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.conditions import AtLeast, Guard, is_
from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    Draw,
    Drive,
    End,
    Field,
    Link,
    Opening,
    Paper,
    Process,
    Setting,
    Signers,
    State,
    Transition,
    anew,
    on,
    wd,
)
from cuiban.engine.who import Opener, System, Who, any_of, person, role, superior

ISSUER = role("it_manager")
EVERYBODY = any_of(role("device_user"), role("it_engineer"), ISSUER)
PROPOSER, SUPERIOR, SECOND = person("proposer"), person("superior"), person("second_superior")
SIGNERS: list[Who] = [PROPOSER, SUPERIOR, SECOND]

# fmt: off
LATER = Guard("in_force_before_issue", AtLeast("in_force_on", "issued_on"),
              L("实施日期 {in_force_on} 早于发布日期 {issued_on}", "in force on {in_force_on}, before the issue on {issued_on}"),
              ISSUER)

controlled_document = Process("controlled_document", L("受控文件", "Controlled document"), prefix="SK", rows=["C21"],
    subject=["title", "number"], key=["number"], chaser=ISSUER,
    links=[Link("older", "controlled_document", by="replaces")],
    opening=Opening(EVERYBODY, needs=["title", "kind", "secrecy", "kept_by"],
        asks=["replaces", "proposer", "superior", "second_superior"],
        appoints={"proposer": Opener(), "superior": superior(PROPOSER), "second_superior": superior(PROPOSER, 2)}),
    states=[
        State("draft",       L("起草", "Draft"),             due=wd(Setting("signing_days")), owner=PROPOSER),
        State("signing",     L("签字中", "Being signed"),    due=wd(Setting("signing_days"))),
        State("signed",      L("待发布", "To be issued"),    due=wd(Setting("it_step_days")), owner=ISSUER),
        State("issued",      L("已发布", "Issued"),          owner=System()),
        State("in_force",    L("已实施", "In force"),        owner=System()),
        End("superseded",    L("已被代替", "Superseded"),    outcome="superseded"),
        End("repealed",      L("已废止", "Repealed"),        outcome="repealed"),
        End("cancelled",     L("已作废", "Cancelled"),       outcome="cancelled"),
    ],
    transitions=[
        Transition("submit",      L("送签", "Submit"),       "draft",   "signing",  PROPOSER, needs=["file"],
                   papers=["document"]),
        Transition("sign",        L("签字", "Sign"),         "signing", "signed",   any_of(*SIGNERS),
                   signs=Signers(SIGNERS, sequence=True), row="C11"),
        Transition("edit",        L("修改", "Edit"),         "signing", "=",        PROPOSER, needs=[anew("file")],
                   asks=["title", "secrecy", "kept_by", "replaces"], content=True),
        Transition("send_back",   L("退回修改", "Send back"), "signing", "draft",   any_of(*SIGNERS), reason=True,
                   content=True, cycle=True),
        Transition("issue",       L("发布", "Issue"),        "signed",  "issued",   ISSUER,
                   needs=["issued_on", "in_force_on"], guards=[LATER],
                   draws=[Draw("controlled_document", "number", digits=4)], row="C21"),
        Transition("recall",      L("收回", "Recall"),       "issued",  "signed",   ISSUER, undoes="issue", reason=True,
                   clears=["issued_on", "in_force_on"]),
        Transition("take_effect", L("实施", "Take effect"),  "issued",  "in_force", System(), at=on("in_force_on", "00:00"),
                   drives=[Drive("older", "supersede", when=is_("older.state", "in_force"))], row="C21"),
        Transition("supersede",   L("被代替", "Supersede"),  "in_force", "superseded", System()),
        Transition("repeal",      L("废止", "Repeal"),       "in_force", "repealed", ISSUER, reason=True),
    ],
    cancel=Cancel(any_of(PROPOSER, ISSUER), "cancelled", at_once=["draft", "signed"],
        never=["signing", "in_force"]),
    fields=[
        Field("title",           L("文件名称", "Title"),              high=100),
        Field("kind",            L("类别", "Kind"),                   "choice", choices=[
            Choice("antivirus", L("防病毒措施", "Antivirus measures")),
            Choice("equipment", L("设备使用规范", "Use of equipment")),
            Choice("cost",      L("成本优化方案", "Cost optimisation")),
            Choice("conduct",   L("行为规范", "Conduct")), Choice("other", L("其他", "Other"))]),
        Field("secrecy",         L("密级", "Secrecy"),                "choice", choices=[
            Choice("public", L("公开", "Public")), Choice("internal", L("内部公开", "Internal")),
            Choice("secret", L("机密", "Secret"))]),
        Field("kept_by",         L("归口部门", "Kept by"),            high=40),
        Field("replaces",        L("代替", "Replaces number"),        high=20),
        Field("proposer",        L("提出人", "Proposed by"),          "person"),
        Field("superior",        L("直接上司", "Superior"),           "person"),
        Field("second_superior", L("再上司", "Superior's superior"),  "person"),
        Field("file",            L("文件的SHA-256", "SHA-256 of the document"), "hash"),
        Field("number",          L("编号", "Number"),                 high=20),
        Field("issued_on",       L("发布日期", "Issued on"),          "day"),
        Field("in_force_on",     L("实施日期", "In force from"),      "day"),
    ],
    papers=[Paper("document", L("文件", "Document"), supplier=PROPOSER)])
# fmt: on

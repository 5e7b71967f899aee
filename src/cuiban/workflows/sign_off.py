"""Sign-off: the post holder signs, then the superior, then the superior's superior, on one version of the document. [C11]

Whom they are is fixed when the case is opened; where nobody is above, the level falls away, and the history says so.
Holds: states, who signs. Never: SQL, files, a clock, the rules of another process.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import (
    Cancel,
    Choice,
    End,
    Field,
    Opening,
    Paper,
    Process,
    Setting,
    Signers,
    State,
    Transition,
    anew,
    wd,
)
from cuiban.engine.who import Opener, Who, any_of, person, role, superior

EVERYBODY = any_of(role("device_user"), role("it_engineer"), role("it_manager"))
HOLDER, SUPERIOR, SECOND = person("holder"), person("superior"), person("second_superior")
SIGNERS: list[Who] = [HOLDER, SUPERIOR, SECOND]
ABOVE: dict[str, Who] = {"superior": superior(HOLDER), "second_superior": superior(HOLDER, 2)}

# fmt: off
sign_off = Process("sign_off", L("文件会签", "Sign-off"), prefix="QZ", rows=["C11"],
    subject=["title", "kind", "holder"], chaser=Opener(),
    opening=Opening(EVERYBODY, needs=["title", "kind", "holder"], asks=["superior", "second_superior"],
        appoints=ABOVE),
    states=[
        State("draft",     L("起草", "Draft"),            due=wd(Setting("signing_days"))),
        State("signing",   L("签字中", "Being signed"),   due=wd(Setting("signing_days"))),
        End("signed",      L("已签", "Signed")),
        End("cancelled",   L("已作废", "Cancelled"),      outcome="cancelled"),
    ],
    transitions=[
        Transition("submit",    L("送签", "Submit"),      "draft",   "signing", Opener(), needs=["file"],
                   papers=["document"]),
        Transition("sign",      L("签字", "Sign"),        "signing", "signed",  any_of(*SIGNERS),
                   signs=Signers(SIGNERS, sequence=True), row="C11"),
        Transition("edit",      L("修改", "Edit"),        "signing", "=",       Opener(), needs=[anew("file")],
                   content=True),
        Transition("send_back", L("退回修改", "Send back"), "signing", "draft", any_of(*SIGNERS), reason=True,
                   content=True, cycle=True),
    ],
    cancel=Cancel(Opener(), "cancelled", at_once=["draft"], never=["signing"]),
    fields=[
        Field("title",           L("文件", "Document"),               high=100),
        Field("kind",            L("类别", "Kind"),                   "choice", choices=[
            Choice("job",      L("岗位职责", "Job description")), Choice("standard", L("管理标准", "Standard")),
            Choice("other",    L("其他", "Other"))]),
        Field("holder",          L("岗位责任人", "Post holder"),      "person"),
        Field("superior",        L("直接上司", "Superior"),           "person"),
        Field("second_superior", L("再上司", "Superior's superior"),  "person"),
        Field("file",            L("文件的SHA-256", "SHA-256 of the document"), "hash"),
    ],
    papers=[Paper("document", L("文件", "Document"), supplier=Opener())])
# fmt: on

"""How something is asked for and approved: who asks, who decides, never the same one. The same in every process. [C6, C8, C12]

Holds: fields, whom they mean, the refusals. Never: steps, states.
"""

from cuiban.engine.conditions import Guard, Same, has, not_
from cuiban.engine.labels import L
from cuiban.engine.language import Field
from cuiban.engine.who import Opener, Who, person, superior

# The text's department head is the requester's superior; a head asks his own (choice).
APPOINTS: dict[str, Who] = {"requester": Opener(), "approver": superior(person("requester"))}
BOTH = ["requester", "approver"]

# fmt: off
REQUESTER = Field("requester", L("申请人", "Requester"), "person")
APPROVER  = Field("approver",  L("审批人", "Approver"),  "person")

NAMED   = Guard("approver_missing", has("approver"),
                L("申请人没有上级, 请写明审批人", "nobody is above the requester: name who approves"), person("requester"))
ANOTHER = Guard("approver_is_requester", not_(Same("approver", "requester")),
                L("审批人不能是申请人自己", "nobody approves what he himself asks for"), person("requester"))
# fmt: on

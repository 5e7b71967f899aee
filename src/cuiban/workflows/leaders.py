"""Who hands out work in the house, and who keeps it moving: the same people in every process that says so.

Holds: who. Never: steps, rules.
"""

from cuiban.engine.who import any_of, role

# 领导: whoever has people below (choice: the text names none)
LEADER = any_of(
    role("service_director"), role("workshop_manager"), role("sales_manager"), role("showroom_manager"),
    role("network_manager"), role("finance_manager"), role("it_manager"), role("department_head"), role("general_manager"),
)  # fmt: skip

# 信息员: of after-sales or of sales; a case that either may open is seen through by who opened it
CLERK = any_of(role("after_sales_clerk"), role("sales_clerk"))

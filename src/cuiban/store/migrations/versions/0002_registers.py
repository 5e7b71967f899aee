"""The tables of registers: customers, cars, orders, invoices, repairs and their kin."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


# The days and instants by which rows are looked up.
TIMES = {
    "showroom": ["came_on"], "vehicle": ["arrived_on", "sold_on"], "movement": ["at"], "sales_order": ["delivered_on"],
    "invoice": ["day"], "slip": ["day"], "maintenance_card": ["delivered_on"], "repair": ["settled_at"], "score": ["at"],
}  # fmt: skip


def _mention() -> None:
    """Of which cars the events that are there speak: the values of their fields of type vin and plate."""
    connection = op.get_bind()
    things = {}
    for digest, text in connection.execute(sa.text("SELECT hash, text FROM definitions")):
        things[digest] = [f["name"] for f in json.loads(text).get("fields", []) if f.get("type") in ("vin", "plate")]
    found = set()
    query = "SELECT e.dealership, e.ref, c.definition, e.text FROM events e JOIN cases c"
    query += " ON c.dealership = e.dealership AND c.ref = e.ref"
    for dealership, ref, digest, text in connection.execute(sa.text(query)):
        fields = json.loads(text).get("fields", {})
        found |= {(dealership, fields[n], ref) for n in things.get(digest, ()) if isinstance(fields.get(n), str)}
    insertion = sa.text("INSERT INTO mentions (dealership, thing, ref) VALUES (:dealership, :thing, :ref)")
    rows = [dict(zip(("dealership", "thing", "ref"), row, strict=True)) for row in sorted(found)]
    if rows:
        connection.execute(insertion, rows)


def _shared() -> list[sa.Column[object]]:
    """What every row has."""
    return [
        sa.Column("dealership", sa.Integer(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("head", sa.Text(), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
    ]


def upgrade() -> None:
    """Make every table, in the order in which they refer to each other."""
    op.create_table(
        "mentions",
        sa.Column("dealership", sa.Integer(), nullable=False),
        sa.Column("thing", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("dealership", "thing", "ref"),
    )
    _mention()
    op.create_table(
        "r_asset",
        *_shared(),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("holder", sa.Text(), nullable=True),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("antivirus", sa.Text(), nullable=True),
        sa.Column("bought_on", sa.Text(), nullable=True),
        sa.Column("warranty_ends", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.CheckConstraint("\"kind\" IN ('computer', 'server', 'printer', 'network', 'other')", name="r_asset_kind_check"),
        sa.CheckConstraint("\"state\" IN ('running', 'repair', 'spare', 'scrapped')", name="r_asset_state_check"),
        sa.CheckConstraint('length("bought_on") = 10', name="r_asset_bought_on_check"),
        sa.CheckConstraint('length("warranty_ends") = 10', name="r_asset_warranty_ends_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_asset_pkey"),
        sa.UniqueConstraint("dealership", "tag", name="r_asset_tag_key"),
    )
    op.create_table(
        "r_customer",
        *_shared(),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("advisor", sa.Text(), nullable=True),
        sa.Column("club", sa.Boolean(), nullable=True),
        sa.Column("hours", sa.Text(), nullable=True),
        sa.Column("id_number", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=True),
        sa.Column("since", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.CheckConstraint("\"kind\" IN ('private', 'company')", name="r_customer_kind_check"),
        sa.CheckConstraint('length("since") = 10', name="r_customer_since_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_customer_pkey"),
        sa.UniqueConstraint("dealership", "phone", name="r_customer_phone_key"),
    )
    op.create_index("r_customer_find", "r_customer", ["dealership", "name", "phone", "id"], unique=False)
    op.create_table(
        "r_fund",
        *_shared(),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint("\"kind\" IN ('reserve', 'bonus')", name="r_fund_kind_check"),
        sa.CheckConstraint('length("day") = 10', name="r_fund_day_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_fund_pkey"),
        sa.UniqueConstraint("dealership", "kind", "day", name="r_fund_kind_day_key"),
    )
    op.create_table(
        "r_licence",
        *_shared(),
        sa.Column("software", sa.Text(), nullable=False),
        sa.Column("release", sa.Text(), nullable=False),
        sa.Column("seats", sa.BigInteger(), nullable=True),
        sa.Column("valid_to", sa.Text(), nullable=True),
        sa.CheckConstraint('"seats" >= 0 AND "seats" <= 100000', name="r_licence_seats_check"),
        sa.CheckConstraint('length("valid_to") = 10', name="r_licence_valid_to_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_licence_pkey"),
        sa.UniqueConstraint("dealership", "software", "release", name="r_licence_software_release_key"),
    )
    op.create_table(
        "r_access",
        *_shared(),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("system", sa.Text(), nullable=False),
        sa.Column("permission", sa.Text(), nullable=False),
        sa.Column("account", sa.Text(), nullable=True),
        sa.Column("granted_on", sa.Text(), nullable=True),
        sa.Column("valid_until", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "\"system\" IN ('dol', 'doss_sales', 'doss_warehouse', 'doss_admin', 'onstar', 'service', 'office', 'network',"
            " 'other')",
            name="r_access_system_check",
        ),
        sa.CheckConstraint('length("granted_on") = 10', name="r_access_granted_on_check"),
        sa.CheckConstraint('length("valid_until") = 10', name="r_access_valid_until_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_access_pkey"),
        sa.UniqueConstraint("dealership", "holder", "system", "permission", name="r_access_holder_system_permission_key"),
    )
    op.create_table(
        "r_model_year",
        *_shared(),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("model_year", sa.Text(), nullable=False),
        sa.CheckConstraint('length("since") = 10', name="r_model_year_since_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_model_year_pkey"),
        sa.UniqueConstraint("dealership", "model", "since", name="r_model_year_model_since_key"),
    )
    op.create_table(
        "r_paper",
        *_shared(),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("party", sa.Text(), nullable=True),
        sa.Column("filed", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint("\"way\" IN ('in', 'out')", name="r_paper_way_check"),
        sa.CheckConstraint('length("day") = 10', name="r_paper_day_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_paper_pkey"),
        sa.UniqueConstraint("dealership", "number", name="r_paper_number_key"),
    )
    op.create_table(
        "r_pay_rule",
        *_shared(),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.CheckConstraint('"amount" >= 0', name="r_pay_rule_amount_check"),
        sa.CheckConstraint('length("since") = 10', name="r_pay_rule_since_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_pay_rule_pkey"),
        sa.UniqueConstraint("dealership", "rule", "since", name="r_pay_rule_rule_since_key"),
    )
    op.create_table(
        "r_rebate_policy",
        *_shared(),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint('"amount" >= 0', name="r_rebate_policy_amount_check"),
        sa.CheckConstraint('length("ends_on") = 10', name="r_rebate_policy_ends_on_check"),
        sa.CheckConstraint('length("since") = 10', name="r_rebate_policy_since_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_rebate_policy_pkey"),
        sa.UniqueConstraint("dealership", "policy", "model", "since", name="r_rebate_policy_policy_model_since_key"),
    )
    op.create_table(
        "r_run_log",
        *_shared(),
        sa.Column("machine", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.CheckConstraint("\"state\" IN ('normal', 'warning', 'fault')", name="r_run_log_state_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_run_log_pkey"),
        sa.UniqueConstraint("dealership", "machine", "at", name="r_run_log_machine_at_key"),
    )
    op.create_table(
        "r_service_call",
        *_shared(),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.CheckConstraint("\"kind\" IN ('question', 'booking', 'outbound', 'other')", name="r_service_call_kind_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_service_call_pkey"),
        sa.UniqueConstraint("dealership", "number", name="r_service_call_number_key"),
    )
    op.create_index("r_service_call_find", "r_service_call", ["dealership", "phone", "id"], unique=False)
    op.create_table(
        "r_showroom",
        *_shared(),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("came_on", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("consultant", sa.Text(), nullable=True),
        sa.Column("near", sa.Boolean(), nullable=True),
        sa.Column("area", sa.Text(), nullable=True),
        sa.Column("bought", sa.Boolean(), nullable=True),
        sa.Column("why_not", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.CheckConstraint("\"kind\" IN ('visit', 'call')", name="r_showroom_kind_check"),
        sa.CheckConstraint(
            "\"why_not\" IN ('price', 'stock', 'other_brand', 'undecided', 'other')", name="r_showroom_why_not_check"
        ),
        sa.CheckConstraint('length("came_on") = 10', name="r_showroom_came_on_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_showroom_pkey"),
        sa.UniqueConstraint("dealership", "number", name="r_showroom_number_key"),
    )
    op.create_index("r_showroom_find", "r_showroom", ["dealership", "name", "phone", "id"], unique=False)
    op.create_table(
        "r_supplies",
        *_shared(),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False),
        sa.Column("drawn", sa.BigInteger(), nullable=True),
        sa.CheckConstraint('"drawn" >= 0 AND "drawn" <= 100000', name="r_supplies_drawn_check"),
        sa.CheckConstraint('"used" >= 0 AND "used" <= 100000', name="r_supplies_used_check"),
        sa.CheckConstraint('length("month") = 7', name="r_supplies_month_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_supplies_pkey"),
        sa.UniqueConstraint("dealership", "month", "department", "item", name="r_supplies_month_department_item_key"),
    )
    op.create_table(
        "r_target",
        *_shared(),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("since", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("goal", sa.BigInteger(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("responsible", sa.Text(), nullable=True),
        sa.Column("reached", sa.BigInteger(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "\"kind\" IN ('responsibility', 'retail', 'purchase_rate', 'purchase_count')", name="r_target_kind_check"
        ),
        sa.CheckConstraint('length("since") = 10', name="r_target_since_check"),
        sa.CheckConstraint('length("until") = 10', name="r_target_until_check"),
        sa.CheckConstraint('"goal" >= 0 AND "goal" <= 10000000', name="r_target_goal_check"),
        sa.CheckConstraint('"reached" >= 0 AND "reached" <= 10000000', name="r_target_reached_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_target_pkey"),
        sa.UniqueConstraint("dealership", "kind", "what", "since", name="r_target_kind_what_since_key"),
    )
    op.create_table(
        "r_vehicle",
        *_shared(),
        sa.Column("vin", sa.Text(), nullable=False),
        sa.Column("plate", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("model_year", sa.Text(), nullable=True),
        sa.Column("configuration", sa.Text(), nullable=True),
        sa.Column("colour", sa.Text(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("node", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("arrived_on", sa.Text(), nullable=True),
        sa.Column("sold_on", sa.Text(), nullable=True),
        sa.Column("next_item", sa.Text(), nullable=True),
        sa.Column("next_mileage", sa.BigInteger(), nullable=True),
        sa.Column("next_on", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "\"state\" IN ('transit', 'stock', 'held', 'network', 'network_held', 'out', 'sold', 'transferred', 'gone')",
            name="r_vehicle_state_check",
        ),
        sa.CheckConstraint("\"channel\" IN ('showroom', 'network')", name="r_vehicle_channel_check"),
        sa.CheckConstraint('"next_mileage" >= 0 AND "next_mileage" <= 2000000', name="r_vehicle_next_mileage_check"),
        sa.CheckConstraint('length("arrived_on") = 10', name="r_vehicle_arrived_on_check"),
        sa.CheckConstraint('length("next_on") = 10', name="r_vehicle_next_on_check"),
        sa.CheckConstraint('length("sold_on") = 10', name="r_vehicle_sold_on_check"),
        sa.CheckConstraint('length("vin") = 17', name="r_vehicle_vin_check"),
        sa.ForeignKeyConstraint(
            ["dealership", "customer"],
            ["r_customer.dealership", "r_customer.id"],
            name="r_vehicle_customer_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_vehicle_pkey"),
        sa.UniqueConstraint("dealership", "vin", name="r_vehicle_vin_key"),
    )
    op.create_index("r_vehicle_customer", "r_vehicle", ["dealership", "customer"], unique=False)
    op.create_index("r_vehicle_find", "r_vehicle", ["dealership", "plate", "vin", "id"], unique=False)
    op.create_table(
        "r_movement",
        *_shared(),
        sa.Column("vin", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("slip", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "\"kind\" IN ('stock_in', 'moved', 'network_out', 'network_back', 'sold_out', 'taken_back', 'transfer_out', 'transfer_back')",  # noqa: E501
            name="r_movement_kind_check",
        ),
        sa.CheckConstraint('length("vin") = 17', name="r_movement_vin_check"),
        sa.ForeignKeyConstraint(
            ["dealership", "vin"],
            ["r_vehicle.dealership", "r_vehicle.vin"],
            name="r_movement_vin_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_movement_pkey"),
        sa.UniqueConstraint("dealership", "vin", "at", "kind", name="r_movement_vin_at_kind_key"),
    )
    op.create_table(
        "r_payout",
        *_shared(),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("vin", sa.Text(), nullable=False),
        sa.Column("paid_on", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint('length("paid_on") = 10', name="r_payout_paid_on_check"),
        sa.CheckConstraint('length("vin") = 17', name="r_payout_vin_check"),
        sa.ForeignKeyConstraint(
            ["dealership", "vin"],
            ["r_vehicle.dealership", "r_vehicle.vin"],
            name="r_payout_vin_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_payout_pkey"),
        sa.UniqueConstraint("dealership", "policy", "vin", name="r_payout_policy_vin_key"),
    )
    op.create_index("r_payout_vin", "r_payout", ["dealership", "vin"], unique=False)
    op.create_table(
        "r_policy",
        *_shared(),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("insurer", sa.Text(), nullable=True),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("vin", sa.Text(), nullable=True),
        sa.Column("premium", sa.BigInteger(), nullable=True),
        sa.Column("issued_on", sa.Text(), nullable=False),
        sa.Column("ends_on", sa.Text(), nullable=True),
        sa.Column("papers_complete", sa.Boolean(), nullable=True),
        sa.CheckConstraint('"premium" >= 0', name="r_policy_premium_check"),
        sa.CheckConstraint('length("ends_on") = 10', name="r_policy_ends_on_check"),
        sa.CheckConstraint('length("issued_on") = 10', name="r_policy_issued_on_check"),
        sa.CheckConstraint('length("vin") = 17', name="r_policy_vin_check"),
        sa.ForeignKeyConstraint(
            ["dealership", "customer"],
            ["r_customer.dealership", "r_customer.id"],
            name="r_policy_customer_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["dealership", "vin"],
            ["r_vehicle.dealership", "r_vehicle.vin"],
            name="r_policy_vin_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_policy_pkey"),
        sa.UniqueConstraint("dealership", "number", name="r_policy_number_key"),
    )
    op.create_index("r_policy_customer", "r_policy", ["dealership", "customer"], unique=False)
    op.create_index("r_policy_vin", "r_policy", ["dealership", "vin"], unique=False)
    op.create_table(
        "r_repair",
        *_shared(),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("vin", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("advisor", sa.Text(), nullable=True),
        sa.Column("settled_at", sa.BigInteger(), nullable=False),
        sa.Column("work", sa.Text(), nullable=True),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("mileage", sa.BigInteger(), nullable=True),
        sa.Column("next_item", sa.Text(), nullable=True),
        sa.Column("next_mileage", sa.BigInteger(), nullable=True),
        sa.CheckConstraint('"amount" >= 0', name="r_repair_amount_check"),
        sa.CheckConstraint('"mileage" >= 0 AND "mileage" <= 2000000', name="r_repair_mileage_check"),
        sa.CheckConstraint('"next_mileage" >= 0 AND "next_mileage" <= 2000000', name="r_repair_next_mileage_check"),
        sa.CheckConstraint("\"work\" IN ('upkeep', 'repair', 'paint', 'campaign')", name="r_repair_work_check"),
        sa.CheckConstraint('length("vin") = 17', name="r_repair_vin_check"),
        sa.ForeignKeyConstraint(
            ["dealership", "customer"],
            ["r_customer.dealership", "r_customer.id"],
            name="r_repair_customer_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["dealership", "vin"],
            ["r_vehicle.dealership", "r_vehicle.vin"],
            name="r_repair_vin_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_repair_pkey"),
        sa.UniqueConstraint("dealership", "number", name="r_repair_number_key"),
    )
    op.create_index("r_repair_customer", "r_repair", ["dealership", "customer"], unique=False)
    op.create_index("r_repair_vin", "r_repair", ["dealership", "vin"], unique=False)
    op.create_table(
        "r_sales_order",
        *_shared(),
        sa.Column("contract", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("vin", sa.Text(), nullable=True),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("model_year", sa.Text(), nullable=True),
        sa.Column("configuration", sa.Text(), nullable=True),
        sa.Column("colour", sa.Text(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("county", sa.Text(), nullable=True),
        sa.Column("consultant", sa.Text(), nullable=True),
        sa.Column("gmac", sa.Boolean(), nullable=True),
        sa.Column("loan", sa.BigInteger(), nullable=True),
        sa.Column("insurance", sa.BigInteger(), nullable=True),
        sa.Column("accessories", sa.BigInteger(), nullable=True),
        sa.Column("trade_in", sa.Boolean(), nullable=True),
        sa.Column("ordered_on", sa.Text(), nullable=True),
        sa.Column("delivered_on", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint('"accessories" >= 0', name="r_sales_order_accessories_check"),
        sa.CheckConstraint("\"channel\" IN ('showroom', 'network')", name="r_sales_order_channel_check"),
        sa.CheckConstraint('"insurance" >= 0', name="r_sales_order_insurance_check"),
        sa.CheckConstraint('"loan" >= 0', name="r_sales_order_loan_check"),
        sa.CheckConstraint('"price" >= 0', name="r_sales_order_price_check"),
        sa.CheckConstraint('length("delivered_on") = 10', name="r_sales_order_delivered_on_check"),
        sa.CheckConstraint('length("ordered_on") = 10', name="r_sales_order_ordered_on_check"),
        sa.CheckConstraint('length("vin") = 17', name="r_sales_order_vin_check"),
        sa.ForeignKeyConstraint(
            ["dealership", "customer"],
            ["r_customer.dealership", "r_customer.id"],
            name="r_sales_order_customer_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["dealership", "vin"],
            ["r_vehicle.dealership", "r_vehicle.vin"],
            name="r_sales_order_vin_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_sales_order_pkey"),
        sa.UniqueConstraint("dealership", "contract", name="r_sales_order_contract_key"),
    )
    op.create_index("r_sales_order_customer", "r_sales_order", ["dealership", "customer"], unique=False)
    op.create_index("r_sales_order_vin", "r_sales_order", ["dealership", "vin"], unique=False)
    op.create_table(
        "r_accident",
        *_shared(),
        sa.Column("vin", sa.Text(), nullable=False),
        sa.Column("happened_on", sa.Text(), nullable=False),
        sa.Column("policy", sa.Text(), nullable=True),
        sa.Column("repair", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.CheckConstraint('"amount" >= 0', name="r_accident_amount_check"),
        sa.CheckConstraint('length("happened_on") = 10', name="r_accident_happened_on_check"),
        sa.CheckConstraint('length("vin") = 17', name="r_accident_vin_check"),
        sa.ForeignKeyConstraint(
            ["dealership", "policy"],
            ["r_policy.dealership", "r_policy.number"],
            name="r_accident_policy_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["dealership", "repair"],
            ["r_repair.dealership", "r_repair.number"],
            name="r_accident_repair_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["dealership", "vin"],
            ["r_vehicle.dealership", "r_vehicle.vin"],
            name="r_accident_vin_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_accident_pkey"),
        sa.UniqueConstraint("dealership", "vin", "happened_on", name="r_accident_vin_happened_on_key"),
    )
    op.create_index("r_accident_policy", "r_accident", ["dealership", "policy"], unique=False)
    op.create_index("r_accident_repair", "r_accident", ["dealership", "repair"], unique=False)
    op.create_table(
        "r_invoice",
        *_shared(),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("vin", sa.Text(), nullable=True),
        sa.Column("contract", sa.Text(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("original", sa.Text(), nullable=True),
        sa.Column("reversed_by", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint("\"kind\" IN ('blue', 'void', 'red')", name="r_invoice_kind_check"),
        sa.CheckConstraint('length("day") = 10', name="r_invoice_day_check"),
        sa.CheckConstraint('length("vin") = 17', name="r_invoice_vin_check"),
        sa.ForeignKeyConstraint(
            ["dealership", "contract"],
            ["r_sales_order.dealership", "r_sales_order.contract"],
            name="r_invoice_contract_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["dealership", "original"],
            ["r_invoice.dealership", "r_invoice.number"],
            name="r_invoice_original_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["dealership", "vin"],
            ["r_vehicle.dealership", "r_vehicle.vin"],
            name="r_invoice_vin_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_invoice_pkey"),
        sa.UniqueConstraint("dealership", "number", name="r_invoice_number_key"),
    )
    op.create_index("r_invoice_contract", "r_invoice", ["dealership", "contract"], unique=False)
    op.create_index("r_invoice_original", "r_invoice", ["dealership", "original"], unique=False)
    op.create_index("r_invoice_vin", "r_invoice", ["dealership", "vin"], unique=False)
    op.create_table(
        "r_oil_sale",
        *_shared(),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("sold_on", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("litres", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("repair", sa.Text(), nullable=True),
        sa.CheckConstraint('"amount" >= 0', name="r_oil_sale_amount_check"),
        sa.CheckConstraint('"litres" >= 0 AND "litres" <= 100000', name="r_oil_sale_litres_check"),
        sa.CheckConstraint('length("sold_on") = 10', name="r_oil_sale_sold_on_check"),
        sa.ForeignKeyConstraint(
            ["dealership", "repair"],
            ["r_repair.dealership", "r_repair.number"],
            name="r_oil_sale_repair_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_oil_sale_pkey"),
        sa.UniqueConstraint("dealership", "number", name="r_oil_sale_number_key"),
    )
    op.create_index("r_oil_sale_repair", "r_oil_sale", ["dealership", "repair"], unique=False)
    op.create_table(
        "r_score",
        *_shared(),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("rating", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("department", sa.Text(), nullable=True),
        sa.Column("repair", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "\"topic\" IN ('speed_reception', 'speed_completion', 'speed_settlement', 'price_parts', 'price_labour', 'staff', 'quality_repair', 'quality_paint', 'quality_cleaning', 'item', 'overall')",  # noqa: E501
            name="r_score_topic_check",
        ),
        sa.CheckConstraint(
            "\"department\" IN ('reception', 'workshop', 'paint', 'parts', 'cleaning', 'sales', 'other')",
            name="r_score_department_check",
        ),
        sa.CheckConstraint('"rating" >= 1 AND "rating" <= 5', name="r_score_rating_check"),
        sa.ForeignKeyConstraint(
            ["dealership", "repair"],
            ["r_repair.dealership", "r_repair.number"],
            name="r_score_repair_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_score_pkey"),
        sa.UniqueConstraint("dealership", "source", "topic", name="r_score_source_topic_key"),
    )
    op.create_index("r_score_repair", "r_score", ["dealership", "repair"], unique=False)
    op.create_table(
        "r_slip",
        *_shared(),
        sa.Column("book", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("vin", sa.Text(), nullable=True),
        sa.Column("invoice", sa.Text(), nullable=True),
        sa.Column("copies", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint("\"purpose\" IN ('sale', 'network', 'transfer')", name="r_slip_purpose_check"),
        sa.CheckConstraint("\"state\" IN ('used', 'void')", name="r_slip_state_check"),
        sa.CheckConstraint("\"copies\" IN ('with_car', 'archive', 'file', 'together')", name="r_slip_copies_check"),
        sa.CheckConstraint('length("day") = 10', name="r_slip_day_check"),
        sa.CheckConstraint('length("vin") = 17', name="r_slip_vin_check"),
        sa.ForeignKeyConstraint(
            ["dealership", "invoice"],
            ["r_invoice.dealership", "r_invoice.number"],
            name="r_slip_invoice_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["dealership", "vin"],
            ["r_vehicle.dealership", "r_vehicle.vin"],
            name="r_slip_vin_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_slip_pkey"),
        sa.UniqueConstraint("dealership", "book", "number", name="r_slip_book_number_key"),
    )
    op.create_index("r_slip_invoice", "r_slip", ["dealership", "invoice"], unique=False)
    op.create_index("r_slip_vin", "r_slip", ["dealership", "vin"], unique=False)
    op.create_table(
        "r_stock_count",
        *_shared(),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("vin", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint("\"found\" IN ('there', 'missing', 'extra', 'wrong')", name="r_stock_count_found_check"),
        sa.CheckConstraint('length("month") = 7', name="r_stock_count_month_check"),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_stock_count_pkey"),
        sa.UniqueConstraint("dealership", "month", "vin", name="r_stock_count_month_vin_key"),
    )
    op.create_table(
        "r_maintenance_card",
        *_shared(),
        sa.Column("vin", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=True),
        sa.Column("delivered_on", sa.Text(), nullable=True),
        sa.Column("first_card", sa.Boolean(), nullable=True),
        sa.Column("second_card", sa.Boolean(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "\"state\" IN ('torn', 'entered', 'handed_over', 'differs', 'matched', 'explained', 'void')",
            name="r_maintenance_card_state_check",
        ),
        sa.CheckConstraint('length("delivered_on") = 10', name="r_maintenance_card_delivered_on_check"),
        sa.CheckConstraint('length("vin") = 17', name="r_maintenance_card_vin_check"),
        sa.ForeignKeyConstraint(
            ["dealership", "customer"],
            ["r_customer.dealership", "r_customer.id"],
            name="r_maintenance_card_customer_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["dealership", "vin"],
            ["r_vehicle.dealership", "r_vehicle.vin"],
            name="r_maintenance_card_vin_fkey",
            initially="IMMEDIATE",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("dealership", "id", name="r_maintenance_card_pkey"),
        sa.UniqueConstraint("dealership", "vin", name="r_maintenance_card_vin_key"),
    )
    op.create_index("r_maintenance_card_customer", "r_maintenance_card", ["dealership", "customer"], unique=False)
    for register, times in TIMES.items():
        for name in times:
            op.create_index(f"r_{register}_{name}", f"r_{register}", ["dealership", name], unique=False)

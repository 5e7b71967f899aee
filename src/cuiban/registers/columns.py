"""What several registers hold alike, so that their rows join: the customer, the car, the day, the source.

Holds: fields, references. Never: registers.
"""

from cuiban.engine.labels import L
from cuiban.engine.language import Field
from cuiban.engine.register import Refer

# fmt: off
CUSTOMER = Field("customer", L("客户", "Customer"),       "text", high=40)         # the id of a row of `customer`
VIN      = Field("vin",      L("车架号", "VIN"),          "vin")
PLATE    = Field("plate",    L("车牌", "Number plate"),   "plate")
MODEL    = Field("model",    L("车型", "Model"),          high=40)
YEAR     = Field("model_year", L("年款", "Model year"),   high=10)
CONFIGURATION = Field("configuration", L("配置", "Configuration"), high=60)
COLOUR   = Field("colour",   L("颜色", "Colour"),         high=20)
SOURCE   = Field("source",   L("来源案件", "Case"),       high=40)                 # the case whose step wrote the row
REMARK   = Field("remark",   L("备注", "Remark"),         "note")

OF_CUSTOMER = Refer("customer", "customer")
OF_VEHICLE  = Refer("vin", "vehicle", by="vin")
# fmt: on


def money(name: str, zh: str, en: str, low: int | None = 0) -> Field:
    """An amount, entered in yuan, kept in fen."""
    return Field(name, L(zh, en), "money", low=low)


def day(name: str, zh: str, en: str) -> Field:
    """A day."""
    return Field(name, L(zh, en), "day")


def text(name: str, zh: str, en: str, high: int = 60) -> Field:
    """A short text about no person."""
    return Field(name, L(zh, en), high=high)


def count(name: str, zh: str, en: str, high: int = 10_000_000) -> Field:
    """A whole number from 0 on."""
    return Field(name, L(zh, en), "number", low=0, high=high)

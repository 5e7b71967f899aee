"""What the contract tests ask for: a dealership on each engine, made once a run and copied for each test."""

from tests.support.fixtures import (
    clock,
    house,
    house_url,
    postgresql_house_url,
    postgresql_template,
    sqlite_house,
    sqlite_house_url,
    sqlite_template,
    trial_house,
)

__all__ = [
    "clock",
    "house",
    "house_url",
    "postgresql_house_url",
    "postgresql_template",
    "sqlite_house",
    "sqlite_house_url",
    "sqlite_template",
    "trial_house",
]

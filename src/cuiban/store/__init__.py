"""store: cases, events and everything beside them, in SQL.

Belongs here: tables, migrations, the transaction, queries, what SQLite and PostgreSQL do differently.   Start at: transaction.py
Must never enter: business rules, names of processes, text about the business, the system's clock.
"""

from cuiban.store.database import Database
from cuiban.store.migrate import create, migrate, schema_of

__all__ = ["Database", "create", "migrate", "schema_of"]

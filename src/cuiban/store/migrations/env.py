"""Runs the migrations on the connection that migrate.py hands over: one transaction for all, so that none stays half done."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transaction_per_migration=False, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()

"""exchange: reads files of others and writes files for others.

Belongs here: event logs (XES, CSV), the map that ties a log to a process, tables (xlsx, csv), what a
file may cost.
Start at: logs.py for logs, tables.py for tables.
Must never enter: business rules, the database, commands. What is read here is handed to the office.
"""

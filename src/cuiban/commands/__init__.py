"""commands: what a person types, one module a family of verbs, each thin: parse, ask the office, print.

Belongs here: options, words, columns, JSON.   Start at: table.py (the verbs), desk.py (what a call works with).
Must never enter: SQL, business rules, decisions. A verb's module is imported only when that verb is called.
"""

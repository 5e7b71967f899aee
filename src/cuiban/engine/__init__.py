"""engine: what a case may do and when it is due, worked out from values alone.

Belongs here: the language, rules, clocks, decide, evolve, the to-do item, static checks.   Start at: decide.py
Must never enter: SQL, click, files, environment, the system's clock, chance, the name of any process.
"""

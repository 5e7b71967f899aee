"""What tests stand on: a dealership with believable people on a real database, a clock that a test moves, its own chance.

Belongs here: building up and asking.   Start at: house.py.   Must never enter: an assertion about one behaviour.
"""

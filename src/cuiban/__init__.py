"""Cuiban (催办): a dealership's processes, declared, persisted, chased, questioned, replayed.

Belongs here: the version and the public names.   Must never enter: imports that cost time at start-up.
"""

__version__ = "0.1.0"

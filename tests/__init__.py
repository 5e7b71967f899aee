"""tests: what Cuiban promises, shown from outside on real databases, real files and a clock that is passed in.

Belongs here: behaviours, and the means to start what they need.   Must never enter: mocks of our own code, sleeping,
skipped tests, the system's clock.   Start at: conftest.py
"""

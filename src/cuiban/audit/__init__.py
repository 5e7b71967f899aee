"""audit: what outsiders' facts say of our processes, judged from values alone.

Belongs here: conformance of event logs.   Start at: conformance.py
Must never enter: the database, files, printing; the office writes what is judged here.
"""

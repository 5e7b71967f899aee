"""Event logs of other systems, imported for real: files, both databases, the command."""

"""What the calendar promises, seen from its door."""

"""What the office and the store promise, shown on SQLite and PostgreSQL alike. One promise family a file."""

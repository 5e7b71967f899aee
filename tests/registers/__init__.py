"""Tests of registers: their tables, rows, files, cards."""

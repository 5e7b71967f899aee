"""The demo: half a year of a dealership, the same for the same seed and day."""

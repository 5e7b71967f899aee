"""benchmarks: how fast, as ratios to a floor written straight on the driver, side by side in one run.

Belongs here: what is measured, the floor, the usual way, one table.   Start at: __main__.py; read docs/performance.md.
Must never enter: anything that the product needs; a figure without the floor that it is a ratio to.
"""

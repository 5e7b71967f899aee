"""What Cuiban promises when things go wrong: quick here, at full size with --full. The seed is printed; --seed repeats it."""

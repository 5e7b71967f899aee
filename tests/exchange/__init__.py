"""tests of exchange: real files in, what they say out; every fault a file can have."""

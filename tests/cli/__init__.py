"""The command line, from outside: words in, words, JSON and exit codes out."""

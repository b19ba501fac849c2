#!/bin/sh
# A document of 12 pages costs at most 1.6 times the instructions of the floor (tests/bench/README.md): counted, not timed.
command -v valgrind >/dev/null || { echo 'not ok ratio: no valgrind (Debian: valgrind)'; exit 1; }
exec "$PYTHON" tests/bench/bench.py "$B/bench" "$GENPDF" --check 12

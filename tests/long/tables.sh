#!/bin/sh
# Long tables cost what they are long, no more: counted, not timed (tests/bench/tables.py).
command -v valgrind >/dev/null || { echo 'not ok tables: no valgrind (Debian: valgrind)'; exit 1; }
exec "$PYTHON" tests/bench/tables.py "$GENPDF" --check

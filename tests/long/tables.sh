#!/bin/sh
# Long tables cost what they are long, no more: counted, not timed (tests/bench/tables.py).
command -v valgrind >/dev/null || { echo 'skip tables: no valgrind'; exit 0; }
exec "$PYTHON" tests/bench/tables.py "$GENPDF" --check

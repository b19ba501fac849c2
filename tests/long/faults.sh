#!/bin/sh
# Memory and disk that give out, at every place (tests/cases/faults.py takes samples).
exec "$PYTHON" tests/cases/faults.py all

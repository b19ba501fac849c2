#!/bin/sh
# Every fuzz target for a minute (tests/fuzz/README.md).
exec make --no-print-directory B="$B" PYTHON="$PYTHON" fuzz TIME=60

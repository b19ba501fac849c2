#!/usr/bin/python3
"""The walker, libxml2 and jing on every mutation of every record.

Takes: build/tests/progs/walk-record, records/, tests/walker/, jing.  Gives: ok / not ok / skip lines."""

import re
import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "expect"), str(Path(__file__).resolve().parents[1] / "walker")]
import mutations  # noqa: E402
import oracle  # noqa: E402
from cases import TOP, case, finish, folder  # noqa: E402

where = folder()

for record in sorted((TOP / "records").glob("*.xml")):
    @case(f"walker-agrees-all-of-{record.stem}")
    def _():
        kind = re.search(r'<record[^>]* kind="([a-z-]+)"', record.read_text(encoding="utf-8"))[1]
        files = oracle.write(where / record.stem, mutations.of_record(record))
        oracle.compare(TOP / "records" / "schema" / f"{kind}.rng", files, len(files) // 10)

finish()

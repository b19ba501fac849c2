#!/usr/bin/python3
"""The walker and jing on grammars by chance.

Takes: build/tests/progs/walk-record, tests/walker/, jing.  Gives: ok / not ok / skip lines."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "expect"), str(Path(__file__).resolve().parents[1] / "walker")]
import mutations  # noqa: E402
import oracle  # noqa: E402
from cases import case, finish, folder  # noqa: E402

where = folder()

for seed in range(1, 13):
    @case(f"walker-agrees-by-chance-{seed}")
    def _():
        text, records = mutations.by_chance(seed)
        grammar = where / f"{seed}.rng"
        grammar.write_text(text, encoding="utf-8")
        oracle.compare(grammar, oracle.write(where / f"chance-{seed}", records), 50, same_judge=False)

finish()

"""The form of the irregular texts of irregular.py, which says what they are."""

ALL = []


def case(name, text, want, **codes):
    ALL.append((name, text, [row.strip() for row in want.strip().split("\n")],
                {k.replace("_", "-"): v for k, v in codes.items()}))


RECORD = 'record kind="monthly-plan" version="1" year="2032" lang="zh-Hans"'

"""Measure how long `klimtouw ledger verify` and a daily head take on a ledger of a million lines."""

from bench.__main__ import measure

if __name__ == "__main__":
    measure("bench.ledger")

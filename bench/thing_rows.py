"""Measure the decision of docs/decisions/0001: things as rows with children, beside one flat table."""

from bench.__main__ import measure

if __name__ == "__main__":
    measure("bench.shapes")

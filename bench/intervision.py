"""Measure how long it takes until every screen of a room knows that the guide went on: 40 rooms of 8 people on one process."""

from bench.__main__ import measure

if __name__ == "__main__":
    measure("bench.rooms")

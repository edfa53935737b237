"""Measure every page beside the two floors, in one run, on the same data, and print a table."""

import os
import shutil
import tempfile
from importlib import import_module
from pathlib import Path


def measure(module: str) -> None:
    """Make a home of its own, then let a module measure everything it measures."""
    home = Path(tempfile.mkdtemp(prefix="klimtouw-bench-"))
    os.environ |= {"KLIMTOUW_HOME": str(home), "DJANGO_SETTINGS_MODULE": "bench.settings"}
    try:
        import_module("django").setup()
        import_module(module).measure_all()  # only now: it imports models
    finally:
        shutil.rmtree(home)


if __name__ == "__main__":
    measure("bench.table")

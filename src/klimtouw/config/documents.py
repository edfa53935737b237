"""Write the documents that are generated from the code."""

from pathlib import Path

from klimtouw.access import page
from klimtouw.intervision import lifecycle as intervision
from klimtouw.relations import lifecycle


def write_documents(folder: Path) -> None:
    """Write `who-may-do-what.md` and the tables of states."""
    (folder / "who-may-do-what.md").write_text(page.as_markdown(), encoding="utf-8")
    (folder / "states.md").write_text(lifecycle.as_markdown(), encoding="utf-8")
    (folder / "states-of-intervision.md").write_text(intervision.as_markdown(), encoding="utf-8")

"""Read a page on which words are marked as gone, added or only here."""

import re

MARK = re.compile(r'<span class="visually-hidden">\[?[^<]*</span>|</?(?:ins|del)>')


def unmarked(page: str) -> str:
    """Return the page with the words alone."""
    return MARK.sub("", page)

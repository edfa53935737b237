"""What a device keeps unsealed: files, and one page per language that says nothing of anybody."""

import hashlib
import json

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation

from klimtouw.people.choices import Language

FONT = "ui/fonts/atkinson-hyperlegible-latin-{}.woff2"
FILES = (
    "ui/klimtouw.css",
    "ui/htmx.min.js",
    "ui/page.js",
    "ui/dialog.js",
    "ui/favicon.svg",
    "ui/offline/keep.js",
    "ui/offline/contact.js",
    "ui/offline/forms.js",
    "ui/offline/shell.js",
    "ui/offline/store.js",
    FONT.format("400-normal"),
    FONT.format("700-normal"),
)


def shell_in(language: str) -> str:
    """Print the page without network in a language; without a request, so that nothing of anybody can be on it."""
    with translation.override(language):
        return render_to_string("offline/shell.html")


def worker_script() -> str:
    """Write the script of the worker: which files and pages it keeps, under a name that changes when one of them does."""
    pages = {str(language): reverse(f"offline:shell_{language}") for language in Language.values}
    files = [static(file) for file in FILES]
    shells = [shell_in(language) for language in pages]
    version = hashlib.sha256(json.dumps([files, shells]).encode()).hexdigest()[:16]
    house = {
        "version": version,
        "files": files,
        "pages": pages,
        "contact": reverse("people:contact"),
        "leave": reverse("account_logout"),
    }
    return f"importScripts({json.dumps(static('ui/offline/worker.js'))});\nserve({json.dumps(house)});\n"

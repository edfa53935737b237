"""Guard 6: every page any test receives is whole: a language, a title, no inline script or style, no unrendered braces."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test.client import Client

INLINE = re.compile(r"<style\b| style=\"| on[a-z]+=\"|<script(?![^>]*\bsrc=)")
A_MAIL = re.compile(r"/demo/mailbox/[-0-9a-f]{36}/")
UNRENDERED = re.compile(r"\{\{|\}\}|\{%|%\}")


def faults_of(page: str) -> list[str]:
    """Return what is wrong with a page as it left the server."""
    faults = []
    if not re.search(r"<html lang=\"(nl|en)\"", page):
        faults.append("no language")
    if not re.search(r"<title>\s*\S[^<]*</title>", page):
        faults.append("no title")
    if found := INLINE.search(page):
        faults.append(f"inline: {found[0]}")
    if found := UNRENDERED.search(page):
        faults.append(f"unrendered: {found[0]}")
    return faults


@pytest.fixture(autouse=True)
def _watchful_client(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    asked = Client.request

    def watched(self: Client, **request: Any) -> HttpResponse:
        response = asked(self, **request)
        is_page = str(response.headers.get("Content-Type", "")).startswith("text/html")
        is_mail = A_MAIL.match(
            str(request.get("PATH_INFO"))
        )  # the demo shows a mail as it is, with its own look
        if is_page and not is_mail and not response.streaming and response.content:
            assert faults_of(response.content.decode()) == [], request.get("PATH_INFO")
        return response  # type: ignore[no-any-return]  # the client of Django's tests

    monkeypatch.setattr(Client, "request", watched)
    yield

"""What the guards share."""

import pytest
from django.http import HttpRequest, HttpResponse

from klimtouw.config import urls


@pytest.fixture(autouse=True)
def _not_found_without_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of closed doors are tried: each answers 404 without printing the kind page that tells so."""

    def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
        return HttpResponse(status=404)

    monkeypatch.setattr(urls, "handler404", not_found, raising=False)

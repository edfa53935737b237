"""Addresses of a house with one page that takes a file, for the tests."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from klimtouw.people.uploads import takes_a_file


@takes_a_file(most_bytes=200_000)
def take(request: HttpRequest) -> HttpResponse:
    """Say how much came, and whether it stood in memory."""
    file = request.FILES["file"]
    return HttpResponse(f"{file.size} {type(file).__name__}", content_type="text/plain")


urlpatterns = [path("neem/", take, name="take"), path("", include("klimtouw.config.urls"))]

"""Addresses of a house with one page that takes a file, for the tests."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from klimtouw.people.uploads import takes_a_file


@takes_a_file(most_bytes=200_000)
def take(request: HttpRequest) -> HttpResponse:
    """Say how much came, whether it stood in memory, and how much of it is there."""
    file = request.FILES["file"]
    return HttpResponse(f"{file.size} {type(file).__name__} {len(file.read())}", content_type="text/plain")


urlpatterns = [path("neem/", take, name="take"), path("", include("klimtouw.config.urls"))]

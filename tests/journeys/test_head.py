"""Who asks for the head of a page gets the head of that page, and the server says nothing about it."""

from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.journeys.house import House

OF_THE_MOMENT = ("Date", "Expires", "Set-Cookie")


@pytest.mark.parametrize("path", ["/", "/account/login/", "/bestaat-niet/", "/static/ui/favicon.svg"])
def test_the_head_of_a_page_is_that_of_the_page_itself_without_a_word_in_the_log(
    house: House, path: str
) -> None:
    before = (house.home / "said").read_text().count("no-body")
    answers = []
    for method in ("GET", "HEAD"):
        line = HTTPConnection(urlsplit(house.address).netloc, timeout=10)
        line.request(method, path)
        answer = line.getresponse()
        told = {name: value for name, value in answer.getheaders() if name not in OF_THE_MOMENT}
        answers.append((answer.status, told))
        assert bool(answer.read()) == (method == "GET")
        line.close()
    assert answers[0] == answers[1]
    assert (house.home / "said").read_text().count("no-body") == before

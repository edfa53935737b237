"""Small parts of a page: initials, notices, empty lists and the way around."""

from types import SimpleNamespace
from uuid import UUID

import pytest
from django.http import HttpRequest
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation

from klimtouw.ui.navigation import navigation_at

pytestmark = pytest.mark.only_on("sqlite3")  # no database has a say in it: once is enough


def _print(markup: str, **context: object) -> str:
    return Template("{% load ui %}" + markup).render(Context(context))


def test_the_colour_of_an_avatar_follows_from_the_key_alone() -> None:
    one = SimpleNamespace(pk=UUID(int=1), initials="NH")
    same_key = SimpleNamespace(pk=UUID(int=1), initials="ZT")
    assert _print("{% avatar p %}", p=one).replace("NH", "ZT") == _print("{% avatar p %}", p=same_key)


def test_initials_are_printed_as_text() -> None:
    assert "<b>" not in _print("{% avatar p %}", p=SimpleNamespace(pk=1, initials="<b>"))


def test_an_icon_is_silent_unless_it_stands_alone() -> None:
    assert 'aria-hidden="true"' in _print('{% icon "eye" %}')
    assert 'role="img" aria-label="Op &amp; neer"' in _print(
        '{% icon "arrow-up" label=words %}', words="Op & neer"
    )


def test_a_notice_keeps_what_is_in_it() -> None:
    html = _print('{% notice "good" %}<p>{{ text }}</p>{% endnotice %}', text="<i>Bewaard</i>")
    assert 'class="notice notice--good"' in html
    assert "<p>&lt;i&gt;Bewaard&lt;/i&gt;</p>" in html


def test_an_empty_list_may_offer_a_start() -> None:
    assert 'href="/x/"' in _print('{% nothing_yet "Nog niets" "Begin klein." "/x/" "Ik begin" %}')
    assert "href" not in _print('{% nothing_yet "Nog niets" %}')


@pytest.mark.parametrize(
    ("path", "expected"),
    [("/", {"home": "page"}), ("/hulp/", {})],
)
def test_the_way_around_marks_where_you_are(path: str, expected: dict[str, str]) -> None:
    current = {item.url: item.current for item in navigation_at(path) if item.current}
    assert current == {reverse(name): said for name, said in expected.items()}


def test_a_page_deeper_down_marks_only_the_nearest_place() -> None:
    places = [item.url for item in navigation_at("/") if item.url != "/"]
    for place in places:
        marked = [item.url for item in navigation_at(place + "iets/dieper/") if item.current]
        assert marked == [place]


def test_the_way_around_speaks_the_language_of_the_reader() -> None:
    request = HttpRequest()
    request.path = "/"
    with translation.override("nl"):
        assert "Mijn klim" in _print("{% navigation %}", request=request)
    with translation.override("en"):
        assert "My climb" in _print("{% navigation %}", request=request)

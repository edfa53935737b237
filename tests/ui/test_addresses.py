"""Addresses and texts that are worked out once are what Django makes of them each time."""

from uuid import UUID

import pytest
from django.template import Context, Engine
from django.templatetags import i18n
from django.urls import NoReverseMatch, reverse, set_script_prefix
from django.utils import translation

from klimtouw.ui.addresses import address_of

KEY, OTHER = UUID(int=7), UUID(int=8)
OURS = Engine(
    builtins=["django.templatetags.i18n", "klimtouw.ui.templatetags.ui"],
)
DJANGO = Engine(builtins=["django.templatetags.i18n"])


def in_both(text: str, **given: object) -> set[str]:
    return {engine.from_string(text).render(Context(given)) for engine in (OURS, DJANGO)}


@pytest.mark.parametrize(
    "text",
    [
        '{% url "home" %}',
        '{% url "climb:entry" key %} {% url "climb:entry" other %}',
        '{% url "climb:entry" key|stringformat:"s" %}',
        '{% url "climb:entry" entry=key %}',
        '{% url "climb:entry" key as here %}<a href="{{ here }}">',
        '{% url "nowhere" as here %}[{{ here }}]',
    ],
)
def test_an_address_is_what_django_makes_of_it(text: str) -> None:
    assert len(in_both(text, key=KEY, other=OTHER)) == 1


def test_the_house_may_stand_under_an_address_of_its_own() -> None:
    at_the_root = address_of("climb:entry", KEY)
    set_script_prefix("/klimtouw/")
    try:
        assert (
            address_of("climb:entry", KEY) == f"/klimtouw{at_the_root}" == reverse("climb:entry", args=[KEY])
        )
    finally:
        set_script_prefix("/")
    assert address_of("climb:entry", KEY) == at_the_root


def test_an_address_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoReverseMatch):
        OURS.from_string('{% url "nowhere" %}').render(Context())
    with pytest.raises(NoReverseMatch):
        address_of("home", KEY)


@pytest.mark.parametrize(
    "text",
    [
        '{% translate "Trail" %}',
        '{% translate "Less" context "with this stage" %}',
        '{% translate "<Nobody> says & so 100%%" %}',
        '{% translate "Trail" as said %}[{{ said }}]',
        '{% translate "Trail"|upper %}',
        "{% translate said %}",
        '{% translate "Trail" noop %}',
    ],
)
def test_a_text_is_what_django_makes_of_it_in_every_language(text: str) -> None:
    ours, django = OURS.from_string(text), DJANGO.from_string(text)
    for language in ("nl", "en", "nl"):
        with translation.override(language):
            assert ours.render(Context({"said": "Trail"})) == django.render(Context({"said": "Trail"}))


def test_a_plain_text_of_ours_is_looked_up_once_per_language(monkeypatch: pytest.MonkeyPatch) -> None:
    page, asked = OURS.from_string('{% translate "Trail" %}'), []
    look_up = i18n.TranslateNode.render
    monkeypatch.setattr(
        i18n.TranslateNode, "render", lambda node, at: (asked.append(1), look_up(node, at))[1]
    )
    for language in ("nl", "en", "nl", "en"):
        with translation.override(language):
            page.render(Context())
    assert len(asked) == 2

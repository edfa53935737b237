"""The watch itself: it must be able to find fault, with scripts and without."""

from collections.abc import Callable

import pytest

from tests.journeys.walker import Walker, Way

NAMELESS = "() => { document.querySelector('main').innerHTML += '<p><a href=\"/\"></a></p>'; }"


@pytest.mark.parametrize("way", [Way("en"), Way("en", has_javascript=False)], ids=str)
def test_axe_finds_a_link_without_a_name_also_where_scripts_are_off(
    walker: Callable[..., Walker], way: Way
) -> None:
    stan = walker("Stan")
    stan.opens("account_login")
    stan.page.evaluate(NAMELESS)
    stan.watch.kind = ("Stan", "nameless", str(way))
    with pytest.raises(AssertionError, match="link-name"):
        stan.watch.look()

"""Addresses end up in histories, logs and screenshots: nothing of a person stands behind their question mark (ASVS 14.2.1)."""

import re

from tests.guards.test_house import ROOT, source_files

SRC = ROOT / "src/klimtouw"
ASKED = {
    "about": "which of two lines of a card one begins with",
    "as": "on which side of a relation one invites",
    "at": "a stage that was just looked at, by its id",
    "before": "from which line of the ledger on",
    "bond": "the id of a bond; the gate asks whose it is",
    "device": "the id a browser made for itself; only its owner hears whether it is known",
    "dream": "the id of one's own dream",
    "fase": "the name of a part of the way, to find a card for it",
    "nr": "which card in the row one looks at: a number",
    "rol": "the key of a coach role, to find a card for it",
    "evidence": "whether one looks for entries with evidence alone: yes or nothing",
    "form": "the name of a form (ALACT …) by which one looks back",
    "goal": "the id of one's own goal",
    "month": "which month of one's own trail one looks back at",
    "over": "whether a room of intervision was just closed: yes or nothing",
    "open": "which part of a page is unfolded",
    "page": "the number of a page",
    "sort": "strength or work point",
    "weg": "what was tried in a practice talk with somebody made up: a row of letters, kept nowhere",
}
"""Every name that is read from an address, and why it says nothing of a person: ids open nothing without the policy."""
WHOLE = {
    "climb/views/trail.py": "the name of a form (ALACT …); what was typed comes in the body alone",
    "climb/views/framework_links.py": "where in a framework one looks: words of a school",
    "programmes/frameworks/views.py": "where in a framework one looks: words of a school",
}
"""The files that hand the whole of it to a form, and what that form takes from it."""
SENT_BY_ADDRESS = {
    "ui/templates/ui/parts/tree.html": "looking in framework goals, which are of a school",
    "ui/templates/allauth/elements/form.html": "takes the method of each form of the sign-in: the test below looks at those",
}


def names_read(source: str) -> set[str]:
    """Return the names that a piece of code reads from the address, also when a function does the reading."""
    read = re.findall(r"\bGET(?:\.get(?:list)?\(|\[)\s*\"([a-z_]+)\"", source)
    return set(read)


def test_every_name_that_is_read_from_an_address_says_nothing_of_a_person() -> None:
    read = {name for path in source_files() for name in names_read(path.read_text())}
    assert read - set(ASKED) == set(), "say here why this may stand in an address, or send it in the body"
    assert set(ASKED) - read == set(), "nobody reads this any more"


def test_nobody_else_takes_everything_from_an_address() -> None:
    whole = {
        str(path.relative_to(SRC))
        for path in source_files()
        if re.search(r"\bGET\s*[,)]|\*\*request\.GET|dict\(request\.GET", path.read_text())
    }
    assert whole == set(WHOLE)


def test_no_form_sends_what_somebody_typed_in_the_address() -> None:
    """A form without a method would send everything in the address."""
    found = set()
    for path in SRC.rglob("templates/**/*.html"):
        for form in re.findall(r"<form\b[^>]*>", path.read_text(), re.DOTALL):
            if not re.search(r"method=\"post\"", form):
                found.add(str(path.relative_to(SRC)))
    assert found == set(SENT_BY_ADDRESS)


def test_no_form_of_the_sign_in_sends_in_the_address() -> None:
    for path in SRC.rglob("templates/**/*.html"):
        for element in re.findall(r"{% element form\b[^%]*%}", path.read_text()):
            assert 'method="post"' in element, path


def test_new_ways_of_reading_an_address_are_found() -> None:
    assert names_read('request.GET.get("zoek", "")') == {"zoek"}
    assert names_read('request.GET["naam"]') == {"naam"}
    assert names_read('request.GET.getlist("wie")') == {"wie"}

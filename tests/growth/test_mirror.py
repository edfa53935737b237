"""What helped, and the role mirror: two pictures beside each other, for the coach alone, and nothing is counted (T6)."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.belongings.words import NotForQueries
from klimtouw.foundation.ids import new_id
from klimtouw.growth import actions
from klimtouw.growth.models import WhatHelped
from klimtouw.growth.queries.mirror import mirror_of
from klimtouw.people.models import Person
from klimtouw.programmes.models import CoachRole
from klimtouw.relations.actions.closing import complete_relation
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from klimtouw.talks.actions import NotYetBegun, give_sentence, share_with_other
from klimtouw.talks.models import Talk
from tests.growth.conftest import SignIn
from tests.stories import looks_of_others, make_relation, texts_beside
from tests.talks.conftest import days, make_held, make_planned

SENTENCE = "Ik zag je rustig worden."


def helped_page(talk: Talk) -> str:
    return reverse("growth:helped", args=[talk.pk])


def say(talk: Talk, by: Person, at: datetime, roles: str, text: str = "", shared: bool = True) -> WhatHelped:
    """Let a coachee say what helped, and share it or not."""
    thing = actions.say_what_helped(talk=talk, by=by, at=at, seen=0, roles=roles, text=text)
    if shared:
        share_with_other(thing, by=by, at=at)
    return thing


def give(talk: Talk, by: Person, at: datetime, roles: str, text: str = SENTENCE) -> None:
    give_sentence(talk=talk, by=by, at=at, seen=0, text=text, roles=roles)


# What helped.


def test_v12_what_helped_says_that_the_coach_sees_it_only_once_it_is_shared(
    held: Talk, noor: Person, sign_in: SignIn
) -> None:
    page = sign_in(noor).get(helped_page(held)).content.decode()
    assert "Deel je het, dan ziet je coach het in een eigen spiegel." in page


def test_t6_v12_noor_taps_what_helped_and_it_stays_hers_until_she_shares(
    held: Talk, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    client = sign_in(noor)
    page = client.get(helped_page(held)).content.decode()
    assert "Alleen jij kan dit lezen" in page
    answer = client.post(
        helped_page(held), {"roles": ["supporter", "sounding-board"], "text": "Je wachtte.", "keep": 1}
    )
    assert answer.headers["Location"] == held.get_absolute_url()
    assert WhatHelped.objects.get().role_keys == ["sounding-board", "supporter"]
    assert mirror_of(bram, at + timedelta(minutes=1)).page.rows == []
    mine = WhatHelped.objects.get()
    client.post(
        helped_page(held), {"roles": ["supporter"], "seen": mine.version, "id": str(mine.pk), "share": 1}
    )
    row = mirror_of(bram, at + timedelta(minutes=1)).page.rows[0]
    assert row.helped
    assert (row.helped.coachee, row.helped.roles) == ("Noor", ["supporter"])
    again = client.get(helped_page(held)).content.decode()
    assert "Deel niet meer met Bram" in again
    mine.refresh_from_db()
    client.post(
        helped_page(held), {"roles": ["supporter"], "seen": mine.version, "id": str(mine.pk), "unshare": 1}
    )
    assert mirror_of(bram, at + timedelta(minutes=1)).page.rows == []


def test_the_page_of_a_talk_leads_the_coachee_there_and_not_the_coach(
    held: Talk, noor: Person, bram: Person, sign_in: SignIn
) -> None:
    for person, leads in ((noor, True), (bram, False)):
        assert (helped_page(held) in sign_in(person).get(held.get_absolute_url()).content.decode()) is leads


def test_nothing_tapped_is_nothing_kept(held: Talk, noor: Person, sign_in: SignIn) -> None:
    answer = sign_in(noor).post(helped_page(held), {"keep": 1})
    assert "Tik er één aan" in answer.content.decode()
    assert not WhatHelped.objects.exists()


def test_a_role_that_does_not_exist_cannot_be_tapped(held: Talk, noor: Person, sign_in: SignIn) -> None:
    assert sign_in(noor).post(helped_page(held), {"roles": ["koning"], "keep": 1}).status_code == 200
    assert not WhatHelped.objects.exists()


def test_the_same_sent_twice_is_one_and_two_tabs_stand_side_by_side(
    held: Talk, noor: Person, sign_in: SignIn
) -> None:
    client, id = sign_in(noor), str(new_id())
    for _time in range(2):
        client.post(helped_page(held), {"roles": ["supporter"], "text": "Eerst.", "id": id, "keep": 1})
    assert WhatHelped.objects.get().version == 1
    answer = client.post(helped_page(held), {"text": "Andere tab.", "id": str(new_id()), "keep": 1})
    assert texts_beside(answer) == [("Eerst.", "Andere tab.")]


def test_she_puts_it_away(held: Talk, noor: Person, bram: Person, sign_in: SignIn, at: datetime) -> None:
    say(held, noor, at, "supporter")
    sign_in(noor).post(helped_page(held), {"remove": 1})
    assert mirror_of(bram, at).page.rows == []


def test_it_cannot_be_said_before_the_talk_began(
    running_relation: Relation, noor: Person, at: datetime, sign_in: SignIn
) -> None:
    ahead = make_planned(running_relation, days(2, at))
    with pytest.raises(NotYetBegun):
        say(ahead, noor, at, "supporter")
    assert sign_in(noor).get(helped_page(ahead)).status_code == 302


def test_v1_the_coach_cannot_say_it_for_her(
    held: Talk, bram: Person, stan: Person, vera: Person, at: datetime, sign_in: SignIn
) -> None:
    for person in (bram, stan, vera):
        assert sign_in(person).get(helped_page(held)).status_code == 404
        with pytest.raises(Denied):
            say(held, person, at, "supporter")


# The mirror.


def test_t6_the_mirror_shows_moments_in_own_words_with_their_day_and_where_the_pictures_differ(
    held: Talk, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    give(held, bram, at, "challenger supporter")
    say(held, noor, at, "sounding-board supporter", "Dat je wachtte.")
    page = sign_in(bram).get(reverse("growth:mirror")).content.decode()
    assert SENTENCE in page
    assert "Dat je wachtte." in page
    assert "Wat Noor hielp: klankbord, supporter." in page
    assert "Dit noemde je zelf nog niet: klankbord." in page
    assert "Jij noemde ook: uitdager." in page


def test_the_same_picture_is_said_too(
    held: Talk, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    give(held, bram, at, "supporter")
    say(held, noor, at, "supporter")
    assert "Jullie noemen allebei hetzelfde." in sign_in(bram).get(reverse("growth:mirror")).content.decode()


def test_what_helped_stands_there_also_when_the_coach_noted_nothing(
    held: Talk, noor: Person, bram: Person, at: datetime
) -> None:
    say(held, noor, at, "supporter")
    row = mirror_of(bram, at).page.rows[0]
    assert row.helped
    assert (row.roles, row.helped.is_noted) == ([], False)


def test_it_can_be_looked_at_by_role_and_says_which_were_not_there_yet(
    held: Talk, bram: Person, at: datetime, running_relation: Relation
) -> None:
    give(held, bram, at, "challenger")
    give(make_held(running_relation, days(-2, at)), bram, at, "supporter", "Een andere zin.")
    mirror = mirror_of(bram, at, role="supporter")
    assert [row.text for row in mirror.page.rows] == ["Een andere zin."]
    assert {role.key for role in mirror.taken} == {"challenger", "supporter"}
    assert len(mirror.not_yet) == 4
    assert len(mirror_of(bram, at, role="koning").page.rows) == 2


def test_a_role_that_the_school_took_away_leaves_the_words(held: Talk, bram: Person, at: datetime) -> None:
    give(held, bram, at, "challenger")
    CoachRole.objects.filter(key="challenger").delete()
    assert [(row.text, row.roles) for row in mirror_of(bram, at).page.rows] == [(SENTENCE, [])]


def test_p2_looking_leaves_a_look_with_noor(
    held: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    thing = say(held, noor, at, "supporter")
    sign_in(bram).get(reverse("growth:mirror"))
    looks = looks_of_others(noor, at + timedelta(minutes=5))
    assert [(who, about and about.pk, times) for who, about, _hat, times in looks] == [("Bram", thing.pk, 1)]


def test_v24_after_the_end_the_coach_keeps_own_words_and_reads_nothing_of_hers(
    held: Talk, running_relation: Relation, noor: Person, bram: Person, at: datetime, sign_in: SignIn
) -> None:
    give(held, bram, at, "challenger")
    say(held, noor, at, "supporter", "Dat je wachtte.")
    complete_relation(relation=running_relation, by=noor, at=at)
    page = sign_in(bram).get(reverse("growth:mirror")).content.decode()
    assert SENTENCE in page
    assert "Noor" not in page
    assert "Dat je wachtte." not in page


def test_v27_nobody_else_sees_a_mirror_and_no_query_can_count_what_helped(
    held: Talk, noor: Person, bram: Person, stan: Person, at: datetime, sign_in: SignIn
) -> None:
    give(held, bram, at, "challenger")
    say(held, noor, at, "supporter")
    for person in (noor, stan):
        page = sign_in(person).get(reverse("growth:mirror")).content.decode()
        assert SENTENCE not in page
    with pytest.raises(NotForQueries):
        WhatHelped.objects.filter(roles="supporter").count()
    others = {"basecamp", "programmes", "home", "notices"}
    columns = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in others
        for field in model._meta.concrete_fields
        if "helped" in field.name or "mirror" in field.name
    ]
    assert columns == []


def test_v5_v27_the_mirror_holds_no_total(
    held: Talk, noor: Person, bram: Person, at: datetime, sign_in: SignIn, running_relation: Relation
) -> None:
    for number in range(3):
        give(make_held(running_relation, days(-2 - number, at)), bram, at, "supporter", "Een zin.")
    page = sign_in(bram).get(reverse("growth:mirror")).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    shown = " ".join(part.split(">", 1)[-1] for part in main.split("<"))
    numbers = {word.strip(".,") for word in shown.split() if word.strip(".,").isdigit()}
    assert numbers <= {str(at.year), *(str(day) for day in range(1, 32))}, "days and years only"
    for word in ("keer", "vaakst", "totaal", "gemiddeld", "%"):
        assert word not in shown.replace("elke keer", "")


def test_the_mirror_of_many_moments_comes_in_pages_and_asks_no_more(
    noor: Person, bram: Person, stan: Person, at: datetime, sign_in: SignIn, running_relation: Relation
) -> None:
    other = make_relation(stan, bram, State.RUNNING, at)
    counts = []
    for start, relation in ((0, running_relation), (1, other), (2, running_relation)):
        talk = make_held(relation, days(-1 - start, at))
        give(talk, bram, at + timedelta(minutes=start), "supporter", f"Zin {start}.")
        say(talk, relation.coachee, at, "supporter")
        client = sign_in(bram)
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("growth:mirror"))
        counts.append(sum("ledger" not in one["sql"] and "SAVEPOINT" not in one["sql"] for one in asked))
    assert counts == [9, 9, 9], "and three for the ledger of each coachee whose words stand there"
    for number in range(25):
        give(make_held(running_relation, days(-10 - number, at)), bram, at, "challenger", f"Eerder {number}.")
    first, second = (mirror_of(bram, at, number=number).page for number in (1, 2))
    assert (len(first.rows), first.has_next, second.has_next) == (20, True, False)
    assert len(second.rows) == 8


def test_an_empty_mirror_says_how_it_fills(bram: Person, sign_in: SignIn) -> None:
    page = sign_in(bram).get(reverse("growth:mirror") + "?page=99&rol=x").content.decode()
    assert "Nog niets in de spiegel" in page


# A note after practising.


def test_t8_a_note_after_practising_is_kept_for_oneself_alone(
    bram: Person, noor: Person, sign_in: SignIn
) -> None:
    client, url = sign_in(bram), reverse("growth:practice_note", args=["sam-zwijgt"])
    assert client.post(url, {"text": "Stil zijn lukt al."}).status_code == 302
    assert "Stil zijn lukt al." in client.get(url).content.decode()
    assert "Stil zijn lukt al." not in sign_in(noor).get(url).content.decode()
    again = client.post(url, {"text": "Andere tab."})
    assert texts_beside(again) == [("Stil zijn lukt al.", "Andere tab.")]
    client.post(url, {"remove": 1})
    assert "Stil zijn lukt al." not in client.get(url).content.decode()

"""A goal tied to framework goals of the school: by its owner alone, read with the goal, kept through every version (C3, C4)."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from klimtouw.access.decide import Denied
from klimtouw.belongings.actions import remove
from klimtouw.climb.actions.framework_links import link_to_framework
from klimtouw.climb.actions.goals import write_goal
from klimtouw.climb.models import FrameworkLink, Goal
from klimtouw.foundation.clock import now
from klimtouw.people.models import Person
from klimtouw.programmes.frameworks.arriving import switch
from klimtouw.programmes.models import Framework, FrameworkGoal, Institution, Membership, Programme
from klimtouw.relations.models import Relation
from klimtouw.takeaway.package.actions import bring_back
from klimtouw.takeaway.package.making import make_file
from klimtouw.takeaway.package.opening import content_in
from tests.climb.writing_stories import seen, sent, shared
from tests.programmes.framework_files import TREE, as_csv, as_file, case_package
from tests.programmes.test_frameworks_import import brought_in
from tests.stories import make_person, texts_beside

SignIn = Callable[[Person], Client]
pytestmark = pytest.mark.django_db
OWN_WORDS = "Zo leer ik dat zwijgen niet helpt."


@pytest.fixture
def school(programme: Programme, noor: Person, bram: Person) -> Institution:
    """The school to which Noor and Bram belong."""
    Membership.objects.create(person=noor, programme=programme, hat="learner")
    Membership.objects.create(person=bram, programme=programme, hat="staff")
    return programme.institution


@pytest.fixture
def framework(school: Institution, ines: Person) -> Framework:
    """A framework of five goals."""
    framework = brought_in(ines, school, as_file(case_package())).framework
    assert framework is not None
    return framework


@pytest.fixture
def goal(noor: Person, at: datetime) -> Goal:
    """Noor's goal."""
    return write_goal(by=noor, at=at, text="Ik durf iets te vragen.")


def of_code(framework: Framework, code: str, number: int = 1) -> FrameworkGoal:
    """Return a goal of a framework as one version words it."""
    found = FrameworkGoal.objects.select_related("version__framework__institution")
    return found.get(version__framework=framework, version__number=number, code=code)


def tied(goal: Goal, framework: Framework, code: str = "1.2", text: str = OWN_WORDS) -> FrameworkLink:
    """Tie a goal."""
    return link_to_framework(goal, of_code(framework, code), by=goal.owner, at=now(), text=text)


def test_noor_finds_a_framework_goal_and_ties_her_goal_to_it(
    noor: Person, goal: Goal, framework: Framework, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    answer = client.get(reverse("climb:framework_choose", args=[goal.pk]))
    assert answer.url == reverse("climb:framework_browse", args=[goal.pk, framework.pk])
    page = client.get(answer.url).content.decode()
    wanted = of_code(framework, "1.2")
    address = reverse("climb:framework_link_new", args=[goal.pk, wanted.pk])
    assert address in page
    assert address in client.get(answer.url, {"words": "hulp"}).content.decode()
    assert "Alleen jij kan dit lezen" in client.get(address).content.decode()
    back = client.post(address, {"text": OWN_WORDS})
    link = FrameworkLink.objects.get()
    assert back.url == link.get_absolute_url()
    shown = seen(client, "goal", goal.pk)
    assert TREE[2][2] in shown
    assert OWN_WORDS in shown


def test_tying_twice_and_a_double_click_make_one_link_and_lose_no_words(
    noor: Person, goal: Goal, framework: Framework, sign_in: SignIn
) -> None:
    client, wanted = sign_in(noor), of_code(framework, "1.2")
    form = client.get(reverse("climb:framework_link_new", args=[goal.pk, wanted.pk])).context["form"]
    for _ in range(2):
        sent(client, "framework_link_new", goal.pk, wanted.pk, text=OWN_WORDS, id=form["id"].value())
    sent(client, "framework_link_new", goal.pk, wanted.pk, text="")
    again = sent(client, "framework_link_new", goal.pk, wanted.pk, text="Anders gezegd")
    assert texts_beside(again) == [(OWN_WORDS, "Anders gezegd")]
    assert [link.text for link in FrameworkLink.objects.all()] == [OWN_WORDS]


def test_own_words_are_not_needed_and_can_come_later(
    noor: Person, goal: Goal, framework: Framework, sign_in: SignIn
) -> None:
    client, link = sign_in(noor), tied(goal, framework, text="")
    sent(client, "framework_link", link.pk, text=OWN_WORDS, seen=1, id=link.pk)
    link.refresh_from_db()
    assert (link.text, link.version, link.stood_as) == (OWN_WORDS, 2, f"1.2 {TREE[2][2]}")


def test_a_link_is_put_away_with_undo(
    noor: Person, goal: Goal, framework: Framework, sign_in: SignIn
) -> None:
    client, link = sign_in(noor), tied(goal, framework)
    assert "Deze band wegdoen?" in seen(client, "framework_unlink", link.pk)
    answer = sent(client, "framework_unlink", link.pk)
    shown = client.get(answer.url).content.decode()
    assert OWN_WORDS not in shown
    undo = reverse("belongings:take_back", args=[link.pk])
    assert undo in shown
    client.post(undo)
    assert OWN_WORDS in seen(client, "goal", goal.pk)


def test_c9_a_link_is_read_by_who_reads_the_goal_and_by_nobody_else(
    noor: Person, bram: Person, stan: Person, goal: Goal, framework: Framework, running_relation: Relation,
    sign_in: SignIn, at: datetime,
) -> None:  # fmt: skip
    link = tied(goal, framework)
    assert sign_in(bram).get(reverse("climb:goal", args=[goal.pk])).status_code == 404
    shared(running_relation, at, goal)
    page = seen(sign_in(bram), "goal", goal.pk)
    assert OWN_WORDS in page
    assert reverse("climb:framework_link", args=[link.pk]) not in page
    assert reverse("climb:framework_choose", args=[goal.pk]) not in page
    assert OWN_WORDS in seen(sign_in(noor), "preview_thing", running_relation.pk, goal.pk)
    assert sign_in(stan).get(reverse("climb:goal", args=[goal.pk])).status_code == 404


def test_v1_a_coach_cannot_tie_reword_or_untie(
    noor: Person, bram: Person, goal: Goal, framework: Framework, running_relation: Relation, sign_in: SignIn, at: datetime
) -> None:  # fmt: skip
    link = tied(goal, framework)
    shared(running_relation, at, goal)
    client = sign_in(bram)
    with pytest.raises(Denied):
        link_to_framework(goal, of_code(framework, "1.1"), by=bram, at=at)
    with pytest.raises(Denied):
        remove(link, by=bram, at=at)
    for name, *args in (
        ("framework_choose", goal.pk),
        ("framework_browse", goal.pk, framework.pk),
        ("framework_link_new", goal.pk, of_code(framework, "1.1").pk),
        ("framework_link", link.pk),
        ("framework_unlink", link.pk),
    ):
        address = reverse(f"climb:{name}", args=args)
        assert client.get(address).status_code == 404
        assert client.post(address, {"text": "Van mij"}).status_code in (404, 405)
    link.refresh_from_db()
    assert (link.text, link.removed_at, FrameworkLink.objects.count()) == (OWN_WORDS, None, 1)


def test_v6_coordinator_and_administrator_see_no_link_and_no_count_of_links(
    noor: Person, vera: Person, ines: Person, goal: Goal, framework: Framework, sign_in: SignIn
) -> None:
    link = tied(goal, framework)
    version = framework.versions.get()
    pages = [
        reverse("programmes:frameworks", args=[framework.institution_id]),
        reverse("programmes:framework", args=[framework.pk]),
        reverse("programmes:framework_version", args=[version.pk]),
        reverse("basecamp:desk", args=[Programme.objects.get().pk]),
        reverse("climb:framework_overview"),
        reverse("climb:goal", args=[goal.pk]),
        reverse("climb:framework_link", args=[link.pk]),
    ]
    before = [[_plain(sign_in(person), page) for page in pages] for person in (vera, ines)]
    for code in ("1.1", "2.1"):
        tied(goal, framework, code)
    assert [[_plain(sign_in(person), page) for page in pages] for person in (vera, ines)] == before
    assert not any(OWN_WORDS in page or "Ik durf" in page for shown in before for page in shown)


def _plain(client: Client, address: str) -> str:
    """Return the text of a page, without its frame and its marks."""
    page = client.get(address).content.decode()
    main = page.split("<main")[-1].split("</main")[0].split("data-offline")[-1].split("</p>", 1)[-1]
    return re.sub(r"<[^>]*>", " ", main)


def test_c4_a_link_survives_a_new_version_without_its_goal_and_says_so_calmly(
    noor: Person, ines: Person, goal: Goal, framework: Framework, school: Institution, sign_in: SignIn
) -> None:
    tied(goal, framework, "1.2")
    tied(goal, framework, "1.1", text="")
    tree = [
        (code, parent, "Anders gezegd" if code == "1.1" else text)
        for code, parent, text in TREE
        if code != "1.2"
    ]
    brought_in(ines, school, as_file(case_package(tree)))
    page = seen(sign_in(noor), "goal", goal.pk)
    assert TREE[2][2] in page
    assert "Niet meer in de nieuwste versie. De band blijft." in page
    assert "Anders gezegd" in page
    assert f"1.1 {TREE[1][2]}" in page  # how it read when it was tied
    overview = seen(sign_in(noor), "framework_overview")
    assert "Niet meer in de nieuwste versie" in overview
    assert OWN_WORDS in overview


def test_c4_a_link_stays_when_its_framework_is_not_offered_any_more_or_gone(
    noor: Person, ines: Person, goal: Goal, framework: Framework, sign_in: SignIn
) -> None:
    tied(goal, framework)
    switch(framework.versions.get(), by=ines, at=now(), is_on=False)
    client = sign_in(noor)
    assert "Nu niet aangeboden door de school. De band blijft." in seen(client, "goal", goal.pk)
    assert TREE[2][2] in seen(client, "framework_overview")
    browse = reverse("climb:framework_browse", args=[goal.pk, framework.pk])
    assert client.get(browse).status_code == 404
    FrameworkGoal.objects.all().delete()
    framework.delete()
    assert TREE[2][2] in seen(client, "goal", goal.pk)
    assert "Van een andere plek" in seen(client, "framework_overview")


def test_somebody_without_a_programme_gets_a_kind_word_and_finds_nothing_of_other_schools(
    stan: Person, framework: Framework, sign_in: SignIn, at: datetime
) -> None:
    goal = write_goal(by=stan, at=at, text="Ik wil rust.")
    client = sign_in(stan)
    assert "Je hebt ze niet nodig om te klimmen." in seen(client, "framework_choose", goal.pk)
    assert "Je hebt ze niet nodig om te klimmen." in seen(client, "framework_overview")
    seen(client, "framework_browse", goal.pk, framework.pk, status=404)
    seen(client, "framework_link_new", goal.pk, of_code(framework, "1").pk, status=404)
    with pytest.raises(Denied):
        link_to_framework(goal, of_code(framework, "1"), by=stan, at=at)


def test_the_overview_shows_the_way_from_the_top_to_what_is_touched_and_nothing_else(
    noor: Person, goal: Goal, framework: Framework, sign_in: SignIn, at: datetime
) -> None:
    other = write_goal(by=noor, at=at, text="Ik luister beter.")
    tied(goal, framework, "1.2")
    tied(other, framework, "1.1")
    tied(other, framework, "1.2", text="")
    page = _plain(sign_in(noor), reverse("climb:framework_overview"))
    places = [
        page.index(said)
        for said in ("Samenwerken", TREE[1][2], "Ik luister beter.", TREE[2][2], "Ik durf iets")
    ]
    assert places == sorted(places)
    assert "Zorg dragen" not in page


def test_v5_v16_v17_the_overview_has_no_percentage_no_count_and_no_reproach(
    noor: Person, goal: Goal, framework: Framework, sign_in: SignIn
) -> None:
    tied(goal, framework)
    page = _plain(sign_in(noor), reverse("climb:framework_overview"))
    assert not any(sign in page for sign in ("%", "/5", "van de 5", "nog 4", "te laat", "ontbreek"))


def test_the_overview_and_the_goal_ask_as_much_for_three_links_as_for_one(
    noor: Person, ines: Person, school: Institution, sign_in: SignIn, at: datetime
) -> None:
    client, counts = sign_in(noor), []
    goal = write_goal(by=noor, at=at, text="Ik durf.")
    for title in ("Een", "Twee", "Drie"):
        framework = brought_in(ines, school, as_csv(), title=title).framework
        assert framework is not None
        tied(goal, framework, "1.1")
        one = []
        for address in (reverse("climb:framework_overview"), reverse("climb:goal", args=[goal.pk])):
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            one.append(len(asked))
        counts.append(one)
    assert counts[0] == counts[2]
    assert counts[0][0] <= 12


def test_browsing_costs_at_most_twelve_questions(
    noor: Person, goal: Goal, framework: Framework, sign_in: SignIn
) -> None:
    client = sign_in(noor)
    address = reverse("climb:framework_browse", args=[goal.pk, framework.pk])
    for where in ({}, {"under": "0"}, {"words": "de student"}):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address, where).status_code == 200
        assert len(asked) <= 12


def test_p4_links_go_along_and_live_on_where_the_framework_is_not(
    noor: Person, goal: Goal, framework: Framework, sign_in: SignIn, at: datetime
) -> None:
    tied(goal, framework)
    content = content_in(make_file(by=noor, at=now()))
    Goal.objects.all().delete()
    FrameworkLink.objects.all().delete()
    Framework.objects.all()
    there = make_person("Noortje")
    plan: Any = bring_back(content, by=there, at=now())
    assert len(plan.comes) == 2
    assert TREE[2][2] in seen(sign_in(there), "goal", goal.pk)


def test_markup_and_long_words_are_only_text(
    noor: Person, goal: Goal, framework: Framework, sign_in: SignIn
) -> None:
    client, wanted = sign_in(noor), of_code(framework, "1")
    sent(client, "framework_link_new", goal.pk, wanted.pk, text="<script>x</script> 🧗")
    assert "&lt;script&gt;x" in seen(client, "goal", goal.pk)
    long = sent(client, "framework_link_new", goal.pk, of_code(framework, "2").pk, text="o" * 20_001)
    assert long.status_code == 200
    assert FrameworkLink.objects.count() == 1

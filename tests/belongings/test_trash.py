"""The trash: what was put away can be taken back for thirty days, and is then erased by itself (C14, P5)."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from klimtouw.access.decide import Denied
from klimtouw.belongings import queries
from klimtouw.belongings.actions import (
    AnotherStandsThere,
    erase,
    erase_what_lay_long_enough,
    keep,
    remove,
    reword,
    share,
    take_back,
)
from klimtouw.belongings.models import Share, Thing, Version
from klimtouw.belongings.trash import in_trash
from klimtouw.climb.actions.route import add_route, add_stage, add_step
from klimtouw.climb.models import (
    ChoiceMoment,
    CompassAnswer,
    Dream,
    Entry,
    Goal,
    Route,
    RoutePicture,
    Stage,
    Step,
)
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation, WorkCard
from klimtouw.replies.models import Reply, Suggestion

SignIn = Callable[[Person], Client]
DAY = timedelta(days=1)


def page_of(client: Client) -> str:
    """Return the trash as its owner sees it."""
    return client.get(reverse("belongings:trash")).content.decode()


def one_of_each_kind(by: Person, relation: Relation, at: datetime) -> list[Thing]:
    """Keep one thing of every kind that has words; the test below fails for a kind that is not here."""
    goal = keep(Goal, by=by, at=at, text="doel")
    stage = add_stage(goal, by=by, at=at, text="etappe")
    made: list[Thing] = [goal, stage, add_step(stage, by=by, at=at, text="stap")]
    other = add_route(goal, by=by, at=at, name="omweg")
    made += [other, keep(RoutePicture, by=by, at=at, route=other, day=localdate(at), text="1. etappe")]
    fields = {"question": "matters"}
    here = {"relation": relation}
    some: dict[str, dict[str, object]] = {
        "compass_answer": fields,
        "starting_answer": {"question": "can"},
        "expectation": {**here, "question": "why_me"},
        "common_ground": here,
        "image_check": here,
        "jotting": here,
        "practice_note": {"practice": "sam-zwijgt"},
        "support_look": {**here, "area": "gevoel", "gets": "tijd"},
        "closing_look": {**here, "question": "zeggen"},
        "handover_letter": here,
        "needs_wishes_limits": {**here, "needs": "rust"},
        "free_hours": {"hours": "1 09:00-10:00", "ends_on": localdate(at)},
        "work_card": {"how_i_work": "traag"},
        "reply": {"reply_kind": "support"},
        "preparation_line": {"line_kind": "proud"},
        "evidence": {"on": goal, "caption": "bewijs", "sort": "link"},
        "framework_link": {"whole": goal, "goal": goal, "framework": goal.pk, "identifier": "a"},
    }
    some["option"] = {"whole": keep(ChoiceMoment, by=by, at=at, question="keuze")}
    some["choice_moment"] = {"question": "keuze"}
    for kind, model in queries.kinds().items():
        if kind in ("goal", "route", "route_picture", "stage", "step"):
            continue
        words = (
            {}
            if kind
            in ("evidence", "free_hours", "needs_wishes_limits", "support_look", "work_card", "choice_moment")
            else {"text": kind}
        )
        made.append(keep(model, by=by, at=at, **words, **some.get(kind, {})))
    return made


def test_every_kind_of_thing_can_be_put_away_found_in_the_trash_and_taken_back(
    running_relation: Relation, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    things = one_of_each_kind(noor, running_relation, at)
    assert {thing.kind for thing in things} == set(queries.kinds())
    client = sign_in(noor)
    for thing in reversed(things):  # what is inside first
        remove(thing, by=noor, at=at)
        page = page_of(client)
        assert str(thing.pk) in page
        assert thing.title in page  # type: ignore[attr-defined]  # every kind has a title
        answer = client.post(reverse("belongings:take_back", args=[thing.pk]))
        assert answer.status_code == 302
        assert Thing.objects.get(pk=thing.pk).removed_at is None
    assert "De prullenmand is leeg" in page_of(client)


def test_the_trash_says_in_plain_words_when_it_goes(noor: Person, sign_in: SignIn) -> None:
    at = datetime.fromisoformat("2026-03-02T10:00:00+01:00")
    dream = keep(Dream, by=noor, at=at, text="Ver weg.")
    remove(dream, by=noor, at=at)
    page = page_of(sign_in(noor))
    assert "Na 30 dagen wordt het vanzelf gewist, voorgoed." in page
    assert "Wordt vanzelf gewist op 1 april 2026." in page


def test_the_daily_round_erases_after_thirty_days_with_versions_and_shares_and_not_a_day_sooner(
    running_relation: Relation, noor: Person
) -> None:
    at = datetime.fromisoformat("2026-11-22T23:30:00+01:00")
    running_relation.work_bond.seats.update(opens_at=at - DAY, closes_at=None)
    dream = keep(Dream, by=noor, at=at, text="Ver weg.")
    dream = reword(dream, by=noor, at=at, seen=1, text="Verder weg.")
    share(dream, onto=running_relation.work_bond, by=noor, at=at)
    kept = keep(Dream, by=noor, at=at, text="Blijft.")
    remove(dream, by=noor, at=at)
    remove(dream, by=noor, at=at + DAY)  # a second press does not begin the days anew
    assert erase_what_lay_long_enough(at=datetime.fromisoformat("2026-12-21T23:59:00+01:00")) == 0
    assert erase_what_lay_long_enough(at=datetime.fromisoformat("2026-12-22T00:01:00+01:00")) == 1
    assert erase_what_lay_long_enough(at=datetime.fromisoformat("2026-12-22T00:02:00+01:00")) == 0
    assert list(Thing.objects.all()) == [Thing.objects.get(pk=kept.pk)]
    assert not Version.objects.exists()
    assert not Share.objects.exists()
    assert Line.objects.filter(owner_id=noor.pk, act="erased", about_id=dream.pk).count() == 1


def test_a_long_trash_is_erased_some_at_a_time(
    noor: Person, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("klimtouw.belongings.actions.ERASED_AT_A_TIME", 2)
    for number in range(5):
        remove(keep(Dream, by=noor, at=at, text=f"droom {number}"), by=noor, at=at)
    assert erase_what_lay_long_enough(at=at + 31 * DAY) == 5
    assert not Thing.objects.exists()


def test_a_goal_goes_and_comes_back_with_its_route_and_is_erased_with_it(noor: Person, at: datetime) -> None:
    goal = keep(Goal, by=noor, at=at, text="doel")
    stage = add_stage(goal, by=noor, at=at, text="etappe")
    add_step(stage, by=noor, at=at, text="stap")
    remove(goal, by=noor, at=at)
    assert [row.thing for row in in_trash(noor).rows] == [goal]
    assert not Route.objects.kept().exists()
    take_back(goal, by=noor, at=at)
    assert Route.objects.kept().exists()
    erase(goal, by=noor, at=at)
    assert not Thing.objects.exists()


def test_a_part_taken_back_while_its_whole_still_lies_in_the_trash_says_so_and_comes_into_sight_with_it(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    goal = keep(Goal, by=noor, at=at, text="doel")
    stage = add_stage(goal, by=noor, at=at, text="etappe")
    remove(stage, by=noor, at=at)
    remove(goal, by=noor, at=at + DAY)
    client = sign_in(noor)
    assert "Dit staat in iets dat hier ook ligt: route." in page_of(client)
    page = client.post(reverse("belongings:take_back", args=[stage.pk]), follow=True).content.decode()
    assert "maar die plaats (route) ligt nog in de prullenmand" in page
    assert Stage.objects.kept().exists()
    page = client.post(reverse("belongings:take_back", args=[goal.pk]), follow=True).content.decode()
    assert "Het is terug." in page
    route = Route.objects.get()
    assert "etappe" in client.get(reverse("climb:route", args=[route.pk])).content.decode()


def test_a_step_says_that_its_stage_lies_in_the_trash(noor: Person, sign_in: SignIn, at: datetime) -> None:
    stage = add_stage(keep(Goal, by=noor, at=at, text="doel"), by=noor, at=at, text="etappe")
    step = add_step(stage, by=noor, at=at, text="stap")
    remove(step, by=noor, at=at)
    remove(stage, by=noor, at=at)
    assert "Dit staat in iets dat hier ook ligt: etappe." in page_of(sign_in(noor))
    erase(stage, by=noor, at=at)
    assert not Step.objects.exists()


def test_what_there_is_one_of_does_not_come_back_over_what_was_written_since(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    old = keep(WorkCard, by=noor, at=at, how_i_work="vroeger")
    remove(old, by=noor, at=at)
    new = keep(WorkCard, by=noor, at=at, how_i_work="nu")
    with pytest.raises(AnotherStandsThere):
        take_back(old, by=noor, at=at)
    client = sign_in(noor)
    page = client.post(reverse("belongings:take_back", args=[old.pk]), follow=True).content.decode()
    assert "Je schreef intussen iets anders op die plaats." in page
    assert list(WorkCard.objects.kept()) == [new]
    first = keep(CompassAnswer, by=noor, at=at, question="matters", text="eerst")
    remove(first, by=noor, at=at)
    keep(CompassAnswer, by=noor, at=at, question="dream", text="andere vraag")
    take_back(first, by=noor, at=at)


def test_putting_away_offers_undo_at_once_and_undo_asks_for_one_button(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    dream = keep(Dream, by=noor, at=at, text="Ver weg.")
    client, undo = sign_in(noor), reverse("belongings:take_back", args=[dream.pk])
    page = client.post(reverse("climb:put_away", args=[dream.pk]), follow=True).content.decode()
    assert f'<a href="{undo}" data-ask>Ongedaan maken</a>' in page
    assert "Dit terugnemen?" in client.get(undo).content.decode()
    assert not Dream.objects.kept().exists()
    client.post(undo)
    assert Dream.objects.kept().exists()


def test_only_its_owner_sees_takes_back_or_erases(
    running_relation: Relation, noor: Person, bram: Person, stan: Person, sign_in: SignIn, at: datetime
) -> None:
    dream = keep(Dream, by=noor, at=at, text="Ver weg.")
    share(dream, onto=running_relation.work_bond, by=noor, at=at)
    for other in (bram, stan):
        for act in (erase, take_back, remove):
            with pytest.raises(Denied):
                act(dream, by=other, at=at)
        assert sign_in(other).post(reverse("belongings:erase", args=[dream.pk])).status_code == 404
    remove(dream, by=noor, at=at)
    assert "Ver weg." not in page_of(sign_in(bram))
    assert sign_in(bram).post(reverse("belongings:take_back", args=[dream.pk])).status_code == 404


def test_v1_a_coach_erases_nothing_of_a_coachee(
    running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    goal = keep(Goal, by=noor, at=at, text="doel")
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    with pytest.raises(Denied):
        erase(goal, by=bram, at=at)
    assert Goal.objects.exists()


def test_erasing_asks_once_says_what_goes_and_a_second_press_finds_nothing(
    noor: Person, sign_in: SignIn, at: datetime
) -> None:
    entry = keep(Entry, by=noor, at=at, text="<b>Vandaag</b>")
    entry = reword(entry, by=noor, at=at, seen=1, text="<b>Gisteren</b>")
    client, address = sign_in(noor), reverse("belongings:erase", args=[entry.pk])
    page = client.get(address).content.decode()
    assert "&lt;b&gt;Gisteren" in page
    assert "Wat anderen erover schreven, is van hen." in page
    assert Entry.objects.exists()
    assert "Voorgoed gewist." in client.post(address, follow=True).content.decode()
    assert client.post(address).status_code == 404
    assert not Thing.objects.exists()
    assert not Version.objects.exists()


def test_what_a_coach_wrote_stays_with_the_coach_when_its_subject_is_erased(
    running_relation: Relation, noor: Person, bram: Person, sign_in: SignIn, at: datetime
) -> None:
    goal = keep(Goal, by=noor, at=at, text="doel")
    share(goal, onto=running_relation.work_bond, by=noor, at=at)
    reply = keep(Reply, by=bram, at=at, about_id=goal.pk, reply_kind="support", text="Knap.")
    suggestion = keep(Suggestion, by=bram, at=at, about_id=goal.pk, text="Of zo?")
    for given in (reply, suggestion):
        share(given, onto=running_relation.work_bond, by=bram, at=at)
    erase(goal, by=noor, at=at)
    for given, words in ((reply, "Knap."), (suggestion, "Of zo?")):
        for reader in (bram, noor):
            page = sign_in(reader).get(reverse("replies:given", args=[given.pk]))
            assert words in page.content.decode()
            assert "is door de eigenaar gewist" in page.content.decode()
        for name in ("share", "versions", "looks_at"):
            assert sign_in(bram).get(reverse(f"belongings:{name}", args=[given.pk])).status_code == 200
    for name in ("park", "leave", "reopen"):
        address = reverse(f"replies:{name}", args=[suggestion.pk])
        assert sign_in(noor).get(address).status_code == 200
        assert sign_in(noor).post(address).status_code == 302
    take = reverse("climb:take_suggestion", args=[suggestion.pk])
    assert sign_in(noor).get(take).status_code == 404
    assert sign_in(bram).get(reverse("climb:follow", args=[running_relation.pk])).status_code == 200
    assert sign_in(noor).get(reverse("belongings:looks")).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_the_trash_asks_the_database_as_often_for_one_as_for_three(
    rows: int, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    stage = add_stage(keep(Goal, by=noor, at=at, text="doel"), by=noor, at=at, text="etappe")
    for _ in range(rows):
        remove(keep(Dream, by=noor, at=at, text="droom"), by=noor, at=at)
        remove(add_step(stage, by=noor, at=at, text="stap"), by=noor, at=at)
    client = sign_in(noor)
    page_of(client)
    with CaptureQueriesContext(connection) as asked:
        page_of(client)
    assert len(asked) == 6


def test_fifty_lie_on_a_page_and_the_rest_on_the_next(noor: Person, sign_in: SignIn, at: datetime) -> None:
    for number in range(51):
        remove(keep(Dream, by=noor, at=at, text=f"droom-{number}-"), by=noor, at=at + number * DAY)
    client, trash = sign_in(noor), reverse("belongings:trash")
    first = page_of(client)
    assert "droom-50-" in first
    assert "droom-0-" not in first
    second = client.get(f"{trash}?page=2").content.decode()
    assert "droom-0-" in second
    assert "droom-50-" not in second
    for odd in ("0", "-1", "abc", "99999999999999", "²"):
        assert client.get(trash, {"page": odd}).status_code == 200


def test_what_was_erased_in_another_tab_cannot_be_taken_back(noor: Person, at: datetime) -> None:
    dream = keep(Dream, by=noor, at=at, text="Ver weg.")
    remove(dream, by=noor, at=at)
    erase(dream, by=noor, at=at)
    with pytest.raises(Thing.DoesNotExist):
        take_back(dream, by=noor, at=at)

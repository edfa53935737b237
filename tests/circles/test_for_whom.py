"""For whom: my circle stands beside my coach, per item, until a day, and revocable at once (C9, G3)."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from klimtouw.belongings.actions import keep, share
from klimtouw.belongings.models import Share
from klimtouw.belongings.queries import coaches_of, companions_of
from klimtouw.belongings.readers import readers_of, sentence_for
from klimtouw.circles.choices import CircleState
from klimtouw.circles.models import Circle, CirclePlace
from klimtouw.climb.models import Entry, Goal
from klimtouw.people import keyring
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation
from klimtouw.takeaway.erasing import erase_everything
from tests.circles.stories import make_circle
from tests.stories import make_person

SignIn = Callable[[Person], Client]


def test_c9_something_is_shared_with_the_circle_until_a_day_and_no_longer(
    running_relation: Relation,
    noor: Person,
    bram: Person,
    amir: Person,
    vera: Person,
    sign_in: SignIn,
    at: datetime,
) -> None:
    circle = make_circle(vera, [noor, amir, bram], at - timedelta(days=1), name="Kring Kade")
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    page = sign_in(noor).get(reverse("belongings:share", args=[goal.pk])).content.decode()
    assert "mijn kring Kring Kade" in page and "Bram" in page
    until = localdate(at) + timedelta(days=10)
    sent = {"bond": str(circle.bond_id), "until": until.isoformat()}
    said = sign_in(noor).post(reverse("belongings:share", args=[goal.pk]), sent, follow=True).content.decode()
    assert "Je kring kan dit nu lezen" in said
    assert "Jij en de mensen van Kring Kade (Amir, Bram en Vera, tot" in said
    assert Goal.objects.visible_to(amir, at + timedelta(hours=1)).get() == goal
    assert not Goal.objects.visible_to(amir, at + timedelta(days=12)).exists()
    sign_in(noor).post(reverse("belongings:share", args=[goal.pk]), {**sent, "stop": "1"})
    assert not Goal.objects.visible_to(amir, at + timedelta(hours=1)).exists()
    assert sentence_for(goal, at + timedelta(hours=1)) == "Alleen jij kan dit lezen."
    assert coaches_of(noor, at) == [bram]
    other = make_circle(amir, [bram, vera], at)  # not hers: nothing can be shared there
    refused = sign_in(noor).post(reverse("belongings:share", args=[goal.pk]), {"bond": str(other.bond_id)})
    assert refused.status_code == 200 and not Share.objects.filter(revoked_at=None).exists()


def test_c9_v12_stopping_says_that_somebody_still_reads_it_another_way(
    running_relation: Relation, noor: Person, bram: Person, amir: Person, sign_in: SignIn, at: datetime
) -> None:
    circle = make_circle(
        bram, [noor, amir], at - timedelta(days=1)
    )  # Bram is her coach, and guides her circle
    goal = keep(Goal, by=noor, at=at, text="Ik durf.")
    still = "Bram kan het nog op een andere manier lezen"
    work = running_relation.work_bond
    client, page = sign_in(noor), reverse("belongings:share", args=[goal.pk])
    listed = reverse("climb:stop_sharing", args=[goal.pk, running_relation.pk])
    for where, sent in ((page, {"bond": str(work.pk), "stop": "1"}), (listed, {})):
        for bond in (work, circle.bond):
            share(goal, onto=bond, by=noor, at=at)
        said = client.post(where, sent, follow=True).content.decode()
        assert still in said and "Bram kan het niet meer lezen" not in said
        assert Goal.objects.visible_to(bram, at + timedelta(hours=1)).exists()
    share(goal, onto=work, by=noor, at=at)
    stop = {"bond": str(circle.bond_id), "stop": "1"}
    said = client.post(page, stop, follow=True).content.decode()
    assert "Je deelt dit niet meer met deze kring" in said and "Je kring kan dit niet meer lezen" not in said
    said = client.post(page, {"bond": str(work.pk), "stop": "1"}, follow=True).content.decode()
    assert "Bram kan het niet meer lezen" in said and "Alleen jij kan dit lezen" in said


def test_c9_at_the_end_of_writing_the_circle_is_offered_and_only_me_stands_first(
    noor: Person, bram: Person, amir: Person, vera: Person, sign_in: SignIn, at: datetime
) -> None:
    circle = make_circle(bram, [noor, amir, vera], at - timedelta(days=1), name="Kring Kade")
    new = reverse("climb:entry_new")
    form = sign_in(noor).get(new).context["whom"]
    key = f"circle-{circle.bond_id}"
    assert [value for value, _label in form.fields["for_whom"].choices] == ["", key]
    id = str(sign_in(noor).get(new).context["form"]["id"].value())
    sign_in(noor).post(new, {"id": id, "text": "Vandaag lukte het.", "for_whom": key})
    entry = Entry.objects.get()
    later = at + timedelta(minutes=5)
    assert Entry.objects.visible_to(amir, later).get() == entry
    Share.objects.update(revoked_at=at)
    again = {"id": id, "text": "Vandaag lukte het.", "for_whom": key}
    said = sign_in(noor).post(new, again, follow=True).content.decode()  # the back button
    assert "Je kring kan dit nu lezen" not in said and "Alleen jij kan dit lezen" in said
    assert not Entry.objects.visible_to(amir, later).exists()
    sign_in(noor).post(new, {"text": "Nog iets.", "for_whom": f"circle-{id}"})  # a circle she is not in
    assert Entry.objects.count() == 2 and Share.objects.count() == 1


def test_who_reads_is_said_in_one_sentence_for_one_and_for_twelve_and_costs_the_same(
    noor: Person, bram: Person, at: datetime
) -> None:
    small = make_circle(bram, [noor, make_person("Sam")], at, name="Klein")
    members = [
        make_person(name)
        for name in ("Abe", "Bas", "Cis", "Dre", "Eva", "Fee", "Gus", "Hes", "Ivo", "Jet", "Kim")
    ]
    large = make_circle(bram, [noor, *members], at, name="Groot")
    one, many = (keep(Goal, by=noor, at=at, text="Ik durf.") for _ in range(2))
    share(one, onto=small.bond, by=noor, at=at, until=at + timedelta(days=3))
    share(many, onto=large.bond, by=noor, at=at)
    sentence = sentence_for(many, at)
    assert sentence.startswith("Jij en de mensen van Groot (Abe, Bas, Bram, Cis, Dre, Eva, Fee,")
    assert "Jet en Kim, tot " in sentence and sentence.endswith(") kunnen dit lezen.")
    with translation.override("en"):
        assert sentence_for(one, at).startswith("You and the people of Klein (Bram and Sam, until ")
    costs = []
    for things in ([one], [one, many]):
        keyring.forget()
        with CaptureQueriesContext(
            connection,
        ) as asked:
            readers_of(things, at)
        costs.append(len(asked))
    assert costs[0] == costs[1] <= 3


def test_p5_who_erases_everything_leaves_every_circle_and_the_others_go_on(
    noor: Person, bram: Person, amir: Person, vera: Person, stan: Person, at: datetime
) -> None:
    running = make_circle(bram, [noor, amir, vera], at - timedelta(days=1))
    guided = make_circle(noor, [bram, amir, vera], at - timedelta(days=1), name="Van Noor")
    forming = make_circle(noor, [stan], at - timedelta(days=1), state=CircleState.FORMING)
    goal = keep(Goal, by=amir, at=at, text="Van Amir.")
    share(goal, onto=running.bond, by=amir, at=at)
    erase_everything(noor, by=noor, at=at)
    assert not CirclePlace.objects.filter(person=noor).exists()
    assert Goal.objects.visible_to(vera, at).get() == goal
    assert Circle.objects.get(pk=guided.pk).facilitator is None
    states = dict(Circle.objects.values_list("pk", "state"))
    assert states == {running.pk: "running", guided.pk: "running", forming.pk: "ended"}
    assert "Van Noor" in [
        circle.name for circle in Circle.objects.all()
    ]  # the words of all stay with the others
    assert companions_of(Person.objects.get(pk=noor.pk), at) == []

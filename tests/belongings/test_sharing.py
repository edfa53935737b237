"""Sharing by hand: odd days, and what putting away does to it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse

from klimtouw.belongings.actions import keep, remove, share, take_back
from klimtouw.belongings.models import Share
from klimtouw.climb.models import Dream
from klimtouw.ledger.models import Line
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation

SignIn = Callable[[Person], Client]


def test_a_day_beyond_every_contract_shares_for_a_year_at_most(
    running_relation: Relation, noor: Person, sign_in: SignIn, at: datetime
) -> None:
    dream = keep(Dream, by=noor, at=at, text="Ver weg")
    sent = {"bond": running_relation.work_bond_id, "until": "9999-12-31"}
    assert sign_in(noor).post(reverse("belongings:share", args=[dream.pk]), sent).status_code == 302
    until = Share.objects.get().until
    assert until is not None
    assert until < at + timedelta(days=368)


def test_v12_putting_away_stops_the_sharing_and_taking_back_starts_nothing(
    running_relation: Relation, noor: Person, bram: Person, at: datetime
) -> None:
    dream = keep(Dream, by=noor, at=at, text="Ver weg")
    share(dream, onto=running_relation.work_bond, by=noor, at=at)
    remove(dream, by=noor, at=at)
    take_back(dream, by=noor, at=at)
    assert Dream.objects.visible_to(noor, at).kept().exists()
    assert not Dream.objects.visible_to(bram, at).exists()
    acts = Line.objects.filter(owner_id=noor.pk).order_by("number").values_list("act", flat=True)
    assert list(acts) == ["shared", "revoked"]

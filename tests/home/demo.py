"""What the tests of the demo look at: somebody, what stands in it and what was written in it."""

import json
from collections import Counter
from datetime import datetime
from typing import Any

from django.apps import apps

from klimtouw.belongings.models import Thing
from klimtouw.belongings.queries import in_full
from klimtouw.belongings.words import words_of
from klimtouw.people.models import Person
from klimtouw.relations.models import Relation


def somebody(first_name: str) -> Person:
    """Return one person of the demo."""
    return Person.objects.get(display_name__startswith=f"{first_name} ")


def relation_of(first_name: str) -> Relation:
    """Return the relation in which Bram coaches somebody."""
    return Relation.objects.get(coachee=somebody(first_name), coach=somebody("Bram"))


def every_row() -> Counter[str]:
    """Count the rows of every table."""
    return Counter({model._meta.label: model._default_manager.count() for model in apps.get_models()})


def every_text() -> list[str]:
    """Return everything anybody in the demo wrote."""
    things = in_full(Thing.objects.all())
    return sorted(json.dumps(words_of(thing), ensure_ascii=False) for thing in things)


def others_things(person: Person, at: datetime) -> list[Any]:
    """Return what this person can read of others."""
    return in_full(Thing.objects.visible_to(person, at).kept().exclude(owner=person))

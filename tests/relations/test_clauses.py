"""Clauses: the presets of each kind of school, and who sees what, made from the policy."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from klimtouw.access.decide import LINE_OF
from klimtouw.access.page import who_sees_what
from klimtouw.access.table import Action, Hat
from klimtouw.people.models import Person
from klimtouw.programmes.choices import InstitutionKind
from klimtouw.programmes.models import Programme
from klimtouw.programmes.presets import clauses_for
from klimtouw.relations.choices import State
from klimtouw.relations.models import Relation
from tests.stories import make_relation


@pytest.fixture
def relation(noor: Person, bram: Person, programme: Programme, at: datetime) -> Relation:
    """It clicked between Noor and Bram; there is no contract yet."""
    return make_relation(noor, bram, State.CONTRACTING, at, programme)


def page(client: Client, name: str, relation: Relation) -> str:
    """Return a page of a relation as text."""
    answer = client.get(reverse(f"relations:{name}", args=[relation.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


NAMES = {"coachee": "Noor", "coach": "Bram"}
EVERY_PRESET = [(kind, language) for kind in (None, *InstitutionKind) for language in ("nl", "en")]


@pytest.mark.parametrize(("kind", "language"), EVERY_PRESET)
def test_v23_no_preset_promises_professional_or_absolute_secrecy(
    kind: InstitutionKind | None, language: str
) -> None:
    text = " ".join(clauses_for(kind, language, **NAMES)).lower()
    for promise in (
        "beroepsgeheim",
        "geheim blijft",
        "professional secrecy",
        "altijd geheim",
        "volledig",
        "absolute",
        "100",
    ):
        assert promise not in text
    assert "{" not in text
    said_openly = {"nl": "kan bram dus niet beloven", "en": "bram cannot promise"}[language]
    assert said_openly in text
    told_first = {"nl": "bram zegt dat eerst aan noor", "en": "bram tells noor first"}[language]
    assert told_first in text


@pytest.mark.parametrize(("kind", "language"), EVERY_PRESET)
def test_presets_are_short_plain_sentences(kind: InstitutionKind | None, language: str) -> None:
    text = "\n".join(clauses_for(kind, language, **NAMES))
    lengths = [len(sentence.split()) for sentence in re.split(r"[.?!:;]\s|\n", text) if sentence.split()]
    assert max(lengths) <= 20
    assert sum(lengths) / len(lengths) <= 12


@pytest.mark.parametrize("kind", InstitutionKind)
def test_the_preset_speaks_of_the_learner_as_that_school_does(kind: InstitutionKind) -> None:
    text = " ".join(clauses_for(kind, "nl", **NAMES))
    is_secondary = kind in (InstitutionKind.BE_SECONDARY, InstitutionKind.NL_VO)
    assert ("leerling" in text) == is_secondary
    assert (" student" in text) == (not is_secondary)


def test_a_name_with_braces_breaks_no_clause() -> None:
    assert "{0} en {x}" in clauses_for(None, "nl", coachee="{0}", coach="{x}")[0]


def test_the_clauses_of_the_school_stand_in_the_first_draft_in_the_language_of_the_reader(
    relation: Relation, noor: Person, bram: Person, sign_in: Callable[[Person], Client]
) -> None:
    bram.language = "en"
    bram.save()
    assert "blijft tussen Noor en Bram" in page(sign_in(noor), "contract_draft", relation)
    assert "stays between Noor and Bram" in page(sign_in(bram), "contract_draft", relation)


def test_v6_v23_who_sees_what_comes_from_the_policy_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    told = dict(who_sees_what("nl"))
    assert told == {
        "de eigenaar": "Leest de tekst.",
        "de coach, zodra het gedeeld is": "Leest de tekst.",
        "de coachee, zodra het gedeeld is": "Leest de tekst.",
        "wie de kring begeleidt, zodra het in de kring gedeeld is": "Leest de tekst.",
        "de leden van een kring, zodra het in de kring gedeeld is": "Leest de tekst.",
        "de coördinator": "Leest niets van wat jullie schrijven. Mag namen, toestanden en aantallen van een "
        "opleiding zien, nooit wat iemand schreef; een kring voorstellen: namen, en verder niets.",
        "de beheerder": "Leest niets van wat jullie schrijven. Mag kaderdoelen invoeren uit een bestand, of een versie niet meer"
        " aanbieden; zeggen hoe lang afgelopen coachrelaties blijven, en vanaf welke leeftijd iemand zelf instemt.",
        "de beoordelaar": "Leest niets van wat jullie schrijven.",
    }
    opened = replace(LINE_OF[Action.READ], hats=LINE_OF[Action.READ].hats | {Hat.ADMINISTRATOR})
    monkeypatch.setitem(LINE_OF, Action.READ, opened)
    assert dict(who_sees_what("en"))["the administrator"].startswith("Reads the text.")


def test_who_sees_what_stands_on_the_contract_and_cannot_be_typed_over(
    relation: Relation, noor: Person, sign_in: Callable[[Person], Client]
) -> None:
    for name in ("contract", "contract_draft"):
        assert "Leest niets van wat jullie schrijven." in page(sign_in(noor), name, relation)

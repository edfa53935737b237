"""The clauses of two fellow students: what is passed on when there is a worry, and to whom (G1, V23)."""

import re
from datetime import datetime

import pytest

from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.programmes.peer_preset import peer_clauses
from klimtouw.programmes.presets import Language
from klimtouw.relations.choices import State
from klimtouw.relations.clauses import first_clauses
from tests.peers.stories import make_peer_relation


@pytest.mark.parametrize("language", ["nl", "en"])
def test_v23_a_peer_coach_says_what_is_passed_on_to_whom_and_promises_no_absolute_secrecy(
    language: Language,
) -> None:
    clauses = peer_clauses(language, coachee="{0} Noor", coach="Amir", behind="Bram")
    text = " ".join(clauses)
    assert "{0} Noor" in text
    for promise in ("beroepsgeheim", "professional secrecy", "altijd geheim", "ambtsgeheim", "absolute"):
        assert promise not in text.lower()
    first, then, behind = {
        "nl": ("Amir zegt dat eerst aan", "Daarna praat de peercoach met Bram", "Bram leest niets"),
        "en": ("Amir tells", "Then the peer coach talks to Bram", "Bram reads nothing"),
    }[language]
    assert text.index(first) < text.index(then) < text.index(behind)
    lengths = [len(one.split()) for one in re.split(r"[.?!:;]\s|\n", "\n".join(clauses)) if one.split()]
    assert max(lengths) <= 20
    assert sum(lengths) / len(lengths) <= 12


def test_the_first_draft_of_a_peer_relation_starts_from_these_clauses(
    noor: Person, amir: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    relation = make_peer_relation(noor, amir, bram, programme, State.CONTRACTING, at)
    assert first_clauses(relation, "nl") == peer_clauses("nl", coachee="Noor", coach="Amir", behind="Bram")
    relation.responsible = None
    assert "een coach van de opleiding" in " ".join(first_clauses(relation, "nl"))

"""What somebody takes along of their way to peer coach: the rungs, the words, and the signed document (P4, G2)."""

import json
from datetime import datetime, timedelta

from klimtouw.peers.credential import public_keys
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.takeaway.package.contents import content_of
from tests.peers.outside_checker import check
from tests.peers.stories import make_peer_coach


def test_rungs_words_and_document_go_along_with_their_owner_alone(
    amir: Person, bram: Person, programme: Programme, at: datetime
) -> None:
    make_peer_coach(amir, bram, programme, at)
    own = content_of(amir, at, [])["places"][0]["peers"]
    assert {rung["words"] for rung in own["rungs"]} == {
        "Over cards", "Over practice-talk", "Over observed-talk", "Over supervision",
    }  # fmt: skip
    (attestation,) = own["attestations"]
    soon = at + timedelta(seconds=2)
    assert check(attestation["document"], fingerprint=public_keys()[0]["kid"], at=soon)
    of_trainer = json.dumps(content_of(bram, at, []))
    assert "Over cards" not in of_trainer
    assert "Amir" not in of_trainer

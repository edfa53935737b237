"""The signed document, held against a checker from outside that shares no code with us; and the public pages (G2)."""

import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from klimtouw.peers.models import Attestation, Withdrawn
from klimtouw.peers.signing_keys import SigningKeysRefused, rotate_signing_key, signing_keys
from klimtouw.people.models import Person
from klimtouw.programmes.models import Programme
from klimtouw.relations.actions.peers import give_up_attestation, revoke_attestation
from tests.peers.outside_checker import NotGood, check
from tests.peers.stories import A_YEAR, make_peer_coach

SignIn = Callable[[Person], Client]


@pytest.fixture(autouse=True)
def key_file(settings: Settings, tmp_path: Path) -> Path:
    """A key of its own for each test; made once, it is the same file everywhere in it."""
    settings.SIGNING_KEYS = ""
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "signing.keys"
    return Path(settings.SIGNING_KEY_FILE)


@pytest.fixture
def attestation(amir: Person, bram: Person, programme: Programme, at: datetime) -> Attestation:
    """What Bram attested of Amir."""
    return make_peer_coach(amir, bram, programme, at)[0]


def fingerprint(client: Client) -> str:
    """Return the fingerprint of the newest key, as anybody finds it."""
    return str(client.get(reverse("peers:keys")).json()["keys"][0]["kid"])


def forged(document: str, change: Callable[[Any, Any], None], key: rsa.RSAPrivateKey | None = None) -> str:
    """Change the header and the claims; with a key, sign it again and put that key in the header."""
    header, claims = (json.loads(base64.urlsafe_b64decode(f"{part}==")) for part in document.split(".")[:2])
    change(header, claims)
    if key:
        numbers = key.public_key().public_numbers()
        header["jwk"] = {"kty": "RSA", "e": "AQAB", "n": _pack(numbers.n.to_bytes(256, "big"))}
    body = f"{_pack(json.dumps(header).encode())}.{_pack(json.dumps(claims).encode())}"
    seal = key.sign(body.encode(), padding.PKCS1v15(), hashes.SHA256()) if key else b""
    return f"{body}.{_pack(seal)}" if key else f"{body}.{document.split('.')[2]}"


def _pack(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _rename(header: Any, claims: Any) -> None:
    claims["credentialSubject"]["identifier"][0]["identityHash"] = "Stan"


def test_the_document_checks_out_offline_and_a_forged_changed_or_expired_one_does_not(
    attestation: Attestation, amir: Person, at: datetime, sign_in: SignIn
) -> None:
    client = sign_in(amir)
    answer = client.get(reverse("peers:document", args=[attestation.pk]))
    document, known = answer.content.decode(), fingerprint(Client())
    assert "attachment" in answer["Content-Disposition"]
    found = check(document, fingerprint=known, at=at + timedelta(seconds=2))
    assert found["credentialSubject"]["identifier"][0]["identityHash"] == "Amir"
    assert [one["name"] for one in found["evidence"]] and "Over " not in json.dumps(found)
    assert str(amir.pk) not in json.dumps(found)
    assert amir.email not in json.dumps(found)

    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    nothing = lambda header, claims: None  # noqa: E731
    bad = {
        "changed": forged(document, _rename),
        "longer": forged(document, lambda _header, claims: claims.update(exp=claims["exp"] + 1)),
        "another key": forged(document, _rename, other),
        "another key, nothing changed": forged(document, nothing, other),
        "no algorithm": forged(document, lambda header, _claims: header.update(alg="none")),
        "cut": document[:-6],
        "no jwt": "touw",
    }
    for what, one in bad.items():
        with pytest.raises(NotGood):
            check(one, fingerprint=known, at=at + timedelta(seconds=2))
            pytest.fail(what)
    for moment in (at - timedelta(hours=1), at + A_YEAR + timedelta(seconds=1)):
        with pytest.raises(NotGood, match="not valid at this moment"):
            check(document, fingerprint=known, at=moment)


def test_a_revoked_or_given_up_document_stands_in_the_public_list_by_its_number_alone(
    attestation: Attestation, amir: Person, bram: Person, programme: Programme, at: datetime, sign_in: SignIn
) -> None:
    document = sign_in(amir).get(reverse("peers:document", args=[attestation.pk])).content.decode()
    known = fingerprint(Client())
    soon = at + timedelta(seconds=2)
    status = Client().get(reverse("peers:withdrawn")).json()
    assert check(document, fingerprint=known, at=soon, withdrawn=status)
    revoke_attestation(attestation, by=bram, at=soon)
    page = Client().get(reverse("peers:withdrawn"))
    assert page.json()["revokedCredentials"] == [{"id": attestation.pk.urn, "revoked": True}]
    assert "Amir" not in page.content.decode()
    with pytest.raises(NotGood, match="withdrawn"):
        check(document, fingerprint=known, at=soon, withdrawn=page.json())
    assert sign_in(amir).get(reverse("peers:document", args=[attestation.pk])).status_code == 404
    again = Attestation.objects.create(
        owner=amir, attested_by=bram, school="x", programme_name="y", valid_from=at, valid_until=at + A_YEAR
    )
    give_up_attestation(again, by=amir, at=at + A_YEAR - timedelta(days=1))
    assert Withdrawn.objects.count() == 2
    assert {field.name for field in Withdrawn._meta.get_fields()} == {"id", "valid_until"}


def test_only_its_owner_downloads_it_and_anybody_reads_the_keys(
    attestation: Attestation, bram: Person, vera: Person, sign_in: SignIn
) -> None:
    for who in (bram, vera):
        for name in ("attestation", "document"):
            assert sign_in(who).get(reverse(f"peers:{name}", args=[attestation.pk])).status_code == 404
    keys = Client().get(reverse("peers:keys")).json()["keys"]
    assert all(set(key) == {"kty", "e", "n", "kid"} for key in keys)
    one = Client().get(reverse("peers:key", args=[keys[0]["kid"]]))
    assert one.json() == keys[0]
    assert Client().get(reverse("peers:key", args=["niets"])).status_code == 404
    assert keys[0]["kid"] in Client().get(reverse("peers:about")).content.decode()


def test_after_a_rotation_both_keys_are_public_and_earlier_documents_still_check_out(
    attestation: Attestation, amir: Person, at: datetime, sign_in: SignIn, key_file: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    address = reverse("peers:document", args=[attestation.pk])
    before, first = sign_in(amir).get(address).content.decode(), fingerprint(Client())
    call_command("signing_key", "rotate")
    keys = [key["kid"] for key in Client().get(reverse("peers:keys")).json()["keys"]]
    assert capsys.readouterr().out.split() == keys
    assert (len(keys), keys[1]) == (2, first)
    about = Client().get(reverse("peers:about")).content.decode()
    assert (
        0 < about.index(keys[0]) < about.index(keys[1])
    )  # who holds an earlier document finds its key as well
    later = at + timedelta(seconds=2)
    assert check(before, fingerprint=first, at=later)
    after = sign_in(amir).get(address).content.decode()
    assert check(after, fingerprint=keys[0], at=later)
    with pytest.raises(NotGood, match="another key"):
        check(after, fingerprint=first, at=later)
    assert key_file.stat().st_mode & 0o077 == 0


def test_a_key_that_cannot_be_used_is_refused_in_a_sentence(settings: Settings, key_file: Path) -> None:
    assert len(signing_keys()) == 1
    settings.SIGNING_KEYS = key_file.read_text()
    assert len(signing_keys()) == 1
    with pytest.raises(SigningKeysRefused, match="KLIMTOUW_SIGNING_KEYS"):
        rotate_signing_key()
    settings.SIGNING_KEYS = "touw"
    with pytest.raises(SigningKeysRefused, match="holds no key"):
        signing_keys()
    settings.SIGNING_KEYS = "-----BEGIN PRIVATE KEY-----\ntouw\n-----END PRIVATE KEY-----"
    with pytest.raises(SigningKeysRefused, match="cannot be read"):
        signing_keys()

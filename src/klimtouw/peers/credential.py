"""The signed document of an attestation: an Open Badges 3.0 AchievementCredential as a VC-JWT.

Open Badges 3.0, section 8.2 (JSON Web Token proof): the credential itself is the payload, beside the registered claims; the
public key travels along in the header (`jwk`), so that whoever has the fingerprint of our key needs no network to check it.
"Badge" is only in the name of the standard: nothing here is a reward (V5).
"""

import json
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from klimtouw.peers.choices import Step
from klimtouw.peers.models import Attestation, Rung, Withdrawn
from klimtouw.peers.signing_keys import signing_keys

Json = dict[str, Any]

CONTEXT = [
    "https://www.w3.org/ns/credentials/v2",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
]


def signed(attestation: Attestation, rungs: Sequence[Rung]) -> str:
    """Return the document as a compact JWT, signed with the newest key."""
    key = signing_keys()[0]
    jwk = _jwk(key)
    header = {"alg": "RS256", "typ": "JWT", "kid": _address("peers:key", fingerprint(jwk)), "jwk": jwk}
    body = f"{_packed(header)}.{_packed(_payload(attestation, rungs))}"
    return f"{body}.{_url64(key.sign(body.encode(), PKCS1v15(), SHA256()))}"


def public_keys() -> list[Json]:
    """Return every public key, the newest first, each known by its fingerprint."""
    return [{**jwk, "kid": fingerprint(jwk)} for jwk in map(_jwk, signing_keys())]


def fingerprint(jwk: Json) -> str:
    """Return by what a public key is known (RFC 7638)."""
    needed = json.dumps({name: jwk[name] for name in ("e", "kty", "n")}, separators=(",", ":"))
    return _url64(sha256(needed.encode()).digest())


def withdrawn_list(withdrawn: Sequence[Withdrawn]) -> Json:
    """Return the public list of what no longer holds: ids alone, no names, no reasons, no moments."""
    return {
        "id": _address("peers:withdrawn"),
        "type": "1EdTechRevocationList",
        "issuer": settings.SITE_ADDRESS,
        "revokedCredentials": [{"id": one.pk.urn, "revoked": True} for one in withdrawn],
    }


def _payload(attestation: Attestation, rungs: Sequence[Rung]) -> Json:
    credential = _credential(attestation, rungs)
    return {
        **credential,
        "iss": credential["issuer"]["id"],
        "jti": credential["id"],
        "sub": credential["credentialSubject"]["id"],
        "nbf": int(attestation.valid_from.timestamp()),
        "exp": int(attestation.valid_until.timestamp()),
    }


def _credential(attestation: Attestation, rungs: Sequence[Rung]) -> Json:
    return {
        "@context": CONTEXT,
        "id": attestation.pk.urn,
        "type": ["VerifiableCredential", "AchievementCredential"],
        "name": _("Attestation of training: peer coach"),
        "issuer": {"id": settings.SITE_ADDRESS, "type": ["Profile"], "name": attestation.school},
        "validFrom": _moment(attestation.valid_from),
        "validUntil": _moment(attestation.valid_until),
        "credentialSubject": _subject(attestation),
        "evidence": [_evidence(rung) for rung in rungs],
        "credentialStatus": {"id": _address("peers:withdrawn"), "type": "1EdTechRevocationList"},
    }


def _subject(attestation: Attestation) -> Json:
    return {
        "id": _holder(attestation.pk).urn,
        "type": ["AchievementSubject"],
        "identifier": [
            {
                "type": "IdentityObject",
                "identityType": "name",
                "hashed": False,
                "identityHash": attestation.owner.name,
            }
        ],
        "achievement": {
            "id": _address("peers:about"),
            "type": ["Achievement"],
            "achievementType": "Certificate",
            "inLanguage": get_language() or "nl",
            "name": _("Peer coach"),
            "description": _(
                "Trained in %(programme)s to coach fellow students as a peer coach, with a coach standing behind."
            )
            % {"programme": attestation.programme_name},
            "criteria": {"narrative": " ".join(step.about for step in Step)},
        },
    }


def _evidence(rung: Rung) -> Json:
    step = Step(rung.step)
    who_and_when = {"name": rung.attested_by.name, "day": localdate(rung.attested_at).isoformat()}
    return {
        "type": ["Evidence"],
        "name": str(step.label),
        "narrative": _("Attested by %(name)s on %(day)s.") % who_and_when,
    }


def _holder(id: UUID) -> UUID:
    """Return a name for the holder that is theirs in this one document, and leads to nobody's account."""
    return uuid5(id, "klimtouw holder")


def _address(name: str, *values: object) -> str:
    return f"{settings.SITE_ADDRESS}{reverse(name, args=values)}"


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _jwk(key: RSAPrivateKey) -> Json:
    numbers = key.public_key().public_numbers()
    return {"kty": "RSA", "e": _number(numbers.e), "n": _number(numbers.n)}


def _number(number: int) -> str:
    return _url64(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def _packed(content: Json) -> str:
    return _url64(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def _url64(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()

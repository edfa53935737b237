"""A small checker of Open Badges 3.0 credentials as somebody outside would write it, from the standard alone.

It shares no code with Klimtouw. What it knows: the document, the fingerprint of the issuer's key (on paper), the moment, and,
when there is a network, the list of what was withdrawn. Standards: RFC 7515 (JWS), RFC 7519 (JWT), RFC 7638 (thumbprint),
W3C Verifiable Credentials 2.0, Open Badges 3.0 §8.2 and 1EdTech Revocation List.
"""

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
URI = re.compile(r"(https?://|urn:uuid:)\S+")


class NotGood(Exception):
    """The document does not check out; the message says why."""


def check(
    document: str, *, fingerprint: str, at: datetime, withdrawn: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the credential in a document, or raise `NotGood`."""
    try:
        head, body, seal = document.strip().split(".")
        header, claims = json.loads(_bytes(head)), json.loads(_bytes(body))
        signature = _bytes(seal)
    except ValueError as fault:
        raise NotGood("no compact JWT") from fault
    _check_signature(header, f"{head}.{body}".encode("ascii"), signature, fingerprint)
    _check_shape(claims)
    _check_claims(claims, at)
    gone = {one["id"] for one in withdrawn["revokedCredentials"] if one["revoked"]} if withdrawn else set()
    if claims["id"] in gone:
        raise NotGood("withdrawn")
    return dict(claims)


def _check_signature(header: Any, signed: bytes, signature: bytes, fingerprint: str) -> None:
    if header.get("alg") != "RS256" or header.get("typ") != "JWT":
        raise NotGood("another algorithm")
    jwk = header.get("jwk", {})
    if set(jwk) & {"d", "p", "q"}:
        raise NotGood("a private key in a public place")
    canonical = json.dumps(
        {"e": jwk["e"], "kty": "RSA", "n": jwk["n"]}, separators=(",", ":"), sort_keys=True
    )
    thumb = base64.urlsafe_b64encode(hashlib.sha256(canonical.encode()).digest()).decode().rstrip("=")
    if thumb != fingerprint:
        raise NotGood("another key")
    number = {name: int.from_bytes(_bytes(jwk[name]), "big") for name in ("e", "n")}
    try:
        rsa.RSAPublicNumbers(number["e"], number["n"]).public_key().verify(
            signature, signed, padding.PKCS1v15(), hashes.SHA256()
        )
    except InvalidSignature as fault:
        raise NotGood("the signature does not fit") from fault


def _check_shape(claims: Any) -> None:
    """Hold the credential against what Open Badges 3.0 requires of an AchievementCredential."""
    faults = [
        name
        for name, fits in {
            "@context": claims.get("@context", [])[:1] == ["https://www.w3.org/ns/credentials/v2"]
            and any("purl.imsglobal.org/spec/ob/v3p0/context" in one for one in claims["@context"]),
            "id": URI.fullmatch(claims.get("id", "")),
            "type": {"VerifiableCredential", "AchievementCredential"} <= set(claims.get("type", [])),
            "name": isinstance(claims.get("name"), str),
            "issuer": URI.fullmatch(claims["issuer"]["id"]) and "Profile" in claims["issuer"]["type"],
            "validFrom": MOMENT.fullmatch(claims.get("validFrom", "")),
            "validUntil": MOMENT.fullmatch(claims.get("validUntil", "")),
            "subject": "AchievementSubject" in claims["credentialSubject"]["type"],
            "identifier": all(
                {"type", "identityHash", "identityType", "hashed"} <= set(one)
                for one in claims["credentialSubject"].get("identifier", [])
            ),
            "achievement": _is_achievement(claims["credentialSubject"]["achievement"]),
            "evidence": all("Evidence" in one["type"] for one in claims.get("evidence", [])),
            "status": claims["credentialStatus"]["type"] == "1EdTechRevocationList",
            "no result": "result" not in claims["credentialSubject"],
        }.items()
        if not fits
    ]
    if faults:
        raise NotGood(f"not an achievement credential: {faults}")


def _is_achievement(one: Any) -> bool:
    needed = {"id", "type", "criteria", "description", "name"}
    return needed <= set(one) and "Achievement" in one["type"] and bool(one["criteria"].get("narrative"))


def _check_claims(claims: Any, at: datetime) -> None:
    same = (
        claims["iss"] == claims["issuer"]["id"],
        claims["jti"] == claims["id"],
        claims["sub"] == claims["credentialSubject"]["id"],
        claims["nbf"] == _seconds(claims["validFrom"]),
        claims["exp"] == _seconds(claims["validUntil"]),
    )
    if not all(same):
        raise NotGood("the claims say something else than the credential")
    if not claims["nbf"] <= at.timestamp() < claims["exp"]:
        raise NotGood("not valid at this moment")


def _seconds(text: str) -> int:
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def _bytes(text: str) -> bytes:
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)

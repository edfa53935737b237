"""The shape of the data in a package, as a JSON Schema: it lies in every package, and it is what an import is held against.

It follows from the models, so that a kind of thing that is added later has its shape here by itself.
"""

from typing import Any

from django.db import models

from klimtouw.belongings.models import Thing
from klimtouw.belongings.queries import kinds
from klimtouw.people.models import Person
from klimtouw.takeaway.package.fields import Field, fields_of, margins_of, refers, texts_of
from klimtouw.takeaway.package.names import FORMAT, VERSION
from klimtouw.takeaway.package.queries import SETTINGS

Shape = dict[str, Any]

LARGEST_NUMBER = 2**31 - 1
TEXT: Shape = {"type": "string"}
KEY: Shape = {"type": "string", "format": "uuid"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
DAY: Shape = {"type": "string", "format": "date"}
NUMBER: Shape = {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER}
LONG_NUMBER: Shape = {"type": "integer", "minimum": 0, "maximum": 2**63 - 1}
YES_OR_NO: Shape = {"type": "boolean"}


def or_nothing(shape: Shape) -> Shape:
    """Return the shape that may also be null."""
    return {"anyOf": [shape, {"type": "null"}]}


def every(shape: Shape) -> Shape:
    """Return a list of this shape."""
    return {"type": "array", "items": shape}


def exactly(optional: tuple[str, ...] = (), /, **properties: Shape) -> Shape:
    """Return an object with these properties and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in optional],
        "additionalProperties": False,
    }


def schema() -> Shape:
    """Return the schema of the whole."""
    things = {name: every({"$ref": f"#/$defs/{name}"}) for name in sorted(kinds())}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Klimtouw leaving package",
        **exactly(
            format={"const": FORMAT},
            version={"const": VERSION},
            made=exactly(at=MOMENT, place=TEXT, by=TEXT),
            account=exactly(id=KEY, address=TEXT, joined_at=MOMENT, settings=_settings()),
            things={
                "type": "object",
                "properties": things,
                "additionalProperties": every({"$ref": "#/$defs/of_unknown_kind"}),
            },
            places=every({"$ref": "#/$defs/place"}),
        ),
        "$defs": {
            **{name: _thing(kind) for name, kind in sorted(kinds().items())},
            "of_unknown_kind": _own(_scalars(), _texts(), _texts()),
            "place": _place(),
        },
    }


def _settings() -> Shape:
    shapes = {name: _plain(Person._meta.get_field(name)) for name in SETTINGS}
    return exactly(("has_mirror",), **shapes)  # packages of before the mirror have none


def _texts() -> Shape:
    return {"type": "object", "additionalProperties": TEXT}


def _scalars() -> Shape:
    return {"type": "object", "additionalProperties": {"type": ["string", "integer", "boolean", "null"]}}


def _thing(kind: type[Thing]) -> Shape:
    fields = fields_of(kind)
    shapes = {field.name: shape_of(field) for field in fields}
    optional = tuple(field.name for field in fields if field.null or field.has_default())
    texts = texts_of(kind)
    margins = margins_of(kind)
    return _own(exactly(optional, **shapes), _all_of(texts), _all_of(margins))


def _all_of(names: list[str]) -> Shape:
    return exactly(tuple(names), **dict.fromkeys(names, TEXT))


def _own(fields: Shape, words: Shape, margin: Shape) -> Shape:
    version = exactly(number=NUMBER, written_at=MOMENT, words=_texts())
    return exactly(
        ("margin",),
        id=KEY,
        created_at=MOMENT,
        changed_at=MOMENT,
        removed_at=or_nothing(MOMENT),
        version=NUMBER,
        whole=or_nothing(KEY),
        fields=fields,
        words=words,
        margin=margin,
        versions=every({**version, "additionalProperties": _scalars()["additionalProperties"]}),
    )


def shape_of(field: Field) -> Shape:
    """Return the shape of the value of one field. Raises `TypeError` for a sort of field the package does not know yet."""
    target = refers(field)
    shape = _plain(target._meta.pk) if target is not None else _plain(field)
    return or_nothing(shape) if field.null else shape


def _plain(field: Any) -> Shape:
    shape = next((shape for sort, shape in SHAPES if isinstance(field, sort)), None)
    if shape is None:
        raise TypeError(f"the package does not know how to write a {type(field).__name__} ({field.name})")
    if field.choices:
        return {**shape, "enum": [value for value, _label in field.flatchoices]}
    return {**shape, "maxLength": field.max_length} if field.max_length and shape is TEXT else shape


SHAPES: tuple[tuple[type, Shape], ...] = (
    (models.OneToOneField, KEY),
    (models.UUIDField, KEY),
    (models.DateTimeField, MOMENT),
    (models.DateField, DAY),
    (models.BooleanField, YES_OR_NO),
    (models.IntegerField, NUMBER),
    (models.CharField, TEXT),
)


def _place() -> Shape:
    """Return the shape of what stands around things in one place; it is kept as it came and never brought to life."""
    person = exactly(id=KEY, name=TEXT)
    look = exactly(
        owner_id=KEY, number=LONG_NUMBER, at=MOMENT, by_id=KEY, hat=TEXT, act=TEXT, about_id=KEY, previous=TEXT, digest=TEXT
    )  # fmt: skip
    share = exactly(
        thing=KEY, since=MOMENT, until=or_nothing(MOMENT), revoked_at=or_nothing(MOMENT), relation=or_nothing(KEY),
        **{"with": every(KEY)},
    )  # fmt: skip
    request = exactly(
        ("promised_on",), thing=KEY, relation=KEY, state=TEXT, asked_at=MOMENT, by_day=or_nothing(DAY), promised_on=or_nothing(DAY)
    )  # fmt: skip
    invitation = exactly(
        id=KEY, inviter_side=TEXT, email=TEXT, message=TEXT, how_known=TEXT, sent_at=MOMENT, expires_at=MOMENT
    )
    given = exactly(
        kind=TEXT, by=KEY, id=KEY, created_at=MOMENT, changed_at=MOMENT, version=NUMBER, whole=or_nothing(KEY),
        fields=_scalars(), words=_texts(),
    )  # fmt: skip
    rung = exactly(step=TEXT, attested_by=TEXT, attested_at=MOMENT, words=TEXT)
    attestation = exactly(id=KEY, attested_by=TEXT, valid_from=MOMENT, valid_until=MOMENT, document=TEXT)
    return exactly(
        ("requests", "peers", "circles"),  # packages of before they were there are read as well
        account=KEY,
        as_of=MOMENT,
        people=every(person),
        relations=every(_relation()),
        circles=every(_circle()),
        memberships=every(exactly(hat=TEXT, programme=TEXT, institution=TEXT)),
        invitations=every(invitation),
        shares=every(share),
        requests=every(request),
        peers=exactly(rungs=every(rung), attestations=every(attestation)),
        looks=every(look),
        words_of_others=every(given),
    )


def _relation() -> Shape:
    contract = exactly(
        id=KEY, number=NUMBER, starts_on=DAY, ends_on=DAY, talks=NUMBER, rhythm=TEXT, availability=TEXT,
        coachee_may_expect=TEXT, coach_may_expect=TEXT, drafted_by=KEY, drafted_at=MOMENT, in_force_at=or_nothing(MOMENT),
        clauses=every(TEXT), signatures=every(exactly(person=KEY, signed_at=MOMENT)),
    )  # fmt: skip
    talk = exactly(
        id=KEY, state=TEXT, proposed_by=KEY, proposed_at=MOMENT, place=TEXT, minutes=NUMBER,
        starts_at=or_nothing(MOMENT), revision=NUMBER, moments=every(MOMENT),
    )  # fmt: skip
    return exactly(
        id=KEY, coachee=KEY, coach=KEY, origin=TEXT, state=TEXT, programme=TEXT, has_double_hat=or_nothing(YES_OR_NO),
        started_at=MOMENT, ended_at=or_nothing(MOMENT), contracts=every(contract), talks=every(talk),
    )  # fmt: skip


def _circle() -> Shape:
    agreement = exactly(
        number=NUMBER, starts_on=DAY, ends_on=DAY, in_force_at=or_nothing(MOMENT), clauses=every(TEXT), signed_at=MOMENT
    )  # fmt: skip
    return exactly(
        id=KEY, name=TEXT, state=TEXT, facilitates=YES_OR_NO, has_double_hat=YES_OR_NO, started_at=MOMENT,
        agreements=every(agreement),
    )  # fmt: skip

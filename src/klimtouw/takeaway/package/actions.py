"""Take everything along, and bring it back: in one transaction, or not at all."""

import json
from base64 import b64decode
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from klimtouw.access.decide import demand
from klimtouw.access.table import Action
from klimtouw.belongings.models import Version
from klimtouw.belongings.queries import kinds
from klimtouw.foundation.text import on_one_line
from klimtouw.people.actions import change_settings
from klimtouw.people.models import Person
from klimtouw.people.register import hold
from klimtouw.takeaway.choices import ParcelState, Way
from klimtouw.takeaway.models import Brought, Parcel
from klimtouw.takeaway.package.contents import in_json
from klimtouw.takeaway.package.fields import OddValue, margins_of, read_fields, texts_of
from klimtouw.takeaway.package.filing import FileDoesNotFit, keep_files
from klimtouw.takeaway.package.opening import NotAPackage
from klimtouw.takeaway.package.planning import Plan, plan_of
from klimtouw.takeaway.package.queries import Content, loose_of, number_of_things
from klimtouw.takeaway.package.tasks import make_parcel

KEPT_FOR = timedelta(days=1)
TAKES_AT_MOST = timedelta(minutes=10)


# Bringing back.


@transaction.atomic
def bring_back(content: Content, *, by: Person, at: datetime, with_settings: bool = False) -> Plan:
    """Bring back what a package holds and is not here yet; a second time changes nothing. Raises `NotAPackage`.

    Everything comes back private (V12), with its own id, moments and versions.
    """
    demand(by, Action.TAKE_ALONG, by, at)
    hold(by)
    plan = plan_of(content, by, at)
    try:
        with transaction.atomic():
            for kind, thing in plan.comes:
                _keep_again(kind, thing, by, lost=plan.references.get(thing["id"], {}))
            for kind, thing in plan.grows:
                _grow(kind, thing, by)
            _keep_versions([thing for _kind, thing in plan.comes], by)
            keep_files(plan.comes, content, by)
    except FileDoesNotFit as fault:
        raise NotAPackage(str(fault)) from fault
    except (IntegrityError, OddValue) as odd:
        raise NotAPackage(
            _("The things in this package do not fit together. Nothing was brought in.")
        ) from odd
    _keep_what_has_no_place(plan, by, at)
    for place in plan.places:
        _keep_place(UUID(place["account"]), place, by, datetime.fromisoformat(place["as_of"]))
    if with_settings and plan.settings:
        name = on_one_line(plan.settings["display_name"])
        change_settings(person=by, by=by, at=at, **{**plan.settings, "display_name": name})
    return plan


def _keep_again(kind: str, thing: Content, by: Person, *, lost: Content) -> None:
    model = kinds()[kind]
    values = read_fields(model, {**thing["fields"], **dict.fromkeys(lost)})
    texts = {**thing["words"], **thing.get("margin", {})}
    row = model(id=UUID(thing["id"]), owner=by, kind=kind, **_of_every_thing(thing), **values, **texts)
    row.fit_in()
    row.save(force_insert=True)


def _of_every_thing(thing: Content) -> Content:
    moments = {
        name: datetime.fromisoformat(thing[name]) if thing[name] else None
        for name in ("created_at", "changed_at", "removed_at")
    }
    return {
        **moments,
        "version": thing["version"],
        "whole_id": UUID(thing["whole"]) if thing["whole"] else None,
    }


def _grow(kind: str, thing: Content, by: Person) -> None:
    """Give a thing the newer wording, and the versions in between; where it stands and what it hangs on stay as they are here."""
    model = kinds()[kind]
    row = model.objects.select_for_update().get(pk=thing["id"])
    before = row.version
    row.version, row.changed_at = thing["version"], datetime.fromisoformat(thing["changed_at"])
    texts = {name: thing["words"].get(name, "") for name in texts_of(model)}
    texts |= {name: thing.get("margin", {}).get(name, "") for name in margins_of(model)}
    for name, text in texts.items():
        setattr(row, name, text)
    row.save(update_fields=[*texts, "version", "changed_at"])
    newer = [version for version in thing["versions"] if version["number"] >= before]
    _keep_versions([{**thing, "versions": newer}], by)


def _keep_versions(things: Iterable[Content], by: Person) -> None:
    rows = [
        Version(
            thing_id=UUID(thing["id"]),
            owner=by,
            number=version["number"],
            words=json.dumps(version["words"], ensure_ascii=False),
            written_at=datetime.fromisoformat(version["written_at"]),
            **{name: str(version[name]) for name in margins_of(Version) if name in version},
        )
        for thing in things
        for version in thing["versions"]
    ]
    Version.objects.bulk_create(rows, batch_size=500)


def _keep_what_has_no_place(plan: Plan, by: Person, at: datetime) -> None:
    """Keep what cannot live here, so that it goes along again; what found its place meanwhile is not kept twice."""
    if not (plan.loose or plan.references or plan.comes):
        return
    before = loose_of(by)
    placed = {thing["id"] for _kind, thing in plan.comes} | {thing["id"] for _kind, thing in plan.loose}
    things: dict[str, list[Content]] = {
        kind: [thing for thing in found if thing["id"] not in placed]
        for kind, found in before.get("things", {}).items()
    }
    for kind, thing in plan.loose:
        things.setdefault(kind, []).append(thing)
    content = {
        "things": {kind: sorted(found, key=_by_id) for kind, found in things.items() if found},
        "references": {**before.get("references", {}), **plan.references},
    }
    if content != before and any(content.values()):
        _keep_place(by.pk, content, by, at)


def _by_id(thing: Content) -> str:
    return str(thing["id"])


def _keep_place(account: UUID, content: Content, by: Person, as_of: datetime) -> None:
    row = Brought.objects.filter(owner=by, account=account).first() or Brought(owner=by, account=account)
    row.as_of, row.content = as_of, in_json(content).decode()
    row.save()


# Parcels: a package too large to wait for, and one that was brought and waits for a yes.


@transaction.atomic
def keep_parcel(content: Content, *, by: Person, at: datetime) -> Parcel:
    """Keep what somebody brought, sealed, until they say yes; one at a time."""
    demand(by, Action.TAKE_ALONG, by, at)
    hold(by)
    Parcel.objects.filter(owner=by, way=Way.IN).delete()
    return Parcel.objects.create(
        owner=by, way=Way.IN, state=ParcelState.READY, asked_at=at, content=in_json(content).decode()
    )


@transaction.atomic
def ask_for_parcel(*, by: Person, at: datetime) -> Parcel:
    """Have a job make a package that is too large to wait for; asking again while it is being made gives the same one."""
    demand(by, Action.TAKE_ALONG, by, at)
    hold(by)
    mine = Parcel.objects.filter(owner=by, way=Way.OUT)
    if being_made := mine.filter(state=ParcelState.WAITING, asked_at__gt=at - TAKES_AT_MOST).first():
        return being_made
    mine.delete()
    parcel = Parcel.objects.create(owner=by, way=Way.OUT, asked_at=at, things=number_of_things(by))
    transaction.on_commit(partial(make_parcel.enqueue, str(parcel.pk)))
    return parcel


@transaction.atomic
def hand_over(parcel: Parcel, *, by: Person, at: datetime) -> bytes | None:
    """Return the finished package and forget it; None when it is not finished, or was handed over already."""
    demand(by, Action.TAKE_ALONG, parcel, at)
    ready = (
        Parcel.objects.select_for_update().filter(pk=parcel.pk, way=Way.OUT, state=ParcelState.READY).first()
    )
    if ready is None:
        return None
    file = b64decode(ready.content)
    ready.delete()
    return file


@transaction.atomic
def bring_back_parcel(parcel: Parcel, *, by: Person, at: datetime, with_settings: bool) -> Plan:
    """Bring back what was shown before, and forget the package. Raises `NotAPackage`."""
    demand(by, Action.TAKE_ALONG, parcel, at)
    plan = bring_back(json.loads(parcel.content), by=by, at=at, with_settings=with_settings)
    Parcel.objects.filter(pk=parcel.pk).delete()
    return plan


def forget_parcels(*, at: datetime) -> None:
    """Erase packages that nobody fetched or said yes to within a day."""
    Parcel.objects.filter(asked_at__lt=at - KEPT_FOR).delete()

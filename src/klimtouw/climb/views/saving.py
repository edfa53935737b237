"""What the pages of the climb have in common: saving words, and what the page of one thing may offer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.contrib import messages
from django.utils.translation import gettext as _

from klimtouw.access.decide import Somebody, may
from klimtouw.access.table import Action, Hat
from klimtouw.belongings.actions import ChangedMeanwhile, share_along
from klimtouw.belongings.eyes import Eyes
from klimtouw.belongings.forms import ThingForm
from klimtouw.belongings.models import Thing
from klimtouw.belongings.readers import only_you, sentence_for
from klimtouw.belongings.settling import settled
from klimtouw.climb.queries.climb import is_asked_about, kinds_beside, relation_to_follow
from klimtouw.people.requests import PersonRequest
from klimtouw.replies.actions_asking import ask_along
from klimtouw.replies.choices import TAKES_REQUESTS
from klimtouw.replies.forms_asking import ForWhom
from klimtouw.replies.queries import Beside, beside
from klimtouw.replies.queries_asking import AsSeen, coaches_to_ask, requests_as_seen
from klimtouw.replies.views_asking import say_who_was_asked

T = TypeVar("T", bound=Thing)


def readers_of_one(thing: Thing | None, at: datetime) -> str:
    """Say who can read one thing; what is not written yet can only be read by its writer."""
    return sentence_for(thing, at) if thing else only_you()


def saved(request: PersonRequest, form: ThingForm, save: Callable[[], T]) -> T | None:
    """Return the thing once it is saved, and say who can read it; None when the form must be shown.

    Changed meanwhile in another tab: the form then holds both texts, side by side.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        thing = settled(form, save, by=request.person, at=request.at)
    except ChangedMeanwhile as conflict:
        form.put_beside(conflict)
        return None
    messages.success(request, _("Saved. %(readers)s") % {"readers": sentence_for(thing, request.at)})
    return thing


def saved_for(request: PersonRequest, form: ThingForm, whom: ForWhom, write: Callable[[], T]) -> T | None:
    """Save something new; share it with the circle its writer chose, or with the coach who is asked for a reply (C9, C10)."""
    by, at = request.person, request.at
    onto = whom.circle.bond if whom.circle else None
    kept = saved(
        request, form, lambda: share_along(ask_along(write(), by=by, at=at, **whom.asks), onto, by=by, at=at)
    )
    # Of two texts side by side the other one was left standing: that one was not meant.
    if kept is not None and not form.keeps_the_other:
        say_who_was_asked(request, whom, kept)
    return kept


@dataclass(frozen=True)
class Standing:
    """What somebody is to one thing at this moment, asked once for all the questions of a page."""

    hats: frozenset[Hat]
    state_now: str

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Return the hats as they were asked."""
        return self.hats


OFFERED = {"may_write": Action.WRITE, "may_reply": Action.REPLY, "may_suggest": Action.SUGGEST}


def offered(thing: Thing, eyes: Eyes, hats: frozenset[Hat] | None = None) -> dict[str, Any]:
    """Return what the page of one thing offers: to its owner who can read it, to another reader the way back.

    An example offers nothing: in it, nobody acts (V25).
    """
    asked: dict[str, Any] = {
        "asked": requests_as_seen(thing, eyes.reader, eyes.at) if is_asked_about(thing) else []
    }
    if eyes.is_example:
        return {**dict.fromkeys(OFFERED, False), **asked, "readers": "", "back_to": None, "preview": eyes}
    hats = thing.hats_of(eyes.reader, eyes.at) if hats is None else hats
    standing = Standing(hats, thing.state_now)
    allowed: dict[str, Any] = {
        name: may(eyes.reader, action, standing, eyes.at) for name, action in OFFERED.items()
    } | asked
    if allowed["may_write"]:
        allowed["may_ask"] = has_somebody_to_ask(thing, eyes, asked["asked"])
        return {**allowed, "readers": sentence_for(thing, eyes.at), "back_to": None, "preview": None}
    return {**allowed, "readers": "", "back_to": relation_to_follow(thing), "preview": None}


def has_somebody_to_ask(thing: Thing, eyes: Eyes, asked: list[AsSeen]) -> bool:
    """Return whether there is a coach whom the owner did not ask about this yet."""
    if thing.kind not in TAKES_REQUESTS or thing.removed_at:
        return False
    already = {one.request.relation_id for one in asked}
    return any(relation.pk not in already for relation in coaches_to_ask(eyes.reader, eyes.at))


def laid_beside(thing: Thing, eyes: Eyes) -> Beside:
    """Return what coaches laid beside one thing, as far as it may be read through these eyes."""
    found = beside([thing], eyes.reader, eyes.at, kinds=kinds_beside(thing))
    return found[thing.pk].only(eyes.read_by_both)

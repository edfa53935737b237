"""Answer from a mail: one link, for one act, of one person, once, for a fortnight (E3; decision 15).

A package says beside its letters what can be answered from a mail, as an `Answer`. A link shows a page with one button;
the button does what the same person could do on a page, by the same action and the same policy. It signs nobody in.
"""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from django import forms
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.urls import reverse

from klimtouw.access.decide import Denied, Guarded, demand
from klimtouw.access.table import Action
from klimtouw.notices.kinds import Link
from klimtouw.notices.models import UsedLink
from klimtouw.notices.tokens import NotOurLink, Written, answer_token, written_in
from klimtouw.people.models import Person
from klimtouw.people.second_lock import page_of, the_house

T = TypeVar("T", bound=Guarded)
ON_A_MAIL = "mail"
"""What stands in the place of a browser beside words that were written from a mail."""


class NoLongerAsked(Exception):
    """What the link asks is not asked any more: it was answered, withdrawn, or the relation ended."""


class Closed(Exception):
    """The link does nothing (any more); `why` is one of `over`, `late`, `used` and `other`, and says nothing of anybody."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Question:
    """What the page of a link asks: a title, a sentence, and the words on its one button."""

    title: str
    text: str
    button: str
    further: Link | None = None
    """A page where there is more to see, for whoever signs in."""


@dataclass(frozen=True, kw_only=True)
class Answer(Generic[T]):
    """One thing that can be answered from a mail. Each part is asked anew at every visit, in the language of the person.

    `find` returns the thing or raises a DoesNotExist or `NoLongerAsked`; `ask` says what the page asks; `form` gives fields
    to fill in, if any; `act` does it, and returns a sentence that says what was done.
    """

    name: str
    action: Action
    find: Callable[[Person, datetime, UUID, str], T]
    ask: Callable[[Person, T, str], Question]
    act: Callable[[Person, datetime, T, str, Mapping[str, Any]], str]
    form: Callable[[Person, datetime, T, Any], forms.Form] | None = None

    def __post_init__(self) -> None:
        ANSWERS[self.name] = self


ANSWERS: dict[str, Answer[Any]] = {}


def answer_link(answer: str, words: str, to: Person, *, about: UUID, at: datetime, value: str = "") -> Link:
    """Return the link that lets somebody give the answer of this name from a mail."""
    return Link(words, reverse("notices:answer", args=[answer_token(answer, to, about, at, value)]))


@dataclass(frozen=True)
class Asked:
    """What a link asks, of whom, now."""

    answer: Answer[Any]
    person: Person
    written: Written
    at: datetime

    @property
    def acting(self) -> AbstractContextManager[None]:
        """Behind the same second lock as a page of this person."""
        return page_of(self.person.pk, self.at)

    def thing(self) -> Any:
        """Return what it is about, if this person may still do this; raises `Closed`."""
        try:
            thing = self.answer.find(self.person, self.at, self.written.about, self.written.value)
            demand(self.person, self.answer.action, thing, self.at)
        except (ObjectDoesNotExist, Denied, NoLongerAsked, ValueError) as nothing:
            raise Closed("over") from nothing
        return thing

    def question(self, thing: Any) -> Question:
        """Return what the page asks."""
        return self.answer.ask(self.person, thing, self.written.value)

    def form(self, thing: Any, data: Any) -> forms.Form:
        """Return the fields of the page; most have none, and then the button is enough."""
        return self.answer.form(self.person, self.at, thing, data) if self.answer.form else forms.Form(data)

    @transaction.atomic
    def do(self, thing: Any, filled_in: Mapping[str, Any]) -> str:
        """Do it, once; raises `Closed`, and then nothing was done."""
        with the_house():
            _link, is_first = UsedLink.objects.get_or_create(
                pk=self.written.mark, defaults={"until": self.written.until}
            )
        if not is_first:
            raise Closed("used")
        try:
            return self.answer.act(self.person, self.at, thing, self.written.value, filled_in)
        except (ObjectDoesNotExist, Denied, NoLongerAsked) as nothing:
            raise Closed("over") from nothing


def asked_by(token: str, visitor: Any, at: datetime) -> Asked:
    """Return what a link asks; raises `Closed` when it is not ours, too old, used, or somebody else is signed in here."""
    try:
        written = written_in(token)
    except NotOurLink as altered:
        raise Closed("over") from altered
    person = Person.objects.filter(pk=written.person, is_active=True).first()
    answer = ANSWERS.get(written.act)
    if person is None or answer is None:
        raise Closed("over")
    if visitor.is_authenticated and visitor.pk != person.pk:
        raise Closed("other")
    if at >= written.until:
        raise Closed("late")
    with the_house():
        if UsedLink.objects.filter(pk=written.mark).exists():
            raise Closed("used")
    person.device = ON_A_MAIL
    return Asked(answer, person, written, at)


def behind_the_lock(asked: Asked, visitor: Any) -> AbstractContextManager[None]:
    """Whoever is signed in as this person is behind the lock already; anybody else comes behind it now."""
    return nullcontext() if visitor.is_authenticated else asked.acting


def forget_used_links(at: datetime) -> int:
    """Forget the marks of links that are too old to be used again anyhow; return how many."""
    return UsedLink.objects.filter(until__lte=at).delete()[0]

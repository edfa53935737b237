"""A person: one account, whatever hats somebody wears."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.foundation.ids import new_id
from klimtouw.foundation.text import initials_of
from klimtouw.people.choices import Language, Pronouns, ReadingSize, ReadingSpacing, Theme

NO_HOST = "erased.invalid"
"""Where nobody has an address: names that end in .invalid lead nowhere (RFC 2606)."""


def no_address(id: UUID) -> str:
    """Return what stands in the place of the address of somebody who erased everything."""
    return f"{id}@{NO_HOST}"


class PersonManager(BaseUserManager["Person"]):
    """Make people; an e-mail address is one address whatever its capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """Make a person with an address and, when given, a password."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Find a person by address, whatever its capitals."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody who climbs, coaches, coordinates or several of these; the hats live in relations (R1)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail address"), max_length=254, unique=True)
    display_name = models.CharField(_("name"), max_length=80, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.DUTCH)
    pronouns = models.CharField(
        _("pronouns"), max_length=5, choices=Pronouns, blank=True, default=Pronouns.NONE
    )
    theme = models.CharField(_("colours"), max_length=5, choices=Theme, default=Theme.AUTO)
    reading_size = models.CharField(
        _("letters"), max_length=6, choices=ReadingSize, default=ReadingSize.NORMAL
    )
    reading_spacing = models.CharField(
        _("spacing"), max_length=6, choices=ReadingSpacing, default=ReadingSpacing.NORMAL
    )
    has_mirror = models.BooleanField(_("language mirror"), default=False)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    agreed_at = models.DateTimeField(null=True)
    """When this person said to be old enough, or that a parent or guardian agrees; no age and no date of birth (P6)."""

    device: str = ""
    """On what this person acts at this moment, as `people.devices` says it; known while a page of theirs is asked, never stored here."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="person_email_once"),)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How this person is called; the part before the @ until a name is given, and no name once everything is erased."""
        if not self.display_name and self.is_erased:
            return gettext("someone who erased everything")
        return self.display_name or self.email.split("@", 1)[0]

    @property
    def initials(self) -> str:
        """One or two letters for the avatar; who erased everything has none."""
        return initials_of("" if self.is_erased else self.name)

    @property
    def is_erased(self) -> bool:
        """Whether this person erased everything: the row stays without a name or an address, for what others keep (P5)."""
        return self.email == no_address(self.pk)

    @property
    def state_now(self) -> str:
        """A person has no state of a relation."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Everybody is the owner of their own pages, and of nobody else's."""
        is_self = isinstance(person, Person) and person.pk == self.pk
        return frozenset({Hat.OWNER}) if is_self else frozenset()

"""A person: one account, whatever hats somebody wears."""

from datetime import datetime
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.foundation.ids import new_id
from klimtouw.foundation.text import initials_of
from klimtouw.people.choices import Language, Pronouns, ReadingSize, ReadingSpacing, Theme


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
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

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
        """How this person is called; the part before the @ until a name is given."""
        return self.display_name or self.email.split("@", 1)[0]

    @property
    def initials(self) -> str:
        """One or two letters for the avatar."""
        return initials_of(self.name)

    @property
    def state_now(self) -> str:
        """A person has no state of a relation."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Everybody is the owner of their own pages, and of nobody else's."""
        is_self = isinstance(person, Person) and person.pk == self.pk
        return frozenset({Hat.OWNER}) if is_self else frozenset()

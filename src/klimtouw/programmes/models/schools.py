"""Schools, programmes, who arranges them, and the reference texts they may edit."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from klimtouw.access.decide import Somebody
from klimtouw.access.table import Hat
from klimtouw.foundation.ids import new_id
from klimtouw.people.models import Person
from klimtouw.programmes.choices import (
    CONSENT_AGE,
    FEWEST_MONTHS,
    KEPT_MONTHS,
    MOST_MONTHS,
    OLDEST_CONSENT,
    YOUNGEST_CONSENT,
    Country,
    InstitutionKind,
    MembershipHat,
)


class Institution(models.Model):
    """A school or college."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=16, choices=InstitutionKind)
    relations_kept_months = models.PositiveSmallIntegerField(default=KEPT_MONTHS)
    consent_age = models.PositiveSmallIntegerField(default=CONSENT_AGE)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(relations_kept_months__range=(FEWEST_MONTHS, MOST_MONTHS)),
                name="institution_keeps_relations_one_to_sixty_months",
            ),
            models.CheckConstraint(
                condition=Q(consent_age__range=(YOUNGEST_CONSENT, OLDEST_CONSENT)),
                name="institution_asks_consent_between_13_and_18",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def state_now(self) -> str:
        """An institution has no state of a relation."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Return what somebody is to a school: who belongs to one of its programmes, and the arranging hats worn there."""
        if not isinstance(person, Person):
            return frozenset()
        hats = Membership.objects.filter(programme__institution=self, person=person).values_list(
            "hat", flat=True
        )
        worn = {ARRANGING.get(MembershipHat(hat), Hat.IN_PROGRAMME) for hat in hats}
        return frozenset(worn | {Hat.IN_PROGRAMME}) if worn else frozenset()


class RuleChange(models.Model):
    """The rules of an institution changed at a moment: what they were, and what they became. The ledger knows by whom."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    kept_months_before = models.PositiveSmallIntegerField()
    kept_months = models.PositiveSmallIntegerField()
    consent_age_before = models.PositiveSmallIntegerField()
    consent_age = models.PositiveSmallIntegerField()

    class Meta:
        indexes = (models.Index(fields=["institution", "at"], name="rule_change_of_institution"),)

    def __str__(self) -> str:
        return f"rules of {self.institution_id} at {self.at}"

    @property
    def changes_months(self) -> bool:
        """Whether ended relations stay longer or shorter than before."""
        return self.kept_months != self.kept_months_before

    @property
    def changes_age(self) -> bool:
        """Whether the age changed from which somebody agrees alone."""
        return self.consent_age != self.consent_age_before

    @property
    def changes_something(self) -> bool:
        """Whether any rule is another one than before."""
        return self.changes_months or self.changes_age

    @property
    def in_words(self) -> str:
        """What became different, in a sentence or two, in the language of the page."""
        months = ngettext(
            "Ended relations stay %(after)s month. Before, it was %(before)s.",
            "Ended relations stay %(after)s months. Before, it was %(before)s.",
            self.kept_months,
        ) % {"after": self.kept_months, "before": self.kept_months_before}
        age = _("From %(after)s somebody agrees alone. Before, it was %(before)s.") % {
            "after": self.consent_age,
            "before": self.consent_age_before,
        }
        said = ((self.changes_months, months), (self.changes_age, age))
        return " ".join(sentence for is_so, sentence in said if is_so)


class Programme(models.Model):
    """A course of study within an institution."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    institution = models.ForeignKey(Institution, on_delete=models.CASCADE, related_name="programmes")
    name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.name

    @property
    def state_now(self) -> str:
        """A programme has no state of a relation."""
        return ""

    def hats_of(self, person: Somebody, at: datetime) -> frozenset[Hat]:
        """Return the arranging hats this person wears in this programme."""
        if not isinstance(person, Person):
            return frozenset()
        hats = Membership.objects.filter(programme=self, person=person).values_list("hat", flat=True)
        return frozenset(ARRANGING[MembershipHat(hat)] for hat in hats if hat in ARRANGING)


ARRANGING = {MembershipHat.COORDINATOR: Hat.COORDINATOR, MembershipHat.ADMINISTRATOR: Hat.ADMINISTRATOR}


class Membership(models.Model):
    """A person belongs to a programme, in a hat."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="memberships")
    hat = models.CharField(max_length=16, choices=MembershipHat)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "programme", "hat"], name="membership_once"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.hat} {self.programme_id}"


class HelpContact(models.Model):
    """Somebody to turn to; a contact without an institution is for everybody in its country (R12)."""

    country = models.CharField(max_length=2, choices=Country)
    institution = models.ForeignKey(Institution, null=True, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    about_nl = models.CharField(max_length=300)
    about_en = models.CharField(max_length=300)
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name

    @property
    def about(self) -> str:
        """What this contact is for, in the language of the page."""
        return self.about_en if get_language() == "en" else self.about_nl


class CoachRole(models.Model):
    """One of the six coach roles: reference data an institution may edit (T5)."""

    key = models.SlugField(primary_key=True)
    name_nl = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    help_nl = models.CharField(max_length=400)
    help_en = models.CharField(max_length=400)
    source = models.CharField(max_length=200)
    is_working_label = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Name of the role in the language of the page."""
        return self.name_en if get_language() == "en" else self.name_nl

    @property
    def help(self) -> str:
        """When this role helps, in the language of the page."""
        return self.help_en if get_language() == "en" else self.help_nl

"""Who is open for a new match: a name on the desk of one programme, and nothing else (R5)."""

from typing import ClassVar

from django.db import models

from klimtouw.people.models import Person
from klimtouw.people.row_lock import RowLock
from klimtouw.programmes.models.schools import Programme

OWN = "person_id = klimtouw_person()"
COORDINATES = (
    "programme_id IN (SELECT m.programme_id FROM programmes_membership m"
    " WHERE m.person_id = klimtouw_person() AND m.hat = 'coordinator')"
)


class OpenToMatch(models.Model):
    """Somebody asked for a new match. No reason, no answer, no history: it is there or it is not (V8, V9)."""

    ROW_LOCK: ClassVar = RowLock(read=f"{OWN} OR {COORDINATES}", add=OWN, change=OWN, erase=OWN)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person", "programme"], name="open_to_match_once_per_programme"),
        )

    def __str__(self) -> str:
        return f"{self.person_id} in {self.programme_id}"

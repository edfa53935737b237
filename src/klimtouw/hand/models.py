"""The one thing that is kept of the outstretched hand, and only because somebody answered."""

from django.db import models

from klimtouw.relations.models import Relation


class AllIsWell(models.Model):
    """When a coachee last answered a hand, and never how: from then on the weeks are counted anew. Gone as soon as a talk is
    proposed or held, and with the end of the relation (R11)."""

    relation = models.OneToOneField(Relation, on_delete=models.CASCADE, primary_key=True, related_name="+")
    said_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"answered in {self.relation_id}"

"""The register of erased people and relations: what has to be erased again when an old copy of the database is put back."""

from django.db import models


class Erased(models.Model):
    """Somebody who erased everything, or a relation whose key was destroyed: an id or a mark, and a moment, nothing else (P5).

    It travels in the keys file, never in the copy of the words, and is replayed after every restore.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    erased_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "register of erased people"

    def __str__(self) -> str:
        return f"{self.pk} erased"

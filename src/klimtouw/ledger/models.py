"""The ledger: append-only lines, chained per owner, of acts and looks.

The database itself refuses to change or remove a line (migration 0003), whoever asks.
"""

from django.db import models


class ChainHead(models.Model):
    """The last line of one person's chain; locking it puts writers in a row."""

    owner_id = models.UUIDField(primary_key=True)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return f"{self.owner_id} {self.number}"


class Line(models.Model):
    """One act or look: when, whose, by whom, in which hat, about which thing; never a person's words.

    There are no foreign keys: a line outlives what it speaks of. `digest` is SHA-256 over the line and the one before it.
    """

    owner_id = models.UUIDField()
    number = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by_id = models.UUIDField()
    hat = models.CharField(max_length=32)
    act = models.CharField(max_length=32)
    about_id = models.UUIDField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["owner_id", "number"], name="ledger_line_once_per_chain"),
        )
        indexes = (
            models.Index(fields=["by_id", "at"], name="ledger_line_by"),
            models.Index(fields=["owner_id", "about_id"], name="ledger_line_about"),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.about_id}"


class DailyHead(models.Model):
    """One number that stands for the whole ledger at a moment, to be kept outside this machine; one a day at most.

    `digest` is SHA-256 over the head before it and the digest of every line written since, in the order of writing, up to
    `last_line`.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    day = models.DateField(unique=True)
    at = models.DateTimeField()
    last_line = models.PositiveBigIntegerField()
    lines = models.PositiveBigIntegerField()
    previous = models.CharField(max_length=64, blank=True)
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day} {self.digest}"

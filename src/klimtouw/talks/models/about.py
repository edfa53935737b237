"""What every thing written about one talk has in common."""

from django.db import models
from django.urls import reverse

from klimtouw.belongings.models import KindOfThing
from klimtouw.belongings.words import WordsField
from klimtouw.foundation.text import shortened
from klimtouw.talks.models.talks import Talk


class AboutTalk(KindOfThing):
    """A thing written about one talk."""

    talk = models.ForeignKey(Talk, null=True, on_delete=models.SET_NULL, related_name="+")
    text = WordsField()

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    @property
    def of_talk(self) -> Talk:
        """The talk it was written about, which is loaded with it; there may be none any more."""
        if self.talk is None:
            raise Talk.DoesNotExist
        return self.talk

    def get_absolute_url(self) -> str:
        """Return the address of the talk, or the first page when the talk is gone."""
        return reverse("talks:talk", args=[self.talk_id]) if self.talk_id else reverse("home")

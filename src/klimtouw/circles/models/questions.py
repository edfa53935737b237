"""Questions and answers of a circle: things of whoever wrote them, shared onto the circle by the act of asking or answering (G3)."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.models import KindOfThing, Thing
from klimtouw.belongings.words import WordsField
from klimtouw.circles.models.circles import Circle
from klimtouw.foundation.text import shortened


class Question(KindOfThing):
    """Something a member asks the circle. Who asked says thank you, and closes it or not; nobody counts (V5)."""

    KIND = "circle_question"
    KIND_WORD = _("question to a circle")
    INTO_CIRCLES = True
    SHARED_WHILE_TOGETHER = True
    circle = models.ForeignKey(Circle, null=True, on_delete=models.SET_NULL, related_name="+")
    text = WordsField()
    thanks = WordsField()
    is_closed = models.BooleanField(default=False)

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("circles:question", args=[self.pk])


class Answer(KindOfThing):
    """What a member says beside a question, or beside anything shared into the circle. It belongs to whoever wrote it."""

    KIND = "circle_answer"
    KIND_WORD = _("answer in a circle")
    INTO_CIRCLES = True
    STAYS_WHERE_WRITTEN = True
    SHARED_WHILE_TOGETHER = True
    circle = models.ForeignKey(Circle, null=True, on_delete=models.SET_NULL, related_name="+")
    about = models.ForeignKey(Thing, null=True, on_delete=models.SET_NULL, related_name="circle_answers")
    text = WordsField()

    @property
    def title(self) -> str:
        """A few words to recognise it by."""
        return shortened(self.text)

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("circles:answer", args=[self.pk])

"""What one writes halfway, at the end, and to a next coach. Nothing is required."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm, Words
from klimtouw.relations.looking import SUPPORT_LABELS, Occasion
from klimtouw.relations.queries.looking import LookDesk


class SupportForm(ThingForm):
    """One area of support, in two directions."""

    gets = Words(rows=3, label=SUPPORT_LABELS["gets"])
    gives = Words(rows=3, label=SUPPORT_LABELS["gives"])
    more = Words(rows=3, label=SUPPORT_LABELS["more"])


class ClosingForm(ThingForm):
    """The answer to one question."""

    text = Words(rows=5, label=_("Your answer"))


class LetterForm(ThingForm):
    """A letter to a next coach."""

    text = Words(
        rows=12,
        label=_("Your letter"),
        help_text=_("For example: what helps me, what I am working on, what you may always ask me."),
    )


def form_at(desk: LookDesk, data: Any = None) -> ThingForm:
    """Return the form of one topic, filled with what its writer kept before."""
    if desk.topic.occasion == Occasion.MIDWAY:
        return SupportForm(data, thing=desk.thing, readers=desk.sentence)
    form = ClosingForm(data, thing=desk.thing, readers=desk.sentence)
    form.fields["text"].label = desk.topic.title
    return form

"""The form of a promise."""

from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm, Words

PROMISE_LENGTH = 300


class PromiseForm(ThingForm):
    """What somebody promises to do themself; no day is asked (R10, V2)."""

    text = Words(
        label=_("I promise"),
        rows=2,
        max_length=PROMISE_LENGTH,
        required=True,
        help_text=_("Something small that you do yourself."),
        error_messages={"required": _("Write a word or two, or go back.")},
    )

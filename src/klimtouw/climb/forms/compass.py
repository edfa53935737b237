"""The form of the compass."""

from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.climb.forms.writing import SOMETHING, WritingForm


class CompassForm(WritingForm):
    """An answer to one question of the compass."""

    text = Words(label=_("My answer"), rows=5, required=True, error_messages=SOMETHING)

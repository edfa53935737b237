"""The form in which somebody ties a goal to a framework goal."""

from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import Words
from klimtouw.climb.forms.writing import WritingForm


class FrameworkLinkForm(WritingForm):
    """Own words for it, if wanted."""

    text = Words(label=_("In my own words"), rows=3)

"""What a coach notes before the first talk."""

from django.utils.translation import gettext_lazy as _

from klimtouw.belongings.forms import ThingForm, Words


class ImageForm(ThingForm):
    """One's own picture, in own words; nothing is required."""

    text = Words(
        rows=6,
        label=_("Which picture do I already have?"),
        help_text=_(
            "A blank sheet, or did you hear things? From whom? What would you rather see for yourself?"
        ),
    )

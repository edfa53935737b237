"""Places to think of for a talk; a talk outside the classroom is another talk (T1)."""

from django.utils.translation import gettext_lazy as _

PLACES = (
    _("Walking, outside"),
    _("On a bench in the open air"),
    _("At a table with something to drink"),
    _("In the library"),
    _("At the place of work"),
    _("By telephone"),
    _("On screen"),
)

"""A first talk: things a coach may want to think of, and what both can share. No script, and in no order (V19, V21)."""

from django.utils.translation import gettext_lazy as _

WITH_A_FIRST_TALK = (
    _("A calm place, and a phone that is silent"),
    _("Saying my name, and something I like that has nothing to do with school"),
    _("Saying why I coach, and what I find hard myself"),
    _("Asking what brings the other here, and then being silent"),
    _("Saying what stays between us, and what I may have to pass on"),
    _("Saying honestly whether I also assess the other"),
    _("Asking what helps, and what does not"),
    _("Saying that yes, no and time to think are all good answers"),
)
"""In the coach's own words, any of them or none."""

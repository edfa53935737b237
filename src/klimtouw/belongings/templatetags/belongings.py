"""Where a thing is opened from the page that is printed."""

from django import template
from django.template import Context

from klimtouw.belongings.models import Thing

register = template.Library()


@register.simple_tag(takes_context=True)
def address(context: Context, thing: Thing) -> str:
    """Print the address of a thing: its own page, or inside an example the example of it."""
    example = context.get("preview")
    return str(example.address_of(thing) if example else thing.get_absolute_url())  # type: ignore[attr-defined]  # every kind that is linked to has one

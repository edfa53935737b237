"""What every form carries besides its fields."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from klimtouw.people.kept_forms import WRITER_FIELD, writer_mark

register = template.Library()


@register.simple_tag(takes_context=True)
def written_by(context: dict[str, Any]) -> SafeString:
    """Print the hidden mark that gives a form back to its writer after they were signed out."""
    person = context["request"].user
    if not person.is_authenticated:
        return SafeString("")
    return format_html('<input type="hidden" name="{}" value="{}">', WRITER_FIELD, writer_mark(person))

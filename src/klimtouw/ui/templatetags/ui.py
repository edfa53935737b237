"""The building blocks of every page.

Load them with ``{% load ui i18n %}``. A page extends ``ui/base.html`` (or ``ui/focus.html`` for one task in a narrow
column) and fills ``title`` and ``content``.

Tags
    {% field form.title %}              label above, hint, control, error, and the sentence that says who can read it
    {% field form.note rows=8 hint="…" label="…" %}   other words for this page; any further name=value becomes an HTML attribute
    {% field form.day mark=False %}     without "(not required)", for a page that says at the top that all is optional
    {% errors form %}                   summary above the form, links to the fields, gets the focus; prints nothing when all is well
    {% icon "flag" %}                   a small drawing; {% icon "flag" label="…" %} when no text stands beside it (names: ``ui/icons.py``)
    {% avatar person %}                 initials; {% avatar person large=True %}; always beside the name
    {% nothing_yet "Title" "Text" action_url action_label %}   a friendly empty list (the word ``empty`` belongs to Django's ``for``)
    {% notice "good" %}…{% endnotice %} info, good, attention, error or quiet
    {% rope %}                          a hanging rope as a divider, at most once or twice on a page
    {% navigation %}                    used by the base page

Who can read it
    Give the form's field a sentence and ``field`` prints it with an eye: ``self.fields["text"].readers = sentence``.
    Where several fields of a form have the same sentence, it stands once, above the first of them that is printed.

Dates
    ``klimtouw.ui.widgets.DayInput`` and ``MomentInput``: without them a Dutch date does not survive the browser's picker.

Forms
    ``<form method="post" class="form" novalidate>{% csrf_token %}{% errors form %}{% field … %}<div class="actions">…</div></form>``
    ``novalidate`` because our own messages say how to repair; ``hx-boost="false"`` on forms that change language, theme or session,
    and on links to something that is not a page.

Page parts (classes)
    page-head (h1, .lede under it; every h1 in main gets its end of rope) · crumb (p with a link back, above the h1) · next, next__title (the one thing that is next; one per page)
    card, card--quiet, card--sky, card__title · rows (ul with lines) · who (avatar + name) · tabs (nav > a[aria-current])
    path (ol > li.path__behind|path__here[aria-current]|path__ahead: knots on a rope) · timeline (ol), timeline__when, timeline__item--reached|--parked|--ahead · facts (dl) · table-frame (tabindex="0" role="region" aria-label) > table
    table--stacked (rows under each other on a phone: give every part its table role, every td a data-label) · form--short-choices (short radios side by side)
    version, version--mine, version__label inside side-by-side; <ins> and <del> for what changed
    ordered (ol[data-reorder] > li[id]) with ordered__moves > button[data-move="up|down"]; Alt + arrows come by themselves
    notice, pill, pill--reached|--attention|--sky|--parked · details/summary · choices, choice
Questions ("are you sure")
    A page of its own with the words, the form and a quiet way back (its address: that of ``crumb``, or of the page one came from). Give the
    link to it ``data-ask``, and with scripts the same words and form come in a native dialog, named by their heading; Escape and the way
    back close it, the focus returns to the link. ``<details data-ask>`` with an h2 asks in a dialog what otherwise unfolds.
Buttons
    button, button--primary (one per page), button--quiet, button--leave (parting, calm), button--small, button--icon, button--wide · actions
Text
    lede, soft, small, hint (soft and small), readers (eye + who can read), prose (our own longer text), words (what a person wrote; give it dir="auto"), words--own, measure (62ch)
Space
    stack, stack--tight, stack--loose · cluster, cluster--apart · grid · side-by-side · with-aside · center · visually-hidden · no-print
Mountain
    ``mountain-…`` follow the theme through the ``--land-…`` tokens; ``{% include "ui/parts/scene.html" %}`` is our own small scene
"""

from datetime import date as Day  # noqa: N812 - `date` is the name of the filter here
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol
from uuid import UUID
from zlib import crc32

from django import forms, template
from django.forms.boundfield import BoundField
from django.template import Context, defaultfilters, defaulttags
from django.template.base import Node, Parser, Token
from django.template.loader import render_to_string
from django.templatetags import i18n
from django.urls import NoReverseMatch
from django.utils import dateformat
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from klimtouw.ui.addresses import address_of
from klimtouw.ui.icons import ICONS
from klimtouw.ui.navigation import navigation_at

register = template.Library()

AVATAR_COLOURS = 6
NOTICE_ICONS = {"info": "compass", "good": "check", "attention": "flag", "error": "flag", "quiet": "compass"}


DRAWN = {
    name: mark_safe(f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{path}"/></svg>')  # noqa: S308 - our own drawing
    for name, path in ICONS.items()
}
"""The icons as they stand beside a text: a page has a hundred of them."""
DAYS = frozenset({"l j F Y", "j F Y"})
"""How days are written on every list."""


class Initialled(Protocol):
    """Whoever has initials and a key: a person."""

    pk: object
    initials: str


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw one of our icons; give a label only when no text beside it says the same."""
    if not label:
        return DRAWN[name]
    path = mark_safe(ICONS[name])  # noqa: S308 - our own drawing, not somebody's words
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" role="img" aria-label="{}"><path d="{}"/></svg>', label, path
    )


@register.simple_tag
def avatar(person: Initialled, large: bool = False) -> SafeString:
    """Show a person's initials on a calm colour that says nothing about them: it follows from their key alone."""
    colour = crc32(str(person.pk).encode()) % AVATAR_COLOURS
    return format_html(
        '<span class="avatar avatar--{}{}" aria-hidden="true">{}</span>',
        colour,
        " avatar--large" if large else "",
        person.initials,
    )


@register.filter(expects_localtime=True, is_safe=False)
def date(value: Any, arg: str | None = None) -> str:
    """Write a date as Django does; the days on a list are put into words once."""
    if arg in DAYS and isinstance(value, datetime):
        return _day_in_words(value.date(), arg, get_language())
    return str(defaultfilters.date(value, arg))


@lru_cache(maxsize=1024)
def _day_in_words(day: Day, form: str, language: str | None) -> str:
    return dateformat.format(day, form)


@register.filter(is_safe=True)
@defaultfilters.stringfilter
def truncatechars(value: str, arg: int) -> str:
    """Cut a text as Django does, without counting the accents of one that is short enough as it is."""
    return value if len(value) <= arg else str(defaultfilters.truncatechars(value, arg))


class _Address(defaulttags.URLNode):
    """The address of a page, or of the page of one key."""

    def render(self, context: Context) -> str:
        """Print it, or keep it under a name; an address of another shape is Django's to print, a missing one its to refuse."""
        keys = [arg.resolve(context) for arg in self.args]
        try:
            if not all(type(key) is UUID for key in keys):
                raise NoReverseMatch
            address = address_of(self.view_name.resolve(context), *keys)
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = address
            return ""
        return conditional_escape(address) if context.autoescape else address


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Print an address as Django does; what a page has a hundred of is not worked out a hundred times."""
    node = defaulttags.url(parser, token)
    if node.kwargs or len(node.args) > 1:
        return node
    return _Address(node.view_name, node.args, node.kwargs, node.asvar)


class _OwnText(i18n.TranslateNode):
    """A text of ours that hangs on nothing but the language."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        super().__init__(node.filter_expression, node.noop, None, node.message_context)
        self.in_language: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        """Print it in the language of the reader."""
        language = get_language()
        if language not in self.in_language:
            self.in_language[language] = super().render(context)
        return self.in_language[language]


@register.tag("translate")
def translated(parser: Parser, token: Token) -> Node:
    """Print a text in the language of the reader as Django does; a plain text of ours is looked up once per language."""
    node = i18n.do_translate(parser, token)
    return _OwnText(node) if _hangs_on_language_alone(node) else node


def _hangs_on_language_alone(node: i18n.TranslateNode) -> bool:
    text, within = node.filter_expression, node.message_context
    is_literal = text.var.literal is not None and not text.filters
    return is_literal and not node.asvar and not (within and (within.is_var or within.filters))


@register.simple_tag
def rope() -> SafeString:
    """Hang a rope between two parts of a page."""
    return mark_safe(render_to_string("ui/parts/rope.html"))  # noqa: S308 - our own drawing


@register.inclusion_tag("ui/parts/nothing_yet.html")
def nothing_yet(title: str, text: str = "", action_url: str = "", action_label: str = "") -> dict[str, str]:
    """Say kindly that there is nothing here yet, and what could be a start."""
    return {"title": title, "text": text, "action_url": action_url, "action_label": action_label}


@register.simple_block_tag
def notice(content: SafeString, kind: str = "info") -> SafeString:
    """Set a few lines apart, with a small drawing that fits their kind."""
    return format_html(
        '<div class="notice notice--{}">{}<div class="notice__body">{}</div></div>',
        kind,
        icon(NOTICE_ICONS[kind]),
        content,
    )


@register.inclusion_tag("ui/parts/navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, Any]:
    """Print the lasting places; asks the database nothing."""
    return {"items": navigation_at(context["request"].path)}


@register.inclusion_tag("ui/parts/field.html")
def field(
    bound: BoundField, label: str = "", hint: str | None = None, mark: bool = True, **attributes: Any
) -> dict[str, Any]:
    """Print a form field whole: every label, hint, error and link between them comes from here."""
    kind = _kind_of(bound)
    shown_hint = bound.help_text if hint is None else hint
    readers = str(_readers_of(bound))
    said_at, is_for_many = _said_at(bound, readers)
    is_said_here = said_at == bound.auto_id
    ids = _described_by(bound, has_hint=bool(shown_hint), said_at=said_at if readers else "")
    attributes = {name.replace("_", "-"): value for name, value in attributes.items()}
    # False leaves an attribute out: a placeholder is never a label, and vanishes when one starts to type.
    control = {"placeholder": False, "aria-describedby": ids or False, **attributes}
    return {
        "bound": bound,
        "kind": kind,
        "label": label or bound.label,
        "hint": shown_hint,
        "readers": readers if is_said_here and not is_for_many else "",
        "readers_of_many": readers if is_said_here and is_for_many else "",
        "optional": mark and not bound.field.required and kind != "checkbox",
        "described_by": ids,
        "control": bound.as_widget(attrs=control) if kind != "choices" else "",
        "choices": list(bound) if kind == "choices" else [],
    }


@register.inclusion_tag("ui/parts/errors.html")
def errors(form: forms.BaseForm) -> dict[str, Any]:
    """List what still needs a look, each with a link to its field."""
    whole = [{"message": message} for message in form.non_field_errors()]
    by_field = [
        {"target": _first_control(bound), "label": bound.label, "message": message}
        for bound in form
        for message in bound.errors
    ]
    return {"found": whole + by_field}


def _kind_of(bound: BoundField) -> str:
    """Tell how the field must be laid out: hidden, checkbox, choices, code, or one control under its label."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "code" if widget.attrs.get("autocomplete") == "one-time-code" else "control"


def _described_by(bound: BoundField, *, has_hint: bool, said_at: str) -> str:
    """List the ids of the sentences that belong to this field, in the order one would read them."""
    parts = (("hint", has_hint), ("error", bool(bound.errors)))
    here = [f"{bound.auto_id}_{name}" for name, present in parts if present]
    return " ".join([*here, f"{said_at}_readers"] if said_at else here)


def _said_at(bound: BoundField, readers: str) -> tuple[str, bool]:
    """Tell at which field of this form a sentence stands, and whether it stands there for more than one."""
    said: dict[str, str] = bound.form.__dict__.setdefault("_readers_said_at", {})
    alike = sum(str(_readers_of(other)) == readers for other in bound.form)
    return said.setdefault(readers, bound.auto_id), alike > 1


def _readers_of(bound: BoundField) -> str:
    """Give the sentence that says who can read what is written here, if the form has one."""
    return getattr(bound.field, "readers", "") or getattr(bound, "readers", "")


def _first_control(bound: BoundField) -> str:
    """Give the id of the control a link must lead to."""
    return f"{bound.auto_id}_0" if _kind_of(bound) == "choices" else bound.id_for_label

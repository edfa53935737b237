"""The rucksack: what one's own device takes along to write without network. It is sealed there (T4).

It holds forms, each with the fields its page has, so that what is written without network is sent as the page would send it.
Of others it holds no words: only the name of the one with whom a talk is.
"""

from datetime import datetime
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from klimtouw.belongings.readers import only_you
from klimtouw.climb.choices import EntryForm
from klimtouw.climb.forms.trail import TrailForm
from klimtouw.climb.models import Step
from klimtouw.offline.queries import steps_to_take, takeaways_of, talks_to_write_about
from klimtouw.people.kept_forms import WRITER_FIELD, writer_mark
from klimtouw.people.models import Person
from klimtouw.relations.choices import Side
from klimtouw.talks.forms import LineForm, TakeawayForm
from klimtouw.talks.models import Takeaway, Talk

Packed = dict[str, Any]


def rucksack_of(person: Person, at: datetime) -> Packed:
    """Return the forms somebody may fill in without network, and how this person likes to read."""
    talks = talks_to_write_about(person, at)
    written = takeaways_of(person, [talk for talk in talks if talk.has_begun(at)], at)
    packed = [_entry(), *(_talk(talk, person, written, at) for talk in talks)]
    packed += [_step(step) for step in steps_to_take(person)]
    mark = [WRITER_FIELD, writer_mark(person)]
    look = {"theme": person.theme, "type": person.reading_size, "spacing": person.reading_spacing}
    return {"forms": [each for each in packed if each], "always": [mark], "look": look}


def _entry() -> Packed:
    form = TrailForm(goals=(), form=EntryForm.FREE, readers=only_you())
    keep = _button(_("Keep it"), "entry")
    return _packed(
        "entry", _("Write in my trail"), reverse("climb:entry_new"), [form["id"], form["text"]], keep
    )


def _talk(talk: Talk, person: Person, written: dict[Any, Takeaway], at: datetime) -> Packed | None:
    if not talk.has_begun(at):
        return _line(talk, person)
    if talk.relation.side_of(person) != Side.COACHEE:
        return None
    form = TakeawayForm(thing=written.get(talk.pk))
    keep = _button(_("Keep it"), "keep")
    title = _("What I take with me: %(talk)s") % {"talk": _in_words(talk, person)}
    return _packed("takeaway", title, reverse("talks:takeaway", args=[talk.pk]), list(form), keep)


def _line(talk: Talk, person: Person) -> Packed | None:
    if not talk.is_ahead:
        return None
    buttons = [_button(_("Keep it for myself"), "keep"), _button(_("Put it on the card"), "share")]
    title = _("Prepare: %(talk)s") % {"talk": _in_words(talk, person)}
    return _packed("line", title, reverse("talks:prepare", args=[talk.pk]), list(LineForm()), *buttons)


def _step(step: Step) -> Packed:
    done = {**_button(_("Done"), "done"), "value": "yes"}
    return _packed("step", step.text, reverse("climb:step_done", args=[step.pk]), [], done)


def _in_words(talk: Talk, person: Person) -> str:
    moment = date_format(localtime(talk.starts_at), "j F") if talk.starts_at else ""
    return _("%(name)s, %(day)s") % {"name": talk.relation.other(person).name, "day": moment}


def _packed(kind: str, title: str, path: str, fields: list[BoundField], *buttons: Packed) -> Packed:
    is_new = not any(field.name == "seen" and field.value() for field in fields)
    packed = [_field(field) for field in fields]
    for field in packed:
        if is_new and field["name"] == "id":
            field["value"] = ""  # each time it is filled in, the device makes another
    return {
        "kind": kind,
        "title": title,
        "path": path,
        "fields": packed,
        "buttons": buttons,
        "is_new": is_new,
    }


def _field(field: BoundField) -> Packed:
    value = field.value()
    choices = [[str(key), str(label)] for key, label in getattr(field.field, "choices", ())]
    rows = field.field.widget.attrs.get("rows", 1)
    return {
        "name": field.name,
        "label": "" if field.is_hidden else str(field.label),
        "value": "" if value is None else str(value),
        "rows": int(rows) if isinstance(field.field.widget, forms.Textarea) else 1,
        "choices": choices,
    }


def _button(label: str, name: str) -> Packed:
    return {"label": label, "name": name, "value": "1"}

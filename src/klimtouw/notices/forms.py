"""How somebody wants to hear."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from klimtouw.notices.choices import Topic
from klimtouw.notices.hours import is_quiet_hour
from klimtouw.notices.models import Wishes
from klimtouw.notices.queries import Muted

HOURS = [(hour, f"{hour}:00") for hour in range(24)]
PARTS_OF_THE_WORLD = ("Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


def zones() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the time zones by part of the world, ours first."""
    found: dict[str, list[tuple[str, str]]] = {part: [] for part in ("Europe", *PARTS_OF_THE_WORLD)}
    for zone in sorted(available_timezones()):
        part, _slash, place = zone.partition("/")
        if place and part in found:
            found[part].append((zone, place.replace("_", " ").replace("/", ", ")))
    return list(found.items())


class WishesForm(forms.ModelForm[Wishes]):
    """How often, at which hour, when it is quiet, and about what and whom."""

    heard = forms.MultipleChoiceField(
        label=_("What I want mail about"),
        choices=Topic,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("It always stands in Klimtouw too. This is only about mail."),
    )
    heard_of = forms.MultipleChoiceField(
        label=_("With whom"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Wishes
        fields = ("rhythm", "weekday", "hour", "quiet_from", "quiet_until", "zone")
        widgets = {"rhythm": forms.RadioSelect}

    def __init__(
        self, data: Any = None, *, instance: Wishes, muted: Muted, relations: Mapping[UUID, str]
    ) -> None:
        heard = [topic for topic in Topic if topic not in muted.topics]
        heard_of = [str(key) for key in relations if key not in muted.relations]
        super().__init__(data, instance=instance, initial={"heard": heard, "heard_of": heard_of})
        self.known = tuple(relations)
        for name in ("hour", "quiet_from", "quiet_until"):
            self.fields[name] = forms.TypedChoiceField(
                label=self.fields[name].label, coerce=int, choices=HOURS, initial=self.fields[name].initial
            )
        self.fields["zone"] = forms.ChoiceField(label=self.fields["zone"].label, choices=zones())
        self.fields["heard_of"].choices = [(str(key), name) for key, name in relations.items()]  # type: ignore[attr-defined]
        if not relations:
            del self.fields["heard_of"]

    def clean(self) -> dict[str, Any]:
        """The usual hour is no quiet hour: then nothing would ever come at it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        hour, start, end = (cleaned.get(name) for name in ("hour", "quiet_from", "quiet_until"))
        if hour is not None and start is not None and end is not None and is_quiet_hour(hour, start, end):
            self.add_error(
                "hour", _("This hour is in your quiet hours. Choose another hour, or change those.")
            )
        return cleaned

    @property
    def hours(self) -> dict[str, Any]:
        """How often and when."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    @property
    def topics(self) -> list[Topic]:
        """About what."""
        return [Topic(topic) for topic in self.cleaned_data["heard"]]

    @property
    def relations(self) -> dict[UUID, bool]:
        """Of each relation that stood on the page: whether to hear about it."""
        wanted = self.cleaned_data.get("heard_of", [])
        return {key: str(key) in wanted for key in self.known}

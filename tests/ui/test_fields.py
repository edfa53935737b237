"""A field comes whole: label, hint, error, reader and the links between them."""

import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from klimtouw.ui.widgets import DayInput, MomentInput

pytestmark = pytest.mark.only_on("sqlite3")  # no database has a say in it: once is enough


class GoalForm(forms.Form):
    """One field of every kind."""

    title = forms.CharField(help_text="Begin met ik.", widget=forms.TextInput(attrs={"placeholder": "Titel"}))
    why = forms.CharField(required=False, widget=forms.Textarea)
    share = forms.ChoiceField(choices=[("me", "Alleen ik"), ("bram", "Bram en ik")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Ik las de afspraken")
    day = forms.DateField(widget=DayInput, required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


@pytest.fixture(autouse=True)
def _dutch() -> object:
    with translation.override("nl"):
        yield


def _print(markup: str, form: forms.Form) -> str:
    return Template("{% load ui %}" + markup).render(Context({"form": form}))


def test_the_label_belongs_to_the_control_and_the_hint_describes_it() -> None:
    html = _print("{% field form.title %}", GoalForm())
    assert '<label class="field__label" for="id_title">' in html
    assert 'id="id_title_hint"' in html
    assert 'aria-describedby="id_title_hint"' in html
    assert "placeholder" not in html


def test_what_is_not_required_says_so_unless_the_page_does() -> None:
    assert "(niet verplicht)" in _print("{% field form.why %}", GoalForm())
    assert "(niet verplicht)" not in _print("{% field form.why mark=False %}", GoalForm())
    assert "(niet verplicht)" not in _print("{% field form.title %}", GoalForm())


def test_an_error_stands_at_its_field_and_in_the_summary() -> None:
    form = GoalForm({"why": "<b>Omdat</b>"})
    html = _print("{% errors form %}{% field form.title %}{% field form.why %}", form)
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_title_hint id_title_error"' in html
    assert 'id="id_title_error"' in html
    assert '<a href="#id_title">Title – Vul dit nog in.</a>' in html
    assert "&lt;b&gt;Omdat&lt;/b&gt;" in html  # what was written is still there, and harmless


def test_the_summary_leads_to_the_first_choice() -> None:
    html = _print("{% errors form %}{% field form.share %}", GoalForm({}))
    assert 'href="#id_share_0"' in html
    assert 'id="id_share_0"' in html
    assert '<fieldset class="field field--error"' in html


def test_a_form_without_errors_has_no_summary() -> None:
    assert _print("{% errors form %}", GoalForm()).strip() == ""


def test_an_error_of_the_whole_form_is_named_first() -> None:
    form = GoalForm({})
    form.add_error(None, "Het einde komt voor het begin.")
    html = _print("{% errors form %}", form)
    assert html.index("Het einde komt voor het begin.") < html.index("Vul dit nog in.")


def test_who_can_read_it_is_part_of_the_field() -> None:
    # C9: the sentence belongs to the field, also for who hears the page.
    form = GoalForm()
    form.fields["why"].readers = "Alleen jij leest dit."  # type: ignore[attr-defined]  # what `field` looks for
    html = _print("{% field form.why %}", form)
    assert re.search(r'id="id_why_readers">.*Alleen jij leest dit\.', html, re.S)
    assert 'aria-describedby="id_why_readers"' in html


def test_a_checkbox_has_its_label_behind_it() -> None:
    html = _print("{% field form.agreed %}", GoalForm())
    assert html.index('type="checkbox"') < html.index("Ik las de afspraken")


def test_a_hidden_field_shows_nothing() -> None:
    assert (
        _print("{% field form.secret %}", GoalForm()).strip()
        == '<input type="hidden" name="secret" id="id_secret">'
    )


def test_a_page_may_choose_other_words_and_attributes() -> None:
    html = _print('{% field form.why label="Waarom?" hint="" rows=3 %}', GoalForm())
    assert "Waarom?" in html
    assert 'rows="3"' in html
    assert "field__hint" not in html


def test_days_and_moments_survive_the_picker_in_dutch() -> None:
    assert 'value="2027-02-01"' in str(DayInput().render("day", date(2027, 2, 1)))
    assert 'value="2027-02-01T14:30"' in str(
        MomentInput().render("moment", datetime(2027, 2, 1, 14, 30, tzinfo=UTC))
    )

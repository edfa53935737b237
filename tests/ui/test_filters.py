"""Our filters of days and of long texts say what Django's say."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Engine, Template
from django.utils import translation

pytestmark = pytest.mark.only_on("sqlite3")  # no database has a say in it: once is enough

MOMENTS = (
    datetime(2026, 1, 1, 22, 59, tzinfo=UTC),
    datetime(2026, 1, 1, 23, 1, tzinfo=UTC),  # the next day in Brussels
    datetime(2026, 7, 31, 22, 30, tzinfo=UTC),
    date(2026, 2, 28),
    None,
    "",
)


def said(template: str, value: object, *, ours: bool) -> str:
    if ours:
        return Template(template).render(Context({"value": value}))
    return Engine().from_string(template).render(Context({"value": value}))


@pytest.mark.parametrize("value", MOMENTS)
@pytest.mark.parametrize("form", ["l j F Y", "j F Y", "c", "H:i", "DATE_FORMAT"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_day_is_written_as_django_writes_it(value: object, form: str, language: str) -> None:
    if form == "H:i" and not isinstance(value, datetime):
        return
    template = f"{{{{ value|date:'{form}' }}}}"
    with translation.override(language):
        assert said(template, value, ours=True) == said(template, value, ours=False)


@pytest.mark.parametrize(
    "value", ["", "kort", "1234567890", "12345678901", "e\u0301" * 8, "<b>" * 9, 12345678901]
)
def test_a_long_text_is_cut_where_django_cuts_it(value: object) -> None:
    template = "{{ value|truncatechars:10 }}"
    assert said(template, value, ours=True) == said(template, value, ours=False)

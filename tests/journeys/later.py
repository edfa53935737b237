"""Weeks go by in the house of the journeys: nothing waits, all that was written down happened that much earlier."""

from datetime import timedelta

from django.apps import apps
from django.db import connection, models
from django.db.models import F
from django.utils.timezone import localdate

from klimtouw.foundation.clock import now
from klimtouw.talks.models import Talk

TALKED_SINCE = timedelta(minutes=20)
LIVES = ("belongings", "relations", "talks", "hand")


def time_goes_by(by: timedelta) -> None:
    """Let every moment and day between the two lie earlier; the ledger, jobs and sessions stay as they are."""
    at = now()
    days = (localdate(at + by) - localdate(at)).days
    for app in LIVES:
        for model in apps.get_app_config(app).get_models():
            fields = model._meta.local_concrete_fields
            moments = [one.name for one in fields if isinstance(one, models.DateTimeField)]
            dates = [one for one in fields if type(one) is models.DateField]
            if moments:
                model._base_manager.update(**{name: F(name) - by for name in moments})
            with connection.cursor() as cursor:
                for one in dates:
                    table, column = model._meta.db_table, one.column
                    sql = f"UPDATE {table} SET {column} = date({column}, '-{days} days')"  # noqa: S608  # our own names
                    cursor.execute(sql)


def the_hour_comes(talk: Talk) -> None:
    """Let time go by until a planned talk has been going on for a while."""
    talk.refresh_from_db()
    assert talk.starts_at
    time_goes_by(talk.starts_at + TALKED_SINCE - now())

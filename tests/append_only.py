"""A test with real transactions ends by emptying every table, which the ledger refuses, as it should.

So the tests, and nothing in the product, take the ledger's triggers down for that one moment. Every test meets them.
"""

from collections.abc import Sequence
from importlib import import_module

import pytest
from django.db.backends.base.operations import BaseDatabaseOperations

triggers = import_module("klimtouw.ledger.migrations.0003_lines_stay_as_they_are")


@pytest.fixture(autouse=True, scope="session")
def _tables_can_be_emptied_after_a_test() -> None:
    as_django_does = BaseDatabaseOperations.execute_sql_flush

    def emptied(self: BaseDatabaseOperations, sql_list: Sequence[str]) -> None:
        is_postgresql = self.connection.vendor == "postgresql"
        down = triggers.NOT_ON_POSTGRESQL if is_postgresql else triggers.NOT_ON_SQLITE
        up = triggers.POSTGRESQL if is_postgresql else triggers.SQLITE
        as_django_does(self, [*down, *sql_list, *up])

    BaseDatabaseOperations.execute_sql_flush = emptied  # type: ignore[method-assign]

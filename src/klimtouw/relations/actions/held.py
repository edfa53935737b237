"""Hold a relation while something about it changes."""

from datetime import datetime

from klimtouw.relations.models import Relation
from klimtouw.relations.queries.contracts import as_it_stands, with_last_day


def held(relation: Relation, at: datetime) -> Relation:
    """Return the relation as it stands now, held until the transaction ends: two acts at once wait for each other."""
    rows = Relation.objects.select_for_update(of=("self",)).filter(pk=relation.pk)
    return as_it_stands(with_last_day(rows).get(), at)

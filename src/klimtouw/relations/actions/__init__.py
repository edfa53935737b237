"""Every change of a relation. What other packages may call stands here."""

from klimtouw.relations.actions.beginning import begin_relation, end_before_start, mark_first_talk_held

__all__ = ["begin_relation", "end_before_start", "mark_first_talk_held"]

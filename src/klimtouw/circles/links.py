"""The signed link in an invitation to a circle: it answers that one letter and opens nothing else."""

from klimtouw.relations.tokens import LinkOf

CIRCLE_INVITATION = LinkOf("answer-circle-invitation", "klimtouw.circles.invitation")

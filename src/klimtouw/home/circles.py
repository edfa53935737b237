"""What of circles stands on the first page: who asks something, what is to be signed, which moments suit."""

from django.urls import reverse
from django.utils.translation import gettext as _

from klimtouw.circles.queries.waiting import WaitingInCircles
from klimtouw.home.next import Next


def next_in_circles(waiting: WaitingInCircles) -> list[Next]:
    """Return what could be next in one's circles, in a calm order: asked for, to sign, a moment, a question."""
    return [
        *(
            Next(
                title=_("A circle for you?"),
                text=_("See who would be in it. Yes and rather not are both fine."),
                label=_("See who would be in it"),
                url=proposal.get_absolute_url(),
            )
            for proposal in waiting.proposals
        ),
        *(
            Next(
                title=_("Sign the agreements of your circle"),
                text=_("Read them in your own time. They hold once everybody has signed."),
                label=_("Read the agreements"),
                url=reverse("circles:agreement", args=[circle.pk]),
                whom=circle.name,
            )
            for circle in waiting.to_sign
        ),
        *(
            Next(
                title=_("Which moments suit you?"),
                text=_("There is a meeting of your circle to plan."),
                label=_("Say what suits"),
                url=meeting.get_absolute_url(),
                whom=meeting.circle.name,
            )
            for meeting in waiting.meetings
        ),
        *_questions(waiting),
    ]


def _questions(waiting: WaitingInCircles) -> list[Next]:
    """One line per circle: the newest question, and never what it says."""
    newest = {circle.pk: (circle, question) for circle, question in reversed(waiting.questions)}
    return [
        Next(
            title=_("%(name)s asks your circle something") % {"name": question.owner.name},
            text=_("If you like. You do not have to answer."),
            label=_("Read the question"),
            url=question.get_absolute_url(),
            whom=circle.name,
        )
        for circle, question in newest.values()
    ]

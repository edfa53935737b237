"""The methods as data: their phases, who speaks, what may be written, how long, and in which words (G5).

Only what a phase names can be written in it: while one asks, there is nowhere to advise. Every text here is our own (V28).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from klimtouw.intervision.choices import Kind, MethodKey, Role

Words = str | Promise

PRESENTER = frozenset({Role.PRESENTER})
OTHERS = frozenset({Role.GUIDE, Role.MEMBER})
ALL = frozenset(Role)


@dataclass(frozen=True, kw_only=True)
class Input:
    """What some roles may write in one phase."""

    kind: Kind
    writers: frozenset[Role]
    label: Words
    hint: Words = ""


@dataclass(frozen=True, kw_only=True)
class Phase:
    """One phase: what it asks, who speaks, how long, and what may be written."""

    key: str
    title: Words
    ask: Words
    """The one sentence on every screen."""
    help: Words
    speaks: Words
    minutes: int
    inputs: tuple[Input, ...] = ()
    is_silent: bool = False
    """Whether each writes for themself first: the others read it when the phase is over."""

    def input_for(self, role: Role) -> Input | None:
        """Return what somebody in this role may write now; None: this phase has nothing for them to write."""
        return next((one for one in self.inputs if role in one.writers), None)


@dataclass(frozen=True, kw_only=True)
class Method:
    """One way of working: its phases in order."""

    key: MethodKey
    title: Words
    lede: Words
    phases: tuple[Phase, ...]

    @property
    def minutes(self) -> int:
        """How long it takes when every phase takes its time."""
        return sum(phase.minutes for phase in self.phases)


TAKE_ALONG = Input(
    kind=Kind.TAKEAWAY,
    writers=ALL,
    label=_("What I take along"),
    hint=_("One sentence about yourself is enough."),
)

INCIDENT = Method(
    key=MethodKey.INCIDENT,
    title=_("Incident method"),
    lede=_("One moment that happened. First understand it, then think along."),
    phases=(
        Phase(
            key="tell",
            title=_("Telling"),
            ask=_("What happened?"),
            help=_("Tell one moment, short. What you did and what came of it may wait."),
            speaks=_("The presenter tells. The others listen."),
            minutes=5,
            inputs=(
                Input(
                    kind=Kind.STORY,
                    writers=PRESENTER,
                    label=_("The moment in a few words"),
                    hint=_("You may also just tell it. Leave out names."),
                ),
            ),
        ),
        Phase(
            key="ask",
            title=_("Asking"),
            ask=_("What do I still want to know?"),
            help=_(
                "Short questions about what was to be seen and heard. No advice yet, also not inside a question."
            ),
            speaks=_("The others ask. The presenter answers."),
            minutes=10,
            inputs=(
                Input(
                    kind=Kind.QUESTION,
                    writers=OTHERS,
                    label=_("My question"),
                    hint=_("Begin with who, what, where, when or how."),
                ),
                Input(
                    kind=Kind.ANSWER,
                    writers=PRESENTER,
                    label=_("My answer"),
                    hint=_("Answering aloud is fine too."),
                ),
            ),
        ),
        Phase(
            key="weigh",
            title=_("What is at play"),
            ask=_("What is at play here, as I see it?"),
            help=_(
                "It is quiet now. Everyone writes for themself. You read each other when this phase is over."
            ),
            speaks=_("Nobody speaks. The others write."),
            minutes=5,
            is_silent=True,
            inputs=(
                Input(
                    kind=Kind.VIEW,
                    writers=OTHERS,
                    label=_("As I see it"),
                    hint=_("A guess is fine: “it could be that …”"),
                ),
            ),
        ),
        Phase(
            key="act",
            title=_("What would I do"),
            ask=_("What would I do, if I stood there?"),
            help=_("Say what you would do yourself, and why. The presenter listens and need not answer."),
            speaks=_("The others speak, one by one. The presenter listens."),
            minutes=10,
            inputs=(
                Input(
                    kind=Kind.ADVICE,
                    writers=OTHERS,
                    label=_("I would …"),
                    hint=_("In the I-form: it is about you."),
                ),
            ),
        ),
        Phase(
            key="reply",
            title=_("Back to the presenter"),
            ask=_("What does this do to me?"),
            help=_("The presenter says what touched, and how it went. Nobody has to be right."),
            speaks=_("The presenter speaks. The others listen."),
            minutes=5,
            inputs=(Input(kind=Kind.REPLY, writers=PRESENTER, label=_("What this does to me")),),
        ),
        Phase(
            key="take",
            title=_("Taking along"),
            ask=_("What do I take along from this?"),
            help=_("Everyone says one thing for their own work or study."),
            speaks=_("Everyone, in turn."),
            minutes=5,
            inputs=(TAKE_ALONG,),
        ),
    ),
)

BALINT = Method(
    key=MethodKey.BALINT,
    title=_("Balint method"),
    lede=_("Somebody who stays in your mind. The group looks along, without solving it."),
    phases=(
        Phase(
            key="tell",
            title=_("Telling"),
            ask=_("Who stays in my mind, and why?"),
            help=_(
                "Tell about one person you work with, without a name and without notes. Chaos is allowed."
            ),
            speaks=_("The presenter tells. The others listen."),
            minutes=10,
            inputs=(
                Input(
                    kind=Kind.STORY,
                    writers=PRESENTER,
                    label=_("A few words about it"),
                    hint=_("You may also just tell it. Leave out names."),
                ),
            ),
        ),
        Phase(
            key="ask",
            title=_("Asking"),
            ask=_("Which fact do I still need?"),
            help=_("A few short questions about facts. Why and advice stay away."),
            speaks=_("The others ask. The presenter answers."),
            minutes=5,
            inputs=(
                Input(
                    kind=Kind.QUESTION,
                    writers=OTHERS,
                    label=_("My question"),
                    hint=_("Begin with who, what, where, when or how."),
                ),
                Input(
                    kind=Kind.ANSWER,
                    writers=PRESENTER,
                    label=_("My answer"),
                    hint=_("Answering aloud is fine too."),
                ),
            ),
        ),
        Phase(
            key="images",
            title=_("Letting it in"),
            ask=_("What do I feel, see or imagine with this story?"),
            help=_(
                "The presenter sits back. The others say what comes up, about each of the two. Nothing needs solving."
            ),
            speaks=_("The others speak. The presenter listens, and says nothing."),
            minutes=20,
            inputs=(
                Input(
                    kind=Kind.IMAGE,
                    writers=OTHERS,
                    label=_("What comes up in me"),
                    hint=_("A feeling, an image, a song: everything may stand beside something else."),
                ),
            ),
        ),
        Phase(
            key="reply",
            title=_("Back to the presenter"),
            ask=_("What did I hear that moves me?"),
            help=_("The presenter comes back in, and says what touched. Nothing needs an answer."),
            speaks=_("The presenter speaks. The others listen."),
            minutes=5,
            inputs=(Input(kind=Kind.REPLY, writers=PRESENTER, label=_("What moved me")),),
        ),
        Phase(
            key="take",
            title=_("Taking along"),
            ask=_("What do I take along from this?"),
            help=_("Everyone says one thing for their own work or study."),
            speaks=_("Everyone, in turn."),
            minutes=5,
            inputs=(TAKE_ALONG,),
        ),
    ),
)

METHODS: Mapping[MethodKey, Method] = {method.key: method for method in (INCIDENT, BALINT)}

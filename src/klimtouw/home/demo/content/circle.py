"""What is said in the circle of a project: its agreements, a question with answers, and the animals four students chose for themselves."""

from klimtouw.axenroos.choices import Animal, Which

NAME = "Projectgroep wondzorg"
MEMBERS = ("Noor", "Aylin", "Jarne", "Emma")
MESSAGE = "Kom je erbij? We kijken samen hoe het project gaat."
CLAUSES = (
    "Wat we hier vertellen, blijft hier. Wil je iets verder vertellen, dan vraag je het eerst.",
    "Niemand hoeft te praten. Overslaan mag.",
    "Zijn we bezorgd om iemand, dan zeggen we dat eerst aan die persoon.",
)

ASKED = "Ik moet vragen stellen aan een mevrouw die bijna niets zegt. Hoe beginnen jullie dan?"
ANSWERED = (
    ("Aylin", "Ik begin met wat ik zie. 'U kijkt naar buiten.' En dan wacht ik."),
    (
        "Emma",
        "Soms doe ik eerst iets samen, de bloemen water geven. Dan komt het praten vanzelf. Of niet, ook goed.",
    ),
)
THANKS = "Dank jullie. De bloemen waren het. Ze zei drie zinnen!"
"""What Jarne asks, who answers what, and what he says then."""
PLACE = "Lokaal B2.14"

PICKS: tuple[tuple[str, Which, Animal, str, bool], ...] = (
    ("Noor", Which.RECOGNISE, Animal.OWL, "Ik keek eerst hoe iedereen werkt. Daarna vroeg ik door.", True),
    ("Noor", Which.SHOW_MORE, Animal.HAWK, "Zeggen wat er schuurt, nog voor het groot wordt.", False),
    ("Aylin", Which.RECOGNISE, Animal.BEAVER, "De map met bronnen stond er op tijd.", True),
    ("Aylin", Which.SHOW_MORE, Animal.CAT, "Hulp vragen als ik te veel draag.", True),
    ("Jarne", Which.RECOGNISE, Animal.PEACOCK, "", True),
    ("Jarne", Which.SHOW_MORE, Animal.RACCOON, "Meer zien wat anderen laten zien.", True),
    ("Emma", Which.SHOW_MORE, Animal.LION, "Een voorstel doen als we blijven hangen.", True),
)
"""Who chose what, in which words, and whether they shared it."""

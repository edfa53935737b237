"""What is said in the circle of a project: its agreements, and the animals four students chose for themselves."""

from klimtouw.axenroos.choices import Animal, Which

NAME = "Projectgroep wondzorg"
MEMBERS = ("Noor", "Aylin", "Jarne", "Emma")
MESSAGE = "Kom je erbij? We kijken samen hoe het project gaat."
CLAUSES = (
    "Wat we hier vertellen, blijft hier. Wil je iets verder vertellen, dan vraag je het eerst.",
    "Niemand hoeft te praten. Overslaan mag.",
    "Zijn we bezorgd om iemand, dan zeggen we dat eerst aan die persoon.",
)

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

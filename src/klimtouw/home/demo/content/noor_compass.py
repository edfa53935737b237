"""What Noor knows of herself: strengths, what she cannot do yet, where she began, and a choice she still stands before.

The small mistakes are hers and stay.
"""

from datetime import date

from klimtouw.climb.choices import Context, FoundIn, StartingQuestion
from klimtouw.climb.sharpening import GoalContext

STRENGTHS = (
    ("Ik onthoud namen en wie wat drinkt.", FoundIn.WORK),
    ("De kleinsten worden rustig bij mij.", FoundIn.CLUB),
    ("Ik kan lang bij iemand zitten zonder iets te moeten zeggen.", FoundIn.HOME),
)
WORK_POINTS = (
    ("Zeggen dat ik iets niet weet, dat durf ik nog niet.", FoundIn.SCHOOL),
    ("Neen zeggen als ze in de bakkerij een extra zondag vragen. Lukt nog niet.", FoundIn.WORK),
)
BECAME_A_STRENGTH = ("Om hulp vragen voor ik vast zit.", FoundIn.SCHOOL)

START = {
    StartingQuestion.CAN: "Bloeddruk meten gaat vanzelf. Een bed verschonen ook. En mensen aan het lachen krijgen.",
    StartingQuestion.CIRCUMSTANCES: (
        "Ik pendel anderhalf uur en in het weekend sta ik in de bakkerij. "
        "Op woensdag pas ik op mijn broertje. Dan is er niet veel tijd over."
    ),
}
VIEW_OF_COACH = "Hij zegt niet veel en dat vond ik eerst raar. Nu is het juist goed. Ik durf alleen nog niet over thuis beginnen."

ANSWERS = {
    "worked": "Dat ik na de overdracht op de bus zit en niet denk: had ik maar.",
    "there": "Tegen Els alleen durf ik het al.",
}
PLACES = ("Stage ouderenzorg, WZC De Linde", "Communicatie in de zorg")


def places_of(first_day: date) -> tuple[GoalContext, ...]:
    """Return where she works on her goal; the placement began on a day."""
    placement, course = PLACES
    return (GoalContext(Context.PLACEMENT, placement, first_day), GoalContext(Context.COURSE, course))


QUESTION = "Waar vraag ik mijn volgende stage aan?"
OWN_IDEA = (
    "Nog eens ouderen, maar aan huis.",
    "Dan zie ik hoe mensen echt wonen. Met de fiets!",
    "Ik ben dan veel alleen op weg.",
)
OTHER_IDEA = (
    "Het ziekenhuis, zoals de meesten.",
    "Veel leren op korte tijd.",
    "Elke dag iemand anders. En nog langer op de bus.",
)
ASKED = "Els: ga waar je wakker van wordt. Mijn zus: ziekenhuis, want dat staat goed."

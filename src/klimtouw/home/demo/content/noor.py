"""What Noor writes on her own climb: a first-year nursing student who thinks out loud and spells as it comes.

The small mistakes are hers and stay: nobody judges spelling here.
"""

from dataclasses import dataclass, field

from klimtouw.climb.choices import CompassQuestion, EntryForm, StageMark

COMPASS = {
    CompassQuestion.MATTERS: "Dat niemand alleen zit.",
    CompassQuestion.GOOD_AT: (
        "Mensen op hun gemak zetten. In de bakkerij weet ik van iedereen welk brood. "
        "Bij de zeescouts durven de kleinsten met mij mee in de boot."
    ),
    CompassQuestion.WORK_WHERE: (
        "Op een plek waar je mensen langer kent. Niet elke dag iemand anders. "
        "Misschien bij oudere mensen, of aan huis."
    ),
}
MATTERS_LATER = (
    "Dat niemand alleen zit. Mijn bomma lag lang in het ziekenhuis. "
    "Er was 1 verpleegkundige die gewoon even ging zitten. Geen praatje, gewoon zitten. Dat wil ik ook kunnen."
)

DREAM = (
    "Thuisverpleegkundige zijn. Met mijn fiets van deur tot deur. "
    "En van iedereen weten hoe ze hun koffie drinken."
)
DREAM_THAT_RESTS = "Een jaar mee op een hospitaalschip. Ooit!"

GOAL_AT_FIRST = "Ik wil beter zijn in communicatie"
GOAL = "Ik durf iets te zeggen bij de overdracht, ook als het druk is."
WHY_AT_FIRST = "Omdat dat moet voor mijn stage"
WHY = "Ik zit soms lang bij iemand. Dan zie ik dingen die de anderen niet zien. Als ik zwijg heeft die mens daar niks aan."
WAY_TO = "dekade-vpk-2.3"
MY_WAY = "Zwijgen is ook een keuze, maar niet mijn beste. Hier begin ik."
LINK, WHAT_THE_LINK_SHOWS = "https://dekade.example/overdracht", "Zo bereid ik mijn zin voor"
OTHER_WAY = (
    "Eerst buiten de overdracht",
    "Ik oefen bij de koffie, zonder publiek.",
    "Daar luistert niemand naar wat ik over de bewoner zag.",
)
PRIVATE_GOAL = "Ik durf thuis zeggen dat ik soms twijfel."
PRIVATE_WHY = "Nu zeg ik altijd dat het goed gaat. Dat is maar half waar. Ik ben het beu om te doen alsof."


@dataclass(frozen=True)
class StageText:
    """A stage as Noor wrote it."""

    text: str
    steps: tuple[tuple[str, bool], ...] = ()
    if_then: str = ""
    mark: StageMark = StageMark.NONE


LISTEN = StageText("Een week gewoon luisteren. Wat zeggen de anderen, en hoe lang?")
TELL_ELS = StageText("Tegen Els (mijn mentor) zeggen dat ik het spannend vind", mark=StageMark.TURNING_POINT)
DETOUR = StageText("Eerst mijn zin eens zeggen met alleen Els erbij")
ONE_SENTENCE = StageText(
    "In de grote overdracht 1 zin zeggen, uit mezelf",
    steps=(
        ("Mijn zin op een klein blaadje schrijven, in mijn zak", True),
        ("Naast Els gaan staan en niet bij de deur", True),
        ("Mijn zin zeggen. Ook als mijn stem bibbert", False),
    ),
    if_then="Als ik blokkeer, dan haal ik mijn blaadje uit en lees ik het gewoon voor.",
)
UNASKED = StageText("Ook iets zeggen als het over iemand anders zijn bewoner gaat")
WHOLE_CORRIDOR = StageText("De hele overdracht van mijn gang doen")
NEXT_PLACEMENT = StageText("Op mijn volgende stage in de eerste week al iets zeggen")


@dataclass(frozen=True)
class EntryText:
    """A message in the trail as Noor wrote it."""

    text: str = ""
    form: EntryForm = EntryForm.FREE
    given: dict[str, str] = field(default_factory=dict)


FIRST_WEEK = EntryText(
    "Eerste week stage. Ik ken de gangen al. De namen nog niet. Iedereen praat rap. "
    "Ik heb vandaag 1 ding gezegd in de overdracht en dat was goeiemorgen."
)
AFTER_THE_WALK = EntryText(
    "Na de wandeling met meneer De Wachter. Het is nu 1 zin ipv 'communicatie'. Dat past in mijn zak.",
    EntryForm.THREE_WORDS,
    {"first_word": "lichter", "second_word": "benieuwd", "third_word": "koude oren"},
)
TOO_LATE = EntryText(
    form=EntryForm.WHAT_SO_WHAT,
    given={
        "what": "Ik wou zeggen dat meneer Jozef weer niet gegeten had. Toen ging het al over iemand anders.",
        "so_what": "Kwaad op mezelf. Heel de bus lang.",
        "what_next": "Op voorhand weten bij wie ik iets ga zeggen.",
    },
)
ELS = EntryText(
    "Het gezegd tegen Els. Ze zei dat zij in haar eerste jaar altijd naar haar schoenen keek. "
    "We moesten allebei lachen. Ik dacht altijd dat ik de enige was."
)
WITH_ELS = EntryText(
    "Mijn zin gezegd! Wel met alleen Els erbij. Mijn stem was weg maar de zin was er. "
    "Ze zei merci en schreef het op. Meneer Jozef krijgt nu pap ipv boterhammen. Hij heeft alles op gegeten."
)
AT_HOME = EntryText("Ze vroegen thuis hoe het gaat. Goed zei ik. En dan was het stil.")
ALOUD = EntryText(
    "Straks toets anatomie. Mijn samenvatting in gesproken op mijn gsm en beluisterd op de bus. "
    "Dat werkt eigelijk beter dan 3 keer lezen."
)
NODDED = EntryText(
    form=EntryForm.WHAT_SO_WHAT,
    given={
        "what": "Ze hadden het over mevrouw Simonne en ik knikte. De hoofdverpleegkundige zag dat en zei: Noor?",
        "so_what": "Mijn hart tot in mijn oren. Ik zei dat ze minder goed stapt dan vorige week. Iedereen luisterde gewoon.",
        "what_next": "Het blaadje was niet nodig. Ik laat het nog wel zitten.",
    },
)

"""What Noor and Bram write to each other: from her first letter to the line on the card for next week."""

from dataclasses import dataclass

HOW_KNOWN = "Van de onthaaldag. U deed de rondleiding in het skillslab."
MESSAGE = (
    "Dag meneer De Wachter\n\n"
    "Op de onthaaldag zei u dat u ook coach bent. Dat is blijven hangen. "
    "Mag ik het u vragen? Ik kan beter praten dan schrijven.\n"
    "Nee is ook oké!\n\n"
    "Noor (eerste jaar, groep C)"
)

# Getting acquainted, Noor.
NOOR_GROUND = "Allebei van het water? Ik zag een kano op uw laptop. Ik ben bij de zeescouts."
NOOR_CARD = {
    "how_i_work": "Liefst samen en al doende. Een lange tekst lees ik in stukjes.",
    "reach_me": "Met een berichtje. Ik kijk 's avonds. Een spraakbericht is altijd goed.",
    "good_to_know": "Op zaterdag werk ik in de bakkerij van mijn tante. Dan ben ik om 5 uur op en om 20 uur weg, haha.",
}
NOOR_HERE = "Met 1 iemand praat ik vlot. Maar op stage in een groep klap ik dicht. Dat wil ik anders."
NOOR_YOU = "U liep op de onthaaldag gewoon naast ons. Niet vooraan met een bordje."
NOOR_HOPES = "Dat u niet zegt wat ik moet doen. Dat doen ze thuis al."
NOOR_LEARNS = "Eerst horen of zien, dan pas lezen. Korte dingen. Ik heb dislectie (wie verzint zo'n woord)."
NOOR_NEEDS = {
    "needs": "Tijd om te antwoorden. Als ik stil ben denk ik na.",
    "wishes": "Al wandelend praten. Dan gaat het vanzelf.",
    "limits": "Liever niet over mijn papa.",
}

# Getting acquainted, Bram.
BRAM_GROUND = "De kano klopt. Elke zondag een stuk van de Leie, traag en met veel boterhammen."
BRAM_GROUND_OF_HIS_OWN = "Zelf ook dichtgeklapt, op mijn allereerste stage. Misschien vertel ik dat ooit."
BRAM_CARD = {
    "how_i_work": "Ik luister eerst en vraag veel. Tekenen op een blad mag altijd.",
    "reach_me": "Een bericht of mail op weekdagen, tot 19 uur. Of klop aan: lokaal B2.14.",
    "good_to_know": "Voor ik lesgaf, werkte ik elf jaar in een woonzorgcentrum. Ik ben altijd mijn leesbril kwijt.",
}
BRAM_NEEDS = {
    "needs": "Dat je het zegt als iets niet past. Ik raad het niet altijd goed.",
    "wishes": "Dat we af en toe lachen.",
    "limits": "'s Avonds laat en in het weekend antwoord ik niet.",
}

# The contract.
AVAILABILITY = "Noor: een berichtje, 's avonds. Bram: op weekdagen tot 19 uur, of in lokaal B2.14."
COACHEE_MAY_EXPECT = (
    "Dat Bram binnen drie werkdagen iets laat horen. Dat hij vraagt en luistert, en dat Noor kiest."
)
COACH_MAY_EXPECT = "Dat Noor laat weten als een gesprek niet lukt. Een kort bericht is genoeg."
OWN_CLAUSE = (
    "We praten liefst al wandelend, langs het water achter blok B. Regent het? Dan zitten we in de cafetaria."
)

# Beside what Noor shares.
CONFIDENCE = (
    "Jij kijkt lang en goed naar mensen. "
    "Ik heb er alle vertrouwen in dat daar een zin uit komt, op een moment dat jij kiest."
)
QUESTION = "Mooi dat je dit deelt. Wat maakte dat de zin er toch kwam, ook toen je stem weg was?"
PARKED_SUGGESTION = (
    "Sommige mensen beginnen met een vraag in plaats van met een zin. "
    "Misschien is dat ook voor jou een weg, misschien niet."
)
OPEN_SUGGESTION = (
    "Je zou vooraf kunnen afspreken met Els dat zij jou het woord geeft. "
    "Of net niet, omdat het dan niet meer uit jezelf komt. Wat denk jij?"
)

# Talks.
PLACE = "Langs het water achter blok B"


@dataclass(frozen=True)
class TalkText:
    """What both kept of a talk."""

    takeaway: str
    next_step: str
    sentence: str
    role: str
    is_shared: bool


FIRST_TALK = TalkText(
    takeaway="Een doel mag klein zijn. 'Communicatie' zegt niks. 1 zin in de overdracht zegt alles.",
    next_step="Tegen Els zeggen dat ik het spannend vind.",
    sentence="Je zocht lang, en toen was het woord er: overdracht. Dat vond je zelf.",
    role="clarifier",
    is_shared=True,
)
SECOND_TALK = TalkText(
    takeaway=(
        "Bram vroeg wat ik zou doen met een klein mannetje dat niet in de boot durft. "
        "Ik zou ernaast gaan zitten en wachten. Dat ga ik nu ook eens met mezelf doen."
    ),
    next_step="Mijn zin oefenen op de fiets.",
    sentence="Ik hoorde je vandaag 'nog niet' zeggen. Ik vond dat een sterk woord.",
    role="supporter",
    is_shared=False,
)
NOOR_TALKS_ABOUT = "Wat doe ik als ze allemaal kijken en ik ben mijn zin kwijt?"
NOOR_IS_PROUD_OF = "Els vroeg of ik de volgende keer weer naast haar kom staan."
BRAM_TALKS_ABOUT = "Ik ben benieuwd hoe de berg er nu uitziet als jij ernaar kijkt."

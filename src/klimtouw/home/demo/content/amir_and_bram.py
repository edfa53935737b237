"""What Amir and Bram write: a third-year student who would like to be a peer coach and first wants to be coached."""

HOW_KNOWN = "Van het skillslab, en van de gang: je vroeg me iets met je jas al aan."
MESSAGE = (
    "Dag Amir\n\n"
    "Je vroeg hoe je peercoach wordt voor eerstejaars. Mooie vraag. "
    "Heb je zin om zelf eens een semester gecoacht te worden? Dan voel je hoe dat is aan de andere kant van het touw. "
    "Geen haast, en nee is ook goed.\n\n"
    "Bram"
)
AMIR_GROUND = "Wij zeggen allebei 'allez' voor we beginnen. Let er maar eens op."
AMIR_CARD = {
    "how_i_work": "Met een plan. Zondagavond zet ik mijn week op papier. Daarna loopt het toch anders.",
    "reach_me": "Bellen mag altijd. Alleen in de bib neem ik niet op.",
    "good_to_know": "Ik ben de eerste bij ons thuis die verder studeert. Mijn zus kijkt mee over mijn schouder, letterlijk.",
}
AMIR_HERE = (
    "Ik wil volgend jaar eerstejaars coachen. Eerst wil ik weten hoe het is om zelf een coach te hebben. "
    "En stiekem: ik neem altijd alles op mij. Daar wil ik eens naar kijken."
)
AMIR_LEARNS = "Als iemand doorvraagt. Op een vriendelijke manier dan."
BRAM_GROUND = "Allez, Amir, dat klopt. En we hebben allebei een zus die het beter weet."
PLACE = "Cafetaria blok A, de tafel achteraan"

"""The strong and irregular verbs of Dutch: "ging", "gegaan" and "gaan" are one word to who looks for it (C8).

A stemmer cuts endings off; it cannot know that "schreef" belongs to "schrijven". These are plain facts of the language, one verb a
line: how it is called, its stem in the present, the past of one and of several, the form with "hebben" or "zijn", and what is
odd. Other forms follow from these; a verb with something in front ("begrijpen", "opstaan") follows its root.
"""

VERBS = """
bakken bak bakte bakten gebakken
barsten barst barstte barstten gebarsten
bederven bederf bedierf bedierven bedorven
bedriegen bedrieg bedroog bedrogen bedrogen
beginnen begin begon begonnen begonnen
bergen berg borg borgen geborgen
bevelen beveel beval bevalen bevolen
bewegen beweeg bewoog bewogen bewogen
bidden bid bad baden gebeden
bieden bied bood boden geboden
bijten bijt beet beten gebeten
binden bind bond bonden gebonden
blazen blaas blies bliezen geblazen
blijken blijk bleek bleken gebleken
blijven blijf bleef bleven gebleven
blinken blink blonk blonken geblonken
breken breek brak braken gebroken
brengen breng bracht brachten gebracht
buigen buig boog bogen gebogen
denken denk dacht dachten gedacht
doen doe deed deden gedaan doet
dragen draag droeg droegen gedragen
drijven drijf dreef dreven gedreven
dringen dring drong drongen gedrongen
drinken drink dronk dronken gedronken
druipen druip droop dropen gedropen
duiken duik dook doken gedoken
dwingen dwing dwong dwongen gedwongen
eten eet at aten gegeten
fluiten fluit floot floten gefloten
gaan ga ging gingen gegaan gaat
gelden geld gold golden gegolden
genezen genees genas genazen genezen
genieten geniet genoot genoten genoten
geven geef gaf gaven gegeven
gieten giet goot goten gegoten
glijden glijd gleed gleden gegleden
glimmen glim glom glommen geglommen
graven graaf groef groeven gegraven
grijpen grijp greep grepen gegrepen
hangen hang hing hingen gehangen
hebben heb had hadden gehad heeft
heffen hef hief hieven geheven
helpen help hielp hielpen geholpen
heten heet heette heetten geheten
hijsen hijs hees hesen gehesen
houden houd hield hielden gehouden hou
jagen jaag joeg joegen gejaagd
kiezen kies koos kozen gekozen
kijken kijk keek keken gekeken
klimmen klim klom klommen geklommen
klinken klink klonk klonken geklonken
knijpen knijp kneep knepen geknepen
komen kom kwam kwamen gekomen
kopen koop kocht kochten gekocht
krijgen krijg kreeg kregen gekregen
krimpen krimp kromp krompen gekrompen
kruipen kruip kroop kropen gekropen
kunnen kan kon konden gekund kunt
lachen lach lachte lachten gelachen
laden laad laadde laadden geladen
laten laat liet lieten gelaten
lezen lees las lazen gelezen
liegen lieg loog logen gelogen
liggen lig lag lagen gelegen
lijden lijd leed leden geleden
lijken lijk leek leken geleken
lopen loop liep liepen gelopen
meten meet mat maten gemeten
mijden mijd meed meden gemeden
moeten moet moest moesten gemoeten
mogen mag mocht mochten gemogen
nemen neem nam namen genomen
plegen pleeg pleegde pleegden gepleegd placht
prijzen prijs prees prezen geprezen
raden raad raadde raadden geraden ried
rijden rijd reed reden gereden rij
rijgen rijg reeg regen geregen
rijzen rijs rees rezen gerezen
roepen roep riep riepen geroepen
ruiken ruik rook roken geroken
schelden scheld schold scholden gescholden
schenden schend schond schonden geschonden
schenken schenk schonk schonken geschonken
scheppen schep schiep schiepen geschapen
scheren scheer schoor schoren geschoren
schieten schiet schoot schoten geschoten
schijnen schijn scheen schenen geschenen
schrijden schrijd schreed schreden geschreden
schrijven schrijf schreef schreven geschreven
schrikken schrik schrok schrokken geschrokken
schuiven schuif schoof schoven geschoven
slaan sla sloeg sloegen geslagen slaat
slapen slaap sliep sliepen geslapen
slijpen slijp sleep slepen geslepen
slijten slijt sleet sleten gesleten
sluipen sluip sloop slopen geslopen
sluiten sluit sloot sloten gesloten
smelten smelt smolt smolten gesmolten
smijten smijt smeet smeten gesmeten
snijden snijd sneed sneden gesneden
snuiven snuif snoof snoven gesnoven
spannen span spande spanden gespannen
spijten spijt speet speten gespeten
spreken spreek sprak spraken gesproken
springen spring sprong sprongen gesprongen
spuiten spuit spoot spoten gespoten
staan sta stond stonden gestaan staat
steken steek stak staken gestoken
stelen steel stal stalen gestolen
sterven sterf stierf stierven gestorven
stijgen stijg steeg stegen gestegen
stinken stink stonk stonken gestonken
stoten stoot stootte stootten gestoten stiet
strijden strijd streed streden gestreden
strijken strijk streek streken gestreken
treden treed trad traden getreden
treffen tref trof troffen getroffen
trekken trek trok trokken getrokken
vallen val viel vielen gevallen
vangen vang ving vingen gevangen
varen vaar voer voeren gevaren
vechten vecht vocht vochten gevochten
verdwijnen verdwijn verdween verdwenen verdwenen
vergeten vergeet vergat vergaten vergeten
verliezen verlies verloor verloren verloren
verslinden verslind verslond verslonden verslonden
vinden vind vond vonden gevonden
vlechten vlecht vlocht vlochten gevlochten
vliegen vlieg vloog vlogen gevlogen
vouwen vouw vouwde vouwden gevouwen
vragen vraag vroeg vroegen gevraagd
vreten vreet vrat vraten gevreten
vriezen vries vroor vroren gevroren
waaien waai woei woeien gewaaid waaide
wegen weeg woog wogen gewogen
werpen werp wierp wierpen geworpen
werven werf wierf wierven geworven
weten weet wist wisten geweten
wijzen wijs wees wezen gewezen
willen wil wou wilden gewild wilde
winden wind wond wonden gewonden
winnen win won wonnen gewonnen
worden word werd werden geworden
wreken wreek wreekte wreekten gewroken
wrijven wrijf wreef wreven gewreven
wringen wring wrong wrongen gewrongen
zeggen zeg zei zeiden gezegd
zenden zend zond zonden gezonden
zien zie zag zagen gezien ziet
zingen zing zong zongen gezongen
zinken zink zonk zonken gezonken
zitten zit zat zaten gezeten
zoeken zoek zocht zochten gezocht
zuigen zuig zoog zogen gezogen
zuipen zuip zoop zopen gezopen
zullen zal zou zouden gezuld
zwellen zwel zwol zwollen gezwollen
zwemmen zwem zwom zwommen gezwommen
zweren zweer zwoer zwoeren gezworen
zwerven zwerf zwierf zwierven gezworven
zwijgen zwijg zweeg zwegen gezwegen
"""
IN_FRONT = (
    "aan", "achter", "af", "be", "bij", "binnen", "door", "er", "ge", "goed", "her", "in", "klaar", "los", "mee", "mis", "na",
    "neer", "om", "ont", "op", "over", "samen", "stil", "tegen", "terug", "thuis", "toe", "uit", "vast", "ver", "vol", "voor",
    "voorbij", "vrij", "weer", "weg",
)  # fmt: skip
"""What stands in front of a verb and makes another one of it."""


def _forms() -> dict[str, frozenset[str]]:
    """Return, per form, which verbs it may be of."""
    found: dict[str, set[str]] = {}
    for line in VERBS.split("\n"):
        if line:
            verb, stem, *past = line.split()
            for form in (verb, f"{verb}d", f"{verb}de", stem, f"{stem}t", *past):
                found.setdefault(form, set()).add(verb)
    return {form: frozenset(verbs) for form, verbs in found.items()}


FORMS = _forms()
NONE: frozenset[str] = frozenset()


def verbs_of(word: str) -> frozenset[str]:
    """Return which strong verbs a word may be a form of, with what stands in front of them; most words are of none."""
    if word in FORMS:
        return FORMS[word]
    if not word.startswith(IN_FRONT):
        return NONE
    found = set()
    for front in IN_FRONT:
        if word.startswith(front):
            rest = word.removeprefix(front)
            # "besproken" and "onthouden" have no "ge"; "aangenomen" has.
            found |= {front + verb for verb in FORMS.get(rest, NONE) | FORMS.get(f"ge{rest}", NONE)}
    return frozenset(found)

"""The agreements a first version starts from, in our own words; a circle changes them as it likes (G3)."""

from klimtouw.access.page import Language

FIRST_AGREEMENTS: dict[Language, tuple[str, ...]] = {
    "nl": (
        "Wat iemand hier vertelt, blijft in de kring. Wil je er elders over praten? Vraag het eerst.",
        "Ieder kiest zelf wat hij, zij of hen deelt. Niets delen mag ook.",
        "We vragen door en luisteren. Raad geven we pas als iemand erom vraagt.",
        "Maken we ons zorgen om iemand? Dan zeggen we dat eerst tegen die persoon zelf. "
        "Daarna zoeken we samen wie kan helpen.",
        "Kun je er niet bij zijn? Een kort bericht is genoeg.",
        "Weggaan mag altijd, zonder reden. Wat van jou is, neem je mee.",
    ),
    "en": (
        "What somebody tells here stays in the circle. Want to talk about it elsewhere? Ask first.",
        "Each of us chooses what to share. Sharing nothing is fine too.",
        "We ask and we listen. We give advice only when somebody asks for it.",
        "Are we worried about somebody? Then we first tell that person. After that we look together for who can help.",
        "Can you not be there? A short message is enough.",
        "Leaving is always fine, without a reason. What is yours you take along.",
    ),
}

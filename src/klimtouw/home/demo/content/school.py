"""The two schools of the demo and whom to turn to there. The telephone numbers exist nowhere."""

from dataclasses import dataclass
from uuid import UUID

from klimtouw.programmes.choices import InstitutionKind


@dataclass(frozen=True)
class Contact:
    """Somebody to turn to at a school (R12)."""

    name: str
    about_nl: str
    about_en: str
    phone: str


@dataclass(frozen=True)
class School:
    """A school with its programmes."""

    id: UUID
    name: str
    kind: InstitutionKind
    programmes: tuple[str, ...]
    contacts: tuple[Contact, ...]


VERPLEEGKUNDE = "Verpleegkunde"
ORTHOPEDAGOGIE = "Orthopedagogie"
ZORG_EN_WELZIJN = "Zorg en Welzijn 6"

DE_KADE = School(
    # Its row says that the demo was filled; a name can change, an id cannot.
    id=UUID("0197a000-0000-7000-8000-00000000de40"),
    name="Hogeschool De Kade",
    kind=InstitutionKind.BE_HIGHER,
    programmes=(VERPLEEGKUNDE, ORTHOPEDAGOGIE),
    contacts=(
        Contact(
            "Studentenbegeleiding De Kade",
            "Praten over studeren, geld, thuis of hoe het met je gaat. Je mag gewoon binnenlopen: blok A, naast de cafetaria.",
            "Talk about studying, money, home or how you are. Just walk in: block A, next to the cafeteria.",
            "09 000 00 11",
        ),
        Contact(
            "Leen Baert, vertrouwenspersoon",
            "Als iemand over je grens gaat, of als je daarover twijfelt. Leen luistert eerst. Daarna bekijken jullie samen wat kan.",
            "When somebody crosses your limits, or when you are in doubt. Leen listens first. Then you look together at what is possible.",
            "09 000 00 12",
        ),
    ),
)
TER_LINDEN = School(
    id=UUID("0197a000-0000-7000-8000-00000000117d"),
    name="Atheneum Ter Linden",
    kind=InstitutionKind.BE_SECONDARY,
    programmes=(ZORG_EN_WELZIJN,),
    contacts=(
        Contact(
            "Leerlingenbegeleiding Ter Linden",
            "Voor alles wat op school of thuis niet lekker loopt. Je vindt ons in lokaal 012, elke middag.",
            "For anything that is difficult at school or at home. You find us in room 012, every noon.",
            "09 000 00 21",
        ),
        Contact(
            "Karim Bennani, vertrouwenspersoon",
            "Als er iets gebeurde dat niet oké voelt. Een bericht met alleen je naam is genoeg.",
            "When something happened that does not feel right. A message with just your name is enough.",
            "09 000 00 22",
        ),
    ),
)
SCHOOLS = (DE_KADE, TER_LINDEN)

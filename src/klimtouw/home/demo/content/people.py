"""Everybody in the demo. One password for all, said out loud: nobody here exists."""

from dataclasses import dataclass

from klimtouw.home.demo.content.school import ORTHOPEDAGOGIE, VERPLEEGKUNDE, ZORG_EN_WELZIJN
from klimtouw.people.choices import Language, Pronouns
from klimtouw.programmes.choices import MembershipHat

PASSWORD = "klimtouw-demo"  # noqa: S105 - printed for everybody who starts the demo
SHE, HE, THEY, NONE = Pronouns.SHE, Pronouns.HE, Pronouns.THEY, Pronouns.NONE
LEARNER, STAFF = MembershipHat.LEARNER, MembershipHat.STAFF
COORDINATOR, ADMINISTRATOR = MembershipHat.COORDINATOR, MembershipHat.ADMINISTRATOR


@dataclass(frozen=True)
class Someone:
    """A person of the demo; `belongs` says in which hat to which programme."""

    name: str
    email: str
    pronouns: Pronouns = NONE
    belongs: tuple[tuple[MembershipHat, str], ...] = ()
    language: Language = Language.DUTCH

    @property
    def first_name(self) -> str:
        """How the stories call this person."""
        return self.name.split()[0]


def _student(name: str, pronouns: Pronouns, programme: str = VERPLEEGKUNDE) -> Someone:
    return Someone(
        name, f"{name.split(maxsplit=1)[0].lower()}@dekade.example", pronouns, ((LEARNER, programme),)
    )


PEOPLE = (
    _student("Noor Van den Broeck", SHE),
    Someone(
        "Bram De Wachter",
        "bram@dekade.example",
        HE,
        ((STAFF, VERPLEEGKUNDE), (STAFF, ORTHOPEDAGOGIE), (STAFF, ZORG_EN_WELZIJN)),
    ),
    Someone("Vera Maes", "vera@dekade.example", SHE, ((COORDINATOR, VERPLEEGKUNDE),)),
    _student("Amir Haddad", HE),
    Someone(
        "Ines Claes",
        "ines@dekade.example",
        SHE,
        ((ADMINISTRATOR, VERPLEEGKUNDE), (ADMINISTRATOR, ORTHOPEDAGOGIE)),
    ),
    Someone("Stan Peeters", "stan@post.example"),
    _student("Yasmine El Idrissi", SHE),
    _student("Jarne Wouters", HE),
    _student("Emma Vandenbossche", SHE),
    _student("Mamadou Diallo", HE),
    Someone(
        "Zofia Kowalska",
        "zofia@dekade.example",
        SHE,
        ((LEARNER, VERPLEEGKUNDE),),
        Language.ENGLISH,
    ),
    _student("Tuur Hendrickx", HE),
    _student("Aylin Demir", SHE),
    _student("Nima Tamang", THEY),
    _student("Robin Goossens", THEY),
    _student("Lowie Janssens", HE, ORTHOPEDAGOGIE),
    _student("Fien De Smedt", SHE, ORTHOPEDAGOGIE),
    _student("Kato Lievens", SHE),
    Someone("Hanne Maertens", "hanne@terlinden.example", NONE, ((LEARNER, ZORG_EN_WELZIJN),)),
)

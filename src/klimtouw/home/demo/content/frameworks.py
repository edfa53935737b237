"""A small framework of Hogeschool De Kade, invented for the demo: what its nurses-to-be learn. Nobody else uses it."""

TITLE = "Wat je leert bij Verpleegkunde"
ROWS: tuple[tuple[str, str, str], ...] = (
    # the code, the code it stands under, and the goal
    ("1", "", "Zorg dragen"),
    ("1.1", "1", "De student ziet wat iemand nodig heeft en begint daar."),
    ("1.2", "1", "De student geeft veilige zorg en vraagt hulp waar dat nodig is."),
    ("1.3", "1", "De student maakt met de zorgvrager een plan dat bij het leven van die mens past."),
    ("2", "", "Samenwerken"),
    ("2.1", "2", "De student luistert tot de ander uitgesproken is."),
    ("2.2", "2", "De student geeft door wat een collega moet weten, kort en volledig."),
    ("2.3", "2", "De student brengt een eigen observatie in, ook in een groep en onder druk."),
    ("2.4", "2", "De student werkt met andere beroepen en kent hun plaats in de zorg."),
    ("3", "", "Onderzoekend kijken"),
    ("3.1", "3", "De student zoekt uit waarom iets zo gebeurt en of het beter kan."),
    ("3.2", "3", "De student leest een onderzoek en zegt in eigen woorden wat het betekent."),
    ("4", "", "Zelf blijven groeien"),
    ("4.1", "4", "De student kent de eigen kracht en grens en praat daarover."),
    ("4.1.1", "4.1", "De student zegt wat een moeilijk moment met hem, haar of hen deed."),
    ("4.1.2", "4.1", "De student vraagt om een reactie en doet er iets mee."),
    ("4.2", "4", "De student kiest een volgende stap en kijkt later terug."),
)

NEXT_YEAR = (
    *(
        (code, under, "De student vraagt hulp voor het te veel wordt.")
        if code == "1.2"
        else (code, under, text)
        for code, under, text in ROWS
    ),
    ("3.3", "3", "De student legt een bevinding voor aan een collega."),
)
"""The same a year later: one goal in other words, and a new one."""


def as_csv(rows: tuple[tuple[str, str, str], ...] = ROWS) -> bytes:
    """Return it as the file that the administrator of the school brings."""
    lines = ["identifier;code;statement;parent;language"]
    lines += [
        f'{_key(code)};{code};"{text}";{_key(parent) if parent else ""};nl' for code, parent, text in rows
    ]
    return "\n".join(lines).encode()


def _key(code: str) -> str:
    return f"dekade-vpk-{code}"

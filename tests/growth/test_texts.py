"""The texts for coaches: whole in both languages, in coaching language, without a way that leads nowhere (T5, T7, T8)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from pytest_django import Settings

from klimtouw.growth.choices import CardKind, Phase
from klimtouw.growth.texts.library import ALONG, FOLDERS, faults_in, files_in, library
from klimtouw.growth.texts.wording import Wording
from klimtouw.programmes.roles import ROLES

FILES = [path for folder in FOLDERS for path in files_in(ALONG / folder)]

FIXED = {
    "nl": r"\b(nooit zo|altijd zo|lui|dom|slim|talent|knapste|beste leerling|faal\w*|mislukt\w*|probleemgeval|zwak\w*|fout gedaan)\b",
    "en": r"\b(lazy|stupid|smart|gifted|failure|failed|weak student|problem case|did wrong)\b",
}
BLAMING = {
    "nl": r"waarom (heb|deed|ben|doe|kom|heeft|zou) ",
    "en": r"why (did|didn|have|haven|are|aren|do|don|would|wouldn)\w*",
}
PUSHING = {
    "nl": r"\b(je moet|u moet|jij moet|moeten jullie|verplicht)\b",
    "en": r"\b(you must|you have to|you should)\b",
}
GENDERED = {
    "nl": r"\b(hij|hem|haar|zij|meisje|jongen|meneer|juf)\b",
    "en": r"\b(he|she|him|her|his|hers|girl|boy|sir|miss)\b",
}
SECRECY = {
    "nl": r"beroepsgeheim|absolute geheimhouding|tegen niemand iets|ik zwijg over alles",
    "en": r"professional secrecy|complete secrecy|never tell anybody anything",
}
COUNTING = {
    "nl": r"\b(punten|score|procent|niveau|badge|goed gedaan|fout antwoord)\b",
    "en": r"\b(points|score|percent|level|badge|well done|wrong answer)\b",
}


def texts() -> Iterator[tuple[str, Wording]]:
    """Return every text of the package, with where it stands."""
    found = library()
    for deck in found.decks.values():
        yield from ((f"cards/{deck.role}", how) for how in deck.helps_in.values())
        yield from ((f"cards/{deck.role}", card.text) for card in deck.cards)
    for chapter in found.chapters.values():
        yield from ((f"chapters/{chapter.key}", text) for text in chapter.texts)
    for talk in found.talks.values():
        yield from ((f"practice/{talk.key}", text) for text in talk.texts)


def hits(patterns: dict[str, str]) -> list[str]:
    """Return where a pattern stands in a text of its language."""
    return [
        f"{place} ({language}): {match.group(0)!r} in {getattr(text, language)[:80]!r}"
        for place, text in texts()
        for language, pattern in patterns.items()
        for match in re.finditer(pattern, getattr(text, language), re.IGNORECASE)
    ]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_file_can_be_read(path: Path) -> None:
    assert FOLDERS[path.parent.name]
    assert [fault for fault in faults_in(ALONG) if path.name in fault] == []


@pytest.mark.parametrize(
    "patterns", [FIXED, BLAMING, PUSHING, COUNTING], ids=["fixed", "blaming", "pushing", "counting"]
)
def test_v20_v18_v5_no_text_fixes_blames_pushes_or_counts_anybody(patterns: dict[str, str]) -> None:
    assert hits(patterns) == []


def test_v26_no_coachee_or_coach_is_given_a_gender() -> None:
    assert hits(GENDERED) == []


def test_v23_no_text_promises_secrecy() -> None:
    assert hits(SECRECY) == []


def test_v14_no_text_says_that_a_program_notices_something() -> None:
    promising = {
        "nl": r"klimtouw (merkt|herkent|ziet|meldt)",
        "en": r"klimtouw (notices|recognises|detects|reports)",
    }
    assert hits(promising) == []


def test_sentences_are_short_enough_to_be_read_by_everybody() -> None:
    by_place: dict[tuple[str, str], list[str]] = {}
    for place, text in texts():
        for language in ("nl", "en"):
            sentences = [one for one in re.split(r"[.!?:…]+[”’\s]*", getattr(text, language)) if one.strip()]
            by_place.setdefault((place, language), []).extend(sentences)
    for where, sentences in by_place.items():
        lengths = [len(sentence.split()) for sentence in sentences]
        assert sum(lengths) / len(lengths) <= 12, where
        assert max(lengths) <= 22, (where, max(sentences, key=lambda one: len(one.split())))


def test_t5_every_role_has_its_phases_and_at_least_twelve_questions_and_two_attitudes() -> None:
    decks = library().decks
    assert set(decks) == {role.key for role in ROLES}
    for deck in decks.values():
        kinds = [card.kind for card in deck.cards]
        assert kinds.count(CardKind.QUESTION) >= 12, deck.role
        assert kinds.count(CardKind.ATTITUDE) >= 2, deck.role
        assert {phase for card in deck.cards for phase in card.phases} == set(deck.helps_in), deck.role


def test_t7_for_every_moment_there_are_cards_to_choose_from() -> None:
    for phase in Phase:
        assert len([card for card in library().cards if phase in card.phases]) >= 8, phase


def test_a_card_is_one_short_question_or_an_attitude_in_the_first_person() -> None:
    cards = library().cards
    assert len({card.text.nl for card in cards}) == len(cards), "no card twice"
    for card in cards:
        assert len(card.text.nl.split()) <= 18, card.text.nl
        if card.kind == CardKind.QUESTION:
            assert "?" in card.text.nl
            assert "?" in card.text.en
        else:
            assert re.search(r"\bik\b", card.text.nl, re.IGNORECASE), card.text.nl
            assert re.search(r"\bI\b", card.text.en), card.text.en


def test_t8_there_are_seven_chapters_of_a_few_minutes() -> None:
    chapters = library().chapters
    assert list(chapters) == [
        "contacting", "contracting", "doel", "route", "kronkelpad", "vertrouwelijkheid", "signalen",
    ]  # fmt: skip
    for chapter in chapters.values():
        for language in ("nl", "en"):
            words = sum(len(getattr(text, language).split()) for text in chapter.texts)
            assert 250 <= words <= 400, (chapter.key, language, words)


def test_a_text_prints_in_the_language_of_the_page_and_in_paragraphs() -> None:
    text = Wording("een\ntwee\n\ndrie", "one")
    with translation.override("nl"):
        assert str(text) == "een\ntwee\n\ndrie"
        assert text.paragraphs == ["een twee", "drie"]
    with translation.override("en"):
        assert text.paragraphs == ["one"]


# A folder of one's own.


@pytest.fixture
def own(tmp_path: Path, settings: Settings) -> Path:
    """A folder with texts of a school."""
    for folder in FOLDERS:
        (tmp_path / folder).mkdir()
    settings.COACHING_TEXTS = tmp_path
    return tmp_path


CARDS = """
[phases.goal]
nl = "Zo helpt het."
en = "It helps so."
[[cards]]
kind = "question"
phases = ["goal"]
nl = "Wat wil je?"
en = "What do you want?"
"""


def test_a_school_lays_its_own_cards_over_ours(own: Path) -> None:
    (own / "cards" / "supporter.toml").write_text(CARDS)
    assert [card.text.nl for card in library().decks["supporter"].cards] == ["Wat wil je?"]
    assert len(library().decks["challenger"].cards) >= 12
    call_command("coaching_texts")


FAULTS = {
    "one-language": CARDS.replace('en = "What do you want?"', 'en = ""'),
    "slip": CARDS.replace("kind =", "kin ="),
    "phase": CARDS.replace('["goal"]', '["goals"]'),
    "kind": CARDS.replace('"question"', '"order"'),
    "no-phase": CARDS.replace('["goal"]', "[]"),
    "no-toml": CARDS.replace("[[cards]]", "[[cards"),
    "no-cards": CARDS.split("[[cards]]", maxsplit=1)[0],
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_file_with_a_fault_is_named_and_ours_stays(
    own: Path, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    (own / "cards" / "supporter.toml").write_text(FAULTS[name])
    assert len(library().decks["supporter"].cards) >= 12
    assert "cards/supporter.toml is left out" in caplog.text
    with pytest.raises(CommandError):
        call_command("coaching_texts")
    assert len(faults_in(own)) == 1


def test_a_folder_without_texts_is_named(tmp_path: Path) -> None:
    assert faults_in(tmp_path / "nowhere") == [f"{tmp_path / 'nowhere'} holds no texts"]

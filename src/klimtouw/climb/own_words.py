"""Look for a word in one's own texts: "lopen" finds "gelopen", "loopt" and "liep", "cafe" finds "Café" (C8).

The texts are opened in memory, looked through and let go. No list of anybody's words is made or kept.
"""

import re
import unicodedata

import snowballstemmer  # type: ignore[import-untyped]  # it comes without types
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from klimtouw.climb.strong_verbs import NONE, verbs_of
from klimtouw.foundation.text import tidy

WORD = re.compile(r"\w+")
LANGUAGES = ("dutch", "english")
LITTLE = 2
"""Words as short as "de" or "in" are left out when a longer one is typed: they stand everywhere."""
MOST_WORDS = 12
BEGINNING = 4
"""So many typed letters also find what begins with them, such as a compound."""
LETTERS = 3
NEAR = 200
LEFT_OF_DOUBLES = re.compile(r"(.)\1+")
SAME_SOUND = str.maketrans("vzy", "fsi")


def folded(word: str) -> str:
    """Return a word without capitals and accents."""
    small = word.casefold()
    if small.isascii():
        return small
    return "".join(c for c in unicodedata.normalize("NFKD", small) if not unicodedata.combining(c))


class Sought:
    """The words somebody looks for, for as long as one page takes."""

    def __init__(self, typed: str) -> None:
        words = [folded(word) for word in WORD.findall(tidy(typed))]
        longer = [word for word in words if len(word) > LITTLE]
        self.typed = list(dict.fromkeys(longer or words))[:MOST_WORDS]
        self._stemmers = [snowballstemmer.stemmer(language) for language in LANGUAGES]
        self._stems = [self._stems_of(word) for word in self.typed]
        self._begins = [tuple({_bones(stem) for stem in stems}) for stems in self._stems]
        self._firsts = {begin[0] for begins in self._begins for begin in begins}
        self._verbs = [verbs_of(word) for word in self.typed]
        self._has_verbs = any(self._verbs)
        self._heard: dict[str, int] = {}
        self._passed: set[str] = set()
        """What answers to nothing; most words do not, and are not looked at again."""

    def __bool__(self) -> bool:
        return bool(self.typed)

    def is_in(self, *texts: str) -> bool:
        """Whether every word that was typed stands in these texts taken together, in any order."""
        found, wanted = 0, (1 << len(self.typed)) - 1
        for text in texts:
            for word in set(WORD.findall(text)) - self._passed:
                found |= self._answer(word)
            if found == wanted:
                return True
        return False

    def marked(self, text: str, length: int) -> SafeString:
        """Return the part of a text around the first word that was found, escaped, with every such word marked."""
        hits = [found.span() for found in WORD.finditer(text) if self._answer(found[0])]
        start, end = _part(text, hits[0][0] if hits else 0, length)
        pieces, at = [SafeString("… ")] if start else [], start
        for begins, ends in hits:
            if start <= begins and ends <= end:
                pieces.append(format_html("{}<mark>{}</mark>", text[at:begins], text[begins:ends]))
                at = ends
        pieces.append(format_html("{}{}", text[at:end], " …" if end < len(text) else ""))
        return format_html_join("", "{}", ((piece,) for piece in pieces))

    def _answer(self, word: str) -> int:
        """Return which of the typed words this one answers to, a bit for each; every word is judged once."""
        if word not in self._heard:
            self._heard[word] = self._judged(folded(word))
            if not self._heard[word]:
                self._passed.add(word)
        return self._heard[word]

    def _judged(self, word: str) -> int:
        answers, stems = 0, frozenset[str]()
        begins = self._begins_of(word)
        verbs = verbs_of(word) if self._has_verbs else NONE
        for place, typed in enumerate(self.typed):
            is_same = word.startswith(typed) if len(typed) >= BEGINNING else word == typed
            is_same = is_same or not verbs.isdisjoint(self._verbs[place])
            if not is_same and any(one.startswith(self._begins[place]) for one in begins):
                # Stemming is dear: only what begins alike comes to it.
                stems = stems or self._stems_of(word)
                is_same = not stems.isdisjoint(self._stems[place])
            answers |= is_same << place
        return answers

    def _begins_of(self, word: str) -> set[str]:
        """Return how a word begins, also without the "ge" that "gelopen" has in front and "aangepast" inside."""
        if "ge" in word:
            return {_bones(word), _bones(word.replace("ge", "", 1))}
        return {_bones(word)} if word[0].translate(SAME_SOUND) in self._firsts else set()

    def _stems_of(self, word: str) -> frozenset[str]:
        """Return a word with its stems. A stem is stemmed again: "toetsen" and "toets" meet in "toets"."""
        stems = {word}
        for stemmer in self._stemmers:
            once = stemmer.stemWord(word)
            stems |= {once, stemmer.stemWord(once)}
        return frozenset(stems)


def _bones(word: str) -> str:
    """Return the first letters, as they stay the same in every form of a word: "maak" and "maken", "brief" and "brieven"."""
    return LEFT_OF_DOUBLES.sub(r"\1", word[: 2 * LETTERS].translate(SAME_SOUND))[:LETTERS]


def _part(text: str, hit: int, length: int) -> tuple[int, int]:
    """Return where a part begins and ends that holds the hit, cut at a space where there is one."""
    start = 0 if hit < length - NEAR else hit - NEAR
    if start:
        start = next((at + 1 for at in range(start, hit) if text[at].isspace()), start)
    end = min(len(text), start + length)
    if end < len(text):
        end = next((at for at in range(end, max(hit, end - NEAR), -1) if text[at].isspace()), end)
    return start, end

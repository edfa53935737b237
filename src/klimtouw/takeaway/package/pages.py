"""The pages of the package: a folder that opens in any browser, without a server and without scripts, and that prints."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from importlib.resources import files
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from klimtouw.belongings.queries import kinds
from klimtouw.people.models import Person
from klimtouw.takeaway.package.around import PlaceInWords, place_in_words
from klimtouw.takeaway.package.book import Book, Written
from klimtouw.takeaway.package.mountains import Mountain, mountains_in
from klimtouw.takeaway.package.queries import Content

STYLE = "klimtouw.css"


def pages_of(content: Content, person: Person) -> Iterator[tuple[str, bytes]]:
    """Return every page, in the language of this person, and the style they share."""
    with translation.override(person.language):
        yield from _pages(content, person)
    yield STYLE, (files("klimtouw.takeaway.package") / STYLE).read_bytes()


def _pages(content: Content, person: Person) -> Iterator[tuple[str, bytes]]:
    book = Book(content)
    mountains = mountains_in(book, person)
    places = [place_in_words(place, book, content) for place in content["places"]]
    common = {"language": person.language, "name": person.name, "made_at": _moment(content["made"]["at"])}
    chapters = list(_chapters(book))
    index = {"chapters": chapters, "mountains": mountains, "places": places, "account": content["account"]}
    yield _page("index", {**common, **index, "made": content["made"]})
    for chapter in chapters:
        yield _page("things", {**common, "chapter": chapter}, chapter.file)
    for mountain in mountains:
        yield _page("route", {**common, "mountain": mountain}, mountain.file)
    for number, place in enumerate(places, start=1):
        for name in ("relations", "given", "looks"):
            yield _page(name, {**common, "place": place}, f"{name}-{number}.html")


def _page(template: str, words: dict[str, Any], file: str = "") -> tuple[str, bytes]:
    page = render_to_string(f"takeaway/package/{template}.html", words)
    return file or f"{template}.html", page.encode()


class Chapter:
    """All things of one kind."""

    def __init__(self, title: Any, file: str, things: list[Written]) -> None:
        self.title, self.file = title, file
        self.kept = [thing for thing in things if thing.put_away_at is None]
        self.put_away = [thing for thing in things if thing.put_away_at is not None]


def _chapters(book: Book) -> Iterator[Chapter]:
    """Return a chapter per kind; what stands on a route has its page there."""
    words = kinds()
    by_file: defaultdict[str, list[Written]] = defaultdict(list)
    titles: dict[str, Any] = {}
    for kind in sorted(book.content["things"]):
        file = book.file_of(kind)
        by_file[file] += [book.written(kind, thing) for thing in book.content["things"][kind]]
        titles[file] = words[kind].KIND_WORD if kind in words else kind
    for file, things in by_file.items():
        yield Chapter(titles[file], file, things)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


__all__ = ["Chapter", "Mountain", "PlaceInWords", "pages_of"]

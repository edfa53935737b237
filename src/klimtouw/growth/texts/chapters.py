"""The short chapters of "learning to dare", as they stand in `chapters/<key>.toml` (T8)."""

from dataclasses import dataclass

from klimtouw.growth.texts.wording import Fault, Table, Wording, only, tables, wording


@dataclass(frozen=True)
class Part:
    """A heading with a few paragraphs."""

    heading: Wording
    text: Wording


@dataclass(frozen=True)
class Chapter:
    """One chapter: a few parts, an example of our own, and one thing to try."""

    key: str
    order: int
    title: Wording
    lede: Wording
    parts: tuple[Part, ...]
    example: Wording
    to_try: Wording

    @property
    def texts(self) -> tuple[Wording, ...]:
        """Everything one reads, from top to bottom."""
        parts = [text for part in self.parts for text in (part.heading, part.text)]
        return (self.title, self.lede, *parts, self.example, self.to_try)


def chapter(key: str, table: Table) -> Chapter:
    """Read one chapter. Raises `Fault`."""
    only(table, "order", "title", "lede", "parts", "example", "to_try")
    order = table.get("order")
    if not isinstance(order, int):
        raise Fault("“order” says as a number where it stands in the list")
    found = Chapter(
        key=key,
        order=order,
        title=wording(table, "title"),
        lede=wording(table, "lede"),
        parts=tuple(_part(one) for one in tables(table, "parts")),
        example=wording(table, "example"),
        to_try=wording(table, "to_try"),
    )
    if not found.parts:
        raise Fault("a chapter needs at least one of [[parts]]")
    return found


def _part(table: Table) -> Part:
    only(table, "heading", "text")
    return Part(wording(table, "heading"), wording(table, "text"))

"""What a person reads on a page: every word in its middle, without the ways back, the buttons and who reads one's own."""

from html.parser import HTMLParser

from django.http import HttpResponse

LEFT_OUT = {"crumb", "actions", "readers", "cluster", "button", "no-print", "messages"}
VOID = {"br", "img", "input", "meta", "link", "hr", "path", "circle", "line", "rect", "use", "polyline"}


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = set((dict(attrs).get("class") or "").split())
        if tag not in VOID:
            self.open.append((tag, tag == "form" or bool(classes & LEFT_OUT)))

    def handle_endtag(self, tag: str) -> None:
        while self.open and tag not in VOID and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        inside = any(tag == "main" for tag, _ in self.open) and not any(out for _, out in self.open)
        if inside and data.strip():
            self.words.append(" ".join(data.split()))


def words_of_page(answer: HttpResponse) -> list[str]:
    """Return what a person reads in the middle of a page; the band on top of an example is not part of what is compared."""
    page = answer.content.decode()
    if "Alleen jij ziet dit voorbeeld." in page:
        start = page.index("<main")
        page = "<main>" + page[page.index('<div class="page-head', start) :]
    words = _Words()
    words.feed(page)
    return words.words

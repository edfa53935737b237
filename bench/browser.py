"""The least a browser does: keep a connection, send a cookie, see which files a page asks for, fill in a form."""

import http.client
from html.parser import HTMLParser
from urllib.parse import urlencode

CSRF_FIELD = "csrfmiddlewaretoken"


class UnexpectedAnswer(Exception):
    """A page answered something else than was measured for."""


class Browser:
    """One connection that stays open, signed in by a cookie."""

    def __init__(self, port: int, cookie: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        self.cookies = {"sessionid": cookie} if cookie else {}

    def get(self, path: str) -> bytes:
        """Return the body of a page, as it went over the wire, or fail when it is not a page."""
        return self._ask("GET", path, None, 200)

    def post(self, path: str, form: dict[str, str]) -> None:
        """Send a form that answers with a redirect."""
        self._ask("POST", path, urlencode(form), 302)

    def send(self, path: str, form: dict[str, str]) -> bytes:
        """Send a form that answers with a page, and return its body."""
        return self._ask("POST", path, urlencode(form), 200)

    def size_over_the_wire(self, path: str, form: dict[str, str] | None = None) -> int:
        """Count the bytes of headers and body."""
        body = self.get(path) if form is None else self.send(path, form)
        return len(body) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _ask(self, method: str, path: str, body: str | None, expected: int) -> bytes:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, "Accept-Encoding": self.encoding, "Accept-Language": "nl"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            answer = self._send(method, path, body, headers)
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()  # it was idle too long; like every browser, try once more on a new one
            answer = self._send(method, path, body, headers)
        received = answer.read()
        self.headers = answer.getheaders()
        for header in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = header.split(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status != expected:
            raise UnexpectedAnswer(f"{method} {path} answered {answer.status}, not {expected}")
        return received

    def _send(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> http.client.HTTPResponse:
        self.connection.request(method, path, body, headers)
        return self.connection.getresponse()

    encoding = "br, gzip"


class Asked(HTMLParser):
    """What a page asks the browser to fetch, and the form in it that has a text to write."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.files: set[str] = set()
        self.forms: list[dict[str, str]] = []
        self.feed(page.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note files and fields."""
        facts = {name: value or "" for name, value in attrs}
        address = facts.get("src") or (facts.get("href", "") if tag == "link" else "")
        if address.startswith("/") and facts.get("rel") not in {"canonical", "alternate"}:
            self.files.add(address)
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and self.forms and facts.get("type") == "hidden":
            self.forms[-1][facts["name"]] = facts.get("value", "")
        elif tag == "textarea" and self.forms:
            self.forms[-1].setdefault("", facts["name"])  # the first text is the one to write

    def form_of(self, fields: dict[str, str]) -> dict[str, str]:
        """Return a form with these fields and the token that every form on this page carries."""
        token = next(form[CSRF_FIELD] for form in self.forms if CSRF_FIELD in form)
        return {CSRF_FIELD: token, **fields}

    def form_with(self, text: str) -> dict[str, str]:
        """Fill in the first form that has a text to write."""
        for form in self.forms:
            if "" in form:
                field = form.pop("")
                return form | {field: text}
        raise UnexpectedAnswer("there is no form with a text on this page")

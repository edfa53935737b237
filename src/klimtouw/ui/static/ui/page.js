// Makes a quick page change (hx-boost) feel like a fresh page, also for who does not see the screen.

const firstToRead = ["[data-error-summary]", "[data-messages]", "main h1", "main"];

function putFocusWhereAFreshPageHasIt() {
  const place = firstToRead.map((selector) => document.querySelector(selector)).find(Boolean);
  if (!place) return;
  if (!place.hasAttribute("tabindex")) place.setAttribute("tabindex", "-1");
  place.focus({ preventScroll: !place.matches("[data-error-summary]") });
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.boosted) putFocusWhereAFreshPageHasIt();
});

// A calendar file, a download: not a page to swap in, so let the browser fetch it the ordinary way.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, boosted, requestConfig } = event.detail;
  const kind = xhr.getResponseHeader("Content-Type") ?? "";
  if (!boosted || requestConfig.verb !== "get" || kind.startsWith("text/html")) return;
  event.detail.shouldSwap = false;
  window.location.assign(xhr.responseURL);
});

// No network: say so, and keep what was typed on the screen.
document.addEventListener("htmx:sendError", () => {
  const note = document.querySelector("[data-offline]");
  if (!note) return;
  note.hidden = false;
  note.scrollIntoView({ block: "nearest" });
});
document.addEventListener("htmx:beforeRequest", () => {
  const note = document.querySelector("[data-offline]");
  if (note) note.hidden = true;
});

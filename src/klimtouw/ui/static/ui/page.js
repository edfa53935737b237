// Makes a quick page change (hx-boost) feel like a fresh page, also for who does not see the screen.

const firstToRead = ["[data-error-summary]", "[data-messages]", "[data-newest]", "main h1", "main"];

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

// A link or fold with data-ask asks "are you sure" in a dialog. What makes the dialog is fetched at the first question;
// without it the link is a link, and the fold a fold. Heard before anybody else, or the link would be followed as well.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("a[data-ask], details[data-ask] > summary");
  if (!opener || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  import(document.querySelector("meta[name=dialog]").content).then(
    (dialog) => dialog.ask(opener),
    () => (opener.href ? location.assign(opener.href) : opener.parentElement.toggleAttribute("open")),
  );
}, true);

// Alt + arrow up or down on an item of a list presses the item's own "up" or "down" button,
// and puts the focus back on the item that moved. Without this file the buttons do the same work.

const moves = { ArrowUp: "up", ArrowDown: "down" };
let moved = null;

document.addEventListener("keydown", (event) => {
  const move = event.altKey ? moves[event.key] : undefined;
  const item = move && event.target.closest("[data-reorder] > [id]");
  if (!item || event.target.matches("textarea, select")) return;
  event.preventDefault();
  item.querySelector(`[data-move="${move}"]`)?.click();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-reorder] [data-move]");
  if (button) moved = { id: button.closest("[id]").id, move: button.dataset.move };
});

document.addEventListener("htmx:afterSettle", () => {
  if (!moved) return;
  const item = document.getElementById(moved.id);
  const button = item?.querySelector(`[data-move="${moved.move}"]:not([disabled])`) ?? item?.querySelector("[data-move]:not([disabled])");
  moved = null;
  button?.focus();
});

// What works without network (offline/): the worker brings it along, so no page waits for it.
const offline = document.querySelector("meta[name=offline]");
const keeper = window.isSecureContext && navigator.serviceWorker;
if (keeper) {
  if (offline.dataset.worker) keeper.register(offline.dataset.worker);
  keeper.ready.then(() => import(offline.content));
}

// The language mirror: only for who wants it, fetched when a field to write in gets the focus. Without it, one simply writes.
function holdMirror(field) {
  const mirror = document.querySelector("template[data-mirror]");
  if (mirror && field?.matches("main textarea")) import(mirror.dataset.mirror).catch(() => {});
}
holdMirror(document.activeElement);
document.addEventListener("focusin", (event) => holdMirror(event.target));

// A stage can be drawn to another place by its grip. What does it is fetched at the first touch of a grip; the buttons do the same.
document.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip || event.button) return;
  event.preventDefault();
  import(grip.closest("[data-drag]").dataset.drag).then((drag) => drag.begin(grip, event));
});

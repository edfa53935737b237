// Draws an item of an ordered list to another place, with a mouse, a pen or a finger, and sends the same form as its buttons.
// While it is drawn only a line shows where it would come; Escape lets go of it. If the sending fails it goes back.

const EDGE = 60;
const SPEED = 12;

export function begin(grip, event) {
  const item = grip.closest("[data-drag] > [id]");
  const list = item.parentElement;
  const others = [...list.children].filter((other) => other !== item);
  let next = item.nextElementSibling;
  let y = event.clientY;
  let isDrawn = true;
  try {
    grip.setPointerCapture(event.pointerId);
  } catch {
    return; // let go before this file was here
  }
  item.classList.add("is-drawn");

  function show() {
    for (const other of others) other.classList.remove("has-gap", "has-gap-below");
    if (next) next.classList.add("has-gap");
    else others.at(-1)?.classList.add("has-gap-below");
  }
  function follow() {
    if (!isDrawn) return;
    if (y < EDGE) scrollBy(0, -SPEED);
    if (y > innerHeight - EDGE) scrollBy(0, SPEED);
    next = others.find((other) => {
      const box = other.getBoundingClientRect();
      return y < box.top + box.height / 2;
    }) ?? null;
    show();
    requestAnimationFrame(follow);
  }
  function stop() {
    isDrawn = false;
    item.classList.remove("is-drawn");
    for (const other of others) other.classList.remove("has-gap", "has-gap-below");
    grip.removeEventListener("pointermove", move);
    grip.removeEventListener("pointerup", drop);
    grip.removeEventListener("pointercancel", stop);
    document.removeEventListener("keydown", escape);
  }
  function move(moved) {
    y = moved.clientY;
  }
  function escape(pressed) {
    if (pressed.key === "Escape") stop();
  }
  function drop() {
    const before = item.nextElementSibling;
    stop();
    if (next === before) return;
    list.insertBefore(item, next);
    send(grip.dataset.grip, item, next, () => list.insertBefore(item, before));
  }
  grip.addEventListener("pointermove", move);
  grip.addEventListener("pointerup", drop);
  grip.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", escape);
  follow();
}

function send(address, item, next, putBack) {
  const form = document.getElementById("acts");
  const field = Object.assign(document.createElement("input"), { type: "hidden", name: "before", value: next ? next.id.replace("stage-", "") : "" });
  const button = Object.assign(document.createElement("button"), { type: "submit", name: "to", value: "before", hidden: true });
  button.setAttribute("formaction", address);
  form.append(field, button);
  const end = new AbortController();
  const fail = () => {
    putBack();
    field.remove();
    button.remove();
    end.abort();
  };
  for (const name of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(name, fail, { signal: end.signal });
  document.addEventListener("htmx:afterSettle", () => {
    end.abort();
    document.getElementById(item.id)?.focus({ preventScroll: true });
  }, { signal: end.signal });
  button.click();
}

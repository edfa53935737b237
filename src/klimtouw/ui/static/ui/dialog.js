// A link with data-ask leads to a page that asks "are you sure"; here that page's words and form come in a dialog.
// A fold with data-ask asks in a dialog too. `page.js` hears the click and fetches this file at the first question.

let asking = false;

// The part of the page that asks: without the way back above its heading, which here is the browser's own Escape.
function questionOn(page, address) {
  const main = page.querySelector(".focus__column") ?? page.querySelector("main");
  const question = document.importNode(main, true);
  const back = question.querySelector(".crumb a")?.href;
  question.querySelectorAll(".crumb, .messages").forEach((part) => part.remove());
  for (const form of question.querySelectorAll("form:not([action])")) form.action = address;
  return { parts: [...question.children], back };
}

// The page has its first heading already: here the question is a second one, and gives the dialog its name.
function nameAfterItsHeading(dialog) {
  const title = dialog.querySelector("h1, h2");
  const heading = document.createElement("h2");
  heading.append(...title.childNodes);
  heading.id = "question";
  heading.tabIndex = -1;
  heading.autofocus = true; // not on a button: whoever opens with Enter and keeps it down has not answered yet
  title.replaceWith(heading);
  dialog.setAttribute("aria-labelledby", heading.id);
}

function show({ parts, back }) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  dialog.setAttribute("closedby", "any");
  dialog.append(...parts);
  nameAfterItsHeading(dialog);
  dialog.addEventListener("close", () => dialog.remove()); // the browser puts the focus back where it was
  dialog.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || (link.href !== back && link.pathname !== location.pathname)) return;
    event.preventDefault();
    event.stopPropagation();
    dialog.close();
  }, true);
  document.body.append(dialog);
  window.htmx?.process(dialog);
  dialog.showModal();
}

async function askWith(link) {
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    // Signed out in the meantime, gone, or no longer to be asked: the page itself says so.
    if (!answer.ok || answer.redirected) throw answer;
    show(questionOn(new DOMParser().parseFromString(await answer.text(), "text/html"), link.href));
  } catch {
    location.assign(link.href);
  } finally {
    asking = false;
  }
}

export function ask(opener) {
  if (opener.href) askWith(opener);
  else show({ parts: [...opener.parentElement.cloneNode(true).children].slice(1) });
}

// No network: the page under the dialog says so.
document.addEventListener("htmx:sendError", () => document.querySelector("dialog[open]")?.close());

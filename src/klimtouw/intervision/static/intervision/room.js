// Keeps a room up to date on every screen: asks for a number, and fetches the part of the page that is behind.
// All that is known of the room stands in the page and in the house; a screen that dropped out simply asks again.

const room = () => document.querySelector("[data-room]");
const table = () => document.querySelector("[data-room-table]");
const SLOWER = 4000;
let behindClock = 0; // how many milliseconds the clock of the house is ahead of the one here
let busy = false;
let timer;

function readClock(now) {
  behindClock = Number(now) - Date.now();
}

function showTime() {
  const place = document.querySelector("[data-room-time]");
  const ends = Number(room()?.dataset.ends);
  if (!place || !ends) return;
  const left = Math.ceil((ends - Date.now() - behindClock) / 1000);
  const text = left > 0 ? `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}` : place.dataset.none;
  if (place.textContent !== text) place.textContent = text;
}

function say() {
  const title = document.querySelector("[data-room-title]");
  const says = document.querySelector("[data-room-says]");
  if (title && says) says.textContent = title.textContent;
}

// Words somebody was typing when the phase went on: they do not fit the new form, and are not thrown away.
function layAside(words) {
  const template = document.querySelector("[data-room-typed]");
  if (!words?.trim() || !template) return;
  const part = template.content.firstElementChild.cloneNode(true);
  part.querySelector(".words").textContent = words;
  part.querySelector("button").addEventListener("click", () => part.remove());
  room().parentElement.before(part);
}

async function fetchPart(selector) {
  await window.htmx.ajax("GET", location.pathname, { target: selector, select: selector, swap: "outerHTML" });
}

async function fetchAll() {
  const form = document.querySelector("#room form[id^=write-]");
  const { key } = room().dataset;
  const typed = form?.elements.text?.value;
  await fetchPart("#room");
  if (room().dataset.key === key) {
    const field = document.getElementById(form?.id ?? "")?.elements.text;
    if (field && typed) field.value = typed;
    return;
  }
  layAside(typed);
  say();
}

async function catchUp({ n, key, away, now, ends }) {
  const here = room();
  readClock(now);
  if (here.dataset.key !== key) return fetchAll();
  here.dataset.ends = ends;
  if (!table()) return Number(here.dataset.n) === n ? undefined : fetchAll();
  const knowsAway = table().dataset.away === (away ? "yes" : "no");
  if (Number(table().dataset.n) !== n || !knowsAway) await fetchPart("#room-table");
}

// Nothing about who asks goes along: the address says enough, and the house need not look anybody up.
async function ask() {
  const here = room();
  if (!here || busy) return;
  busy = true;
  let wait = Number(here.dataset.every);
  try {
    const answer = await fetch(here.dataset.stand, { credentials: "omit", cache: "no-store" });
    if (answer.status === 403) await fetchAll();
    else if (!answer.ok) wait = SLOWER;
    else {
      const stands = await answer.json();
      if (stands.over) return location.assign(here.dataset.over);
      await catchUp(stands);
    }
  } catch {
    wait = SLOWER; // no network, or the house starts anew: what stands here stays
  } finally {
    busy = false;
    clearTimeout(timer);
    // Not all at the same moment: a room that began together would ask together for ever.
    timer = setTimeout(ask, wait * (0.9 + Math.random() * 0.2));
  }
}

readClock(room()?.dataset.now ?? Date.now());
setInterval(showTime, 250);
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && ask());
window.addEventListener("online", ask);
document.addEventListener("htmx:afterSettle", showTime);
showTime();
timer = setTimeout(ask, 300);

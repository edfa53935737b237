// Keeps a room up to date on every screen: asks for a number, and fetches the part of the page that is behind.
// All that is known of the room stands in the page and in the house; a screen that dropped out simply asks again.

const room = () => document.querySelector("[data-room]");
const table = () => document.querySelector("[data-room-table]");
const SLOWEST = 5000;
let behindClock = 0; // how many milliseconds the clock of the house is ahead of the one here
let busy = false;
let failed = 0; // how many times in a row the house did not answer; then a screen asks less often
let isLeaving = false;
let before; // what stood here when a new room came in its place
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

const writing = () => document.querySelector("#room form[id^=write-]");
const typed = (form = writing()) => ({ id: form?.id, words: form?.elements.text?.value ?? "" });

// Words somebody was typing when the room changed: they do not fit the new form, and are not thrown away.
function layAside(words, then = () => {}) {
  const template = document.querySelector("[data-room-typed]");
  if (!words.trim() || !template) return false;
  const part = template.content.firstElementChild.cloneNode(true);
  part.querySelector(".words").textContent = words;
  part.querySelector("button").addEventListener("click", () => { part.remove(); then(); });
  room().parentElement.before(part);
  return true;
}

// Go where the house leads; first let somebody take along what they were typing.
function leave(address) {
  isLeaving = true;
  if (!layAside(typed().words, () => location.assign(address))) return location.assign(address);
  room().replaceChildren(); // the words of the others are not for a screen that is no longer in the room
}

async function fetchPart(selector) {
  await window.htmx.ajax("GET", location.pathname, { target: selector, select: selector, swap: "outerHTML" });
}

const fetchAll = () => fetchPart("#room");

// What came is no room: a house that starts anew, a page to sign in, a room that is over. What stands here stays until it is clear which.
function otherThanARoom({ xhr, requestConfig: { verb } }) {
  if (xhr.status >= 500) failed += 1;
  else if (xhr.status >= 400 && verb === "post") fetchAll();
  else leave(verb === "get" ? location.href : xhr.responseURL);
}

const ofRoom = ({ detail }) => detail.target?.matches?.("#room, #room-table");

document.addEventListener("htmx:beforeSwap", (event) => {
  const { detail } = event;
  if (!ofRoom(event)) return;
  if (!/\bid="room(-table)?"/.test(detail.serverResponse)) {
    detail.shouldSwap = false;
    otherThanARoom(detail);
  } else if (detail.target.id === "room") {
    const isSent = detail.requestConfig.elt === writing();
    before = { key: room().dataset.key, ...(isSent ? { words: "" } : typed()) };
  }
});

document.addEventListener("htmx:afterSwap", () => {
  if (!before || !room()) return;
  const { key, id, words } = before;
  before = undefined;
  const field = room().dataset.key === key && document.getElementById(id ?? "")?.elements.text;
  if (field) field.value ||= words;
  else layAside(words);
  if (room().dataset.key !== key) say();
});

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
  if (!here || busy || isLeaving) return;
  busy = true;
  const failedBefore = failed;
  try {
    const answer = await fetch(here.dataset.stand, { credentials: "omit", cache: "no-store" });
    if (answer.status === 403) await fetchAll();
    else if (!answer.ok) failed += 1;
    else {
      const stands = await answer.json();
      if (stands.over) return leave(here.dataset.over);
      await catchUp(stands);
    }
    if (failed === failedBefore) failed = 0;
  } catch {
    failed += 1; // no network, or the house starts anew: what stands here stays
  } finally {
    busy = false;
    clearTimeout(timer);
    const wait = Math.min(Number(here.dataset.every) * 2 ** failed, SLOWEST);
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

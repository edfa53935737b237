// What a device and the house tell each other: who is signed in, the key, the rucksack, and what waited to be sent.

import * as store from "./store.js";

const CONTACT = "/toestel/";
const KEY = "/toestel/sleutel/";
const RUCKSACK = "/rugzak/";
const LOGIN = "/account/login/";
const DAY = 86_400_000;
const FRESH = 600_000;
const LATER = [408, 425, 429, 500, 502, 503, 504];

export const waiting = () => store.of("waits");

async function json(address, options) {
  const answer = await fetch(address, { ...options, headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) throw new Error(address);
  return answer.json();
}

// Ask who is signed in, and act on it: another person or a device that was signed out wipes, an expired sign-in locks.
export const settle = () => navigator.locks.request("klimtouw-settle", settleAlone);

async function settleAlone() {
  const kept = await store.holder();
  const here = await json(`${CONTACT}?device=${kept?.device ?? ""}`);
  if (!here.person) {
    if (kept) await (here.is_known ? store.lock() : store.wipe());
    return here;
  }
  if (kept && (kept.person !== here.person || !here.is_known)) await store.wipe();
  await bringKey(here);
  return here;
}

async function bringKey({ person, token }) {
  const kept = await store.holder();
  if (kept?.key && kept.until - Date.now() > 13 * DAY) return;
  const body = new URLSearchParams({ csrfmiddlewaretoken: token, device: kept?.device ?? "" });
  const { device, secret, until } = await json(KEY, { method: "POST", body });
  const key = kept?.key && kept.device === device ? kept.key : await store.keyFrom(secret, device);
  await store.hold({ person, device, until: Date.parse(until), key });
}

export async function packRucksack(now = Date.now()) {
  const [kept, ...older] = (await store.of("rucksack")).reverse();
  if (kept && now - kept.at < FRESH) return;
  const rucksack = await json(RUCKSACK);
  await store.put({ n: kept?.n, type: "rucksack", at: now, ...rucksack });
  await Promise.all(older.map(({ n }) => store.drop(n)));
}

// Send what waits, in order, from one tab at a time. Resolves to { arrived, left }.
export const send = () => navigator.locks.request("klimtouw-send", sendAll);

async function sendAll() {
  const outcome = { arrived: 0, left: [] };
  if (!(await waiting()).length) return outcome;
  const { person, token } = await settle();
  const held = new Set(); // what waits behind something refused about the same thing stays behind it
  for (const record of person ? await waiting() : []) {
    if (record.refused || held.has(record.path)) {
      held.add(record.path);
      continue;
    }
    const answer = await post(record, token).catch(() => null);
    if (!answer || LATER.includes(answer.status) || new URL(answer.url).pathname === LOGIN) break;
    if (answer.redirected) {
      await store.drop(record.n);
      outcome.arrived += 1;
    } else {
      await store.put({ ...record, refused: answer.status });
      held.add(record.path);
    }
  }
  outcome.left = await waiting();
  return outcome;
}

function post({ path, fields }, token) {
  const body = new URLSearchParams([...fields, ["csrfmiddlewaretoken", token]]);
  return fetch(path, { method: "POST", body });
}

// Keep a form that could not be sent. The same form again takes the place of what it was before.
export async function keepWaiting(record) {
  const before = (await waiting()).find((one) => nameOf(one) === nameOf(record));
  return store.put({ n: before?.n, ...record, type: "waits", at: Date.now(), refused: 0 });
}

// What a form is about: its address where it rewords something, else the id of what it will make.
function nameOf({ path, fields }) {
  const { id = "", seen } = Object.fromEntries(fields);
  return seen ? path : `${path} ${id}`;
}

// Return what was refused and is settled now that the house kept this form.
export async function settledBy(path, fields) {
  const { seen } = Object.fromEntries(fields);
  const about = (await waiting()).filter((one) => one.refused && one.path === path);
  return seen ? about : about.filter((one) => nameOf(one) === nameOf({ path, fields }));
}

// Sign out while there is no network: nothing stays here, and the house hears of it at the first contact.
export async function leaveWithoutNetwork() {
  await store.wipe();
  await (await caches.open("kept")).put("/kept/leaving", new Response("yes"));
}

// The worker of Klimtouw. It keeps files and one page per language that says nothing of anybody; never a page with words.
// Where there is no network, every address gives that page; it reads what the device keeps sealed (store.js).

const LANGUAGE = "/kept/language"; // no such address: only a name in the cache, written by keep.js
const LEAVING = "/kept/leaving";
const HAS_A_FINGERPRINT = /\.[0-9a-f]{12}\./;
let house;

function serve(kept) { // called by the script that imports this one
  house = kept;
}

self.addEventListener("install", (event) => event.waitUntil(pack()));
self.addEventListener("activate", (event) => event.waitUntil(unpackOlder()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(pageOrShell(request));
  else if (house.files.includes(pathname)) event.respondWith(file(request, pathname));
});

async function pack() {
  const cache = await caches.open(house.version);
  const wanted = [...house.files, ...Object.values(house.pages)];
  await Promise.all(wanted.map((address) => cache.add(new Request(address, { credentials: "omit" }))));
  await self.skipWaiting();
}

async function unpackOlder() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => ![house.version, "kept"].includes(name)).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function file(request, pathname) {
  const kept = await caches.match(pathname);
  if (kept && HAS_A_FINGERPRINT.test(pathname)) return kept;
  return fetch(request).catch(() => kept ?? Response.error());
}

async function pageOrShell(request) {
  try {
    await leaveAsPromised();
    return await fetch(request);
  } catch {
    const language = await (await caches.match(LANGUAGE))?.text();
    return (await caches.match(house.pages[language] ?? Object.values(house.pages)[0])) ?? Response.error();
  }
}

// Somebody signed out while there was no network: before anything else is asked, the house hears of it.
async function leaveAsPromised() {
  if (!(await caches.match(LEAVING))) return;
  const { token } = await (await fetch(house.contact)).json();
  if (token) await fetch(house.leave, { method: "POST", body: new URLSearchParams({ csrfmiddlewaretoken: token }), redirect: "manual" });
  await (await caches.open("kept")).delete(LEAVING);
}

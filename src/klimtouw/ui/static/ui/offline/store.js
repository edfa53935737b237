// What a device keeps, sealed: every record with AES-GCM, by a key that no script can read out and that goes at signing out.
// Around the seal stand only a number, and whose it is as a mark. The key follows from a secret of the house (people/offline.py).

const NAME = "klimtouw";
const HOLDER = "here";
const text = new TextEncoder();
let opened;

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("holder");
      request.result.createObjectStore("sealed", { autoIncrement: true });
    };
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.onversionchange = close; // another tab wipes
      resolve(request.result);
    };
  });
  return opened;
}

function close() {
  opened?.then((base) => base.close(), () => {});
  opened = undefined;
}

const table = async (name, mode) => (await database()).transaction(name, mode).objectStore(name);

// Whose this device is: { person, device, until, key }. After its time, or when told so, it stands there without key.
export async function holder() {
  const kept = await done(await table("holder").then((it) => it.get(HOLDER)));
  if (kept?.key && Date.now() > kept.until) return lock();
  return kept;
}

export async function hold(kept) {
  await done((await table("holder", "readwrite")).put(kept, HOLDER));
  return kept;
}

// Put the key away; what is sealed stays, for the same person to open after signing in again. How many texts wait stays
// readable, to warn whoever comes next.
export async function lock() {
  const { key, ...kept } = (await done(await table("holder").then((it) => it.get(HOLDER)))) ?? {};
  if (key) kept.waits = (await openedWith({ ...kept, key })).filter(({ type }) => type === "waits").length;
  if (kept.device) await hold(kept);
  return kept;
}

export async function wipe() {
  const base = await database();
  const both = base.transaction(["holder", "sealed"], "readwrite");
  both.objectStore("holder").clear();
  both.objectStore("sealed").clear();
  await new Promise((resolve, reject) => Object.assign(both, { oncomplete: resolve, onerror: reject }));
  close();
  await Promise.race([done(indexedDB.deleteDatabase(NAME)), new Promise((resolve) => setTimeout(resolve, 500))]);
}

export async function keyFrom(secret, device) {
  const bytes = Uint8Array.from(atob(secret), (letter) => letter.charCodeAt(0));
  const from = await crypto.subtle.importKey("raw", bytes, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: text.encode(`klimtouw device ${device}`) };
  return crypto.subtle.deriveKey(how, from, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

const how = (kept, iv) => ({ name: "AES-GCM", iv, additionalData: text.encode(kept.device) });

// Every record there is, the oldest first; nothing while the key is away.
export async function all() {
  const kept = await holder();
  return kept?.key ? openedWith(kept) : [];
}

async function openedWith(kept) {
  const it = await table("sealed");
  const [numbers, rows] = await Promise.all([done(it.getAllKeys()), done(it.getAll())]);
  const records = await Promise.all(rows.map((row, at) => unsealed(kept, row, numbers[at])));
  return records.filter(Boolean);
}

async function unsealed(kept, row, n) {
  try {
    const plain = await crypto.subtle.decrypt(how(kept, row.iv), kept.key, row.sealed);
    return { ...JSON.parse(new TextDecoder().decode(plain)), n };
  } catch {
    return null; // sealed for another device or broken: nobody reads it, and it stays until the store is wiped
  }
}

// Keep a record; one that was read before keeps its place in the order. Resolves to its number, or nothing without a key.
export async function put({ n, ...record }) {
  const kept = await holder();
  if (!kept?.key) return undefined;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(how(kept, iv), kept.key, text.encode(JSON.stringify(record)));
  return done((await table("sealed", "readwrite")).put({ iv, sealed }, n));
}

export const drop = async (n) => done((await table("sealed", "readwrite")).delete(n));

export const of = async (type) => (await all()).filter((record) => record.type === type);

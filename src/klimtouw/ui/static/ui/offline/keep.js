// On every page: keep sealed what is being typed, keep a form that found no network, send what waits, and leave nothing behind.

import * as store from "./store.js";
import { keepWaiting, leaveWithoutNetwork, packRucksack, send, settle, settledBy, waiting } from "./contact.js";
import { fragment, slot, typedIn } from "./forms.js";

const EVERY = 2000;
const AWAY = 300_000;
const SHELL = `/zonder-netwerk/${document.documentElement.lang}/`;
const HIDDEN = ["id", "seen"];
const TYPED = "textarea, input[type=text], input:not([type])";
let templates;
let last = 0;
let timer;
let keeping = Promise.resolve();

async function says(name) {
  templates ??= new DOMParser().parseFromString(await (await caches.match(SHELL)).text(), "text/html");
  const part = fragment(templates, name);
  for (const link of part.querySelectorAll("[data-shell]")) link.href = SHELL;
  return part;
}

async function note(name) {
  const part = await says(name);
  document.querySelectorAll(`[data-note="${part.dataset.note}"]`).forEach((other) => other.remove());
  document.querySelector("main .messages")?.append(part);
  return part;
}

// -- what is being typed --

// A form marked so is of a room where nothing may be left behind: its words stand on the screen alone.
const formsToKeep = () => [...document.querySelectorAll("main form[method=post], dialog form[method=post]")]
  .filter((form) => form.elements.written_by && !("noDraft" in form.dataset) && form.querySelector(TYPED));
const placeOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
const typedControls = (form) => [...form.elements].filter((one) => one.name && one.matches(TYPED));
const draftsFor = async (form) => (await store.of("draft")).filter((draft) => draft.path === placeOf(form)).reverse();

async function keepDraft(form) {
  const typed = typedControls(form);
  form.dataset.draft ??= crypto.randomUUID();
  const { draft } = form.dataset;
  const path = placeOf(form);
  const hidden = HIDDEN.filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]);
  const fields = [...hidden, ...typed.map((one) => [one.name, one.value])];
  const before = (await store.of("draft")).find((one) => one.draft === draft);
  await store.put({ n: before?.n, type: "draft", draft, path, fields });
}

const changed = new Set();

// One after the other, so that a draft that goes is not written again by what was still on its way.
function keepDrafts() {
  clearTimeout(timer);
  timer = undefined;
  const forms = [...changed].filter((form) => form.isConnected && !form.hidden);
  changed.clear();
  for (const form of forms) keeping = keeping.then(() => keepDraft(form)).catch(() => {});
  return keeping;
}

async function dropDraft(form) {
  await keeping;
  const kept = (await store.of("draft")).filter(({ draft }) => draft === form.dataset?.draft);
  await Promise.all(kept.map(({ n }) => store.drop(n)));
}

document.addEventListener("input", ({ target }) => {
  if (!formsToKeep().includes(target.form)) return;
  changed.add(target.form);
  timer ??= setTimeout(keepDrafts, EVERY);
});
document.addEventListener("htmx:beforeRequest", keepDrafts);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keepDrafts();
  else if (Date.now() - last > AWAY) meet();
});

async function offerDrafts() {
  for (const form of formsToKeep()) {
    form.autocomplete = "off"; // a browser writes the state of other forms on its disk, readable, to restore its tabs
    if (form.dataset.draft) continue;
    const drafts = (await draftsFor(form)).map((draft) => ({ ...draft, words: draft.fields.filter(([name]) => !HIDDEN.includes(name)) }));
    const same = drafts.find(({ words }) => words.every(([name, value]) => (form.elements[name]?.value ?? "") === value));
    if (same) form.dataset.draft = same.draft; // the house gave it back itself
    else if (drafts.length) await offer(drafts[0], form);
  }
}

async function offer(draft, form) {
  if (form.previousElementSibling?.matches("[data-note=draft]")) return;
  const part = await says("draft");
  slot(part, "text").textContent = typedIn({ fields: draft.words, labels: Object.fromEntries(draft.words) });
  part.addEventListener("click", async ({ target }) => {
    const act = target.closest("[data-act]")?.dataset.act;
    if (!act) return;
    if (act === "back") putBack(draft, form);
    if (act === "drop") await store.drop(draft.n);
    part.remove();
    typedControls(form)[0]?.focus();
  });
  form.before(part);
}

function putBack(draft, form) {
  form.dataset.draft = draft.draft;
  for (const [name, value] of draft.fields) if (form.elements[name]) form.elements[name].value = value;
}

// -- a form that found no network --

function labelsOf(form) {
  const found = typedControls(form).map((one) => [one.name, one.labels?.[0]?.firstChild?.textContent.trim() || one.name]);
  return Object.fromEntries(found);
}

async function keepForm({ path, formData, triggeringEvent, elt }) {
  const button = triggeringEvent?.submitter;
  if (!button?.dataset.waits) return false;
  const fields = [...formData].filter(([name, value]) => name !== "csrfmiddlewaretoken" && !(value instanceof File && !value.size));
  if (fields.some(([, value]) => value instanceof File)) return false;
  const form = button.form ?? elt;
  const isTick = button.dataset.waits === "step";
  const title = (isTick ? button : document.querySelector("main h1")).textContent.trim();
  const labels = isTick ? {} : labelsOf(form);
  const kept = await keepWaiting({ kind: button.dataset.waits, title, path: new URL(path, location.href).pathname, fields, labels });
  if (kept === undefined) return false;
  if (isTick) {
    turn(button);
  } else {
    form.hidden = true; // what waits is changed in its list, so that there are never two of it
    await dropDraft(form);
  }
  return true;
}

function turn(button) {
  const isDone = button.value === "yes";
  button.setAttribute("aria-pressed", isDone);
  button.value = isDone ? "no" : "yes";
}

document.addEventListener("htmx:sendError", async ({ detail: { requestConfig, boosted } }) => {
  if (requestConfig.verb === "get" && boosted) return location.assign(requestConfig.path);
  if (requestConfig.verb !== "post" || !(await keepForm(requestConfig))) return;
  document.querySelector("[data-offline]").hidden = true;
  const part = await note("kept");
  part.focus();
  part.scrollIntoView({ block: "nearest" });
});

// A form that was kept by the house: its draft goes, and what waited for the same thing is settled.
document.addEventListener("htmx:beforeSwap", async ({ detail: { xhr, requestConfig } }) => {
  if (requestConfig.verb !== "post") return;
  const path = new URL(requestConfig.path, location.href).pathname;
  if (xhr.status >= 400 || new URL(xhr.responseURL).pathname === path) return;
  await dropDraft(requestConfig.elt);
  const settled = await settledBy(path, [...requestConfig.formData]);
  await Promise.all(settled.map(({ n }) => store.drop(n)));
});

// -- meeting the house --

async function meet() {
  last = Date.now();
  try {
    const { person } = await settle();
    if (!person) return await warnWhoComesNext();
    await (await caches.open("kept")).put("/kept/language", new Response(document.documentElement.lang));
    const { arrived } = await send();
    const left = await waiting();
    if (left.length) await note(left.some((one) => one.refused) ? "refused" : "waiting");
    else if (arrived) await note("arrived");
    if (arrived) document.querySelectorAll('[data-note="kept"]').forEach((one) => one.remove());
    await packRucksack(arrived ? Infinity : undefined);
  } catch {
    if ((await waiting()).length) await note("waiting");
  }
}

// Where one signs in: what waits here is of whoever was signed in before, and goes when somebody else signs in.
async function warnWhoComesNext() {
  const { waits } = (await store.holder()) ?? {};
  if (waits && location.pathname.startsWith("/account/")) tell(await note("before"), waits);
}

// A photo or file is not kept on the device: beside its field stands so while there is no network, and its form is not sent.
function sayWhatNeedsNetwork() {
  for (const part of document.querySelectorAll("[data-needs-network]")) part.hidden = navigator.onLine;
}

document.addEventListener("submit", (event) => {
  const needing = navigator.onLine ? null : event.target.querySelector("[data-needs-network]");
  if (!needing) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  sayWhatNeedsNetwork();
  needing.focus();
}, true);
window.addEventListener("offline", sayWhatNeedsNetwork);
window.addEventListener("online", sayWhatNeedsNetwork);
document.addEventListener("htmx:afterSettle", sayWhatNeedsNetwork);
sayWhatNeedsNetwork();

// -- signing out --

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches('[action="/account/logout/"]') || form.dataset.ready) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await send().catch(() => {});
  if (!(await waiting()).length || (await isSure())) await leave(form);
}, true);

// Say it with the right number: one text, or so many.
function tell(part, number) {
  for (const one of part.querySelectorAll("[data-of]")) one.hidden = (one.dataset.of === "one") !== (number === 1);
  for (const place of part.querySelectorAll('[data-slot="number"]')) place.textContent = number;
}

async function isSure() {
  const dialog = await says("leaving");
  tell(dialog, (await waiting()).length);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue === "leave"); });
    dialog.addEventListener("click", ({ target }) => {
      const act = target.closest("[data-act]")?.dataset.act;
      if (act) dialog.close(act);
    });
  });
}

async function leave(form) {
  const isThere = await fetch("/toestel/").then(({ ok }) => ok, () => false);
  if (!isThere) {
    await leaveWithoutNetwork();
    location.assign("/");
    return;
  }
  await store.wipe();
  form.dataset.ready = "yes";
  form.submit();
}

window.addEventListener("online", meet);
document.addEventListener("htmx:afterSettle", offerDrafts);
await meet();
await offerDrafts();

// On every page: keep sealed what is being typed, keep a form that found no network, send what waits, and leave nothing behind.

import * as store from "./store.js";
import { idOf, keepWaiting, leaveWithoutNetwork, packRucksack, send, settle, waiting } from "./contact.js";
import { fragment, slot, typedIn } from "./forms.js";

const EVERY = 2000;
const AWAY = 300_000;
const SHELL = `/zonder-netwerk/${document.documentElement.lang}/`;
const TYPED = "textarea, input[type=text], input:not([type])";
let templates;
let last = 0;
let timer;

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

const formsToKeep = () => [...document.querySelectorAll("main form[method=post], dialog form[method=post]")]
  .filter((form) => form.elements.written_by && form.querySelector(TYPED));
const placeOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
const typedControls = (form) => [...form.elements].filter((one) => one.name && one.matches(TYPED));
const draftOf = async (form) => (await store.of("draft")).find((draft) => draft.path === placeOf(form));

async function keepDraft(form) {
  const typed = typedControls(form);
  if (!typed.some((one) => one.value !== one.defaultValue)) return;
  const hidden = ["id", "seen"].filter((name) => form.elements[name]).map((name) => [name, form.elements[name].value]);
  const before = await draftOf(form);
  await store.put({ n: before?.n, type: "draft", path: placeOf(form), fields: [...hidden, ...typed.map((one) => [one.name, one.value])] });
}

const changed = new Set();

function keepDrafts() {
  clearTimeout(timer);
  timer = undefined;
  const forms = [...changed];
  changed.clear();
  return Promise.all(forms.filter((form) => form.isConnected && !form.hidden).map(keepDraft));
}

document.addEventListener("input", ({ target }) => {
  if (!formsToKeep().includes(target.form)) return;
  changed.add(target.form);
  timer ??= setTimeout(keepDrafts, EVERY);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") keepDrafts();
  else if (Date.now() - last > AWAY) meet();
});

async function offerDrafts() {
  for (const form of formsToKeep()) {
    const draft = await draftOf(form);
    if (!draft || form.dataset.offered) continue;
    const words = draft.fields.filter(([name]) => !["id", "seen"].includes(name));
    if (words.every(([name, value]) => (form.elements[name]?.value ?? value) === value)) continue;
    form.dataset.offered = "yes";
    await offer(draft, words, form);
  }
}

async function offer(draft, words, form) {
  const part = await says("draft");
  slot(part, "text").textContent = typedIn({ fields: words, labels: Object.fromEntries(words) });
  part.addEventListener("click", async ({ target }) => {
    const act = target.closest("[data-act]")?.dataset.act;
    if (!act) return;
    if (act === "back") for (const [name, value] of draft.fields) if (form.elements[name]) form.elements[name].value = value;
    if (act === "drop") await store.drop(draft.n);
    part.remove();
    typedControls(form)[0]?.focus();
  });
  form.before(part);
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
  const before = isTick ? null : await draftOf(form);
  if (before) await store.drop(before.n);
  if (isTick) turn(button);
  else form.hidden = true; // what waits is changed in its list, so that there are never two of it
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
  const id = requestConfig.formData.get("id") ?? "";
  const settled = (await store.all()).filter((one) => one.path === path && (one.type === "draft" || (one.refused && idOf(one) === id)));
  await Promise.all(settled.map(({ n }) => store.drop(n)));
});

// -- meeting the house --

async function meet() {
  last = Date.now();
  try {
    const { person } = await settle();
    if (!person) return;
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

// -- signing out --

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches('[action="/account/logout/"]') || form.dataset.ready) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  await send().catch(() => {});
  if (!(await waiting()).length || (await isSure())) await leave(form);
}, true);

async function isSure() {
  const dialog = await says("leaving");
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

// The page without network: what waits, and the forms of the rucksack. It stands in for every address, and shows what the
// device keeps sealed; without the key it shows nothing.

import * as store from "./store.js";
import { keepWaiting, leaveWithoutNetwork, packRucksack, send, settle, waiting } from "./contact.js";
import { formOf, fragment, slot, typedIn, word } from "./forms.js";

const part = (name) => document.querySelector(`[data-part="${name}"], [data-says="${name}"]`);
const list = (name) => document.querySelector(`[data-list="${name}"]`);
let number = 0;

function show(name, yes) {
  part(name).hidden = !yes;
}

async function draw() {
  const kept = await store.holder();
  const records = await waiting();
  const [rucksack] = await store.of("rucksack");
  show("locked", kept && !kept.key);
  show("empty", !kept);
  show("waiting", records.length);
  show("forms", rucksack);
  document.querySelector('[data-act="leave"]').hidden = !kept;
  list("waiting").replaceChildren(...records.map(asItem));
  if (rucksack && !list("forms").childElementCount) list("forms").append(...formsOf(rucksack, records));
  for (const [name, value] of Object.entries(rucksack?.look ?? {})) {
    if (!["auto", "normal"].includes(value)) document.documentElement.dataset[name] = value;
  }
}

function asItem(record) {
  const item = fragment(document, "waits");
  slot(item, "title").textContent = record.title;
  slot(item, "text").textContent = typedIn(record);
  slot(item, "state").textContent = word(document, record.refused ? "refused" : "waits");
  slot(item, "refused").hidden = !record.refused;
  const act = (name) => item.querySelector(`[data-act="${name}"]`);
  act("change").hidden = !Object.keys(record.labels).length;
  act("change").addEventListener("click", () => change(record, item));
  act("open").hidden = !record.refused || !navigator.onLine;
  act("open").addEventListener("click", () => openOnItsPage(record));
  act("drop").addEventListener("click", (event) => dropOnceSure(record, event.currentTarget));
  return item;
}

function change(record, item) {
  const fields = record.fields.filter(([name]) => record.labels[name])
    .map(([name, value]) => ({ name, value, label: record.labels[name], rows: 4, choices: [] }));
  const form = formOf({ fields, buttons: [{ label: word(document, "keep"), name: "", value: "" }] }, (number += 1));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const typed = new FormData(form);
    const changed = record.fields.map(([name, value]) => [name, typed.get(name) ?? value]);
    await store.put({ ...record, fields: changed, refused: 0 });
    await goOn();
  });
  item.replaceChildren(form);
  form.elements[0].focus();
}

// The house says on its own page what is the matter: both texts side by side, or what is missing.
async function openOnItsPage(record) {
  const { token } = await settle();
  const form = Object.assign(document.createElement("form"), { method: "post", action: record.path, hidden: true });
  for (const [name, value] of [...record.fields, ["csrfmiddlewaretoken", token]]) {
    form.append(Object.assign(document.createElement("textarea"), { name, value }));
  }
  document.body.append(form);
  form.submit();
}

async function dropOnceSure(record, button) {
  if (!button.dataset.sure) {
    button.dataset.sure = "yes";
    button.textContent = word(document, "sure");
    return;
  }
  await store.drop(record.n);
  await draw();
}

function formsOf(rucksack, records) {
  return rucksack.forms.map((form) => {
    const fold = document.createElement("details");
    fold.dataset.kind = form.kind;
    const title = Object.assign(document.createElement("summary"), { textContent: form.title, dir: "auto" });
    const made = formOf(form, (number += 1));
    if (form.kind === "entry" && !records.length) fold.open = true;
    made.addEventListener("submit", (event) => keepIt(event, form, rucksack, fold));
    fold.append(title, made);
    return fold;
  });
}

async function keepIt(event, form, rucksack, fold) {
  event.preventDefault();
  const made = event.target;
  if (form.is_new && made.elements.id) made.elements.id.value = crypto.randomUUID();
  const labels = Object.fromEntries(form.fields.filter(({ label, choices }) => label && !choices.length).map(({ name, label }) => [name, label]));
  const fields = [...new FormData(made, event.submitter), ...rucksack.always];
  if (Object.keys(labels).length && !Object.keys(labels).some((name) => made.elements[name].value.trim())) return;
  await keepWaiting({ kind: form.kind, title: form.title, path: form.path, fields, labels });
  if (form.is_new) made.reset();
  fold.open = false;
  await goOn();
  list("waiting").lastElementChild?.focus();
}

async function goOn() {
  await draw();
  await send().then(({ arrived }) => arrived && packRucksack(Infinity)).catch(() => {});
  await draw();
}

async function meet() {
  try {
    await settle();
    show("offline", false);
    show("online", true);
    await packRucksack().catch(() => {});
    await send();
  } catch {
    show("offline", true);
    show("online", false);
  }
  await draw();
}

document.querySelector("[data-again]").href = location.pathname.startsWith("/zonder-netwerk/") ? "/" : location.href;
document.querySelector('[data-act="leave"]').addEventListener("click", async ({ currentTarget }) => {
  if ((await waiting()).length && !currentTarget.dataset.sure) {
    currentTarget.dataset.sure = "yes";
    currentTarget.textContent = word(document, "leave");
    return;
  }
  await leaveWithoutNetwork();
  location.assign("/");
});
window.addEventListener("online", meet);
window.addEventListener("offline", () => { show("offline", true); show("online", false); });
await draw();
await meet();

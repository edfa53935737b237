// Fields and words of the page without network, for that page and for the notes on other pages.

export function slot(part, name) {
  return part.querySelector(`[data-slot="${name}"]`);
}

export function fragment(templates, name) {
  return document.importNode(templates.getElementById(`says-${name}`).content, true).firstElementChild;
}

export function word(templates, name) {
  return templates.getElementById("says-states").content.querySelector(`[data-word="${name}"]`).textContent;
}

// What somebody typed, to recognise it by.
export function typedIn({ fields, labels }) {
  const words = fields.filter(([name, value]) => labels[name] && value.trim()).map(([, value]) => value.trim());
  return words.join(" · ").slice(0, 300);
}

function control({ name, value, rows, choices }) {
  const element = document.createElement(choices.length ? "select" : rows > 1 ? "textarea" : "input");
  element.name = name;
  if (rows > 1) element.rows = rows;
  for (const [key, label] of choices) element.append(new Option(label, key, false, key === value));
  element.value = value || element.value;
  return element;
}

// A form made of fields as the rucksack describes them; `buttons` are [label, name, value, look].
export function formOf({ fields, buttons }, number) {
  const form = document.createElement("form");
  form.className = "form";
  form.autocomplete = "off"; // a browser writes the state of other forms on its disk, readable
  for (const field of fields) {
    const element = control(field);
    element.id = `field-${number}-${field.name}`;
    if (!field.label) {
      element.type = "hidden";
      form.append(element);
      continue;
    }
    const row = document.createElement("div");
    const label = Object.assign(document.createElement("label"), { className: "field__label", htmlFor: element.id, textContent: field.label });
    const holder = Object.assign(document.createElement("div"), { className: "field__control" });
    holder.append(element);
    row.className = "field";
    row.append(label, holder);
    form.append(row);
  }
  const actions = Object.assign(document.createElement("div"), { className: "actions" });
  buttons.forEach(({ label, name, value }, at) => {
    actions.append(Object.assign(document.createElement("button"), { className: at ? "button" : "button button--primary", textContent: label, name, value }));
  });
  form.append(actions);
  return form;
}

// The language mirror: for who switched it on in the settings, while they write. It shows a phrase as written with another
// wording of it, and the writer takes that over or leaves it. It looks at the wording and says nothing of the writer (V14):
// it counts nothing, keeps nothing, and asks no server anything. `page.js` fetches it when a field to write in gets the focus.
//
// Each line of a list: a phrase, and the other wording ($1 is what stood between the first brackets). Phrases that are often
// said in need ("ik kan niet meer", "I can't go on") are left out on purpose: nobody is answered there by a list.

const QUIET = 500; // thousandths of a second without a key

const between = (...not) => `((?:(?!(?:${not.join("|")})[ .,!?])[\\p{L}'’-]+ ){0,3})`;
const IT = "(het|dat|dit)";
const NL = between("nog", "niet", "nooit", "niks", "niets");
const EN = "(it|that|this)";

const OWN = {
  nl: [
    [`ik kan ${NL}niet(?! (?:meer|wachten|anders|slapen|eten|ademen|leven|verder|zonder|alleen|tegen))`, "ik kan $1nog niet"],
    [`ik kan ${NL}nooit(?! meer)`, "ik kan $1nog niet"],
    [`${IT} lukt (me|mij) ${NL}(?:nooit|niet)(?! meer)`, "$1 lukt $2 $3nog niet"],
    [`ik (snap|begrijp) ${NL}(niet|niets|niks)(?! meer)`, "ik $1 $2nog $3"],
    [`ik weet ${NL}niet(?! (?:meer|alleen))`, "ik weet $1nog niet"],
    ["ik ben (?:heel |zo |echt )?slecht in", "ik groei nog in"],
    ["ik ben (?:gewoon )?niet goed in", "ik groei nog in"],
    ["(ik ben|ben ik) nu eenmaal", "$1 tot nu toe"],
    [`ik leer ${IT} nooit`, "ik ben $1 nog aan het leren"],
    ["ik heb geen (?:talent|aanleg) voor", "ik oefen nog in"],
    [`${IT} is (?:niets|niks) voor mij`, "$1 is nog nieuw voor mij"],
    [`${IT} is te moeilijk`, "$1 is nu nog moeilijk"],
    ["gaat altijd (?:mis|fout)", "gaat soms nog anders dan ik wil"],
    [`${IT} werkt bij mij (?:nooit|niet)`, "$1 werkt bij mij nog niet"],
    ["ik moet(?! (?:van|huilen|lachen|niezen|overgeven|plassen|weg|denken aan))", "ik wil"],
  ],
  en: [
    ["I (can['’]?t|cannot|can not)(?! (?:any|go on|wait|take|sleep|eat|breathe|live|cope|stop|help|yet|only))", "I $1 yet"],
    ["I (don['’]?t|do not) (know|understand)(?! (?:any|how long|yet))", "I $1 yet $2"],
    ["I(['’]m| am) (?:so |really |just )?(?:bad|terrible|no good) at", "I$1 still growing in"],
    ["I(['’]m| am) (?:just )?not good at", "I$1 still growing in"],
    ["I(?:['’]ll| will) never (learn|understand|manage|be able to)", "I have yet to $1"],
    ["(that['’]s|that is) just (how|who|the way) I am", "$1 $2 I am so far"],
    ["I never (manage|succeed|understand)", "I don't yet $1"],
    ["I have no talent for", "I still practise"],
    [`${EN}(['’]s| is) too (hard|difficult)`, "$1$2 still $3"],
    [`${EN} never works(?! out)`, "$1 doesn't work yet"],
    [`${EN} always goes wrong`, "$1 still goes wrong at times"],
    [`${EN}(['’]s| is) not for me`, "$1$2 still new to me"],
    ["I (?:have to|must|should)(?! (?:have|be|go|cry|not)(?!\\p{L}))", "I want to"],
  ],
};

// In what somebody writes to another: a question opens more than a verdict.
const TO_ANOTHER = {
  nl: [
    ["je (?:zou )?(?:moet|moeten)(?! (?:niet|niks|niets))", "hoe zou je"],
    ["je had [^.!?\\n]{0,80}?(?:moeten|kunnen)(?: [\\p{L}]+)?", "wat zou je een volgende keer willen proberen"],
    ["waarom (?:heb|ben|deed|doe) je [^.!?\\n]{0,60}?niet[^.!?\\n]{0,60}", "wat zou je de volgende keer helpen"],
    ["als ik jou was,? zou ik", "hoe zou je"],
    [`je kan ${NL}niet`, "je kan $1nog niet"],
    [`je kunt ${NL}niet`, "je kunt $1nog niet"],
    [`je (snapt|begrijpt) ${NL}niet`, "je $1 $2nog niet"],
    ["je bent (?:slecht|niet goed) in", "je groeit nog in"],
  ],
  en: [
    ["you (?:must|have to|need to|ought to|should)(?! (?:not|have)(?!\\p{L}))", "how would you"],
    ["you should have [^.!?\\n]{1,80}", "what would you like to try next time"],
    ["why (?:didn['’]?t|did not|haven['’]?t|don['’]?t) you [^.!?\\n]{1,80}", "what would help you next time"],
    ["if I were you,? I(?:['’]d| would)", "how would you"],
    ["you (can['’]?t|cannot)", "you $1 yet"],
    ["you(['’]re| are) (?:bad|not good) at", "you$1 still growing in"],
  ],
};

const made = new Map();

function rulesFor(field) {
  const language = document.documentElement.lang;
  const key = `${language} ${field.dataset.wordsFor ?? ""}`;
  if (!made.has(key)) {
    const rules = [...(field.dataset.wordsFor === "another" ? TO_ANOTHER[language] ?? [] : []), ...(OWN[language] ?? [])];
    made.set(key, rules.map(([phrase, other]) => [new RegExp(`(?<![\\p{L}\\p{N}])(?:${phrase})(?![\\p{L}\\p{N}])`, "giu"), other]));
  }
  return made.get(key);
}

function asBegun(other, written) {
  return written[0] === written[0].toLowerCase() ? other : other[0].toUpperCase() + other.slice(1);
}

// The first phrase of the text that its writer did not leave as it is.
function phraseIn(field, left) {
  let first = null;
  for (const [phrase, other] of rulesFor(field)) {
    for (const found of field.value.matchAll(phrase)) {
      const written = found[0].trimEnd();
      if (left.has(written.toLowerCase()) || (first && first.at <= found.index)) continue;
      first = { at: found.index, written, other: asBegun(written.replace(phrase, other), written) };
    }
  }
  return first;
}

// Per field, as long as the page is open: the place of its line, what was left as it is, what was taken over last.
const mirrors = new WeakMap();

function mirrorOf(field) {
  if (!mirrors.has(field)) {
    const place = Object.assign(document.createElement("div"), { className: "mirror" });
    place.setAttribute("aria-live", "polite");
    (field.closest(".field__control") ?? field).after(place);
    mirrors.set(field, { place, left: new Set(), shown: null, taken: null, waits: 0 });
  }
  return mirrors.get(field);
}

// As if it were typed: then Ctrl+Z gives the phrase back, and a draft hears of it.
function takeOver(field, { at, written, other }) {
  const [start, end] = [field.selectionStart, field.selectionEnd];
  const past = at + written.length;
  const moved = (place) => (place <= at ? place : Math.max(place, past) + other.length - written.length);
  field.focus();
  field.setSelectionRange(at, past);
  if (!document.execCommand("insertText", false, other)) {
    field.setRangeText(other, at, past, "end");
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }
  field.setSelectionRange(moved(start), moved(end));
}

function lineFor(field, phrase) {
  const mirror = mirrorOf(field);
  const line = document.importNode(document.querySelector("template[data-mirror]").content, true).firstElementChild;
  const slot = (name) => line.querySelector(`[data-slot="${name}"]`);
  slot("written").textContent = phrase.written;
  slot("other").textContent = phrase.other;
  slot("take").addEventListener("click", () => {
    const now = phraseIn(field, mirror.left);
    if (now?.written === phrase.written) takeOver(field, now);
    mirror.taken = phrase.written.toLowerCase();
    look(field);
  });
  slot("leave").addEventListener("click", () => {
    mirror.left.add(phrase.written.toLowerCase());
    field.focus();
    look(field);
  });
  return line;
}

function look(field) {
  const mirror = mirrorOf(field);
  const phrase = field.isConnected ? phraseIn(field, mirror.left) : null;
  clearTimeout(mirror.waits);
  if (phrase?.written === mirror.shown) return;
  mirror.shown = phrase?.written;
  mirror.place.replaceChildren(...(phrase ? [lineFor(field, phrase)] : []));
}

document.addEventListener("input", (event) => {
  const field = event.target;
  if (event.isComposing || !field.matches("main textarea")) return;
  const mirror = mirrorOf(field);
  if (event.inputType === "historyUndo" && mirror.taken) mirror.left.add(mirror.taken); // taken back: leave it so
  clearTimeout(mirror.waits);
  mirror.waits = setTimeout(look, QUIET, field);
});

// The page of a link: sends the proof alone, opens what comes back, and shows it as text. The secret stays in this page and leaves the
// address bar once it has served.
import { bytesOf, keysOf, openLink, textOf } from "./link.js";

const box = document.querySelector("[data-link]");
const form = box.querySelector("form");
const words = JSON.parse(box.dataset.words);
const paste = form.querySelector("#link-text");
const told = box.querySelector("[data-told]");

const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

// As the service itself writes days.
const tag = words.lang === "en" ? "en-GB" : words.lang;

const isolated = (text, lang) => element("bdi", lang && lang !== words.lang ? { lang } : {}, text);

function tell(text) {
  told.hidden = false;
  told.textContent = text;
}

/** The id and the secret of a whole link; the address bar's own where nothing was pasted. */
function linkOf() {
  const whole = paste.value.trim() || location.href;
  const found = /\/l\/([0-9a-f-]{32,36})[^#]*#([A-Za-z0-9_-]{43})$/.exec(whole);
  return found && { id: found[1], secret: bytesOf(found[2]) };
}

function name(type, code) {
  try {
    return new Intl.DisplayNames([words.lang], { type }).of(code) ?? code;
  } catch {
    return code;
  }
}

function date(text) {
  const [year, month, day] = text.split("-").map(Number);
  if (!month) return text;
  const options = day ? { day: "numeric", month: "long", year: "numeric" } : { month: "long", year: "numeric" };
  return new Intl.DateTimeFormat(tag, { ...options, timeZone: "UTC" }).format(Date.UTC(year, month - 1, day || 1));
}

const day = (micros) =>
  new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone: "Europe/Stockholm" }).format(micros / 1000);

/** A value as nodes: in the reader's language where it is one of ours, else as it was written. */
function shown(kind, field, value, lang) {
  const choice = (one) => words.choices[`${kind}/${field.name}/${one}`] ?? one;
  if (value.choice !== undefined) return [isolated(choice(value.choice))];
  if (value.choices) return [isolated(value.choices.map(choice).join(", "))];
  if (value.number !== undefined) return [isolated(String(value.number))];
  if (value.flag !== undefined) return [isolated(value.flag ? words.yes : words.no)];
  if (value.date) return [isolated(date(value.date))];
  if (value.concept) {
    const { concept } = value;
    const label = concept[words.lang] ?? concept.entered;
    const entered = isolated(concept.entered, lang);
    return label === concept.entered ? [entered] : [isolated(label), " ", element("span", { class: "original" }, "(", entered, ")")];
  }
  if (field.shape === "language") return [isolated(name("language", value.text))];
  if (field.shape === "country") return [isolated(name("region", value.text))];
  return [isolated(value.text, field.shape === "text" ? lang : undefined)];
}

/** Whether it holds only the page that checks can say: what was opened here the service does not know. */
function proofText(text) {
  const attributes = { translate: "no", dir: "ltr", tabindex: "0", role: "group", "aria-label": words.proofText };
  const way = element("a", { href: words.verify }, words.checkProof);
  const parts = [element("summary", {}, words.proofText), element("p", {}, words.checkProofLead, " ", way), element("pre", attributes, text)];
  return element("details", { class: "proof-text" }, ...parts);
}

function card({ entry }) {
  const kind = words.kinds[entry.kind];
  const present = kind.fields.filter((field) => entry.fields[field.name]);
  const heads = entry.fields.licence?.choice === "other" ? ["name", ...kind.heads] : kind.heads;
  const head = heads.find((one) => entry.fields[one]);
  const field = present.find((one) => one.name === head);
  const nodes = (one) => shown(entry.kind, one, entry.fields[one.name], entry.lang);
  const proof = present.find((one) => one.shape === "proof");
  const rows = present.filter((one) => one !== field && one !== proof);
  const row = (one) => element("div", {}, element("dt", {}, one.label), element("dd", {}, ...nodes(one)));
  return element(
    "li",
    { class: "card" },
    element("h3", {}, ...(field ? nodes(field) : [kind.name])),
    ...(rows.length ? [element("dl", { class: "rows" }, ...rows.map(row))] : []),
    element("p", { class: "meta" }, `${proof ? words.unasked : (words.evidence[entry.evidence] ?? "")} · ${words.confirmed.replace("{date}", day(entry.confirmed))}`),
    ...(proof ? [proofText(entry.fields[proof.name].text)] : []),
  );
}

function render({ terms, entries }) {
  const row = (label, text) => element("div", {}, element("dt", {}, label), element("dd", {}, isolated(text)));
  const parts = [
    element("h1", { tabindex: "-1" }, words.title),
    element("p", { class: "notice", role: "status" }, words.byBrowser),
    element("p", { class: "warn" }, words.promise),
    element("dl", { class: "rows terms" }, row(words.purpose, words.purposes[terms.purpose] ?? ""), row(words.until, day(terms.until - 1))),
  ];
  if (!entries.length) parts.push(element("p", { class: "empty" }, words.empty));
  // As the preview showed it: what this kind of recipient is shown first, and then the others.
  const first = words.first[terms.link?.recipient] ?? [];
  const rank = ([code]) => (first.includes(code) ? first.indexOf(code) : first.length);
  for (const [code, title] of [...words.sections].sort((one, other) => rank(one) - rank(other))) {
    const mine = entries.filter(({ entry }) => words.kinds[entry.kind]?.section === code);
    if (!mine.length) continue;
    parts.push(element("section", { class: "group" }, element("h2", {}, title), element("ul", { class: "cards" }, ...mine.map(card))));
  }
  parts.push(element("p", { class: "fine" }, words.alike));
  // It is shown once: a change of language would lose it, and may cost another opening.
  document.querySelector(".tongue")?.remove();
  const main = document.querySelector("main");
  main.replaceChildren(...parts);
  main.querySelector("h1").focus();
}

async function refused(answer) {
  const problem = await answer.json().catch(() => ({}));
  if (answer.status === 429) return words.fast;
  if (problem.type !== "/problems/link-word") return words.closed;
  return problem.tries_left === undefined ? words.word : words.wrong.replace("{count}", problem.tries_left);
}

async function open() {
  const link = linkOf();
  if (!link) return tell(words.notALink);
  const { proof } = await keysOf(link.secret);
  const word = form.querySelector("#word").value;
  const body = JSON.stringify({ proof: textOf(proof), ...(word.trim() ? { word } : {}) });
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`/l/${link.id}/open`, { method: "POST", headers, body }).catch(() => null);
  if (!answer) return tell(words.failed);
  if (!answer.ok) return tell(await refused(answer));
  try {
    render(await openLink(link.secret, await answer.json(), words.order));
  } catch {
    return tell(words.damaged);
  }
  history.replaceState(null, "", location.pathname);
}

if (location.hash.length === 44) {
  paste.closest(".field").hidden = true;
  // The part after # is sent nowhere; without this a change of language would lose it.
  for (const other of document.querySelectorAll("form.languages")) other.action += location.hash;
}
box.querySelector("[data-how]").textContent = words.howBrowser;
let busy = false;
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (busy) return;
  busy = true;
  await open().finally(() => (busy = false));
});

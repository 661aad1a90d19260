// "Lyssna": reads each block aloud. Only voices in the device itself: others send what they read to someone's server.
const main = document.querySelector("main[data-listen]");
const speech = globalThis.speechSynthesis;
const primary = (lang) => lang.toLowerCase().split(/[-_]/)[0];
// A card in a list is read with what stands above it: a button under each title is noise.
const HEADINGS = "h1, h2";
const UNREAD = "svg, select, textarea, datalist, .hear, .heard, .unseen, [hidden], [aria-hidden=true]";
const PIECES = "h1, h2, h3, h4, p, li, dt, dd, legend, label, button, summary, th, td, pre, .btn, .some";

/** What is being read: `{ button, pieces, at, speaking, utterance }`. */
let now = null;

const seen = (element) => (element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0);

/** The block's text in the order of reading, cut where the language or the piece changes and after each sentence. */
function piecesOf(heading, next) {
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  const pieces = [];
  let last = null;
  while (walker.nextNode()) {
    const { currentNode: node } = walker;
    const parent = node.parentElement;
    const before = !heading.contains(node) && !(heading.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (before || parent.closest(UNREAD) || !seen(parent)) continue;
    if (next && (next.contains(node) || next.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)) break;
    const lang = parent.closest("[lang]").lang;
    const place = parent.closest(PIECES);
    if (last && last.place === place && last.lang === lang) last.text += node.data;
    else pieces.push((last = { place, lang, text: node.data }));
  }
  return pieces.flatMap(({ lang, text }) => sentences(text).map((one) => ({ lang, text: one })));
}

function sentences(text) {
  const plain = text.replace(/[\u2066-\u2069]/g, "").replace(/\s+/g, " ");
  return (plain.match(/[^.?!:؟።፧]+[.?!:؟።፧]*/g) ?? []).map((one) => one.trim()).filter((one) => /[\p{L}\p{N}]/u.test(one));
}

/** The device's own voices; some browsers know them only a moment after they were asked. */
async function voices() {
  const own = () => (speech?.getVoices() ?? []).filter((voice) => voice.localService);
  if (!speech || own().length > 0) return own();
  await new Promise((go) => {
    speech.addEventListener("voiceschanged", go, { once: true });
    setTimeout(go, 700);
  });
  return own();
}

function say(button, key) {
  button.firstChild.data = main.dataset[key];
}

function stop(key) {
  if (!now) return;
  now.speaking = false;
  speech?.cancel();
  say(now.button, key);
}

function speak(all) {
  const here = now;
  const piece = here.pieces[here.at];
  if (!piece) {
    stop("listen");
    now = null;
    return;
  }
  const voice = all.find((one) => primary(one.lang) === primary(piece.lang)) ?? here.voice;
  const utterance = new SpeechSynthesisUtterance(piece.text);
  utterance.voice = voice;
  utterance.lang = voice.lang;
  utterance.addEventListener("end", () => {
    // What was cancelled ends too, and says nothing more.
    if (now !== here || !here.speaking || here.utterance !== utterance) return;
    here.at += 1;
    speak(all);
  });
  // Held, since some browsers forget one that nobody holds.
  here.utterance = utterance;
  speech.speak(utterance);
}

async function press(button, heading, next) {
  const all = await voices();
  if (now?.button === button) {
    if (now.speaking) return stop("listenOn");
  } else {
    stop("listen");
    const pieces = piecesOf(heading, next);
    const voice = all.find((one) => primary(one.lang) === primary(heading.closest("[lang]").lang));
    const heard = button.nextElementSibling;
    heard.textContent = voice ? "" : main.dataset.listenNone;
    now = voice ? { button, pieces, at: 0, voice } : null;
  }
  if (!now) return;
  now.speaking = true;
  say(button, "listenPause");
  speak(all);
}

function offer(heading, next) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "hear";
  const about = document.createElement("span");
  about.className = "unseen";
  about.textContent = ` ${heading.textContent}`;
  button.append(main.dataset.listen, about);
  const heard = document.createElement("span");
  heard.className = "heard";
  heard.setAttribute("role", "status");
  const row = document.createElement("div");
  row.className = "listen";
  row.append(button, heard);
  heading.after(row);
  button.addEventListener("click", () => press(button, heading, next));
}

if (main) {
  const headings = [...main.querySelectorAll(HEADINGS)].filter((heading) => !heading.closest("summary, li"));
  headings.forEach((heading, i) => offer(heading, headings[i + 1]));
  addEventListener("pagehide", () => speech?.cancel());
}

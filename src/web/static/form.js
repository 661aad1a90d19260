// Small helps: focus on what is wrong, characters left, showing a passphrase, printing.
document.getElementById("faults")?.focus();

for (const area of document.querySelectorAll("textarea[data-max]")) {
  const left = document.createElement("p");
  left.className = "left";
  left.setAttribute("aria-live", "polite");
  area.after(left);
  const say = () => {
    const rest = Number(area.dataset.max) - [...area.value].length;
    // Silent until it matters, so that a reader is not spoken to at each key.
    const words = rest < 0 ? area.dataset.over : area.dataset.left;
    left.textContent = rest <= 100 ? `${words} ${Math.abs(rest)}` : "";
  };
  area.addEventListener("input", say);
  say();
}

for (const input of document.querySelectorAll("input[data-reveal]")) {
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.id = `${input.id}-reveal`;
  label.htmlFor = box.id;
  label.textContent = input.dataset.reveal;
  const row = document.createElement("div");
  row.className = "tick reveal";
  row.append(box, label);
  input.after(row);
  box.addEventListener("change", () => (input.type = box.checked ? "text" : "password"));
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}

// Typing an own passphrase chooses it; a date chooses "another day".
for (const [input, radio] of [["own", "choice-own"], ["until_other", "until-other"]]) {
  document.getElementById(input)?.addEventListener("input", () => (document.getElementById(radio).checked = true));
}

// What is shown once is copied whole.
for (const shown of document.querySelectorAll("[data-copy-label]")) {
  if (!navigator.clipboard) break;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn plain small";
  button.textContent = shown.dataset.copyLabel;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const row = document.createElement("p");
  row.append(button, " ", said);
  shown.after(row);
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(shown.textContent);
    said.textContent = shown.dataset.copied;
  });
}

// An invite link carries its code in the fragment, which no server sees until the person accepts.
const code = document.querySelector("[data-fragment]");
if (code && location.hash.length > 1) {
  code.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}

// The seal of the log belongs on paper, folded or not.
addEventListener("beforeprint", () => document.querySelectorAll(".checkpoint").forEach((seal) => (seal.open = true)));

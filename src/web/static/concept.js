// Suggestions while typing a skill or an occupation: an editable combobox (ARIA 1.2). What is typed goes in a POST body, never a URL.
let number = 0;

for (const field of document.querySelectorAll(".concept")) {
  const input = field.querySelector("input[type=text]");
  const button = field.querySelector("button[name=search]");
  const found = field.querySelector(".found");
  let uri = field.querySelector(`input[type=hidden][name="${input.name}-uri"]`);
  if (!uri) {
    // The page came back with radios from a search without script: their choice moves into one hidden input.
    uri = Object.assign(document.createElement("input"), { type: "hidden", name: `${input.name}-uri` });
    uri.value = found.querySelector("input:checked")?.value ?? "";
    found.replaceWith(uri);
  }
  const list = document.createElement("ul");
  list.id = `suggestions-${++number}`;
  list.role = "listbox";
  list.hidden = true;
  list.setAttribute("aria-label", field.querySelector("label").textContent);
  const status = document.createElement("p");
  status.className = "unseen";
  status.role = "status";
  // This comes late where the line is slow: whoever types already goes on where they are, though the field moves.
  const typing = document.activeElement === input && [input.selectionStart, input.selectionEnd];
  const combo = document.createElement("div");
  combo.className = "combo";
  input.replaceWith(combo);
  combo.append(input, list);
  if (typing) {
    input.focus({ preventScroll: true });
    input.setSelectionRange(...typing);
  }
  field.append(status);
  button.hidden = true;
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) {
    input.setAttribute(name, value);
  }
  let at = -1;
  let asked = 0;
  let timer;

  const close = () => {
    list.hidden = true;
    at = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };

  /** Also what is still on its way: neither a pending question nor its answer opens the list again. */
  const leave = () => {
    clearTimeout(timer);
    asked += 1;
    close();
  };

  const mark = (next) => {
    const options = [...list.children];
    at = (next + options.length) % options.length;
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    options[at].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[at].id);
  };

  const pick = (option) => {
    input.value = option.dataset.label;
    uri.value = option.dataset.uri;
    leave();
  };

  const show = (hits) => {
    list.replaceChildren(
      ...hits.map((hit, i) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${i}`;
        option.role = "option";
        option.dataset.uri = hit.uri;
        option.dataset.label = hit.label;
        option.lang = hit.lang;
        option.setAttribute("aria-selected", "false");
        option.append(hit.label);
        if (hit.why) {
          const why = document.createElement("small");
          why.textContent = hit.why;
          option.append(why);
        }
        return option;
      }),
    );
    at = -1;
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
    status.textContent = hits.length > 0 ? field.dataset.found : field.dataset.none;
  };

  const ask = async () => {
    const turn = ++asked;
    const query = input.value.trim();
    if (query.length < 2) return close();
    const answer = await fetch("/taxonomy/search", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify({ kind: field.dataset.concept, query, lang: document.documentElement.lang }),
    }).catch(() => null);
    if (!answer?.ok) return;
    const { hits, seconds_left: left } = await answer.json();
    document.dispatchEvent(new CustomEvent("prolonged", { detail: left }));
    // A later answer must not be overtaken by an earlier one, and none may cover a field that the person has gone on to.
    if (turn === asked && document.activeElement === input) show(hits);
  };

  input.addEventListener("input", () => {
    // Other words are no longer the concept that was picked.
    uri.value = "";
    clearTimeout(timer);
    timer = setTimeout(ask, 150);
  });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return event.key === "Escape" ? leave() : undefined;
    if (event.key === "ArrowDown") mark(at + 1);
    else if (event.key === "ArrowUp") mark(at < 0 ? -1 : at - 1);
    else if (event.key === "Enter" && at >= 0) pick(list.children[at]);
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  // Before the blur, so that a click counts.
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("li");
    if (option) pick(option);
  });
  input.addEventListener("blur", leave);
  if (typing && input.value !== input.defaultValue) ask();
}

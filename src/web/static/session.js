// Warns two minutes before the session ends; Escape or the button extends it without leaving the page.
const box = document.querySelector("[data-seconds-left]");

if (box) {
  const text = box.querySelector("[data-text]");
  let timer;

  const warn = () => {
    box.hidden = false;
    // Set after the box shows: a live region speaks only of changes.
    text.textContent = "";
    setTimeout(() => (text.textContent = text.dataset.text), 50);
  };

  const wait = (seconds) => {
    clearTimeout(timer);
    timer = setTimeout(warn, Math.max(0, seconds - 120) * 1000);
  };

  /** What an answer without a new page has made of the end: the warning and the footer follow. */
  const prolonged = (seconds) => {
    box.hidden = seconds > 120;
    wait(seconds);
    const ends = document.querySelector("[data-ends]");
    const at = new Date(Date.now() + seconds * 1000);
    const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Stockholm" }).format(at);
    if (ends) ends.textContent = ends.textContent.replace(/\d\d([.:])\d\d/, (_, mark) => clock.replace(":", mark));
  };
  document.addEventListener("prolonged", (event) => prolonged(event.detail));

  const extend = async () => {
    const answer = await fetch(box.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(new FormData(box)),
    }).catch(() => null);
    if (!answer?.ok) return;
    prolonged((await answer.json()).seconds_left);
  };

  box.addEventListener("submit", (event) => {
    event.preventDefault();
    extend();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden) extend();
  });
  wait(Number(box.dataset.secondsLeft));
}

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

  const extend = async () => {
    const answer = await fetch(box.action, {
      method: "POST",
      headers: { accept: "application/json" },
      body: new URLSearchParams(new FormData(box)),
    }).catch(() => null);
    if (!answer?.ok) return;
    const { seconds_left: left } = await answer.json();
    box.hidden = left > 120;
    wait(left);
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

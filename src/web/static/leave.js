// "Lämna sidan": ends the session, and replaces this page in the history so that Back does not show it. Shift three times does the same.
const form = document.querySelector("[data-leave]");

function leave() {
  // The beacon outlives the page; the answer is of no interest.
  navigator.sendBeacon(form.action, new URLSearchParams());
  document.documentElement.hidden = true;
  location.replace(form.dataset.leave);
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    const now = performance.now();
    presses = [...presses.filter((at) => now - at < 1500), now];
    if (presses.length >= 3) leave();
  });
  // Shift with another key is a capital letter.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = [];
  });
}

// A page from the browser's own memory may show what a session that has ended once showed.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});

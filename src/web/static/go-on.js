// What is done in steps goes on by itself; without this there is a button for each.
const form = document.querySelector("[data-go-on]");
// A moment to read how far it has come, and to leave.
if (form) setTimeout(() => form.submit(), 400);

// Everything works without this; it only makes it quicker.
import "./leave.js";
import "./session.js";
import "./form.js";
import "./listen.js";
if (document.querySelector(".concept")) import("./concept.js");
if (document.querySelector("[data-go-on]")) import("./go-on.js");
if (document.querySelector("[data-link]")) import("./link-page.js");
if (document.querySelector("[data-qr]")) import("./verify.js");

// Everything works without this; it only makes it quicker.
import "./leave.js";
import "./session.js";
import "./form.js";
if (document.querySelector(".concept")) import("./concept.js");

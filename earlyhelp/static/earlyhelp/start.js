// Runs on every page. Pages work without it; it starts the components and, where a page asks, autosave and polling.
import { initAll } from "../govuk-frontend/6.6.0/govuk-frontend.min.js";

initAll();
if (document.querySelector("[data-outbox]")) {
  import("./outbox.js");
}
if (document.querySelector("form[data-autosave]")) {
  import("./autosave.js");
}
if (document.querySelector("[data-offline-form]")) {
  import("./offline.js");
}
if (document.querySelector("[data-poll]")) {
  import("./poll.js");
}

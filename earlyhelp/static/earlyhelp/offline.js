// The report on one page, kept on this device as it is written (templates/referrals/write_offline.html).
import { keep, kept, showAndFocus, sync, when } from "./outbox.js";

const AFTER = 800;
const form = document.querySelector("[data-offline-form]");
const status = form.querySelector("[data-offline-status]");
const rows = form.querySelector("[data-rows]");
const another = form.querySelector("[data-another]");
let draft = crypto.randomUUID();
let edition = 0;
let saved = "";
let saving = Promise.resolve();
let release = null;
let timer = 0;

form.hidden = false;
document.querySelector("[data-unready]").hidden = true;
form.elements.opened.value = crypto.randomUUID();
const body = () => new URLSearchParams([...new FormData(form)]).toString();
const blank = body();

function addRow() {
  const number = Number(rows.value);
  const made = another.innerHTML.replaceAll("__row__", number).replaceAll("__number__", number + 1);
  another.insertAdjacentHTML("beforebegin", made);
  rows.value = number + 1;
}

// While a report is open here it is not sent from another window.
function hold() {
  if (release) return;
  const closed = new Promise((resolve) => (release = resolve));
  navigator.locks.request(draft, { mode: "shared" }, () => closed);
}

function letGo() {
  release?.();
  release = null;
}

async function save() {
  const text = body();
  if (text === saved || text === blank) return "";
  hold();
  const problem = await keep(draft, draft, text, edition + 1, edition).catch(() => "no room");
  if (problem === "clash") {
    // Another window wrote on this report: what stands here becomes a report of its own.
    letGo();
    draft = crypto.randomUUID();
    edition = 0;
    form.elements.opened.value = crypto.randomUUID();
    await save();
    status.textContent = "Another window changed this report. Both are kept, as two.";
    return "";
  }
  if (problem) {
    const sentence = problem === "no key" ? "nobody is signed in on this device" : "this device has no room";
    status.textContent = `NOT KEPT: ${sentence}. Write it on paper and ring the hub.`;
    return problem;
  }
  saved = text;
  edition += 1;
  const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  status.textContent = `Kept on this device ${time}. NOT SENT.`;
  return "";
}

const saveInTurn = () => (saving = saving.then(save));

function open(entry) {
  const text = new URLSearchParams(entry.text);
  letGo();
  form.reset();
  while (Number(rows.value) < Number(text.get(rows.name) || 1)) addRow();
  for (const control of form.elements) {
    const values = text.getAll(control.name);
    if (["radio", "checkbox"].includes(control.type)) control.checked = values.includes(control.value);
    else if (control.name && control.name !== "pages" && values.length) control.value = values[0];
  }
  ({ draft, edition } = entry);
  saved = body();
  hold();
  form.elements.danger[0].focus();
}

async function list() {
  const place = document.querySelector("[data-kept]");
  const entries = await kept();
  const lines = entries.map((entry) => {
    const item = document.createElement("li");
    item.textContent = `Kept ${when(entry.changed)}, deleted ${when(entry.changed + 72 * 3600000)}. NOT SENT. `;
    if (entry.name === entry.draft) {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "eh-link-button", textContent: "Open it" });
      button.addEventListener("click", () => open(entry));
      item.append(button);
    } else item.append("One page of a draft on the server.");
    return item;
  });
  place.querySelector("ul").replaceChildren(...lines);
  place.hidden = !lines.length;
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(saveInTurn, AFTER);
});
document.addEventListener("visibilitychange", () => document.hidden && saveInTurn());
form.querySelector("[data-add]").addEventListener("click", addRow);
document.querySelector("[data-again]").addEventListener("click", async (event) => {
  event.preventDefault();
  await saveInTurn();
  location.reload();
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearTimeout(timer);
  if (await saveInTurn()) return;
  letGo();
  await sync();
  await list();
  await showAndFocus();
});

await sync(true);
await list();

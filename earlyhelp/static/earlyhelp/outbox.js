// Reports on this device that are NOT SENT, on every page: <div data-outbox ...> (templates/layouts/outbox.html).
// They lie in IndexedDB, sealed with AES-GCM under a key that the server gives to a signed-in practitioner, that no
// script can read out, and that signing out forgets. Sending makes a draft on the server, never a report sent.
// Whether the network is there is judged by whether a request worked; browsers' own opinion is often wrong.

const HOUR = 3600000;
const KEY_LASTS = 12 * HOUR;
const DRAFTS_LAST = 72 * HOUR;
const TOLD_FOR = HOUR;
const TOLD = "early-help-deleted";
const EVERY = 30000;
const PATIENCE = 8000;

if (!window.isSecureContext) throw new Error("no sealing without HTTPS");
const place = document.querySelector("[data-outbox]");
const on = place.dataset;

const done = (ask) =>
  new Promise((resolve, reject) => {
    ask.onsuccess = () => resolve(ask.result);
    ask.onerror = () => reject(ask.error);
  });

const database = (() => {
  const ask = indexedDB.open("early-help", 1);
  ask.onupgradeneeded = () => {
    ask.result.createObjectStore("keys");
    ask.result.createObjectStore("drafts", { keyPath: "name" });
  };
  return done(ask);
})();

const readAll = async () => done((await database).transaction("drafts").objectStore("drafts").getAll());
const read = async (what) => done((await database).transaction("keys").objectStore("keys").get(what));

// Changes one store as one; resolves when it is on the disk, with what `change` answered.
async function write(name, change) {
  const transaction = (await database).transaction(name, "readwrite", { durability: "strict" });
  const answer = await change(transaction.objectStore(name));
  await new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  return answer;
}

async function heldKey() {
  const held = await read("key");
  const isOurs = held && held.until > Date.now() && (!on.who || on.who === held.who);
  return isOurs ? held : null;
}

const associated = (draft) => new TextEncoder().encode(draft);

async function seal(held, draft, text) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: associated(draft) };
  return { iv, sealed: await crypto.subtle.encrypt(how, held.key, new TextEncoder().encode(text)) };
}

async function unseal(held, entry) {
  const how = { name: "AES-GCM", iv: entry.iv, additionalData: associated(entry.draft) };
  return new TextDecoder().decode(await crypto.subtle.decrypt(how, held.key, entry.sealed));
}

// Keeps a form's body under a name. `seen` is the edition this window saved last: "clash" when another window has
// saved the same since, "no key" when nobody is signed in on this device; else "".
export async function keep(name, draft, text, edition, seen) {
  const held = await heldKey();
  if (!held) return "no key";
  const body = new URLSearchParams(text);
  body.delete("csrfmiddlewaretoken");
  const sealed = await seal(held, draft, body.toString());
  const entry = { name, draft, who: held.who, edition, changed: Date.now(), ...sealed };
  const problem = await write("drafts", async (drafts) => {
    const current = await done(drafts.get(name));
    if (current && current.edition !== seen) return "clash";
    drafts.put(entry);
    return "";
  });
  if (!problem) navigator.storage?.persist?.();
  return problem;
}

export const drop = (name) => write("drafts", (drafts) => drafts.delete(name));

// The reports of whoever holds the key, opened; newest first.
export async function kept() {
  const held = await heldKey();
  const own = held ? (await readAll()).filter((entry) => entry.sealed && entry.who === held.who) : [];
  const opened = await Promise.all(own.map(async (entry) => ({ ...entry, text: await unseal(held, entry) })));
  return opened.sort((one, other) => other.changed - one.changed);
}

const ask = (address, options = {}) =>
  fetch(address, { ...options, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });

const post = (address, token, body) =>
  ask(address, { method: "POST", body: new URLSearchParams(body), headers: { "X-CSRFToken": token } });

async function fetchKey(token) {
  const device = (await read("device")) || crypto.randomUUID();
  await write("keys", (keys) => keys.put(device, "device"));
  const answer = await post(on.key, token, { device });
  if (!answer.ok) return null;
  const { who, key } = await answer.json();
  const bytes = Uint8Array.from(key.match(/../g), (pair) => parseInt(pair, 16));
  const own = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
  const held = { who, key: own, until: Date.now() + KEY_LASTS };
  await write("keys", (keys) => keys.put(held, "key"));
  return held;
}

// Refused because another window changed the draft: this version becomes a draft of its own, so both are kept.
async function fork(held, entry, text) {
  const draft = crypto.randomUUID();
  const body = new URLSearchParams(text);
  body.set("opened", crypto.randomUUID());
  body.set("revision", "0");
  const own = { name: draft, draft, who: held.who, edition: 1, changed: entry.changed, wasChanged: true };
  const sealed = await seal(held, draft, body.toString());
  await write("drafts", (drafts) => {
    drafts.put({ ...own, ...sealed });
    drafts.delete(entry.name);
  });
}

// Sends one draft unless it is open in an editor. What was saved meanwhile stays for the next time.
async function send(held, token, entry) {
  const text = await unseal(held, entry);
  const address = on.drafts.replace("00000000-0000-0000-0000-000000000000", entry.draft);
  const answer = await post(address, token, `${text}&edition=${entry.edition}`);
  if (answer.status === 409) return fork(held, entry, text);
  if (!answer.ok) return;
  const { name, draft, who, edition, changed, wasChanged } = entry;
  const landed = { name, draft, who, edition, changed, wasChanged, address: (await answer.json()).address };
  await write("drafts", async (drafts) => {
    const current = await done(drafts.get(name));
    if (current && current.edition === edition) name === draft ? drafts.put(landed) : drafts.delete(name);
  });
}

async function deliver(wantsKey) {
  const waiting = (await readAll()).filter((entry) => entry.sealed);
  let held = await heldKey();
  const isOld = !held || held.until - Date.now() < KEY_LASTS / 2;
  if (!waiting.length && !(isOld && (on.who || wantsKey))) return;
  const answer = await ask(on.session);
  if (!answer.ok) return;
  const { who, token } = await answer.json();
  if (isOld || held.who !== who) held = await fetchKey(token);
  for (const entry of waiting.filter((one) => held && one.who === who)) {
    await navigator.locks.request(entry.draft, { ifAvailable: true }, (lock) => lock && send(held, token, entry));
  }
}

// One window at a time sends; none while it cannot.
export async function sync(wantsKey = false) {
  try {
    await navigator.locks.request("early-help", { ifAvailable: true }, (lock) => lock && deliver(wantsKey));
  } catch {
    // No connection, or a draft that cannot be opened: it stays, and the banner says so.
  }
  await show();
}

// What was deleted unsent is said in this tab for an hour: the page that deletes it may be the one that is closing.
const deleted = () => JSON.parse(sessionStorage.getItem(TOLD) || "{}");

function remember(drafts, now) {
  if (!drafts.length) return;
  const until = Object.fromEntries(drafts.map((entry) => [entry.draft, now + TOLD_FOR]));
  sessionStorage.setItem(TOLD, JSON.stringify({ ...deleted(), ...until }));
}

async function tidy() {
  const now = Date.now();
  return write("drafts", async (drafts) => {
    const entries = await done(drafts.getAll());
    const over = entries.filter((entry) => entry.changed + DRAFTS_LAST < now);
    const seen = entries.filter((entry) => entry.address && location.pathname.includes(entry.draft));
    remember(over.filter((entry) => entry.sealed), now);
    for (const entry of [...over, ...seen]) drafts.delete(entry.name);
    return entries.filter((entry) => !over.includes(entry) && !seen.includes(entry));
  });
}

export const when = (time) =>
  new Date(time).toLocaleString("en-GB", { weekday: "long", hour: "2-digit", minute: "2-digit" });
const ARE = ["is NOT SENT.", "are NOT SENT."];
const WERE = ["was deleted:", "were deleted:"];
const reports = (count, whose, [one, many]) => `${count === 1 ? "1 report" : `${count} reports`}${whose} ${count === 1 ? one : many}`;
const count = (entries) => new Set(entries.map((entry) => entry.draft)).size;

function line(bold, text, link, address) {
  const paragraph = document.createElement("p");
  const strong = document.createElement("strong");
  strong.textContent = bold;
  paragraph.append(strong, ` ${text} `);
  if (link) {
    const anchor = document.createElement("a");
    Object.assign(anchor, { className: "govuk-link", href: address, textContent: link });
    paragraph.append(anchor);
  }
  return paragraph;
}

// Says how many reports are NOT SENT.
export async function show() {
  const entries = await tidy();
  const held = await heldKey();
  const who = on.who || held?.who;
  const sealed = entries.filter((entry) => entry.sealed);
  const own = sealed.filter((entry) => !who || entry.who === who);
  const others = count(sealed) - count(own);
  const lines = [];
  if (own.length) {
    const first = Math.min(...own.map((entry) => entry.changed)) + DRAFTS_LAST;
    const soon = first - Date.now() < 24 * HOUR ? `One is deleted on ${when(first)}.` : "";
    const rest = held ? "Sealed on this device. With a connection they become drafts." : "Sealed. Sign in to go on.";
    lines.push(line(reports(count(own), " on this device", ARE), `${rest} ${soon}`, "See them", on.offline));
  }
  for (const entry of entries.filter((one) => one.address && one.who === who)) {
    const also = entry.wasChanged ? "Another window had changed it too: both are kept, as two drafts." : "";
    lines.push(line("A draft from this device is on the server, NOT SENT.", also, "Check it and send it", entry.address));
  }
  if (others) lines.push(line(reports(others, " of somebody else", ARE), "They must sign in on this device."));
  const expired = Object.values(deleted()).filter((until) => until > Date.now()).length;
  if (expired) lines.push(line(reports(expired, "", WERE), "over 72 hours old, and never sent."));
  place.replaceChildren(...lines);
  place.hidden = !lines.length;
}

export async function showAndFocus() {
  await show();
  place.focus();
}

// Signing out forgets the key, with or without a connection. The rest is cleared only when nothing waits.
function signOut(form) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await write("keys", (keys) => keys.delete("key"));
      const isEmpty = !(await readAll()).some((entry) => entry.sealed);
      const said = Object.assign(document.createElement("input"), { type: "hidden", name: "outbox", value: "empty" });
      if (isEmpty) form.append(said);
    } finally {
      form.submit();
    }
  });
}

document.querySelectorAll("form[data-sign-out]").forEach(signOut);
if (on.worker) navigator.serviceWorker.register(on.worker);
window.addEventListener("online", () => sync());
document.addEventListener("visibilitychange", () => document.hidden || sync());
setInterval(sync, EVERY);
sync();

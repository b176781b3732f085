// Keeps a draft while somebody types: <form data-autosave="/reports/12/draft/">, with a status region inside it:
// <p data-autosave-status role="status"></p>. A page of a report also has data-draft="12" and the hidden fields opened,
// revision, edition and pages: what the server cannot be given then stays on this device, sealed (outbox.js).
// Whether the network is there is judged by whether the request worked; browsers' own opinion is often wrong.

const EVERY = 4000;
const PATIENCE = 8000;
const OFFLINE = "no connection";
const SIGNED_OUT = "you are signed out";

async function watch(form) {
  const status = form.querySelector("[data-autosave-status]");
  const { draft, autosave } = form.dataset;
  const outbox = draft && (await import("./outbox.js").catch(() => null));
  const counter = form.elements.edition || { value: 0 };
  const name = `${draft}/${form.elements.pages?.value}`;
  let saved = body(asDrawn());
  let saving = null;
  let onDevice = 0;
  let isPassing = false;

  // The form as the server drew it: what somebody typed before this script came over a slow line is not saved yet.
  function asDrawn() {
    const copy = form.cloneNode(true);
    copy.reset();
    return copy;
  }

  function body(of = form) {
    const texts = [...new FormData(of)].filter(([key, value]) => typeof value === "string" && key !== "edition");
    return new URLSearchParams(texts).toString();
  }

  function save() {
    saving ??= saveNow().finally(() => (saving = null));
    return saving;
  }

  async function saveNow() {
    const now = body();
    if (now === saved) return "";
    counter.value = Number(counter.value) + 1;
    const problem = await send(now);
    const isKept = [OFFLINE, SIGNED_OUT].includes(problem) && (await keepHere(now));
    if (!problem) await forget(now);
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    const where = isKept ? "It is kept on this device, NOT SENT." : "What you typed is still here.";
    say(problem ? `Not saved: ${problem}. ${where}` : `Saved ${time}`);
    return problem;
  }

  async function send(text) {
    try {
      const answer = await fetch(autosave, {
        method: "POST",
        body: `${text}&edition=${counter.value}`,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Requested-With": "autosave" },
        redirect: "manual",
        keepalive: text.length < 60000,
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.ok) return "";
      const signedOut = answer.type === "opaqueredirect" || answer.status === 403;
      return signedOut ? SIGNED_OUT : "the service could not take it";
    } catch {
      return OFFLINE;
    }
  }

  async function keepHere(text) {
    if (!outbox) return false;
    const problem = await outbox.keep(name, draft, text, Number(counter.value), onDevice).catch(() => "no room");
    if (!problem) onDevice = Number(counter.value);
    await outbox.show();
    return !problem;
  }

  async function forget(text) {
    saved = text;
    if (!onDevice) return;
    await outbox.drop(name);
    onDevice = 0;
    await outbox.show();
  }

  function say(text) {
    if (status && status.textContent !== text) status.textContent = text;
  }

  // The page goes on only when the server has what stands on it, or says itself why not. With nothing to save it goes
  // at once: a browser ignores requestSubmit() until this event is over, and no request would have been waited for.
  async function submit(event) {
    if (isPassing) return;
    if (saving || body() !== saved) {
      event.preventDefault();
      await saving;
      const problem = await save();
      if (problem === OFFLINE) return outbox?.showAndFocus();
      pass();
      form.requestSubmit(event.submitter);
    } else pass();
  }

  function pass() {
    isPassing = true;
    counter.value = Number(counter.value) + 1;
  }

  if (outbox) navigator.locks.request(draft, { mode: "shared" }, () => new Promise(() => {}));
  setInterval(() => isPassing || save(), EVERY);
  document.addEventListener("visibilitychange", () => document.hidden && !isPassing && save());
  form.addEventListener("submit", submit);
  addEventListener("pageshow", () => (isPassing = false));
}

document.querySelectorAll("form[data-autosave]").forEach(watch);

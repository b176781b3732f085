// Keeps a draft while somebody types: <form data-autosave="/reports/12/draft/">, with a status region inside it:
// <p data-autosave-status role="status"></p>. The form's own fields are posted, its CSRF token among them.
// Whether the network is there is judged by whether the request worked; browsers' own opinion is often wrong.

const EVERY = 4000;

function watch(form) {
  const status = form.querySelector("[data-autosave-status]");
  let saved = body();
  let busy = false;

  function body() {
    const texts = [...new FormData(form)].filter(([, value]) => typeof value === "string");
    return new URLSearchParams(texts).toString();
  }

  async function save() {
    const now = body();
    if (busy || now === saved) return;
    busy = true;
    const problem = await send(now);
    busy = false;
    if (!problem) saved = now;
    const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    say(problem ? `Not saved: ${problem}. What you typed is still here.` : `Saved ${time}`);
  }

  async function send(text) {
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: text,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Requested-With": "autosave" },
        redirect: "manual",
        keepalive: text.length < 60000,
      });
      if (answer.ok) return "";
      const signedOut = answer.type === "opaqueredirect" || answer.status === 403;
      return signedOut ? "you are signed out" : "the service could not take it";
    } catch {
      return "no connection";
    }
  }

  function say(text) {
    if (status && status.textContent !== text) status.textContent = text;
  }

  const timer = setInterval(save, EVERY);
  document.addEventListener("visibilitychange", () => document.hidden && save());
  form.addEventListener("submit", () => clearInterval(timer));
}

document.querySelectorAll("form[data-autosave]").forEach(watch);

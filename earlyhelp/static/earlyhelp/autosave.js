// Keeps a draft while somebody types: <form data-autosave="/reports/12/draft/">, with a status region inside it:
// <p data-autosave-status role="status"></p>. The form's own fields are posted, its CSRF token among them.
// Whether the network is there is judged by whether the request worked; browsers' own opinion is often wrong.

const EVERY = 4000;

function watch(form) {
  const status = form.querySelector("[data-autosave-status]");
  let saved = body();
  let busy = false;

  function body() {
    return new URLSearchParams(new FormData(form)).toString();
  }

  async function save() {
    const now = body();
    if (busy || now === saved) return;
    busy = true;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: now,
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-Requested-With": "autosave" },
        redirect: "error",
        keepalive: now.length < 60000,
      });
      if (!answer.ok) throw new Error(`answered ${answer.status}`);
      saved = now;
      say(`Saved ${new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })}`);
    } catch {
      say("Not saved: no connection. What you typed is still here.");
    } finally {
      busy = false;
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

// Tells a list that it has grown: <p data-poll="/queue/waiting/" data-poll-one="new report" data-poll-many="new reports"
// role="status"></p>. The address answers {"count": 2} with an ETag, or 304. Rows never move under the pointer: the
// reader gets a link to the same page. Asks only while the page can be seen, and less often when the answer fails.

const EVERY = 15000;
const SLOWEST = 120000;

function watch(place) {
  let tag = "";
  let pause = EVERY;

  async function ask() {
    if (!document.hidden) {
      try {
        const answer = await fetch(place.dataset.poll, { headers: tag ? { "If-None-Match": tag } : {}, redirect: "error" });
        if (answer.status !== 304) {
          if (!answer.ok) throw new Error(`answered ${answer.status}`);
          tag = answer.headers.get("ETag") || "";
          show((await answer.json()).count);
        }
        pause = EVERY;
      } catch {
        pause = Math.min(pause * 2, SLOWEST);
      }
    }
    setTimeout(ask, pause * (0.9 + Math.random() * 0.2));
  }

  function show(count) {
    place.textContent = count ? `${count} ${count === 1 ? place.dataset.pollOne : place.dataset.pollMany}. ` : "";
    if (count) {
      const link = document.createElement("a");
      link.href = location.href;
      link.textContent = "Show";
      place.append(link);
    }
  }

  setTimeout(ask, EVERY);
}

document.querySelectorAll("[data-poll]").forEach(watch);

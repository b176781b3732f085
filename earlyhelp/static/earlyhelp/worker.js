// Runs beside the pages, with SHELL in front of it: { page, files, digest } (referrals/web/offline.py). It keeps the
// blank report and its files, asked for without a cookie, and nothing else: no page of anybody's is ever stored.

const KEPT = `offline-${SHELL.digest}`;
const PATIENCE = 8000;

async function keepShell() {
  const cache = await caches.open(KEPT);
  await cache.addAll([SHELL.page, ...SHELL.files].map((path) => new Request(path, { credentials: "omit" })));
  await self.skipWaiting();
}

async function dropOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== KEPT).map((name) => caches.delete(name)));
  await self.clients.claim();
}

const kept = (path) => caches.match(path, { ignoreVary: true });

async function navigate(request) {
  const network = fetch(request).catch(() => null);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, null));
  return (await Promise.race([network, late])) || (await kept(SHELL.page)) || Response.error();
}

self.addEventListener("install", (event) => event.waitUntil(keepShell()));
self.addEventListener("activate", (event) => event.waitUntil(dropOthers()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.mode === "navigate") event.respondWith(navigate(request));
  else if (SHELL.files.includes(new URL(request.url).pathname)) {
    event.respondWith(kept(request.url).then((file) => file || fetch(request)));
  }
});

// The service worker: shows what is pushed, and a page of ours when the network is away. It keeps that page and
// nothing of anybody: what a person saw is kept by the page itself (js/worker.js), which erases it at sign-out.
"use strict";
const VERSION = "e801fc5617fa"; // of the files below: tests/app/test_worker_files.py says which
const CACHE = `passavant-offline-${VERSION}`;
const PAGE = "/hors-ligne.html";
const FILES = [PAGE, "/verifier-hors-ligne.html", "/hors-ligne.css", "/js/offline.js", "/js/verifier.js", "/favicon.svg"];
const VERIFYING = "/verifier-hors-ligne.html"; // instead of PAGE, where documents are verified
const KEYS = "/verifier/cles.json"; // what their signatures are verified with: the newest that were ever read

self.addEventListener("install", (event) => {
  event.waitUntil((async () => {
    const cache = await caches.open(CACHE);
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "reload" })));
    await cache.add(new Request(KEYS, { cache: "reload" })).catch(() => {}); // read again when they are needed
    await self.skipWaiting();
  })());
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
    await self.clients.claim();
  })());
});

const kept = async (path) => (await (await caches.open(CACHE)).match(path)) ?? Response.error();

async function newest(request) {
  const answer = await fetch(request).catch(() => null);
  if (!answer?.ok) return kept(KEYS);
  await (await caches.open(CACHE)).put(KEYS, answer.clone());
  return answer;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  const page = /^\/verifier(\/|$)/.test(url.pathname) ? VERIFYING : PAGE;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => kept(page)));
  else if (url.pathname === KEYS) event.respondWith(newest(request));
  else if (FILES.includes(url.pathname)) event.respondWith(fetch(request).catch(() => kept(url.pathname)));
});

function told(event) {
  try {
    return event.data.json();
  } catch {
    return {}; // something must be shown all the same, or the browser says that we act behind its holder's back
  }
}

// A page of ours, and no other: the payload is signed, but it costs nothing.
const local = (path) => (typeof path === "string" && /^\/(?![/\\])/.test(path) ? path : "/notifications");

self.addEventListener("push", (event) => {
  const { title, body, url, tag } = told(event);
  event.waitUntil(self.registration.showNotification(title || "Passavant", {
    body: body || "Du nouveau vous attend.",
    tag: tag || "passavant",
    renotify: true,
    lang: "fr",
    icon: "/icons/passavant-192.png",
    badge: "/icons/passavant-badge.png",
    data: { url: local(url) },
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = local(event.notification.data?.url);
  event.waitUntil((async () => {
    const open = await self.clients.matchAll({ type: "window" });
    const here = open.find((client) => client.focused) ?? open[0];
    if (!here) return self.clients.openWindow(url);
    await here.focus().catch(() => {});
    return here.navigate(url).catch(() => self.clients.openWindow(url));
  })());
});

// Web push on this browser: what it allows, said as it is (components/signals/preferences.py has the words), and the form
// that gives its address to the server once its holder agreed.
(() => {
  "use strict";
  const section = () => document.querySelector("[data-push]");
  const apple = /iPad|iPhone|iPod/.test(navigator.userAgent)
    || (navigator.platform === "MacIntel" && navigator.maxTouchPoints > 1);
  const installed = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
  const able = () => window.isSecureContext && "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

  // as state/signals/notice_choices.py fingerprint()
  async function print(endpoint) {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 16);
  }
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  function bytes(said) {
    const padded = said.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(said.length / 4) * 4, "=");
    return Uint8Array.from(atob(padded), (sign) => sign.charCodeAt(0));
  }

  async function found(el) {
    if (!able()) return apple && !installed() ? "install" : "unsupported";
    if (Notification.permission === "denied") return "denied";
    const worker = await navigator.serviceWorker.getRegistration("/");
    const here = await worker?.pushManager.getSubscription();
    const known = (el.dataset.prints ?? "").split(" ");
    return here && Notification.permission === "granted" && known.includes(await print(here.endpoint)) ? "on" : "off";
  }

  async function look() {
    const el = section();
    if (!el || el.dataset.pushBusy) return;
    const state = await found(el).catch(() => "unsupported");
    if (["dismissed", "failed"].includes(el.dataset.pushState) && state === "off") return;
    if (el.dataset.pushState !== state) el.dataset.pushState = state;
  }

  async function subscribed(key) {
    const worker = await navigator.serviceWorker.ready;
    const before = await worker.pushManager.getSubscription();
    const mine = before?.options.applicationServerKey;
    if (before && mine && text(mine) !== key) await before.unsubscribe(); // of a portal that had another key
    return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(key) });
  }

  async function allow(el) {
    el.dataset.pushBusy = "yes";
    try {
      const answer = await Notification.requestPermission();
      if (answer !== "granted") {
        el.dataset.pushState = answer === "denied" ? "denied" : "dismissed";
        return;
      }
      const here = await subscribed(el.dataset.serverKey);
      const form = el.querySelector("[data-push-form]");
      form.elements.endpoint.value = here.endpoint;
      form.elements.p256dh.value = text(here.getKey("p256dh"));
      form.elements.auth.value = text(here.getKey("auth"));
      form.requestSubmit();
      el.dataset.pushState = "off"; // "on" once the server says that it knows this browser
    } catch {
      el.dataset.pushState = "failed";
    } finally {
      delete el.dataset.pushBusy;
    }
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest?.("[data-push-on]")) allow(section());
  });
  new MutationObserver(look).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-prints"],
  });
  document.addEventListener("visibilitychange", look);
})();

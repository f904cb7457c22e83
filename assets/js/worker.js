// The service worker, and what is kept to be read offline: the list of consignments as it was last seen, of one
// person, for one company. localStorage, because it is erased at once when they sign out, before the page goes.
(() => {
  "use strict";
  const KEY = "passavant.seen";
  const FIELDS = ["reference", "title", "post", "state_label", "step_label", "actor_label", "action_label"];

  if ("serviceWorker" in navigator) {
    window.addEventListener("load", () => navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {}));
  }

  const kept = () => { try { return JSON.parse(localStorage.getItem(KEY)); } catch { return null; } };
  const erase = () => { try { localStorage.removeItem(KEY); } catch { /* nothing was kept either */ } };

  function keep() {
    const owner = document.querySelector(".shell")?.dataset.owner;
    if (owner && kept() && kept().owner !== owner) erase();
    const shown = document.querySelector("[data-kept]");
    if (!shown || !shown.dataset.keptOwner || !document.querySelector(".live-on")) return;
    const rows = JSON.parse(shown.dataset.kept).map((row) => Object.fromEntries(FIELDS.map((name) => [name, row[name]])));
    const { keptOwner, company } = shown.dataset;
    try {
      localStorage.setItem(KEY, JSON.stringify({ owner: keptOwner, company, at: new Date().toISOString(), rows }));
    } catch { /* the browser keeps nothing: offline, it will say so */ }
  }

  // Signing out, changing company, or being shown the sign-in page: nothing stays.
  document.addEventListener("submit", (event) => {
    if (["/session/end", "/session/company"].includes(event.target.getAttribute("action"))) {
      clearInterval(again);
      observer.disconnect();
      erase();
    }
  }, true);
  const signedOut = () => document.querySelector('form[action="/session"]') && location.pathname === "/connexion";

  let waiting;
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(() => (signedOut() ? erase() : keep()), 500);
  }
  const observer = new MutationObserver(soon);
  observer.observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-kept", "data-kept-owner", "data-owner"],
  });
  // While the page stays open and live, what it shows is seen now.
  const again = setInterval(() => { if (document.visibilityState === "visible") keep(); }, 30000);
})();

// The service worker, and what is kept to be read offline: the list of consignments as it was last seen, and the
// tickets that were opened, of one person, for one company. localStorage, because it is erased at once when they sign
// out, before the page goes.
(() => {
  "use strict";
  const KEY = "passavant.seen", TICKETS = "passavant.tickets";
  const FIELDS = ["reference", "title", "post", "state_label", "step_label", "actor_label", "action_label"];
  const ON_A_TICKET = ["reference", "shown", "iso", "day", "hours", "where", "state_label", "lots", "code"];
  const A_DAY = 24 * 3600 * 1000;

  if ("serviceWorker" in navigator) {
    window.addEventListener("load", () => navigator.serviceWorker.register("/sw.js", { updateViaCache: "none" }).catch(() => {}));
  }

  const kept = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const erase = () => { try { [KEY, TICKETS].forEach((key) => localStorage.removeItem(key)); } catch { /* nothing was kept either */ } };
  const pick = (names, from) => Object.fromEntries(names.map((name) => [name, from[name]]));
  const live = () => document.querySelector(".live-on");

  function keep_ticket() {
    const shown = document.querySelector("[data-ticket]");
    if (!shown || !shown.dataset.ticketOwner || !live()) return;
    const ticket = JSON.parse(shown.dataset.ticket), owner = shown.dataset.ticketOwner;
    const others = (kept(TICKETS)?.tickets ?? []).filter((one) => one.reference !== ticket.reference && Date.parse(one.iso) > Date.now() - A_DAY);
    const tickets = ticket.alive ? [...others, pick(ON_A_TICKET, ticket)] : others;
    try {
      localStorage.setItem(TICKETS, JSON.stringify({ owner, tickets }));
    } catch { /* the browser keeps nothing: offline, it will say so */ }
  }

  function keep() {
    const owner = document.querySelector(".shell")?.dataset.owner;
    if (owner && [KEY, TICKETS].some((key) => kept(key) && kept(key).owner !== owner)) erase();
    keep_ticket();
    const shown = document.querySelector("[data-kept]");
    if (!shown || !shown.dataset.keptOwner || !live()) return;
    const rows = JSON.parse(shown.dataset.kept).map((row) => pick(FIELDS, row));
    const { keptOwner, company } = shown.dataset;
    try {
      localStorage.setItem(KEY, JSON.stringify({ owner: keptOwner, company, at: new Date().toISOString(), rows }));
    } catch { /* the browser keeps nothing: offline, it will say so */ }
  }

  // Signing out, changing company, being shown the sign-in page or that the session has ended: nothing stays.
  document.addEventListener("submit", (event) => {
    if (["/session/end", "/session/company"].includes(event.target.getAttribute("action"))) {
      clearInterval(again);
      observer.disconnect();
      erase();
    }
  }, true);
  const signedOut = () => document.querySelector("[data-ended]") || (document.querySelector('form[action="/session"]') && location.pathname === "/connexion");

  let waiting;
  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(() => (signedOut() ? erase() : keep()), 500);
  }
  const observer = new MutationObserver(soon);
  observer.observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-kept", "data-kept-owner", "data-owner", "data-ticket"],
  });
  // While the page stays open and live, what it shows is seen now.
  const again = setInterval(() => { if (document.visibilityState === "visible") keep(); }, 30000);
})();

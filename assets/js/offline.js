// The page shown when the network is away: what js/worker.js kept of the last list, and of when it is; the tickets that
// were opened, the one of this address first.
(() => {
  "use strict";
  const moment = new Intl.DateTimeFormat("fr-FR", {
    timeZone: "Europe/Paris", weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "numeric", minute: "2-digit",
  });
  const by = (id) => document.getElementById(id);
  function add(parent, tag, text, name = "") {
    const made = document.createElement(tag);
    made.textContent = text;
    made.className = name;
    parent.append(made);
    return made;
  }

  const kept = (key) => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } };
  const SVG = "http://www.w3.org/2000/svg";
  function draw(parent, ticket) {
    const square = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    square.setAttribute("viewBox", ticket.code.box);
    square.setAttribute("role", "img");
    square.setAttribute("aria-label", `QR code de la référence ${ticket.shown}`);
    square.setAttribute("class", "qr");
    path.setAttribute("d", ticket.code.path);
    square.append(path);
    parent.append(square);
  }

  const here = decodeURIComponent(location.pathname.split("/")[2] ?? "").toUpperCase();
  const tickets = (kept("passavant.tickets")?.tickets ?? []).filter((one) => Date.parse(one.iso) > Date.now() - 24 * 3600 * 1000);
  tickets.sort((a, b) => (b.reference === here) - (a.reference === here) || Date.parse(a.iso) - Date.parse(b.iso));
  for (const ticket of tickets) {
    const line = add(by("tickets"), "li", "");
    add(line, "strong", `${ticket.day}, ${ticket.hours}`);
    add(line, "span", `${ticket.where}. ${ticket.state_label}`);
    draw(line, ticket);
    add(line, "span", ticket.shown, "ref ticket");
    for (const lot of ticket.lots) add(line, "span", `${lot.title}, ${lot.reference}`, "meta");
  }
  by("booked").hidden = !tickets.length;

  const seen = kept("passavant.seen");
  if (seen?.rows?.length) {
    by("when").textContent = `${seen.company}. État vu le ${moment.format(new Date(seen.at))}\u00a0; il a pu changer depuis.`;
    for (const row of seen.rows) {
      const line = add(by("rows"), "li", "");
      add(line, "strong", row.title);
      add(line, "span", row.reference, "ref");
      add(line, "span", `${row.state_label}, ${row.step_label}`);
      add(line, "span", `${row.actor_label}\u00a0: ${row.action_label}. ${row.post}`, "meta");
    }
    by("seen").hidden = false;
  } else {
    by("none").hidden = tickets.length > 0;
  }

  // The device says that it is back before the network answers: wait for the portal itself. It may also never have
  // known that it was away (the portal was, or the page was asked for a moment too early): then nothing says so.
  const AGAIN = 2000, PATIENCE = 5000; // ms
  let next;
  const soon = () => { clearTimeout(next); next = setTimeout(back, AGAIN); };
  const leave = () => (location.pathname === "/hors-ligne.html" ? location.replace("/") : location.reload());
  async function back() {
    clearTimeout(next);
    const asked = { method: "HEAD", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) };
    const answer = await fetch("/manifest.webmanifest", asked).catch(() => null);
    if (answer?.ok) leave();
    else if (navigator.onLine) soon();
  }
  window.addEventListener("online", back);
  if (navigator.onLine) soon();
})();

// The page shown when the network is away: what js/worker.js kept of the last list, and of when it is.
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

  let seen = null;
  try { seen = JSON.parse(localStorage.getItem("passavant.seen")); } catch { /* nothing to show */ }
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
    by("none").hidden = false;
  }

  // The device says that it is back before the network answers: wait for the portal itself.
  async function back() {
    const answer = await fetch("/manifest.webmanifest", { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.ok) location.reload();
    else if (navigator.onLine) setTimeout(back, 2000);
  }
  window.addEventListener("online", back);
})();

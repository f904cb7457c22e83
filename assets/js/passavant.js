// What the browser does alone: relative times, copying, dialogs, show/hide, "/" to search.
// Everything is delegated from the document, so it survives React's re-rendering.
(() => {
  "use strict";

  // --- relative times: <time data-since="ISO">; only the text node changes
  const RELATIVE = /^(à l’instant|il y a)/i;
  function words(seconds) {
    if (seconds < 60) return "à l’instant";
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `il y a ${minutes}\u00a0min`;
    return `il y a ${Math.floor(minutes / 60)}\u00a0h`;
  }
  // what is left until data-due, or by how much it is late; how long something has waited since data-waits
  function length(ms) {
    const minutes = Math.max(1, Math.round(ms / 60000));
    if (minutes < 60) return `${minutes}\u00a0min`;
    const hours = Math.floor(minutes / 60);
    if (minutes >= 2160) return `${Math.round(minutes / 1440)}\u00a0jours`;
    return `${hours}\u00a0h${minutes % 60 ? `\u00a0${minutes % 60}\u00a0min` : ""}`;
  }
  function say(el, words) {
    const text = el.firstChild;
    if (text?.nodeType === Node.TEXT_NODE && text.nodeValue !== words) text.nodeValue = words;
  }
  function tick() {
    const now = Date.now();
    document.querySelectorAll("[data-due]").forEach((el) => {
      const left = Date.parse(el.dataset.due) - now;
      if (!Number.isNaN(left)) say(el, `${left < 0 ? "Retard" : "Reste"} ${length(Math.abs(left))}`);
    });
    document.querySelectorAll("[data-waits]").forEach((el) => {
      const waited = now - Date.parse(el.dataset.waits);
      if (!Number.isNaN(waited)) say(el, length(waited));
    });
    document.querySelectorAll("[data-since]").forEach((el) => {
      const age = (now - Date.parse(el.dataset.since)) / 1000;
      const text = el.firstChild;
      if (Number.isNaN(age) || text?.nodeType !== Node.TEXT_NODE) return;
      el.closest(".fresh")?.toggleAttribute("data-old", age >= 60);
      if (!RELATIVE.test(text.nodeValue)) return;
      const said = words(Math.max(0, age));
      if (text.nodeValue !== said) text.nodeValue = said;
    });
  }
  setInterval(tick, 15000);

  // --- a place that is kept: <strong data-until="ISO" data-seconds="300">; the server says how long from when it
  // speaks, so that a wrong clock of the device does not matter, and alone decides when it is over
  const ends = new Map();
  function count() {
    document.querySelectorAll("[data-until]").forEach((el) => {
      const { until, seconds } = el.dataset;
      if (!ends.has(until)) ends.set(until, performance.now() + Number(seconds) * 1000);
      const left = Math.max(0, Math.round((ends.get(until) - performance.now()) / 1000));
      const said = `${Math.floor(left / 60)}\u00a0min ${String(left % 60).padStart(2, "0")}\u00a0s`;
      const text = el.firstChild;
      if (text?.nodeType === Node.TEXT_NODE && text.nodeValue !== said) text.nodeValue = said;
    });
  }
  setInterval(count, 1000);

  // --- hours are those of Paris: said where the clocks of the browser are others (assets/css/shell.css)
  const now_in = (zone) => new Date().toLocaleString("sv", zone ? { timeZone: zone } : {}).slice(0, 16);
  document.documentElement.toggleAttribute("data-elsewhere", now_in() !== now_in("Europe/Paris"));

  // --- one polite region for what has no other words on screen
  let region;
  function announce(text) {
    if (!region) {
      region = document.createElement("div");
      region.className = "vh";
      region.setAttribute("role", "status");
      document.body.append(region);
    }
    region.textContent = "";
    setTimeout(() => { region.textContent = text; }, 100);
  }

  // Without HTTPS a page has no clipboard: the browser then copies what is selected in a field out of sight.
  function copy_selected(text) {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "vh";
    field.readOnly = true;
    (document.querySelector("dialog[open]") ?? document.body).append(field);
    field.select();
    const copied = document.execCommand("copy");
    field.remove();
    if (!copied) throw new Error("not copied");
  }
  async function copy(button) {
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(button.dataset.copy);
      else copy_selected(button.dataset.copy);
      button.focus();
    } catch {
      announce("La copie a échoué\u00a0: sélectionnez le texte.");
      return;
    }
    button.setAttribute("data-done", "");
    announce("Copié");
    setTimeout(() => button.removeAttribute("data-done"), 2000);
  }

  function reveal(button) {
    const input = document.getElementById(button.dataset.reveals);
    if (!input) return;
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
  }

  // --- the rules of a password, ticked while one types; the server decides (models/identity/accounts/rules.py)
  const RULES = {
    lower: (text) => /\p{Ll}/u.test(text),
    upper: (text) => /\p{Lu}/u.test(text),
    digit: (text) => /\p{Nd}/u.test(text),
    special: (text) => /[^\p{L}\p{N}\p{Z}\p{C}]/u.test(text),
    length: (text, rule) => [...text].length >= Number(rule.dataset.least),
  };
  function tick_rules(input) {
    document.querySelectorAll(`[data-rules-of="${input.id}"] [data-rule]`).forEach((rule) => {
      const met = RULES[rule.dataset.rule](input.value, rule);
      rule.toggleAttribute("data-met", met);
      const said = rule.querySelector("[data-said]");
      const words = met ? "rempli" : "manque";
      if (said && said.textContent !== words) said.textContent = words;
      const left = rule.querySelector("[data-left]");
      if (left) left.textContent = met ? "" : `, il en manque\u00a0${Number(rule.dataset.least) - [...input.value].length}`;
    });
  }
  document.addEventListener("input", (event) => { if (event.target.id) tick_rules(event.target); });

  // --- dialogs: focus returns by itself when a modal <dialog> closes
  let opener;
  const open = (id, by) => {
    const d = document.getElementById(id);
    if (!d || d.open) return;
    opener = { by, about: by.closest("[data-rdv]")?.dataset.rdv };
    d.showModal();
    d.querySelector("[data-safe]")?.focus();
  };
  // … unless what opened it was moved meanwhile, and is another element now
  document.addEventListener("close", () => {
    if (!opener?.about || opener.by.isConnected) return;
    document.querySelector(`[data-rdv="${CSS.escape(opener.about)}"] [data-opens]`)?.focus();
  }, true);
  // … and what the server asks opens as it appears: <dialog data-modal>
  const ask = (dialog) => {
    if (!dialog || dialog.open) return;
    dialog.showModal();
    dialog.querySelector("[data-safe]")?.focus();
  };
  const outside = (dialog, event) => {
    const box = dialog.getBoundingClientRect();
    return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
  };

  // --- nothing is done by a repeated key or click: of a double click the first does, and a held key once. A second
  // press within a moment reaches nothing either: what the button does may have changed under the finger.
  // [data-again] is for what one does several times in a row, and harms nobody: turning pages, moving by steps. Nor is
  // a press repeated when something was chosen or typed since the one before.
  const MOMENT = 700;
  const pressed = new WeakMap();
  let typed = 0;
  document.addEventListener("input", (event) => { typed = event.timeStamp; }, true);
  const acting = (el) => el.closest?.("button, input[type=submit]");
  const stop = (event) => { event.preventDefault(); event.stopImmediatePropagation(); };
  document.addEventListener("click", (event) => {
    const button = acting(event.target);
    if (!button || button.matches("[data-again], [role=tab]")) return;
    const again = event.detail > 1 || (event.detail === 0 && event.timeStamp - pressed.get(button) < MOMENT);
    if (again && !(typed > pressed.get(button))) stop(event);
    else pressed.set(button, event.timeStamp);
  }, true);
  document.addEventListener("keydown", (event) => {
    const sends = event.key === "Enter" && !event.target.matches?.("textarea, [contenteditable]");
    if (event.repeat && (sends || (event.key === " " && acting(event.target)))) stop(event);
  }, true);
  // a form that the browser sends goes once, until the page is shown anew
  let sent = new WeakSet();
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    if (sent.has(event.target)) stop(event);
    else sent.add(event.target);
  }, true);
  addEventListener("pageshow", () => { sent = new WeakSet(); });

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest?.(selector);
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target) || at("a")) menu.open = false;
    });
    const dialog = at("dialog[open]");
    if (at("[data-copy]")) copy(at("[data-copy]"));
    else if (at("[data-reveals]")) reveal(at("[data-reveals]"));
    else if (at("[data-opens]")) open(at("[data-opens]").dataset.opens, at("[data-opens]"));
    else if (at("[data-prints]")) print();
    else if (at("[data-reconnect]")) document.dispatchEvent(new Event("visibilitychange"));
    else if (dialog && (at("[data-closes], a[href]") || (event.target === dialog && outside(dialog, event)))) dialog.close();
  });

  // --- tabs: arrows, Home and End choose the neighbour, as its name says it
  function step(event) {
    const tab = event.target.closest?.('[role="tab"]');
    const all = tab ? [...tab.closest('[role="tablist"]').querySelectorAll('[role="tab"]')] : [];
    const at = all.indexOf(tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (at < 0 || to === undefined) return;
    event.preventDefault();
    const next = all[(to + all.length) % all.length];
    next.focus();
    next.click();
  }

  const typing = (el) => el?.matches?.("input, textarea, select, [contenteditable]");
  document.addEventListener("keydown", (event) => {
    step(event);
    if (event.key === "Escape") {
      const menu = event.target.closest?.("details[data-menu][open]");
      if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    }
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const seen = (el) => el?.offsetParent;
    const box = [document.querySelector("[data-search]"), document.getElementById("lookup")].find(seen);
    if (box) { event.preventDefault(); box.focus(); }
  });

  // --- where an action ends (state/kit/ending.py): the focus goes to what answers it, and never to the body
  let held;
  document.addEventListener("focusin", (event) => { held = event.target; });
  const lost = () => held && !held.isConnected && (document.activeElement ?? document.body) === document.body;
  const first = (what) => [...(document.querySelector("dialog[open]") ?? document).querySelectorAll(what)]
    .find((el) => el.getClientRects().length);
  const land = (el, still) => {
    if (!el) return;
    if (el.tabIndex < 0) el.tabIndex = -1;
    el.focus({ preventScroll: still });
  };
  const refused = () => first(".said .note-err");
  const wrong = () => first("[aria-invalid=true]");
  const ENDS = {
    refusal: () => refused() ?? wrong() ?? first("main .note-err"),
    field: () => wrong() ?? refused(),
    heading: () => first("main h1"),
  };
  const end = (where) => {
    if (!document.activeElement?.matches("[data-focus]")) land(ENDS[where]?.());
    if (lost()) land(first(".said .note, .toasts .toast"), true);
  };

  // --- what React brings: new times to tick, error summaries that take the focus, and the end of an action
  new MutationObserver((changes) => {
    let times = false, ended;
    for (const change of changes) {
      if (change.attributeName === "data-ends") ended = change.target.dataset.ends.split(" ")[1];
      else if (change.type === "attributes") times = true;
      for (const node of change.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        ask(node.matches("dialog[data-modal]") ? node : node.querySelector("dialog[data-modal]"));
        if (!document.activeElement?.matches("[data-again]")) {
          (node.matches("[data-focus]") ? node : node.querySelector("[data-focus]"))?.focus();
        }
      }
    }
    if (ended) end(ended);
    if (lost()) land(first("main h1") ?? first("h2"), true);
    if (times) tick();
  }).observe(document.documentElement, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-since", "data-ends"],
  });
})();

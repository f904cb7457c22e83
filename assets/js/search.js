// Searches as one types: <form data-instant> is sent by itself once the typing pauses, through the same handler as
// Enter. The field belongs to whoever types in it; what is searched from elsewhere (Back, a link) is put into it.
(() => {
  "use strict";
  const PAUSE = 300; // ms
  const sent = new WeakMap(); // what each field sent since something else was put into it
  let waiting;

  const plain = (text) => text.replace(/\s+/g, " ").trim();
  const instant = (el) => (el?.type === "search" ? el.closest("form[data-instant]") : null);

  function typed(event) {
    const form = instant(event.target);
    if (!form || event.isComposing) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (event.target.isConnected && plain(event.target.value) !== event.target.dataset.searched) form.requestSubmit();
    }, PAUSE);
  }
  document.addEventListener("input", typed);
  document.addEventListener("compositionend", typed);

  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector?.("input[type=search]");
    if (!instant(field)) return;
    clearTimeout(waiting);
    if (!sent.has(field)) sent.set(field, new Set());
    sent.get(field).add(plain(field.value));
  }, true);

  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const searched = target.dataset.searched;
      if (sent.get(target)?.has(searched) && target === document.activeElement) continue;
      sent.delete(target);
      target.value = searched;
    }
  }).observe(document.documentElement, { subtree: true, attributes: true, attributeFilter: ["data-searched"] });
})();

// The officers' plan: the now-line moves, blocks are dragged to another place, the plan is printed.
// Everything can be done without it: from the panel's buttons, by keyboard.
(() => {
  "use strict";
  if (window.passavantPlan) return;
  window.passavantPlan = true;
  const QUARTER = 15 * 60 * 1000;
  const words = new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit" });

  // --- the now-line: its place is minutes since the top of the grid
  function tick() {
    document.querySelectorAll("[data-now]").forEach((line) => {
      const minutes = Math.floor((Date.now() - Date.parse(line.dataset.now)) / 60000);
      const shown = Number(line.style.getPropertyValue("--now") || getComputedStyle(line).getPropertyValue("--now"));
      if (Number.isNaN(minutes) || minutes === shown) return;
      line.style.setProperty("--now", String(minutes));
      const label = line.querySelector(".ap-now-t");
      const at = line.dataset.zone ? new Intl.DateTimeFormat("fr-FR", { hour: "numeric", minute: "2-digit", timeZone: line.dataset.zone }) : words;
      if (label) label.textContent = at.format(Date.now()).replace(/^0/, "").replace(":", "\u00a0h\u00a0");
    });
  }
  setInterval(tick, 20000);

  // --- dragging: the panel asks before anything is done
  let held = null;
  let mark = null;
  const letGo = () => {
    held?.item.removeAttribute("data-dragged");
    document.querySelectorAll("[data-over]").forEach((bay) => bay.removeAttribute("data-over"));
    mark?.remove();
    held = mark = null;
  };

  function place(event, bay) {
    const grid = bay.closest("[data-top]");
    const rows = Number(getComputedStyle(grid).getPropertyValue("--rows"));
    const box = bay.getBoundingClientRect();
    const each = box.height / rows;
    const step = Math.max(1, Number(grid.dataset.step || 15) / 15);
    const at = Math.round((event.clientY - box.top - held.grip) / each / step) * step;
    return Math.min(Math.max(at, 0), rows - 1);
  }

  document.addEventListener("dragstart", (event) => {
    const item = event.target.closest?.('[data-rdv][draggable="true"]');
    if (!item) return;
    held = { item, grip: event.clientY - item.getBoundingClientRect().top };
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.dataset.rdv);
    item.setAttribute("data-dragged", "");
  });
  document.addEventListener("dragover", (event) => {
    const bay = held && event.target.closest?.("[data-bay]");
    if (!bay) return;
    event.preventDefault();
    if (!mark) {
      mark = document.createElement("div");
      mark.className = "ap-drop";
      mark.setAttribute("aria-hidden", "true");
    }
    const at = place(event, bay);
    document.querySelectorAll("[data-over]").forEach((other) => { if (other !== bay) other.removeAttribute("data-over"); });
    bay.setAttribute("data-over", "");
    mark.style.setProperty("--at", String(at));
    mark.style.setProperty("--span", getComputedStyle(held.item).getPropertyValue("--span"));
    if (mark.parentElement !== bay) bay.append(mark);
  });
  document.addEventListener("drop", (event) => {
    const bay = held && event.target.closest?.("[data-bay]");
    if (!bay) return;
    event.preventDefault();
    const at = new Date(Date.parse(bay.closest("[data-top]").dataset.top) + place(event, bay) * QUARTER);
    const form = document.getElementById("plan-drop");
    form.elements.namedItem("reference").value = held.item.dataset.rdv;
    form.elements.namedItem("slot").value = at.toISOString();
    form.elements.namedItem("bay").value = bay.dataset.bay;
    letGo();
    form.requestSubmit();
    const dialog = document.getElementById("rdv");
    if (dialog && !dialog.open) dialog.showModal();
  });
  document.addEventListener("dragend", letGo);

  // --- printing: what is folded is on paper too
  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details[data-unfold-print]:not([open])")];
    folded.forEach((one) => { one.open = true; });
  });
  window.addEventListener("afterprint", () => {
    folded.forEach((one) => { one.open = false; });
    folded = [];
  });
})();

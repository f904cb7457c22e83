// The state of the websocket, as one small store. Reflex gives the list of failed attempts
// (connectErrors); its instrumentation hook tells of every connection and disconnection.
import { useEffect, useSyncExternalStore } from "react";

const GIVE_UP_AFTER = 6; // failed attempts, about four seconds, before saying "Hors ligne"
const RECOVERED_FOR = 6000;
const listeners = new Set();
let facts = { connected: null, failures: 0, online: true };
let shown = { state: "first", since: "", recovered: false };
let recovery;

const clock = new Intl.DateTimeFormat("fr-FR", {
  timeZone: "Europe/Paris", hour: "numeric", minute: "2-digit",
});
const hour = () => clock.format(new Date()).replace(/^0/, "").replace(":", "\u00a0h\u00a0");

function read() {
  if (!facts.online || facts.failures >= GIVE_UP_AFTER) return "off";
  if (facts.connected) return "on";
  return facts.connected === null && facts.failures === 0 ? "first" : "retry";
}

function show(next) {
  shown = { ...shown, ...next };
  listeners.forEach((tell) => tell());
}

function learn(news) {
  facts = { ...facts, ...news };
  const state = read();
  if (state === shown.state) return;
  const lost = shown.state === "retry" || shown.state === "off";
  clearTimeout(recovery);
  if (state === "on") {
    show({ state, since: "", recovered: lost });
    if (lost) recovery = setTimeout(() => show({ recovered: false }), RECOVERED_FOR);
  } else {
    show({ state, recovered: false, since: shown.since || (facts.connected === null ? "" : hour()) });
  }
}

if (typeof window !== "undefined") {
  const before = window.__reflex_otel;
  window.__reflex_otel = {
    ...before,
    onSocketConnect() { before?.onSocketConnect?.(); learn({ connected: true, failures: 0 }); },
    onSocketDisconnect(reason) { before?.onSocketDisconnect?.(reason); learn({ connected: false }); },
  };
  window.addEventListener("offline", () => learn({ online: false }));
  window.addEventListener("online", () => learn({ online: true, failures: 0 }));
}

const FIRST = shown;
const subscribe = (tell) => { listeners.add(tell); return () => listeners.delete(tell); };

export function useLive(failures) {
  useEffect(() => { if (failures) learn({ failures, connected: facts.connected === null ? null : false }); }, [failures]);
  return useSyncExternalStore(subscribe, () => shown, () => FIRST);
}

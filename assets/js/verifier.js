// Verifying an issued document in the browser, with a network or without: the statement behind the # of its code is a
// CBOR Web Token under COSE_Sign1 (models/casework/issued/statement.py), signed with a key that the portal publishes.
(() => {
  "use strict";
  if (window.passavantVerifier) return;
  window.passavantVerifier = true;
  const KEYS = "/verifier/cles.json", LONGEST = 2000, DEPTH = 4;
  const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const ISSUER = 1, SUBJECT = 2, ISSUED_AT = 6, DESTINATION = -65539, HOLDER = -65540;
  const WORDS = {
    fr: {
      good: "La signature du code est bonne", bad: "La signature du code n’est pas bonne",
      said: "Comparez avec le papier. Le code dit ce qui a été établi\u00a0; seul le registre, en ligne, dit si le document a été retiré depuis.",
      warn: "Ne vous fiez pas à ce papier\u00a0: le code n’est pas de nous, ou il est abîmé, ou il est d’un autre document.",
      keys: "Les clés publiques manquent sur cet appareil\u00a0: ouvrez cette page une fois avec une connexion.",
      number: "Numéro", authority: "Autorité", date: "Établi le", destination: "Destination", holder: "Établi pour",
    },
    en: {
      good: "The signature in the code is good", bad: "The signature in the code is not good",
      said: "Compare with the paper. The code says what was issued; only the register, online, says whether it was withdrawn since.",
      warn: "Do not rely on this paper: the code is not ours, or damaged, or of another document.",
      keys: "The public keys are not on this device: open this page once with a connection.",
      number: "Number", authority: "Authority", date: "Issued on", destination: "Destination", holder: "Issued to",
    },
    es: {
      good: "La firma del código es correcta", bad: "La firma del código no es correcta",
      said: "Compare con el papel. El código dice lo que se expidió; solo el registro, en línea, dice si se retiró después.",
      warn: "No se fíe de este papel: el código no es nuestro, está dañado o es de otro documento.",
      keys: "Las claves públicas no están en este dispositivo: abra esta página una vez con conexión.",
      number: "Número", authority: "Autoridad", date: "Expedido el", destination: "Destino", holder: "Expedido a",
    },
  };

  function unpacked(letters) {
    const bytes = new Uint8Array(Math.floor((letters.length * 5) / 8));
    let held = 0, bits = 0, at = 0;
    for (const letter of letters) {
      const value = LETTERS.indexOf(letter);
      if (value < 0) throw new Error("no letter of base32");
      held = ((held << 5) | value) & 0xfff;
      bits += 5;
      if (bits >= 8) bytes[at++] = (held >> (bits -= 8)) & 0xff;
    }
    return bytes;
  }

  // CBOR (RFC 8949), as far as a statement goes: whole numbers, bytes, text, arrays, maps, tags.
  function read(bytes) {
    let at = 0;
    const take = (count) => {
      if (at + count > bytes.length) throw new Error("cut short");
      return bytes.subarray(at, (at += count));
    };
    const number = (short) => {
      if (short < 24) return short;
      if (short > 26) throw new Error("too long");
      return take(1 << (short - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
    };
    function item(depth) {
      if (depth > DEPTH) throw new Error("too deep");
      const [first] = take(1), length = number(first & 31);
      switch (first >> 5) {
        case 0: return length;
        case 1: return -1 - length;
        case 2: return take(length);
        case 3: return new TextDecoder("utf-8", { fatal: true }).decode(take(length));
        case 4: return Array.from({ length: Math.min(length, LONGEST) }, () => item(depth + 1));
        case 5: return new Map(Array.from({ length: Math.min(length, LONGEST) }, () => [item(depth + 1), item(depth + 1)]));
        case 6: return item(depth + 1);
        default: throw new Error("not in a statement");
      }
    }
    const whole = item(0);
    if (at !== bytes.length) throw new Error("more than a statement");
    return whole;
  }

  const head = (length) => (length < 24 ? [0x40 | length] : length < 256 ? [0x58, length] : [0x59, length >> 8, length & 255]);
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

  let known = null;
  async function published() {
    const answer = known ? null : await fetch(KEYS, { cache: "no-cache" }).catch(() => null);
    if (answer?.ok) known = (await answer.json()).keys;
    return known;
  }

  // The claims of a statement whose signature is good; null of any other.
  async function verified(letters, keys) {
    try {
      const [protectedHeader, , payload, signature] = read(unpacked(letters));
      const header = read(protectedHeader), name = hex(header.get(4));
      const jwk = keys.find((key) => key.kid === name);
      if (header.get(1) !== -7 || !jwk || signature.length !== 64) return null;
      const { kty, crv, x, y } = jwk, curve = { name: "ECDSA", namedCurve: "P-256" };
      const key = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, curve, false, ["verify"]);
      const label = new TextEncoder().encode("Signature1");
      const signed = Uint8Array.from([
        0x84, 0x60 | label.length, ...label, ...head(protectedHeader.length), ...protectedHeader, 0x40, ...head(payload.length), ...payload,
      ]);
      return (await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, signature, signed)) ? read(payload) : null;
    } catch {
      return null;
    }
  }

  function add(parent, tag, text = "", name = "") {
    const made = document.createElement(tag);
    made.textContent = text;
    if (name) made.className = name;
    parent.append(made);
    return made;
  }

  const day = (seconds, language) =>
    new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { timeZone: "Europe/Paris", dateStyle: "medium" }).format(seconds * 1000);
  function country(code, language) {
    try {
      return new Intl.DisplayNames(language, { type: "region" }).of(code);
    } catch {
      return code;
    }
  }

  function say(place, claims, why) {
    place.replaceChildren();
    place.dataset.signature = claims ? "good" : why;
    const card = add(place, "div", "", `pcard card verify verify-${claims ? "signed" : why}`);
    for (const [language, words] of Object.entries(WORDS)) {
      const part = add(card, "section");
      part.lang = language;
      add(part, "h2", claims ? words.good : words.bad, "h2");
      add(part, "p", claims ? words.said : words[why]);
      if (!claims) continue;
      const pairs = [
        [words.number, claims.get(SUBJECT)], [words.authority, claims.get(ISSUER)], [words.date, day(claims.get(ISSUED_AT), language)],
        [words.holder, claims.get(HOLDER)], [words.destination, claims.has(DESTINATION) && country(claims.get(DESTINATION), language)],
      ];
      const list = add(part, "dl", "", "pairs");
      for (const [label, value] of pairs.filter((pair) => pair[1])) {
        const pair = add(list, "div");
        add(pair, "dt", label);
        add(pair, "dd", value);
      }
    }
  }

  let shown = "";
  async function show() {
    const place = document.querySelector("[data-statement]"), letters = location.hash.slice(1);
    const asked = `${location.pathname}#${letters}`;
    if (!place || (asked === shown && (place.childElementCount || !letters))) return;
    shown = asked;
    place.replaceChildren();
    delete place.dataset.signature;
    if (letters.length < 40) return;
    const keys = await published();
    const claims = keys && letters.length <= LONGEST ? await verified(letters, keys) : null;
    const number = location.pathname.split("/")[2] ?? "";
    const same = claims && (!number.startsWith("FR-") || number.toUpperCase() === claims.get(SUBJECT));
    if (asked === `${location.pathname}#${location.hash.slice(1)}`) say(place, same ? claims : null, keys ? "warn" : "keys");
  }

  // An address of ours that was read or pasted: this very page opens it, also without a network.
  function open(text) {
    const parts = /\/verifier\/(FR-[A-Z]{2,5}-\d{4}-\d{6})(\?code=[0-9A-Z]{8})?(#[A-Z2-7]{1,2000})?$/.exec(text.trim());
    if (!parts) return false;
    location.assign(`/verifier/${parts[1]}${parts[2] ?? ""}${parts[3] ?? ""}`);
    return true;
  }

  async function scan(scanner) {
    const view = scanner.querySelector("[data-view]"), detector = new BarcodeDetector({ formats: ["qr_code"] });
    const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } }).catch(() => null);
    if (!stream) return add(view, "p", "La caméra n’est pas disponible\u00a0: tapez le numéro.");
    const video = document.createElement("video");
    Object.assign(video, { srcObject: stream, muted: true, playsInline: true });
    view.replaceChildren(video);
    await video.play();
    const stop = () => { stream.getTracks().forEach((track) => track.stop()); view.replaceChildren(); };
    const look = async () => {
      if (!video.isConnected) return stop();
      const codes = await detector.detect(video).catch(() => []);
      if (codes.some((code) => open(code.rawValue))) return stop();
      setTimeout(look, 200);
    };
    return look();
  }

  let able = false;
  const prepare = () => {
    if (able) document.querySelectorAll("[data-scanner]:not(.verify-can)").forEach((scanner) => scanner.classList.add("verify-can"));
    show();
  };
  document.addEventListener("click", (event) => {
    const scanner = event.target.closest?.("[data-scan]")?.closest("[data-scanner]");
    if (scanner) scan(scanner);
  });
  document.addEventListener("submit", (event) => {
    const field = event.target.querySelector("[data-pasted]");
    if (!field) return;
    event.preventDefault();
    document.querySelector("[data-wrong]").hidden = open(field.value);
  });
  window.addEventListener("hashchange", show);
  // A browser may say so before it is true, in the middle of the way to another page: the server is asked first.
  window.addEventListener("online", async () => {
    if (!document.querySelector("[data-offline]")) return;
    const answer = await fetch("/manifest.webmanifest", { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.ok) location.reload();
  });
  new MutationObserver(prepare).observe(document.documentElement, { subtree: true, childList: true });
  if ("BarcodeDetector" in window && navigator.mediaDevices) {
    BarcodeDetector.getSupportedFormats().then((formats) => { able = formats.includes("qr_code"); prepare(); }, () => {});
  }
  published(); // the service worker keeps them, for when there is no network
  prepare();
})();

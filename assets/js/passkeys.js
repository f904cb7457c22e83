// Passkeys (WebAuthn): asks the device what the button's options say, fills the form around it and sends it.
(() => {
  "use strict";
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  function bytes(said) {
    const padded = said.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(said.length / 4) * 4, "=");
    return Uint8Array.from(atob(padded), (sign) => sign.charCodeAt(0));
  }
  const named = (known) => (known ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  function create(options) {
    const user = { ...options.user, id: bytes(options.user.id) };
    const publicKey = { ...options, user, challenge: bytes(options.challenge), excludeCredentials: named(options.excludeCredentials) };
    return navigator.credentials.create({ publicKey });
  }
  function get(options) {
    const publicKey = { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) };
    return navigator.credentials.get({ publicKey });
  }

  function said(error) {
    if (!window.PublicKeyCredential) return "Ce navigateur ne connaît pas les clés d’accès. Choisissez un autre moyen.";
    if (error?.name === "InvalidStateError") return "Cet appareil a déjà une clé d’accès pour votre compte.";
    if (error?.name === "NotAllowedError") return "L’appareil n’a pas confirmé\u00a0: refus, ou délai dépassé. Réessayez.";
    return "L’appareil n’a pas pu répondre. Réessayez, ou choisissez un autre moyen.";
  }

  async function ask(button) {
    const form = button.closest("[data-passkey]");
    const note = form.querySelector("[data-passkey-said]");
    note.hidden = true;
    button.disabled = true;
    try {
      const options = JSON.parse(button.dataset.options);
      const answer = await (form.dataset.passkey === "create" ? create(options) : get(options));
      form.elements.namedItem("id").value = answer.id;
      for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature"]) {
        const field = form.elements.namedItem(name);
        if (field) field.value = text(answer.response[name]);
      }
      form.submit();
    } catch (error) {
      note.textContent = said(error);
      note.hidden = false;
      button.disabled = false;
    }
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-passkey-go]");
    if (button) ask(button);
  });
})();

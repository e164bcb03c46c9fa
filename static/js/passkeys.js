// Passkeys: asking the browser for one, and handing its answer to the form around the button.

const REASONS = {
  NotAllowedError: "No passkey was used. You can try again.",
  InvalidStateError: "This device holds a passkey for your account already.",
  SecurityError: "Passkeys do not work at this address. Open the site by its name and over https; on your own machine, as localhost.",
  NotSupportedError: "This device cannot make such a passkey.",
};

// A passkey belongs to a name. Some browsers answer nothing at all for an address in numbers.
const IS_NUMBERS = /^[\d.]+$|:/;

const bytesOf = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));

const textOf = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withIds = (list) => (list ?? []).map((each) => ({ ...each, id: bytesOf(each.id) }));

function answerOf(credential) {
  const response = { clientDataJSON: textOf(credential.response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = textOf(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: textOf(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  });
}

function use({ publicKey }) {
  return navigator.credentials.get({
    publicKey: {
      ...publicKey,
      challenge: bytesOf(publicKey.challenge),
      allowCredentials: withIds(publicKey.allowCredentials),
    },
  });
}

function make({ publicKey }) {
  return navigator.credentials.create({
    publicKey: {
      ...publicKey,
      challenge: bytesOf(publicKey.challenge),
      user: { ...publicKey.user, id: bytesOf(publicKey.user.id) },
      excludeCredentials: withIds(publicKey.excludeCredentials),
      // Always one that can sign in alone, and that asks who holds the device.
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
}

const optionsOnPage = () => JSON.parse(document.getElementById("passkey-options").textContent);

const WAYS = {
  add: () => make(optionsOnPage().creation_options),
  use: () => use(optionsOnPage().request_options),
  login: async (form) => {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`The server answered ${answer.status}.`);
    return use((await answer.json()).request_options);
  },
};

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-passkey]"))) {
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button[type=button]"));
  const state = form.querySelector("[data-passkey-state]");
  if (!window.PublicKeyCredential) {
    state.textContent = "This browser knows no passkeys here.";
    button.disabled = true;
    continue;
  }
  form.hidden = false;
  const start = async () => {
    if (IS_NUMBERS.test(location.hostname)) {
      state.textContent = REASONS.SecurityError;
      return;
    }
    button.disabled = true;
    state.textContent = "Your device asks you now.";
    try {
      form.elements["credential"].value = answerOf(await WAYS[form.dataset.passkey](form));
      HTMLFormElement.prototype.submit.call(form);
    } catch (problem) {
      state.textContent = REASONS[problem.name] ?? "That did not work. Please try again.";
      button.disabled = false;
    }
  };
  button.addEventListener("click", start);
  // Enter in the name's field would otherwise send the form without a passkey.
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    start();
  });
}

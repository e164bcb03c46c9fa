// Shows the suggested agenda anew whenever something it depends on is changed.

const WAIT_MS = 250;
const form = /** @type {HTMLFormElement} */ (document.getElementById("planning"));
const place = document.getElementById("agenda-suggestion");
let timer = 0;
let newest = 0;

document.querySelector("[data-without-script]")?.remove();

async function suggest() {
  const number = (newest += 1);
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form)));
  body.set("do", "preview");
  try {
    const response = await fetch(form.action, {
      method: "POST",
      body,
      headers: { "X-Requested-With": "fetch" },
      credentials: "same-origin",
      redirect: "error",
    });
    const isReadable = response.ok || response.status === 422;
    if (number === newest && isReadable) place.innerHTML = await response.text();
  } catch {
    // The agenda stays as it was; preparing the workshop makes it anew anyhow.
  }
}

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(suggest, WAIT_MS);
});

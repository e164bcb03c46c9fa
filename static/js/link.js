// The link page: copying, and cleaning up after an assessment that leaves this device.

const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-copy]"));
const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-copy-button]"));
const state = document.querySelector("[data-copy-state]");

if (field && button) {
  button.hidden = false;
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      state.textContent = "Copied";
    } catch {
      // Without https a page may not write to the clipboard; the link is selected by now.
      state.textContent = "The link is selected: copy it with Ctrl+C or ⌘C";
    }
  });
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("[data-forget]"))) {
  form.addEventListener("submit", () => {
    try {
      localStorage.removeItem(`waymark:${form.dataset.forget}`);
    } catch {
      // No storage, so nothing is kept there.
    }
  });
}

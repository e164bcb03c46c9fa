// Lists of invitations: copying a link. Without a script the link stands there to be selected.

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-copy-button]"))) {
  const field = /** @type {HTMLInputElement} */ (button.parentElement.querySelector("[data-copy-field]"));
  const state = button.parentElement.querySelector("[data-copy-state]");
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

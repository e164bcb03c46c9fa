/* Beside each colour that is typed, one to pick; the sketch follows both, and the line at the foot.
   Without a script colours are typed, and the sketch shows what is saved. */

(() => {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-branding]"));
  const sketch = document.querySelector("[data-sketch]");
  if (!form || !sketch) return;

  /** @type {Record<string, HTMLInputElement>} */
  const fields = { accent: form.elements["accent"], second: form.elements["second"] };

  const colourOf = (text) => {
    const found = /^\s*#?([0-9a-f]{6}|[0-9a-f]{3})\s*$/i.exec(text);
    if (!found) return "";
    const digits = found[1].length === 6 ? found[1] : [...found[1]].map((each) => each + each).join("");
    return `#${digits.toLowerCase()}`;
  };

  const paint = () => {
    const accent = colourOf(fields.accent.value);
    const rule = colourOf(fields.second.value) || accent;
    for (const mark of /** @type {NodeListOf<SVGElement>} */ (sketch.querySelectorAll("[data-paint]"))) {
      mark.setAttribute("fill", (mark.dataset.paint === "rule" ? rule : accent) || mark.dataset.own);
    }
  };

  for (const field of Object.values(fields)) {
    const picker = document.createElement("input");
    picker.type = "color";
    picker.setAttribute("aria-label", `Pick the ${form.querySelector(`label[for="${field.id}"]`).textContent.trim().replace(/\s+/g, " ").toLowerCase()}`);
    picker.value = colourOf(field.value) || "#0f5c78";
    const row = document.createElement("div");
    row.className = "branding__colour";
    field.replaceWith(row);
    row.append(field, picker);
    picker.addEventListener("input", () => { field.value = picker.value.toUpperCase(); paint(); });
    field.addEventListener("input", () => { picker.value = colourOf(field.value) || picker.value; paint(); });
  }

  form.elements["footer"].addEventListener("input", () => {
    for (const line of sketch.querySelectorAll("[data-foot-shown]")) line.textContent = form.elements["footer"].value;
  });

  paint();
})();

// After a question was moved the keyboard stays at the button that moved it.

const place = location.hash.slice(1);
const button = /^(up|down|minutes|round)-\d+$/.test(place) ? document.getElementById(place) : null;
button?.focus();

// A gate is asked for only where one is rated, and a dimension where the question is about one.
const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".agenda-add"));

if (form) {
  /** @type {(name: string) => HTMLElement} */
  const holderOf = (name) => form.elements[name].closest("div[id]");
  const show = () => {
    const what = form.elements["what"].value;
    holderOf("gate").hidden = what !== "gate";
    holderOf("dimension").hidden = what === "steps";
  };
  form.elements["what"].addEventListener("change", show);
  show();
}

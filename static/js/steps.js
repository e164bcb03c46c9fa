// Reorders the decided steps by dragging. What it does in the end is what the arrows do: it presses
// a row's own button, so the server says the order and everything works without this file too.

const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-steps]"));
/** @type {HTMLElement | null} */
let dragged = null;

/** @type {(target: EventTarget | null) => HTMLElement | null} */
function rowOf(target) {
  return target instanceof Element ? target.closest("[data-step]") : null;
}

function mark(row) {
  for (const each of list.querySelectorAll(".is-target")) each.classList.remove("is-target");
  row?.classList.add("is-target");
}

function end() {
  dragged?.classList.remove("is-dragged");
  dragged = null;
  mark(null);
}

function putBefore(row, other) {
  const button = row.querySelector("[data-up], [data-down]");
  button.disabled = false;
  button.value = other ? other.dataset.step : "0";
  button.form.requestSubmit(button);
}

if (list) {
  list.addEventListener("dragstart", (event) => {
    dragged = rowOf(event.target);
    if (!dragged) return;
    dragged.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.step);
  });
  list.addEventListener("dragover", (event) => {
    if (!dragged) return;
    event.preventDefault();
    mark(rowOf(event.target));
  });
  list.addEventListener("drop", (event) => {
    if (!dragged) return;
    event.preventDefault();
    const row = dragged;
    const other = rowOf(event.target);
    end();
    if (other === row) return;
    // In the lower half of a row it goes behind that one.
    const box = other?.getBoundingClientRect();
    const isBehind = box && event.clientY > box.top + box.height / 2;
    const before = isBehind ? other.nextElementSibling : other;
    if (before !== row) putBefore(row, before);
  });
  list.addEventListener("dragend", end);
}

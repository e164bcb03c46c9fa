// The whole run by keyboard. Single keys can be switched off, because speech input and slips of
// the hand can press them too (WCAG 2.1.4).

import { offerSwitch } from "../keys-switch.js";
import { blockOf, noteOf, radiosOf } from "./blocks.js";

/** @param {{form: HTMLElement, allBlocks: () => HTMLElement[]}} page */
export function useKeys({ form, allBlocks }) {
  const isOn = offerSwitch();
  const handle = form.dataset.mode === "quick" ? quickKey : statementKey;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = /** @type {HTMLElement} */ (event.target);
    const isTyping = target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
    if (isTyping) {
      if (event.key === "Escape") leaveNote(target);
      return;
    }
    if (!isOn()) return;
    if (handle(event, form, allBlocks)) event.preventDefault();
  });
}

function quickKey({ key, target }, form, allBlocks) {
  const [block] = allBlocks();
  const radios = radiosOf(block).filter((radio) => /^\d+$/.test(radio.value));
  if (/^[1-9]$/.test(key)) return choose(radios[Number(key) - 1]);
  if (key === "0") return choose(radioWith(block, "unknown"));
  const isPlain = target === document.body || blockOf(target) !== null;
  if (key === "n" || (key === "Enter" && isPlain && !target.matches("summary, a, button"))) {
    return press(form, "next");
  }
  if (key === "p") return press(form, "previous");
  return false;
}

function statementKey({ key, target }, _form, allBlocks) {
  const block = blockOf(target);
  if (key === "j" || key === "ArrowDown") return move(allBlocks(), block, 1, key, target);
  if (key === "k" || key === "ArrowUp") return move(allBlocks(), block, -1, key, target);
  if (!block) return false;
  const steps = radiosOf(block).filter((radio) => /^\d+$/.test(radio.value));
  if (/^[1-9]$/.test(key)) return choose(steps[Number(key) - 1]);
  if (key === "0") return choose(radioWith(block, "unknown"));
  if (key === "x") return choose(radioWith(block, "not_applicable"));
  if (key === "n") {
    const note = noteOf(block);
    note.closest("details").open = true;
    note.focus();
    return true;
  }
  return false;
}

const radioWith = (block, value) => radiosOf(block).find((radio) => radio.value === value);

function choose(radio) {
  if (!radio) return false;
  radio.focus();
  if (!radio.checked) radio.click();
  return true;
}

// Up and down on the page itself scroll, as ever; inside a statement they go to its neighbour.
function move(blocks, from, by, key, target) {
  if (key.startsWith("Arrow") && !(from && target.matches("input[type=radio]"))) return false;
  const at = from ? blocks.indexOf(from) + by : by > 0 ? 0 : blocks.length - 1;
  const to = blocks[at];
  if (!to) return Boolean(from);
  to.querySelector("input:checked, input")?.focus({ preventScroll: true });
  to.scrollIntoView({ block: "nearest" });
  return true;
}

function press(form, go) {
  const button = form.querySelector(`.answering__foot [data-go="${go}"]`);
  button?.click();
  return Boolean(button);
}

function leaveNote(note) {
  const radio = /** @type {HTMLElement | null} */ (blockOf(note)?.querySelector("input:checked, input"));
  radio?.focus();
}

// The questions on the page: reading and setting an answer, and saying what became of it.

import { idOf } from "./queue.js";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

/** @type {() => string} */
export const timeNow = () => clock.format(new Date());

/** @type {(element: Element) => HTMLElement | null} */
export const blockOf = (element) => element.closest?.("[data-descriptor], [data-dimension]") ?? null;

/** @type {() => HTMLElement[]} */
export const allBlocks = () => [
  .../** @type {NodeListOf<HTMLElement>} */ (
    document.querySelectorAll("#answering [data-descriptor], #answering [data-dimension]")
  ),
];

// What the block asks: a rating of a descriptor, or a pick for a dimension.
/**
 * @param {HTMLElement} block
 * @returns {{what: "rating" | "pick", key: string}}
 */
export function subjectOf(block) {
  const { descriptor, dimension } = block.dataset;
  return descriptor ? { what: "rating", key: descriptor } : { what: "pick", key: dimension };
}

// The entry's block on this page, or null. A dimension may bear a descriptor's name, so both count.
/** @param {{what: string, key: string}} entry */
export function blockFor({ what, key }) {
  const block = document.getElementById(`q-${key}`);
  return block && subjectOf(block).what === what ? block : null;
}

/** @type {(block: HTMLElement) => HTMLInputElement[]} */
export const radiosOf = (block) => [
  .../** @type {NodeListOf<HTMLInputElement>} */ (block.querySelectorAll("input[type=radio]")),
];

/** @type {(block: HTMLElement) => HTMLTextAreaElement} */
export const noteOf = (block) => block.querySelector("textarea");

/** @param {HTMLElement} block */
export function valueOf(block) {
  return radiosOf(block).find((radio) => radio.checked)?.value ?? "";
}

/**
 * @param {HTMLElement} block
 * @param {"value" | "note"} part
 * @param {string} value
 */
export function show(block, part, value) {
  if (part === "note") {
    noteOf(block).value = value;
    if (value) noteOf(block).closest("details").open = true;
    return;
  }
  for (const radio of radiosOf(block)) radio.checked = radio.value === value;
  block.dataset.value = value;
}

/**
 * @param {HTMLElement} block
 * @param {string} value
 */
export function labelOf(block, value) {
  if (value === "") return "no answer";
  const radio = radiosOf(block).find((each) => each.value === value);
  const card = radio?.closest(".cell-card");
  const label = card ? card.querySelector(".stage-chip") : radio?.closest("label");
  return label?.textContent.trim().replace(/\s+/g, " ") ?? value;
}

// Say in the block what became of its answer; the page's own line is what is read out. It stands
// in the row of the further answers, so that nothing below it moves.
/**
 * @param {HTMLElement} block
 * @param {string} state
 * @param {string} text
 * @param {{label: string, run: () => void}[]} actions
 */
export function say(block, state, text, actions = []) {
  let line = /** @type {HTMLElement | null} */ (block.querySelector(".save-state"));
  if (!line) {
    line = document.createElement("div");
    line.className = "save-state";
    block.querySelector(".scale__aside").append(line);
  }
  line.dataset.state = state;
  line.replaceChildren(text, ...actions.flatMap(({ label, run }) => [" ", button(label, run)]));
}

/**
 * @param {string} label
 * @param {() => void} run
 */
export function button(label, run) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "btn btn-sm btn-outline-secondary";
  element.textContent = label;
  element.addEventListener("click", run);
  return element;
}

// What the server is known to hold, by field; at first what the page was made with.
export class Seen {
  #values = new Map();

  /**
   * @param {HTMLElement} block
   * @param {"value" | "note"} part
   * @returns {string}
   */
  of(block, part) {
    const { what, key } = subjectOf(block);
    const id = idOf(what, key, part);
    if (this.#values.has(id)) return this.#values.get(id);
    if (part === "note") return noteOf(block).defaultValue;
    return radiosOf(block).find((radio) => radio.defaultChecked)?.value ?? "";
  }

  /**
   * @param {string} id
   * @param {string} value
   */
  set(id, value) {
    this.#values.set(id, value);
  }
}

// How much of a note's length is left, once it matters.
/** @param {HTMLTextAreaElement} note */
export function countDown(note) {
  const left = note.maxLength - note.value.length;
  const id = `${note.id}-left`;
  let line = document.getElementById(id);
  if (left > 200) {
    line?.remove();
    return;
  }
  if (!line) {
    line = document.createElement("p");
    line.id = id;
    line.className = "form-text";
    line.setAttribute("role", "status");
    note.after(line);
  }
  line.textContent = `${left} character${left === 1 ? "" : "s"} left`;
}

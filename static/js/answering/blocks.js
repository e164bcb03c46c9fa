// The questions on the page: reading and setting an answer, and saying what became of it.

import { idOf } from "./queue.js";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

export const timeNow = () => clock.format(new Date());

export const blockOf = (element) => element.closest?.("[data-descriptor], [data-dimension]") ?? null;

export const allBlocks = () => [
  ...document.querySelectorAll("#answering [data-descriptor], #answering [data-dimension]"),
];

// What the block asks: a rating of a descriptor, or a pick for a dimension.
export function subjectOf(block) {
  const { descriptor, dimension } = block.dataset;
  return descriptor ? { what: "rating", key: descriptor } : { what: "pick", key: dimension };
}

// The entry's block on this page, or null. A dimension may bear a descriptor's name, so both count.
export function blockFor({ what, key }) {
  const block = document.getElementById(`q-${key}`);
  return block && subjectOf(block).what === what ? block : null;
}

export const radiosOf = (block) => [...block.querySelectorAll("input[type=radio]")];

export const noteOf = (block) => block.querySelector("textarea");

export function valueOf(block) {
  return radiosOf(block).find((radio) => radio.checked)?.value ?? "";
}

export function show(block, part, value) {
  if (part === "note") {
    noteOf(block).value = value;
    if (value) noteOf(block).closest("details").open = true;
    return;
  }
  for (const radio of radiosOf(block)) radio.checked = radio.value === value;
  block.dataset.value = value;
}

export function labelOf(block, value) {
  if (value === "") return "no answer";
  const radio = radiosOf(block).find((each) => each.value === value);
  const card = radio?.closest(".cell-card");
  const label = card ? card.querySelector(".stage-chip") : radio?.closest("label");
  return label?.textContent.trim().replace(/\s+/g, " ") ?? value;
}

// Say in the block what became of its answer; the page's own line is what is read out. It stands
// in the row of the further answers, so that nothing below it moves.
export function say(block, state, text, actions = []) {
  let line = block.querySelector(".save-state");
  if (!line) {
    line = document.createElement("div");
    line.className = "save-state";
    block.querySelector(".scale__aside").append(line);
  }
  line.dataset.state = state;
  line.replaceChildren(text, ...actions.flatMap(({ label, run }) => [" ", button(label, run)]));
}

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

  of(block, part) {
    const { what, key } = subjectOf(block);
    const id = idOf(what, key, part);
    if (this.#values.has(id)) return this.#values.get(id);
    if (part === "note") return noteOf(block).defaultValue;
    return radiosOf(block).find((radio) => radio.defaultChecked)?.value ?? "";
  }

  set(id, value) {
    this.#values.set(id, value);
  }
}

// How much of a note's length is left, once it matters.
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

// Saves each answer as it is given, says how that went, and keeps what could not be sent.
//
// Without this script the page is one form with a button; with it, each change goes out by itself.

import {
  allBlocks, blockFor, blockOf, button, countDown, labelOf, noteOf, radiosOf, say, Seen, show, subjectOf,
  timeNow, valueOf,
} from "./blocks.js";
import { refreshAround } from "./around.js";
import { useKeys } from "./keys.js";
import { Queue } from "./queue.js";
import { Sender } from "./sender.js";

const NOTE_PAUSE_MS = 700;

const form = /** @type {HTMLFormElement} */ (document.getElementById("answering"));
const stateLine = document.getElementById("save-state");
const seen = new Seen();
const dirtyNotes = new Map();
let known = new Map();

const queue = new Queue(form.elements["person"].value, tellMemoryOnly);
const sender = new Sender({
  queue,
  url: form.dataset.saveUrl,
  token: form.elements["csrfmiddlewaretoken"].value,
  respondent: form.elements["person"].value,
  report,
});

function put(block, part, value) {
  queue.put({ ...subjectOf(block), part, value, seen: seen.of(block, part) });
  remember();
  // At once, so that an earlier "Saved" is never read as being about this change.
  sayOverall("saving");
  sender.kick();
}

// --- what the person does ------------------------------------------------------------------------

form.addEventListener("change", (event) => {
  const target = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (event.target);
  const block = blockOf(target);
  if (!block) return;
  if (target.type === "radio") {
    takeValue(block);
  } else if (target.matches("textarea")) {
    takeNote(target);
  }
});

form.addEventListener("input", (event) => {
  const target = /** @type {HTMLTextAreaElement} */ (event.target);
  if (!target.matches("textarea")) return;
  countDown(target);
  clearTimeout(dirtyNotes.get(target));
  dirtyNotes.set(target, setTimeout(() => takeNote(target), NOTE_PAUSE_MS));
});

form.addEventListener("click", (event) => {
  const pressed = /** @type {HTMLButtonElement | null} */ (/** @type {Element} */ (event.target).closest?.("button[name=still]"));
  if (!pressed) return;
  event.preventDefault();
  if ("stillAll" in pressed.dataset) {
    allBlocks().forEach(takeStill);
    pressed.closest(".still-all").remove();
    /** @type {HTMLElement} */ (stateLine.closest(".answering__foot").querySelector("[data-go=next]")).focus();
  } else {
    const block = blockOf(pressed);
    takeStill(block);
    /** @type {HTMLElement} */ (block.querySelector("input:checked")).focus();
  }
});

// What it was last time is chosen again, like any other answer.
function takeStill(block) {
  const still = block.querySelector(".still");
  if (!still || valueOf(block)) return;
  for (const radio of radiosOf(block)) radio.checked = radio.value === still.dataset.still;
  takeValue(block);
}

function takeValue(block) {
  block.querySelector(".still")?.remove();
  block.dataset.value = valueOf(block);
  say(block, "saving", "Saving…");
  put(block, "value", valueOf(block));
}

// What was answered before this script was ready counts like any other answer. The form bids the
// browser not to fill it in by itself, so whatever differs from the page as it came is the person's.
function takeEarlyAnswers() {
  for (const block of allBlocks()) {
    if (valueOf(block) !== seen.of(block, "value")) takeValue(block);
    const note = noteOf(block);
    if (note.value !== seen.of(block, "note")) put(block, "note", note.value);
  }
}

function takeNote(note) {
  if (!dirtyNotes.has(note)) return;
  clearTimeout(dirtyNotes.get(note));
  dirtyNotes.delete(note);
  put(blockOf(note), "note", note.value);
}

const takeNotes = () => [...dirtyNotes.keys()].forEach(takeNote);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  takeNotes();
  const go = event.submitter?.dataset.go;
  // The browser's own error page would take the questions away.
  if (go !== "here" && !navigator.onLine) {
    sayHeldHere();
    return;
  }
  if (go === "previous") location.assign(form.dataset.previousUrl);
  else if (go === "next") location.assign(form.dataset.nextUrl);
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") takeNotes();
});

window.addEventListener("beforeunload", (event) => {
  takeNotes();
  // Kept in the browser and on its way: the next page goes on sending, so nobody is held up.
  if (queue.next() && (sender.isFailing || queue.isMemoryOnly)) event.preventDefault();
});

// --- what becomes of it --------------------------------------------------------------------------

function report(state, { entry }) {
  const block = entry && blockFor(entry);
  if (state === "saved") {
    seen.set(entry.id, entry.value);
    if (block && !queue.find(entry.id)) say(block, "saved", `Saved ${timeNow()}`);
  } else if (block) {
    sayTrouble(block, queue.find(entry.id), state);
  } else if (state !== "idle") {
    sayAllTroubles();
  }
  remember();
  sayOverall(state);
  if (state === "idle") refreshAround(form);
}

function sayAllTroubles() {
  for (const entry of queue.all()) {
    const block = blockFor(entry);
    if (block) sayTrouble(block, entry, "unsent");
  }
}

function sayTrouble(block, entry, state) {
  if (entry?.trouble?.kind === "refused") say(block, "unsent", entry.trouble.message);
  else if (entry?.trouble?.kind === "ended") say(block, "unsent", "Not saved.");
  else if (entry?.trouble) offerChoice(block, entry);
  else if (state === "saving") say(block, "saving", "Saving…");
  else say(block, "unsent", "Not saved yet; kept on this device.");
}

// Two people, or one on two devices, changed the same thing: the person decides.
function offerChoice(block, entry) {
  const { current } = entry.trouble;
  const isNote = entry.part === "note";
  const theirs = isNote ? current || "(empty)" : labelOf(block, current);
  const text = isNote
    ? `This note was changed elsewhere in the meantime. There it reads: “${theirs}”`
    : `Meanwhile answered elsewhere: ${theirs}. Here: ${labelOf(block, entry.value)}.`;
  say(block, "conflict", text, [
    {
      label: isNote ? "Keep my text" : "Keep mine",
      run: () => {
        seen.set(entry.id, current);
        queue.drop(entry.id);
        const value = isNote ? noteOf(block).value : entry.value;
        put(block, entry.part, value);
        focusOn(block, entry.part);
      },
    },
    {
      label: isNote ? "Take the other text" : "Take the other",
      run: () => {
        seen.set(entry.id, current);
        queue.drop(entry.id);
        show(block, entry.part, current);
        say(block, "saved", "Taken over.");
        remember();
        sayOverall("idle");
        focusOn(block, entry.part);
      },
    },
  ]);
}

function sayOverall(state) {
  const entries = queue.all();
  const waiting = entries.filter((entry) => !entry.trouble).length;
  const troubles = entries.filter((entry) => entry.trouble);
  const [troubled] = troubles;
  const many = waiting === 1 ? "1 answer is" : `${waiting} answers are`;
  const actions = [];
  let text = "";
  let shown = state;
  if (state === "lost") {
    text = `This assessment is no longer open on this device, so ${many} not saved. They are kept`
      + " in this browser: open your link again and they are sent.";
    shown = "unsent";
  } else if (state === "another") {
    text = `Someone else is answering in this browser now, so ${many} not saved. They are kept in this`
      + " browser: open your link again or sign in as yourself, and they are sent.";
    shown = "unsent";
  } else if (state === "stale") {
    text = `This page is too old to save. ${many} kept in this browser and sent when you reload.`;
    shown = "unsent";
    actions.push(button("Reload", () => location.reload()));
  } else if (troubled?.trouble.kind === "ended") {
    text = troubled.trouble.message;
    shown = "unsent";
    actions.push(button("Reload", () => location.reload()));
  } else if (waiting && sender.isFailing) {
    text = `Not saved: ${many} kept ${queue.isMemoryOnly ? "while this page stays open" : "on this device"}`
      + " and sent when the connection is back.";
    shown = "unsent";
    actions.push(button("Try again now", () => sender.kick()));
  } else if (waiting) {
    text = "Saving…";
    shown = "saving";
  } else if (troubled) {
    text = troubles.length > 1 ? `${troubles.length} answers need you to look at them.`
      : troubled.trouble.kind === "refused" ? "One answer could not be saved; beside it stands why."
        : "One answer needs your decision.";
    shown = "conflict";
    actions.push(linkTo(troubled));
  } else if (state === "saved" || state === "idle") {
    text = `Saved ${timeNow()}`;
    shown = "saved";
  }
  stateLine.dataset.state = shown;
  stateLine.replaceChildren(text, ...actions.flatMap((action) => [" ", action]));
}

// Without a connection the page stays: the next one could not be opened.
function sayHeldHere() {
  const isWaiting = Boolean(queue.next());
  stateLine.dataset.state = "unsent";
  stateLine.textContent = "There is no connection, so the next page cannot be opened."
    + (isWaiting ? " Your answers are kept and sent when it is back." : " Try again in a moment.");
  window.addEventListener("online", () => {
    if (stateLine.textContent.startsWith("There is")) stateLine.textContent = "The connection is back.";
  }, { once: true });
}

function linkTo(entry) {
  const link = document.createElement("a");
  const name = entry.what === "rating" ? "descriptor" : "dimension";
  link.href = blockFor(entry) ? `#q-${entry.key}`
    : `${form.dataset.questionUrl}?${new URLSearchParams({ [name]: entry.key })}`;
  link.textContent = "Show it";
  return link;
}

function tellMemoryOnly() {
  const notice = document.createElement("div");
  notice.className = "notice";
  notice.dataset.kind = "warn";
  notice.setAttribute("role", "status");
  notice.textContent =
    "This browser lets nothing be kept for later. Leave the page open until everything is saved.";
  form.before(notice);
}

function focusOn(block, part) {
  const target = part === "note" ? noteOf(block) : block.querySelector("input:checked, input");
  target.focus();
}

// --- other tabs ----------------------------------------------------------------------------------

function remember() {
  known = new Map(queue.all().map((entry) => [entry.id, entry]));
}

window.addEventListener("storage", ({ key }) => {
  if (key !== queue.name) return;
  const now = new Map(queue.all().map((entry) => [entry.id, entry]));
  for (const [id, entry] of known) {
    if (!now.has(id) && !entry.trouble) takeOver(entry);
  }
  known = now;
  sayOverall("idle");
});

// Another tab has saved an answer. It is shown here as well, unless the person is busy with it here.
function takeOver(entry) {
  const block = blockFor(entry);
  if (!block) return;
  const isNote = entry.part === "note";
  const shown = isNote ? noteOf(block).value : valueOf(block);
  if (shown !== entry.value) {
    const isBusy = shown !== seen.of(block, entry.part) || document.activeElement === noteOf(block);
    if (isBusy) return;
    show(block, entry.part, entry.value);
  }
  seen.set(entry.id, entry.value);
  say(block, "saved", `Saved ${timeNow()}`);
}

// --- start ---------------------------------------------------------------------------------------

for (const element of form.querySelectorAll("[data-without-script]")) element.setAttribute("hidden", "");
queue.forgetEnded();
queue.markAllLate();
takeEarlyAnswers();
for (const entry of queue.all()) {
  const block = blockFor(entry);
  if (block) show(block, entry.part, entry.value);
}
sayAllTroubles();
remember();
if (queue.all().length) sayOverall("unsent");
sender.kick();
useKeys({ form, allBlocks });

// Once the page is there: jumping to the place in the address takes the focus away again.
window.addEventListener("load", () => setTimeout(() => {
  const asked = location.hash.startsWith("#q-") && document.getElementById(location.hash.slice(1));
  if (asked) /** @type {HTMLElement | null} */ (asked.querySelector("input:checked, input"))?.focus({ preventScroll: true });
}));

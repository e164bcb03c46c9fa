// The facilitator's screen: buttons without a reload, single keys, and the room kept up to date.
//
// What somebody is typing into the agreement is never lost: while that form is in use a fresh
// screen waits for nothing but keeps its fields.

import { offerSwitch } from "../keys-switch.js";
import { startClocks } from "./clock.js";
import { elementOf, keepScreen } from "./screens.js";

const TICK_MS = 1500;
const REFRESH_MS = 20_000;
const root = document.getElementById("facilitator");
const screen = () => document.getElementById("screen");
const state = document.getElementById("live-state");

// --- putting a fresh screen in place --------------------------------------------------------------

function entriesOf(form) {
  return form ? [...new FormData(form)] : [];
}

const isTouched = (form) => form?.dataset.touched === "yes";

function restore(form, entries) {
  for (const field of form.elements) {
    if (!field.name || field.type === "hidden" || field.type === "submit") continue;
    const values = entries.filter(([name]) => name === field.name).map(([, value]) => value);
    if (field.type === "radio" || field.type === "checkbox") field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
  }
  form.dataset.touched = "yes";
}

function show(element, { isAnswer = false } = {}) {
  const old = screen();
  const focused = document.activeElement?.closest("#screen") ? document.activeElement : null;
  const key = focused?.id;
  const opened = [...old.querySelectorAll("details[id][open]")].map((each) => each.id);
  const hasMoved = old.dataset.phase !== element.dataset.phase;
  for (const name of ["deciding"]) {
    const form = /** @type {HTMLFormElement | null} */ (old.querySelector(`#${name}`));
    const fresh = /** @type {HTMLFormElement | null} */ (element.querySelector(`#${name}`));
    if (!isAnswer && isTouched(form) && fresh && form.dataset.round === fresh.dataset.round) {
      restore(fresh, entriesOf(form));
    }
  }
  const candidates = old.querySelector(".candidates");
  const freshCandidates = element.querySelector(".candidates");
  if (!isAnswer && isTouched(candidates) && freshCandidates) restore(freshCandidates, entriesOf(candidates));
  old.replaceWith(element);
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  if (focused) {
    const again = key ? document.getElementById(key) : null;
    (again ?? document.getElementById("run-title")).focus({ preventScroll: !isAnswer || !hasMoved });
  }
  if (isAnswer && hasMoved) window.scrollTo({ top: 0 });
  tick();
}

const live = keepScreen(root, show, { refreshMs: REFRESH_MS });
startClocks();
root.addEventListener("input", (event) => {
  const form = /** @type {Element} */ (event.target).closest("form");
  if (form) form.dataset.touched = "yes";
});

// --- buttons ------------------------------------------------------------------------------------

root.addEventListener("submit", async (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.matches(".act, #deciding, .candidates") || form.action.endsWith("/rehearse/")) return;
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter) ?? form.querySelector("button");
  event.preventDefault();
  if (button?.dataset.sure && !window.confirm(`${button.textContent.trim().replace(/\s+/g, " ")}? ${button.dataset.sure}`)) return;
  if (button) button.disabled = true;
  let response = null;
  try {
    response = await fetch(form.action, {
      method: "POST",
      body: new URLSearchParams(/** @type {any} */ (new FormData(form, event.submitter))),
      headers: { "X-Requested-With": "fetch" },
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(15_000),
    });
  } catch {
    // Told below.
  }
  if (response && (response.ok || [409, 422].includes(response.status))) {
    const element = elementOf(await response.text());
    if (element?.id === "screen") {
      show(element, { isAnswer: true });
      document.querySelector("#screen [role=alert]")?.scrollIntoView({ block: "nearest" });
      return;
    }
  }
  if (response) location.reload();
  else {
    if (button) button.disabled = false;
    state.textContent = "Not done: no connection. The room is as it was; please press again.";
  }
});

// --- single keys --------------------------------------------------------------------------------

const isOn = offerSwitch();

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
  if (/** @type {Element} */ (event.target).matches("textarea, select, input") || !isOn()) return;
  if (event.key === "w") {
    /** @type {HTMLElement} */ (document.querySelector("[data-key-link=w]")).click();
  } else if (event.key === "a") {
    const title = document.getElementById("deciding-title");
    document.getElementById("deciding-change")?.setAttribute("open", "");
    title?.focus();
    title?.scrollIntoView({ block: "start" });
    if (!title) return;
  } else {
    const key = CSS.escape(event.key);
    const button = /** @type {HTMLButtonElement | null} */ (root.querySelector(`[data-key="${key}"]`));
    if (!button || button.disabled) return;
    button.click();
  }
  event.preventDefault();
});

// --- a rehearsal: pretend participants vote while a round is open ----------------------------------

let ticking = 0;

function tick() {
  clearTimeout(ticking);
  if (!root.dataset.tickUrl || !screen().hasAttribute("data-ticks")) return;
  ticking = setTimeout(async () => {
    const field = /** @type {HTMLInputElement} */ (document.querySelector("[name=csrfmiddlewaretoken]"));
    await fetch(root.dataset.tickUrl, {
      method: "POST",
      headers: { "X-CSRFToken": field.value, "X-Requested-With": "fetch" },
      credentials: "same-origin",
      redirect: "manual",
    }).catch(() => {});
    live.now();
    tick();
  }, TICK_MS);
}

tick();

// The phone: keeps the room up to date, and sends the vote until the server has it.
//
// A vote that cannot be sent stays in the form and in this browser's storage, and is sent as soon
// as the connection is back. If the question was closed meanwhile, the server says that it was not
// counted. What somebody is choosing or typing survives every change of the screen.

import { startClocks } from "./clock.js";
import { fetchChange, keepLive } from "./live.js";

const HERE_EVERY_MS = 60_000;
const TIMEOUT_MS = 10_000;
const LONGEST_MS = 8_000;

let room = document.getElementById("room");
const storageName = `waymark:room:${room.dataset.person}`;
const liveState = document.getElementById("live-state");
const token = () => /** @type {HTMLInputElement} */ (document.querySelector("[name=csrfmiddlewaretoken]")).value;

// --- what waits to be sent ----------------------------------------------------------------------

let memory = null;

function waiting() {
  try {
    return JSON.parse(sessionStorage.getItem(storageName)) ?? memory;
  } catch {
    return memory;
  }
}

function keep(vote) {
  memory = vote;
  try {
    if (vote) sessionStorage.setItem(storageName, JSON.stringify(vote));
    else sessionStorage.removeItem(storageName);
  } catch {
    // Forbidden in a private window: it is kept as long as this page is open.
  }
}

let isSending = false;
let failures = 0;
let timer = 0;

function tell(words, state = "") {
  const place = document.getElementById("vote-state");
  if (!place) return;
  place.textContent = words;
  place.dataset.state = state;
}

async function send() {
  clearTimeout(timer);
  const vote = waiting();
  if (!vote || isSending) return;
  isSending = true;
  tell("Sending …", "saving");
  let response = null;
  try {
    response = await fetch(vote.url, {
      method: "POST",
      body: new URLSearchParams([...vote.fields, ["csrfmiddlewaretoken", token()]]),
      headers: { "X-Requested-With": "fetch" },
      credentials: "same-origin",
      redirect: "manual",
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
  } catch {
    // Told below.
  }
  isSending = false;
  const isNewest = waiting()?.stamp === vote.stamp;
  if (response && (response.ok || [409, 422].includes(response.status))) {
    failures = 0;
    if (isNewest) {
      keep(null);
      swap(await response.text(), { isAnswer: true });
    } else send();
  } else if (response?.status === 412) {
    tell("Someone else is taking part on this device now, so your vote was not counted.", "unsent");
  } else if (response && (response.type === "opaqueredirect" || [403, 404].includes(response.status))) {
    // The page is too old, or the phone is not in the room any more: the server says which.
    keep(null);
    location.reload();
  } else {
    failures += 1;
    tell("Not sent. Your vote is kept and goes out as soon as there is a connection.", "unsent");
    timer = setTimeout(send, Math.min(1000 * 2 ** (failures - 1), LONGEST_MS));
  }
}

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.id !== "vote") return;
  event.preventDefault();
  const fields = [...new FormData(form, event.submitter)].filter(([name]) => name !== "csrfmiddlewaretoken");
  keep({ url: form.action, fields, round: form.dataset.round, stamp: `${Date.now()}-${Math.random()}` });
  failures = 0;
  send();
});

window.addEventListener("online", send);

// --- changing one's vote ------------------------------------------------------------------------

document.addEventListener("click", async (event) => {
  const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("[data-change]"));
  if (!link || event.metaKey || event.ctrlKey) return;
  event.preventDefault();
  try {
    swap(await fetchChange(`${room.dataset.pollUrl}?change`), { isAnswer: true });
  } catch {
    location.assign(link.href);
  }
});

// --- the screen ---------------------------------------------------------------------------------

// What is chosen and typed in a form, by field and value.
function stateOf(form) {
  return form ? [...new FormData(form)].filter(([name]) => !["csrfmiddlewaretoken", "round"].includes(name)) : [];
}

function restore(form, entries) {
  for (const field of form.querySelectorAll("input[type=radio], input[type=checkbox]")) {
    field.checked = entries.some(([name, value]) => name === field.name && value === field.value);
  }
  const note = entries.find(([name]) => name === "note");
  if (note && form.elements.note) form.elements.note.value = note[1];
}

function swap(html, { isAnswer = false } = {}) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  const fresh = /** @type {HTMLElement | null} */ (holder.content.querySelector("#room"));
  if (!fresh) return false;
  if (fresh.dataset.person !== room.dataset.person) {
    // Another tab has left the workshop and joined it as someone else.
    location.reload();
    return true;
  }
  const form = document.getElementById("vote");
  const freshForm = /** @type {HTMLFormElement | null} */ (fresh.querySelector("#vote"));
  const isSame = form && freshForm && form.dataset.round === freshForm.dataset.round;
  const hasMoved = room.dataset.screen !== fresh.dataset.screen || !isSame;
  const active = /** @type {HTMLInputElement | null} */ (document.activeElement);
  const focused = active?.closest("#room") ? active : null;
  if (isSame && !isAnswer) {
    // Nothing that the form would show has changed by itself, and somebody may be at it.
    const open = [...form.querySelectorAll("details")].map((each) => each.open);
    restore(freshForm, stateOf(form));
    freshForm.querySelectorAll("details").forEach((each, at) => (each.open = open[at] ?? each.open));
  }
  const key = focused && (focused.id || `[name="${CSS.escape(focused.name ?? "")}"][value="${CSS.escape(focused.value ?? "")}"]`);
  room.replaceWith(fresh);
  room = fresh;
  if (isAnswer || hasMoved) {
    // The keyboard and a screen reader go on at what is new; whoever reads elsewhere stays there.
    const title = /** @type {HTMLElement | null} */ (room.querySelector("[data-room-title]"));
    if (focused || isAnswer || document.activeElement === document.body) title?.focus({ preventScroll: !hasMoved });
    if (hasMoved || isAnswer) window.scrollTo({ top: 0 });
  } else if (focused) {
    const again = focused.id ? document.getElementById(focused.id) : /** @type {HTMLElement | null} */ (room.querySelector(key));
    again?.focus({ preventScroll: true });
  }
  if (waiting() && !document.getElementById("vote")) send();
  countDots();
  return room.hasAttribute("data-is-over");
}

// --- three dots ---------------------------------------------------------------------------------

function countDots() {
  const box = /** @type {HTMLElement | null} */ (room.querySelector("[data-most]"));
  if (!box) return;
  const most = Number(box.dataset.most);
  const fields = [...box.querySelectorAll("input")];
  const left = most - fields.filter((each) => each.checked).length;
  for (const each of fields) each.disabled = left <= 0 && !each.checked;
  document.getElementById("dots-left").textContent =
    left === 0 ? "All your dots are placed." : `${left} dot${left === 1 ? "" : "s"} left.`;
}

document.addEventListener("change", (event) => /** @type {Element} */ (event.target).closest("[data-most]") && countDots());

// --- live ---------------------------------------------------------------------------------------

const WORDS = { live: "", lost: "No connection", over: "", gone: "" };

if (!room.hasAttribute("data-is-over")) {
  const live = keepLive({
    // Who is changing a vote keeps the form.
    ask: () => fetchChange(`${room.dataset.pollUrl}?seen=${room.dataset.revision}${"changing" in room.dataset ? "&change" : ""}`),
    show: (html) => swap(html),
    tell: (state) => {
      liveState.textContent = WORDS[state];
      if (state === "gone") location.reload();
    },
  });
  const stillHere = () => {
    if (!document.hidden && !room.hasAttribute("data-is-over")) {
      fetch(room.dataset.hereUrl, {
        method: "POST",
        headers: { "X-CSRFToken": token() },
        credentials: "same-origin",
        redirect: "manual",
      }).catch(() => {});
    }
    setTimeout(stillHere, HERE_EVERY_MS * (0.8 + Math.random() * 0.4));
  };
  setTimeout(stillHere, HERE_EVERY_MS * Math.random());
  document.addEventListener("visibilitychange", () => !document.hidden && live.now());
}

startClocks();
countDots();
// A vote that the last page could not send, if its question is still the one on this page.
const left = waiting();
if (left && left.round === document.getElementById("vote")?.dataset.round) send();
else keep(null);

// What stands around the answers and follows from them: the jump list with its progress, and in
// the guided mode the gates with their reasons. Fetched a moment after the last save.

const PAUSE_MS = 400;

let timer = 0;
let running = null;

/** @param {HTMLElement} form whose dataset holds the addresses */
export function refreshAround(form) {
  clearTimeout(timer);
  timer = setTimeout(() => {
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    fetchPart(form.dataset.progressUrl, signal).then(replaceJumpList, ignore);
    if (form.dataset.gatesUrl) fetchPart(form.dataset.gatesUrl, signal).then(mergeGates, ignore);
  }, PAUSE_MS);
}

// Without it the page is only a little behind; the next save asks again.
function ignore() {}

async function fetchPart(url, signal) {
  const response = await fetch(url, { credentials: "same-origin", signal });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  const holder = document.createElement("template");
  holder.innerHTML = await response.text();
  return holder.content.firstElementChild;
}

function replaceJumpList(fresh) {
  const list = document.getElementById("jump-list");
  const focused = list.contains(document.activeElement) && /** @type {HTMLAnchorElement} */ (document.activeElement).href;
  list.replaceWith(fresh);
  if (focused) [...fresh.querySelectorAll("a")].find((a) => a.href === focused)?.focus();
}

// Put new gates in and renew what is said about the others. Questions that are on the page stay
// as they are: somebody may be typing in them.
function mergeGates(fresh) {
  const gates = document.getElementById("gates");
  const wanted = [...fresh.children];
  const news = [];
  for (const gate of wanted) {
    const here = document.getElementById(gate.id);
    if (!here) {
      gates.append(gate);
      news.push(gate.querySelector(".gate__head").textContent.trim());
      continue;
    }
    for (const part of [".gate__head", ".gate__reason"]) {
      const [before, after] = [here.querySelector(part), gate.querySelector(part)];
      if (before.innerHTML === after.innerHTML) continue;
      before.innerHTML = after.innerHTML;
      if (part === ".gate__reason") news.push(after.textContent.trim());
    }
    here.dataset.gate = gate.dataset.gate;
    const [before, after] = [here.querySelector(".gate__questions"), gate.querySelector(".gate__questions")];
    if (!before && after) here.append(after);
    else if (before && !after && !before.contains(document.activeElement)) before.remove();
  }
  const ids = new Set(wanted.map((gate) => gate.id));
  for (const here of [...gates.children]) {
    if (!ids.has(here.id) && !here.contains(document.activeElement)) here.remove();
  }
  const said = news.map((text) => text.replace(/\s+/g, " ").trim()).join(" ");
  if (said) document.getElementById("gate-news").textContent = said;
}

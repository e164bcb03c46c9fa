// What the facilitator's screen and the wall have in common: they ask for the pulse, and when it
// has changed they fetch the part of the page that shows the room.

import { fetchChange, keepLive } from "./live.js";

const WORDS = {
  live: "",
  lost: "No connection: this is how it was last",
  over: "",
  gone: "This page is too old. Please reload it.",
};

const current = () => document.getElementById("screen");

// The first element of a piece of HTML.
/** @type {(html: string) => HTMLElement} */
export function elementOf(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html.trim();
  return /** @type {HTMLElement} */ (holder.content.firstElementChild);
}

// Keep `root` up to date. `show(element)` puts a fresh #screen in place of the old one. Where
// `refreshMs` is given, the screen is fetched that often though nothing has changed.
/**
 * @param {HTMLElement} root
 * @param {(element: HTMLElement) => void} show
 * @param {{refreshMs?: number}} options
 */
export function keepScreen(root, show, { refreshMs = 0 } = {}) {
  const state = document.getElementById("live-state");
  let freshAt = performance.now();
  const fetchScreen = async () => {
    const html = await fetchChange(root.dataset.screenUrl);
    freshAt = performance.now();
    return html;
  };
  return keepLive({
    ask: async () => {
      const pulse = await fetchChange(`${root.dataset.pulseUrl}?seen=${current().dataset.pulse}`);
      const isStale = refreshMs && !document.hidden && performance.now() - freshAt > refreshMs;
      return pulse === null && !isStale ? null : fetchScreen();
    },
    show: (html) => {
      const element = elementOf(html);
      show(element);
      return element.hasAttribute("data-is-over");
    },
    tell: (words) => (state.textContent = WORDS[words]),
  });
}

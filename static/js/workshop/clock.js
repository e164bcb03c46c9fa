// Counts down what is left of an open round.
//
// An element with data-ends-at and data-now (both milliseconds of the server's clock, so that a
// wrong clock in the room does no harm) shows minutes and seconds, and data-clock says "running",
// "short" (the last half minute) or "over". Call `startClocks()` once; elements that come later, or
// are replaced, are found at the next tick.

const SHORT_MS = 30_000;

const text = (ms) => {
  const seconds = Math.ceil(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

// Where the server's clock stood when this element came in, against the page's own steady clock.
const offsets = new WeakMap();

/** @param {HTMLElement} element */
function leftOf(element) {
  if (!offsets.has(element)) offsets.set(element, Number(element.dataset.now) - performance.now());
  return Number(element.dataset.endsAt) - offsets.get(element) - performance.now();
}

function tick() {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-ends-at]"))) {
    const left = leftOf(element);
    const words = left > 0 ? text(left) : element.dataset.overWords || "Time is up";
    if (element.textContent !== words) element.textContent = words;
    element.dataset.clock = left <= 0 ? "over" : left <= SHORT_MS ? "short" : "running";
  }
}

export function startClocks() {
  tick();
  setInterval(tick, 250);
}

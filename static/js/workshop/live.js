// Keeps a screen of a workshop up to date: asks every two seconds whether the room has moved on.
//
//   const live = keepLive({ ask, show, tell });
//   live.now();    ask at once, for example after a button was pressed
//   live.stop();   ask no more
//
// `ask()` resolves to null while nothing changed, else to what `show(change)` takes; it throws
// `Gone` when the server knows this screen no longer. `show` returns true when this was the end.
// `tell("live" | "lost" | "over" | "gone")` is called when that changes.
//
// Each wait is a little longer or shorter than the last, so that three hundred phones do not all
// come at the same moment. A screen nobody looks at asks seldom.

export const EVERY_MS = 2000;
const HIDDEN_MS = 15_000;
const LONGEST_MS = 15_000;
const TIMEOUT_MS = 10_000;
// One answer that does not come is nothing; the second one is told.
const TOLD_FROM = 2;

export class Gone extends Error {}

// Ask an address. Resolves to null for 204, else to the answer's text; throws `Gone` for 4xx.
/**
 * @param {string} url
 * @returns {Promise<string | null>}
 */
export async function fetchChange(url) {
  const response = await fetch(url, {
    credentials: "same-origin",
    headers: { "X-Requested-With": "fetch" },
    redirect: "manual",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (response.status === 204) return null;
  if (response.ok) return response.text();
  if (response.type === "opaqueredirect" || (response.status >= 400 && response.status < 500 && response.status !== 429)) {
    throw new Gone(String(response.status));
  }
  throw new Error(String(response.status));
}

/**
 * @typedef {"live" | "lost" | "over" | "gone"} State
 * @param {{
 *   ask: () => Promise<string | null>,
 *   show: (change: string) => boolean | Promise<boolean>,
 *   tell?: (state: State) => void,
 * }} options
 */
export function keepLive({ ask, show, tell = (_state) => {} }) {
  let timer = 0;
  let failures = 0;
  /** @type {State} */
  let told = "live";
  let isAsking = false;
  let isWanted = false;
  let isStopped = false;

  /** @param {State} state */
  const say = (state) => {
    if (state !== told) tell((told = state));
  };

  const wait = () => {
    const usual = document.hidden ? HIDDEN_MS : EVERY_MS;
    const late = failures < TOLD_FROM ? usual : Math.min(usual * 2 ** (failures - 1), LONGEST_MS);
    return late * (0.9 + Math.random() * 0.2);
  };

  const plan = () => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(run, wait());
  };

  /** @param {State} [state] */
  const stop = (state) => {
    isStopped = true;
    clearTimeout(timer);
    if (state) say(state);
  };

  async function run() {
    clearTimeout(timer);
    if (isStopped) return;
    if (isAsking) {
      // What was pressed just now may not be in the answer that is on its way.
      isWanted = true;
      return;
    }
    isAsking = true;
    try {
      const change = await ask();
      failures = 0;
      if (!isStopped) say("live");
      if (change !== null && !isStopped && (await show(change))) stop("over");
    } catch (error) {
      if (error instanceof Gone) stop("gone");
      else {
        failures += 1;
        if (failures >= TOLD_FROM) say("lost");
      }
    } finally {
      isAsking = false;
    }
    if (isWanted) {
      isWanted = false;
      run();
    } else plan();
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? plan() : run()));
  window.addEventListener("online", run);
  window.addEventListener("pageshow", (event) => event.persisted && run());
  plan();
  return { now: run, stop: () => stop() };
}

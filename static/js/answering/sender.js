// Sends what waits in the queue, one change after the other, and tries again when it cannot.
//
// Reports what happens as `report(state, {entry})`. Of one entry: saving, saved, conflict, refused.
// Of all that wait: unsent, lost (this browser may not open the assessment any more), stale (the
// page's own token is no longer taken), another (this browser answers as someone else now), ended (no answer is taken any more). And idle: nothing is
// left that could be sent.

const TIMEOUT_MS = 20_000;
const LONGEST_WAIT_MS = 30_000;
const STOPS = { 403: "stale", 404: "lost", 412: "another" };

/**
 * @typedef {import("./queue.js").Entry} Entry
 * @typedef {import("./queue.js").Queue} Queue
 */

export class Sender {
  #queue;
  #url;
  #token;
  #respondent;
  #report;
  #isRunning = false;
  #failures = 0;
  #timer = 0;
  #stopped = "";

  /**
   * @param {{
   *   queue: Queue, url: string, token: string, respondent: string,
   *   report: (state: string, about: {entry?: Entry}) => void,
   * }} options
   */
  constructor({ queue, url, token, respondent, report }) {
    this.#queue = queue;
    this.#url = url;
    this.#token = token;
    this.#respondent = respondent;
    this.#report = report;
    window.addEventListener("online", () => this.kick());
  }

  // True while something waits that an attempt has failed for.
  get isFailing() {
    return this.#failures > 0 || this.#stopped !== "";
  }

  // Send now, whatever the next attempt was planned for.
  kick() {
    clearTimeout(this.#timer);
    if (this.#isRunning || !this.#queue.next()) return;
    if (this.#stopped) {
      this.#report(this.#stopped, {});
      return;
    }
    this.#isRunning = true;
    this.#alone(() => this.#run()).finally(() => {
      this.#isRunning = false;
      // Something may have come in between the last look and here.
      if (!this.isFailing && this.#queue.next()) this.kick();
    });
  }

  // One tab sends at a time, so that the order holds; it sends what the others put in as well.
  /** @param {() => Promise<void>} work */
  #alone(work) {
    return navigator.locks ? navigator.locks.request(this.#queue.name, work) : work();
  }

  async #run() {
    for (let entry = this.#queue.next(); entry; entry = this.#queue.next()) {
      this.#report("saving", { entry });
      const response = await this.#send(entry);
      if (response?.ok) {
        this.#failures = 0;
        this.#queue.saved(entry);
        this.#report("saved", { entry });
      } else if (response?.status === 409) {
        const { current } = await response.json();
        this.#queue.mark(entry, { trouble: { kind: "conflict", current } });
        this.#report("conflict", { entry });
      } else if (response?.status === 422) {
        const message = await response.text();
        this.#queue.mark(entry, { trouble: { kind: "refused", message }, tried: false });
        this.#report("refused", { entry });
      } else if (response?.status === 410) {
        this.#failures = 0;
        this.#queue.markAllEnded(await response.text());
        this.#report("ended", {});
        return;
      } else if (STOPS[response?.status]) {
        this.#stopped = STOPS[response.status];
        this.#report(this.#stopped, {});
        return;
      } else {
        // Those behind it wait just as long.
        this.#queue.markAllLate();
        this.#failures += 1;
        this.#report("unsent", {});
        const wait = Math.min(1000 * 2 ** (this.#failures - 1), LONGEST_WAIT_MS);
        this.#timer = setTimeout(() => this.kick(), wait);
        return;
      }
    }
    this.#report("idle", {});
  }

  /** @param {Entry} entry */
  async #send(entry) {
    const body = new URLSearchParams({ person: this.#respondent });
    body.append(entry.what === "rating" ? "descriptor" : "dimension", entry.key);
    body.append(entry.part, entry.value);
    // A prompt change of an answer simply wins. A late one, or a text, must not overwrite what
    // this browser has never seen.
    if (entry.late || entry.part === "note") entry.was.forEach((each) => body.append("was", each));
    this.#queue.mark(entry, { tried: true });
    try {
      return await fetch(this.#url, {
        method: "POST",
        body,
        headers: { "X-CSRFToken": this.#token },
        credentials: "same-origin",
        redirect: "error",
        keepalive: true,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
    } catch {
      return null;
    }
  }
}

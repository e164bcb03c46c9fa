// Changes that are not saved yet: one entry a field, in the order they were made.
//
// They are kept in the browser's storage, one list for each respondent, so that they outlast a reload
// and are shared by all tabs. The server names the respondent, so nobody sees or sends another's.
// Every step reads the list afresh, because another tab may have changed it.
// Where nothing can be stored they are kept in memory, and the page says so.
//
// An entry: id, what (rating or pick), key, part (value or note), value, and
//   was      what the server may hold, as far as this browser knows
//   tried    it was sent at least once, so the server may hold its value already
//   late     it was not sent at once, so somebody else may have answered since
//   trouble  why it waits for the person: {kind: "conflict", current} or {kind: "refused", message};
//            {kind: "ended", message} when no answer is taken any more: tried again on the next page
//   stamp    tells this entry from a later one of the same field

/**
 * @typedef {{kind: "conflict", current: string} | {kind: "refused" | "ended", message: string}} Trouble
 * @typedef {{
 *   id: string, what: "rating" | "pick", key: string, part: "value" | "note", value: string,
 *   was: string[], tried?: boolean, late: boolean, trouble?: Trouble, stamp: string,
 * }} Entry
 */

/** @type {(what: string, key: string, part: string) => string} */
export const idOf = (what, key, part) => `${what}:${key}:${part}`;

export class Queue {
  #name;
  /** @type {Entry[] | null} */
  #memory = null;
  #onMemoryOnly;

  /**
   * @param {string} respondent who answers, as the server names them
   * @param {() => void} onMemoryOnly called when nothing can be stored
   */
  constructor(respondent, onMemoryOnly) {
    this.#name = `waymark:${respondent}`;
    this.#onMemoryOnly = onMemoryOnly;
  }

  get name() {
    return this.#name;
  }

  get isMemoryOnly() {
    return this.#memory !== null;
  }

  /** @returns {Entry[]} */
  all() {
    if (this.#memory) return this.#memory;
    try {
      const entries = JSON.parse(localStorage.getItem(this.#name) ?? "[]");
      return Array.isArray(entries) ? entries : [];
    } catch {
      return [];
    }
  }

  // The oldest entry that can be sent.
  next() {
    return this.all().find((entry) => !entry.trouble);
  }

  /** @param {string} id */
  find(id) {
    return this.all().find((entry) => entry.id === id);
  }

  // Take a change in; it replaces an earlier one of the same field and goes to the end.
  /** @param {Pick<Entry, "what" | "key" | "part" | "value"> & {seen: string}} change */
  put({ what, key, part, value, seen }) {
    const id = idOf(what, key, part);
    const earlier = this.find(id);
    // Behind what has waited already, it waits too.
    const isBehind = this.all().some((each) => each.late && !each.trouble);
    const was = earlier ? [...earlier.was] : [seen];
    if (earlier?.tried) was.push(earlier.value);
    const entry = {
      id, what, key, part, value,
      was: [...new Set(was)],
      late: Boolean(earlier?.late) || isBehind,
      stamp: `${Date.now()}-${Math.random().toString(36).slice(2)}`,
    };
    this.#write([...this.all().filter((each) => each.id !== id), entry]);
    return entry;
  }

  // The entry was saved. A newer change of the field stays, and now knows what the server holds.
  /** @param {Entry} entry */
  saved(entry) {
    this.#write(
      this.all()
        .filter((each) => each.stamp !== entry.stamp)
        .map((each) => (each.id === entry.id ? { ...each, was: [entry.value] } : each)),
    );
  }

  /** @param {string} id */
  drop(id) {
    this.#write(this.all().filter((each) => each.id !== id));
  }

  // Note something about an entry, unless a newer change has replaced it. Undefined takes it away.
  /**
   * @param {Entry} entry
   * @param {Partial<Entry>} facts
   */
  mark(entry, facts) {
    this.#write(
      this.all().map((each) => (each.stamp === entry.stamp ? { ...each, ...facts } : each)),
    );
  }

  // No answer is taken any more: nothing that waits is sent again from this page.
  /** @param {string} message */
  markAllEnded(message) {
    this.#write(this.all().map((entry) => ({ ...entry, trouble: { kind: "ended", message } })));
  }

  // Answers may be taken again by now.
  forgetEnded() {
    const entries = this.all();
    if (entries.some((entry) => entry.trouble?.kind === "ended")) {
      this.#write(
        entries.map((entry) => (entry.trouble?.kind === "ended" ? { ...entry, trouble: undefined } : entry)),
      );
    }
  }

  // All that waits has been waiting: from before this page was made, or behind a failed attempt.
  markAllLate() {
    const entries = this.all();
    if (entries.some((entry) => !entry.late)) {
      this.#write(entries.map((entry) => ({ ...entry, late: true })));
    }
  }

  /** @param {Entry[]} entries */
  #write(entries) {
    if (this.#memory) {
      this.#memory = entries;
      return;
    }
    try {
      if (entries.length) localStorage.setItem(this.#name, JSON.stringify(entries));
      else localStorage.removeItem(this.#name);
    } catch {
      // Full, or forbidden in a private window.
      this.#memory = entries;
      this.#onMemoryOnly();
    }
  }
}

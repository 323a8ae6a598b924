/** Timers of a clock that a test turns. Unlike a test runner's, they keep nothing of what has fired. */
export interface VirtualTimers {
  setTimeout(callback: () => void, ms?: number): number;
  clearTimeout(timer: number | undefined): void;
  /** Calls what is due within the next `ms`, each once. */
  advance(ms: number): void;
  /** Timers that have not fired. */
  waiting(): number;
}

export function virtualTimers(): VirtualTimers {
  const timers = new Map<number, { readonly at: number; readonly callback: () => void }>();
  let now = 0;
  let last = 0;
  return {
    setTimeout(callback, ms = 0) {
      last += 1;
      timers.set(last, { at: now + ms, callback });
      return last;
    },
    clearTimeout(timer) {
      if (timer !== undefined) timers.delete(timer);
    },
    advance(ms) {
      now += ms;
      for (const [id, { at, callback }] of [...timers]) {
        if (at > now) continue;
        timers.delete(id);
        callback();
      }
    },
    waiting: () => timers.size,
  };
}

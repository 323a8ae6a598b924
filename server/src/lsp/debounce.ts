/** Runs the last task asked for under a key, once `delayMs` have passed without another. */
export interface Debouncer {
  schedule(key: string, task: () => void): void;
  cancel(key: string): void;
  dispose(): void;
}

export function debouncer(delayMs: number): Debouncer {
  const timers = new Map<string, NodeJS.Timeout>();
  const cancel = (key: string) => {
    clearTimeout(timers.get(key));
    timers.delete(key);
  };
  return {
    cancel,
    schedule(key, task) {
      cancel(key);
      const run = () => {
        timers.delete(key);
        task();
      };
      timers.set(key, setTimeout(run, delayMs));
    },
    dispose() {
      for (const key of [...timers.keys()]) cancel(key);
    },
  };
}

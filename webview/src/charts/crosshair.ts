/** The x position that all charts of a tab point at; `undefined` while nobody points. */
export interface Crosshair {
  readonly x: () => number | undefined;
  readonly move: (x: number | undefined) => void;
  readonly subscribe: (listener: () => void) => () => void;
}

export function createCrosshair(): Crosshair {
  let current: number | undefined;
  const listeners = new Set<() => void>();
  return {
    x: () => current,
    move(x) {
      if (x === current) return;
      current = x;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A map whose changes on one way through a program can be taken back, at the price of the changes. */
export interface BranchingMap<Value> {
  get(key: string): Value | undefined;
  has(key: string): boolean;
  set(key: string, value: Value): void;
  delete(key: string): void;
  keys(): Iterable<string>;
  /** Runs `way` and takes its changes back: the keys that it changed, with their values at its end. */
  branch(way: () => void): ReadonlyMap<string, Value | undefined>;
}

/** A map that holds `values` at first, and takes possession of them. */
export function branchingMap<Value>(values = new Map<string, Value>()): BranchingMap<Value> {
  // What the keys that the current way changed were before it; `undefined` outside of branches.
  let before: Map<string, Value | undefined> | undefined;
  const note = (key: string) => {
    if (before !== undefined && !before.has(key)) before.set(key, values.get(key));
  };
  const set = (key: string, value: Value | undefined) => {
    if (value === undefined) values.delete(key);
    else values.set(key, value);
  };
  return {
    get: (key) => values.get(key),
    has: (key) => values.has(key),
    keys: () => values.keys(),
    set(key, value) {
      note(key);
      values.set(key, value);
    },
    delete(key) {
      note(key);
      values.delete(key);
    },
    branch(way) {
      const outer = before;
      const changed = new Map<string, Value | undefined>();
      before = changed;
      way();
      before = outer;
      const ends = new Map<string, Value | undefined>();
      for (const [key, value] of changed) {
        ends.set(key, values.get(key));
        set(key, value);
      }
      return ends;
    },
  };
}

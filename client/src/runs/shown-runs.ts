/** What keeps values for a workspace. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Runs with a tick in the sidebar: every panel draws them over its own run. */
export interface ShownRuns {
  /** In the order in which they were ticked. */
  folders(): readonly string[];
  set(folders: readonly string[], isShown: boolean): void;
  /** Told which runs have become shown, none where runs were taken out. */
  onChange(listener: (added: readonly string[]) => void): void;
}

const STATE = "normlens.shownRuns";

export function createShownRuns(memory: Memory): ShownRuns {
  const kept = memory.get(STATE);
  let shown: readonly string[] = Array.isArray(kept)
    ? kept.filter((folder) => typeof folder === "string")
    : [];
  const listeners: ((added: readonly string[]) => void)[] = [];
  return {
    folders: () => shown,
    set(folders, isShown) {
      const changed = [...new Set(folders)].filter((folder) => shown.includes(folder) !== isShown);
      if (changed.length === 0) return;
      shown = isShown
        ? [...shown, ...changed]
        : shown.filter((folder) => !changed.includes(folder));
      void memory.update(STATE, shown);
      for (const listener of listeners) listener(isShown ? changed : []);
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

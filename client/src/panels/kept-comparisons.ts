/** What keeps values for a workspace. */
interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Which weight files are compared with which, as long as their editors are open, also in the next window. */
export interface KeptComparisons {
  /** The file that `file` is compared with. */
  of(file: string): string | undefined;
  set(file: string, against: string): void;
  forget(file: string): void;
}

const STATE = "normlens.comparedWeights";
/** Of an editor that is closed unseen nobody tells; the oldest are let go. */
const MOST = 100;

export function keptComparisons(memory: Memory): KeptComparisons {
  const kept = memory.get(STATE);
  const against = new Map<string, string>(
    Array.isArray(kept) ? kept.filter(isPair).slice(-MOST) : [],
  );
  const keep = () => void memory.update(STATE, [...against].slice(-MOST));
  return {
    of: (file) => against.get(file),
    set(file, other) {
      against.delete(file);
      against.set(file, other);
      keep();
    },
    forget(file) {
      if (against.delete(file)) keep();
    },
  };
}

function isPair(value: unknown): value is readonly [string, string] {
  return (
    Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "string")
  );
}

/** Letters within this time belong to one word. */
const PAUSE_MS = 700;

/** Collects the letters that are typed on a list into the start of a name. */
export interface TypeAhead {
  /**
   * Index of the item to go to after this key, from `current` on and around; `undefined` for keys that
   * are no letters and where no item begins so.
   */
  readonly find: (event: TypedKey, names: readonly string[], current: number) => number | undefined;
}

export type TypedKey = Pick<KeyboardEvent, "key" | "timeStamp" | "ctrlKey" | "metaKey" | "altKey">;

export function typeAhead(): TypeAhead {
  let typed = "";
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    find({ key, timeStamp, ctrlKey, metaKey, altKey }, names, current) {
      if (!/^[\p{L}\p{N}._]$/u.test(key) || ctrlKey || metaKey || altKey) return undefined;
      typed = timeStamp - lastMs > PAUSE_MS ? key : typed + key;
      lastMs = timeStamp;
      const wanted = typed.toLowerCase();
      // The first letter goes on to the next item, more letters may stay on this one.
      const start = typed.length === 1 ? current + 1 : current;
      for (let offset = 0; offset < names.length; offset++) {
        const index = (start + offset) % names.length;
        if (names[index]?.toLowerCase().startsWith(wanted) === true) return index;
      }
      return undefined;
    },
  };
}

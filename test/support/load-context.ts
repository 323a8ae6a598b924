import type { LoadContext } from "../../trainer/src/data-source.ts";

/** A context for loading data in which nobody listens. */
export function loadContext(change: Partial<LoadContext> = {}): LoadContext {
  const { signal } = new AbortController();
  return { folder: ".", signal, report: () => undefined, ...change };
}

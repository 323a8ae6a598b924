import { type FSWatcher, watch } from "node:fs";

/**
 * Calls `onChange` when something in `folder` itself changes; gives the function that ends it.
 *
 * Where the system cannot watch, nothing is ever called: callers poll as well.
 */
export function watchFolder(folder: string, onChange: () => void): () => void {
  let watcher: FSWatcher | undefined;
  try {
    watcher = watch(folder, { persistent: false }, onChange);
    watcher.on("error", () => watcher?.close());
  } catch {
    return () => undefined;
  }
  return () => watcher?.close();
}

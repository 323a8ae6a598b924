import type { RunListEntry } from "../../../core/protocol/run-worker.ts";

/** What can be found of a run, in lower case: what its row says, and what it ran. */
function searchText({ id, name, status, notes, record }: RunListEntry): string {
  const tags = (notes.tags ?? []).map((tag) => `#${tag}`);
  const parts = [name, record.name, id, status, record.spec, record.backend, record.objective];
  const baseline = notes.baseline === true ? ["baseline"] : [];
  return [...parts, ...(record.set ?? []), ...tags, ...baseline].join("\n").toLowerCase();
}

/** Test for the words of `filter`, all of which a run must have somewhere; case does not matter. */
export function runFilter(filter: string): (run: RunListEntry) => boolean {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return (run) => {
    if (words.length === 0) return true;
    const found = searchText(run);
    return words.every((word) => found.includes(word));
  };
}

import type { RunNotes } from "../../../core/protocol/run-notes.ts";
import type { RunListEntry } from "../../../core/protocol/run-worker.ts";

export interface NotesChange {
  readonly folder: string;
  readonly notes: RunNotes;
}

const runsFolder = ({ folder, id }: RunListEntry) => folder.slice(0, -id.length);

export function withoutBaseline({ folder, notes }: RunListEntry): NotesChange {
  const { baseline: _, ...others } = notes;
  return { folder, notes: others };
}

/** What to write so that `run` is the only baseline among the runs of its folder. */
export function baselineChanges(
  run: RunListEntry,
  runs: readonly RunListEntry[],
): readonly NotesChange[] {
  const old = runs.filter(
    (other) =>
      other.notes.baseline === true &&
      other.folder !== run.folder &&
      runsFolder(other) === runsFolder(run),
  );
  return [
    ...old.map(withoutBaseline),
    { folder: run.folder, notes: { ...run.notes, baseline: true } },
  ];
}

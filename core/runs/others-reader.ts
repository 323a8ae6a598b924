import type { OtherRun } from "../protocol/panel/others.ts";
import { hasEnded } from "../protocol/run-worker.ts";
import type { IsAlive } from "./process-liveness.ts";
import { type ReadEntry, readRunEntry } from "./run-entry.ts";
import type { RunFileSystem } from "./run-file-system.ts";
import { runHeader } from "./run-header.ts";

export interface OthersReader {
  /** Runs to be read from the next update on. */
  show(folders: readonly string[]): void;
  /** The runs in the order asked for, without those that cannot be read; nothing where nothing is new. */
  update(): Promise<readonly OtherRun[] | undefined>;
  /** True when the last update found none of them running. */
  haveEnded(): boolean;
}

interface Deps {
  readonly files: RunFileSystem;
  readonly isAlive: IsAlive;
  readonly report: (problem: string) => void;
}

/** Reads the runs that are shown over another. */
export function createOthersReader({ files, isAlive, report }: Deps): OthersReader {
  const known = new Map<string, ReadEntry>();
  let wanted: readonly string[] = [];
  let sent = "[]";
  let haveEnded = true;
  return {
    show(folders) {
      wanted = folders;
      for (const folder of known.keys()) if (!folders.includes(folder)) known.delete(folder);
    },
    async update() {
      const others: OtherRun[] = [];
      for (const folder of wanted) {
        const entry = await readRunEntry(files, { folder, isAlive }, known.get(folder));
        known.set(folder, entry);
        if (entry.problem !== undefined) report(`${folder}: ${entry.problem.message}`);
        if (entry.run === undefined) continue;
        const { record, name, notes } = entry.run;
        const header = { ...runHeader(record, 0), name };
        others.push({ key: folder, isBaseline: notes.baseline === true, header });
      }
      haveEnded = others.every(({ header }) => hasEnded(header.status));
      const text = JSON.stringify(others);
      if (text === sent) return undefined;
      sent = text;
      return others;
    },
    haveEnded: () => haveEnded,
  };
}

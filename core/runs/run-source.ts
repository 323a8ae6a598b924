import type { RunFileSystem } from "./run-file-system.ts";

/** A run folder that parts of a reader read from. */
export interface RunSource {
  readonly files: RunFileSystem;
  readonly folder: string;
  /** Tells the user about something that could not be read; saying it twice shows it once. */
  report(problem: string): void;
}

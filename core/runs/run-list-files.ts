import type { FileState, FolderEntry } from "./run-file-system.ts";

/**
 * What listing runs needs of a file system, answered at once: a list asks for tens of thousands of
 * small things, and waiting for each of them costs five times what it takes to get it. Whoever
 * lists does so in a thread of its own. A file or folder that is not there is no error.
 */
export interface RunListFiles {
  /** Entries of a folder, in any order; none where there is no such folder. */
  entries(folder: string): readonly FolderEntry[];
  /** `undefined` where there is no such file. */
  stat(file: string): FileState | undefined;
  /**
   * The first or the last `most` bytes of a file, and its state as they were read, `undefined`
   * where there is no such file. The bytes stand only until the next call.
   */
  read(file: string, part: FilePart): PartOfFile | undefined;
}

export interface FilePart {
  readonly from: "start" | "end";
  readonly most: number;
}

export interface PartOfFile {
  readonly state: FileState;
  readonly bytes: Uint8Array;
}

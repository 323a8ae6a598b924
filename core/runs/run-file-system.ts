/** What reading runs needs of a file system. A file or folder that is not there is no error. */
export interface RunFileSystem {
  /** Entries of a folder, in any order; none where there is no such folder. */
  entries(folder: string): Promise<readonly FolderEntry[]>;
  /** `undefined` where there is no such file. */
  stat(file: string): Promise<FileState | undefined>;
  /** Bytes from `start` up to `end`, or up to the end of the file if that comes first. */
  read(file: string, start: number, end: number): Promise<Uint8Array>;
}

export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

export interface FileState {
  readonly sizeBytes: number;
  /** Milliseconds since the Unix epoch. */
  readonly modifiedMs: number;
  /** Changes when another file takes the name. */
  readonly identity: string;
}

/** True where a file is as it was, or is still not there. */
export function isSameState(a: FileState | undefined, b: FileState | undefined): boolean {
  return (
    a?.identity === b?.identity && a?.sizeBytes === b?.sizeBytes && a?.modifiedMs === b?.modifiedMs
  );
}

/** Where the runs of a workspace folder lie. */
export function runsFolderOf(root: string): string {
  return `${root.replace(/[\\/]+$/, "")}/.normlens/runs`;
}

/** A file that keeps being replaced is read as it is after so many attempts. */
const MOST_ATTEMPTS = 5;

function isSame(a: FileState, b: FileState | undefined): boolean {
  return a.identity === b?.identity && a.sizeBytes === b.sizeBytes;
}

/** Says of a file that is too large to be read as a whole that it is. */
export function excessOf({ sizeBytes }: FileState, maxBytes: number): string | undefined {
  return sizeBytes > maxBytes
    ? `${sizeBytes} bytes; more than ${maxBytes} are not read`
    : undefined;
}

/**
 * All bytes of a file; `undefined` where there is none, a text where it is larger than `maxBytes`.
 *
 * A file that is replaced between the look at its size and the reading would come out cut, so it is
 * read again until both agree.
 */
export async function readWhole(
  files: RunFileSystem,
  file: string,
  maxBytes: number,
): Promise<Uint8Array | string | undefined> {
  let bytes: Uint8Array | undefined;
  let state = await files.stat(file);
  for (let attempt = 0; attempt < MOST_ATTEMPTS && state !== undefined; attempt++) {
    const excess = excessOf(state, maxBytes);
    if (excess !== undefined) return excess;
    bytes = await files.read(file, 0, state.sizeBytes);
    const after = await files.stat(file);
    if (isSame(state, after)) return bytes;
    state = after;
  }
  return state === undefined ? undefined : bytes;
}

import { type JsonLines, parseJsonLines } from "../formats/json-lines.ts";
import type { RunFileSystem } from "./run-file-system.ts";

/** How far a file of lines was read. */
export interface TailPosition {
  readonly identity: string;
  /** First byte that was not read as part of a complete line. */
  readonly offset: number;
  /** Complete lines before `offset`. */
  readonly lines: number;
  /** True where `offset` lies within a line that was too long to read. */
  readonly isInsideLine: boolean;
}

export interface TailUpdate {
  readonly position: TailPosition;
  /** True where the file was replaced or cut: what was read from it before no longer stands. */
  readonly isReset: boolean;
  /** `start` and `end` count bytes from the start of the file, `line` from 1. */
  readonly values: readonly {
    readonly line: number;
    readonly start: number;
    readonly end: number;
    readonly value: unknown;
  }[];
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  /** True where more was there than one call reads. */
  readonly hasMore: boolean;
}

export const START_OF_FILE: TailPosition = {
  identity: "",
  offset: 0,
  lines: 0,
  isInsideLine: false,
};

/** Read at once; also the longest line that is understood. */
const CHUNK_BYTES = 8 * 1024 * 1024;
const LINE_FEED = 0x0a;

/**
 * Complete lines that a file of JSON lines has gained since `position`; a missing file is empty.
 *
 * @param parse reads the complete lines; told whether they are the first of a file
 */
export async function readTail(
  files: RunFileSystem,
  file: string,
  position: TailPosition,
  parse: (bytes: Uint8Array, isFresh: boolean) => JsonLines = parseJsonLines,
): Promise<TailUpdate> {
  const state = await files.stat(file);
  if (state === undefined) return emptyUpdate(START_OF_FILE, position.offset > 0);

  const isSame = state.identity === position.identity && state.sizeBytes >= position.offset;
  if (isSame && state.sizeBytes === position.offset) return emptyUpdate(position, false);
  if (!isSame || !(await isAtLine(files, file, position))) {
    const fresh = { ...START_OF_FILE, identity: state.identity };
    return { ...(await readFrom(files, file, fresh, parse)), isReset: position.offset > 0 };
  }
  return readFrom(files, file, position, parse);
}

/** A file that was cut and has grown again rarely has a line's end where the old one had it. */
async function isAtLine(
  files: RunFileSystem,
  file: string,
  { offset, isInsideLine }: TailPosition,
): Promise<boolean> {
  if (offset === 0 || isInsideLine) return true;
  return (await files.read(file, offset - 1, offset))[0] === LINE_FEED;
}

async function readFrom(
  files: RunFileSystem,
  file: string,
  { identity, offset, lines, isInsideLine }: TailPosition,
  parse: (bytes: Uint8Array, isFresh: boolean) => JsonLines,
): Promise<TailUpdate> {
  const bytes = await files.read(file, offset, offset + CHUNK_BYTES);
  const isFull = bytes.length === CHUNK_BYTES;
  const parsed = parse(bytes, offset === 0);
  if (isFull && parsed.consumedBytes === 0) {
    // Passing over it keeps one endless line from stopping everything behind it.
    const message = `longer than ${CHUNK_BYTES} bytes`;
    return {
      position: { identity, offset: offset + CHUNK_BYTES, lines, isInsideLine: true },
      isReset: false,
      values: [],
      problems: [{ line: lines + 1, message }],
      hasMore: true,
    };
  }
  return {
    position: {
      identity,
      offset: offset + parsed.consumedBytes,
      lines: lines + parsed.lines,
      isInsideLine: parsed.consumedBytes === 0 && isInsideLine,
    },
    isReset: false,
    values: parsed.values.map(({ line, start, end, value }) => ({
      line: lines + line,
      start: offset + start,
      end: offset + end,
      value,
    })),
    problems: parsed.problems.map(({ line, message }) => ({ line: lines + line, message })),
    hasMore: isFull,
  };
}

function emptyUpdate(position: TailPosition, isReset: boolean): TailUpdate {
  return { position, isReset, values: [], problems: [], hasMore: false };
}

import { decodeUtf8Lossy } from "./utf8.ts";

export interface JsonLines {
  /** Values of the complete lines. `line` counts from 1 at the start of `bytes`, `start` from 0. */
  readonly values: readonly {
    readonly line: number;
    /** First byte of the line, and the one after its line feed. */
    readonly start: number;
    readonly end: number;
    readonly value: unknown;
  }[];
  /** Complete lines that are not JSON. */
  readonly problems: readonly { readonly line: number; readonly message: string }[];
  /** Number of complete lines, empty ones included. */
  readonly lines: number;
  /** Bytes of the complete lines; what follows is a last line that is still being written. */
  readonly consumedBytes: number;
}

const LINE_FEED = 0x0a;

/** Reads the complete lines of a JSON-lines file; empty lines are passed over. Never throws. */
export function parseJsonLines(bytes: Uint8Array): JsonLines {
  const consumedBytes = bytes.lastIndexOf(LINE_FEED) + 1;
  const values: { line: number; start: number; end: number; value: unknown }[] = [];
  const problems: { line: number; message: string }[] = [];
  let line = 0;
  let end = 0;
  while (end < consumedBytes) {
    const start = end;
    end = bytes.indexOf(LINE_FEED, start) + 1;
    line += 1;
    const parsed = parseJsonLine(bytes.subarray(start, end));
    if (parsed === undefined) continue;
    if ("message" in parsed) problems.push({ line, message: parsed.message });
    else values.push({ line, start, end, value: parsed.value });
  }
  return { values, problems, lines: line, consumedBytes };
}

/** One line, or what is wrong with it; `undefined` for an empty one. */
export function parseJsonLine(
  bytes: Uint8Array,
): { readonly value: unknown } | { readonly message: string } | undefined {
  const text = decodeUtf8Lossy(bytes).trim();
  if (text === "") return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    return { message: error instanceof Error ? error.message : String(error) };
  }
}

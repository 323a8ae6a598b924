import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

/** A source file without its byte order mark, which `bom` puts back when it is written. */
export interface Source {
  readonly text: string;
  readonly bom: "" | "\uFEFF";
}

/** @throws {Error} If the file cannot be read or is not UTF-8. */
export async function readSource(file: string): Promise<Source> {
  return sourceOf(await readFile(file));
}

/** `undefined` for a file that is gone or no text. */
export function readSourceNow(file: string): Source | undefined {
  try {
    return sourceOf(readFileSync(file));
  } catch (error) {
    // Whoever checks the file itself says what is wrong with it.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

/** @throws {Error} If the bytes are not UTF-8. */
export function sourceOf(bytes: Uint8Array): Source {
  if (!isUtf8(bytes)) throw new Error("not UTF-8 text");
  const text = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
  return text.startsWith("\uFEFF") ? { text: text.slice(1), bom: "\uFEFF" } : { text, bom: "" };
}

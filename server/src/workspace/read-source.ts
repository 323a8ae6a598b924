import { readFile } from "node:fs/promises";

/** A source file without its byte order mark, which `bom` puts back when it is written. */
export interface Source {
  readonly text: string;
  readonly bom: "" | "\uFEFF";
}

/** @throws {Error} If the file cannot be read or is not UTF-8. */
export async function readSource(file: string): Promise<Source> {
  const bytes = await readFile(file);
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  return text.startsWith("\uFEFF") ? { text: text.slice(1), bom: "\uFEFF" } : { text, bom: "" };
}

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { LoadContext } from "../../trainer/src/data-source.ts";

/** A folder of data files that is gone after the test, and what a source is given to load from it. */
export function dataFolder(
  files: Readonly<Record<string, string | Uint8Array>>,
): LoadContext & { readonly told: string[] } {
  const folder = mkdtempSync(path.join(tmpdir(), "normlens-data-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files))
    writeFileSync(path.join(folder, name), content);
  const told: string[] = [];
  const report = (text: string) => {
    told.push(text);
  };
  return { folder, signal: new AbortController().signal, report, told };
}

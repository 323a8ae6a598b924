import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const MOST_OUTPUT_BYTES = 1 << 30;

/** Lines that a working tree adds to or changes against a revision, by absolute path. */
export interface ChangedLines {
  hasFile(file: string): boolean;
  /** Lines count from 1, both ends included. */
  touches(file: string, first: number, last: number): boolean;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/** `undefined` stands for the whole file. */
type RangesByFile = Map<string, readonly Range[] | undefined>;

/** Lines of code begin with a sign, so that nothing in them is taken for one of these. */
const SECTION = /^diff --git /m;
const NEW_NAME = /^\+\+\+ (.*)$/m;
const HUNK = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm;

/** `b/a path` as git writes it after `+++ `, with C's escapes where the name has odd characters. */
function pathIn(header: string): string | undefined {
  const written = header.replace(/\t$/, "");
  const name = written.startsWith('"') ? unquote(written) : written;
  return name.startsWith("b/") ? name.slice(2) : undefined;
}

function unquote(quoted: string): string {
  const bytes: number[] = [];
  const escapes: Readonly<Record<string, number>> = {
    n: 10,
    t: 9,
    r: 13,
    a: 7,
    b: 8,
    v: 11,
    f: 12,
  };
  for (const [, octal, letter, plain] of quoted
    .slice(1, -1)
    .matchAll(/\\([0-7]{3})|\\(.)|([^\\]+)/g)) {
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (letter !== undefined) bytes.push(escapes[letter] ?? letter.charCodeAt(0));
    else bytes.push(...Buffer.from(plain ?? ""));
  }
  return Buffer.from(bytes).toString();
}

/** Reads a diff without context lines. */
export function rangesInDiff(diff: string): ReadonlyMap<string, readonly Range[]> {
  return new Map(
    diff
      .split(SECTION)
      .slice(1)
      .flatMap((section): readonly [string, readonly Range[]][] => {
        const [, header] = NEW_NAME.exec(section) ?? [];
        const name = header === undefined ? undefined : pathIn(header);
        return name === undefined ? [] : [[name, hunksIn(section)]];
      }),
  );
}

function hunksIn(section: string): readonly Range[] {
  return [...section.matchAll(HUNK)].flatMap(([, start, count = "1"]) => {
    const first = Number(start);
    return count === "0" ? [] : [{ first, last: first + Number(count) - 1 }];
  });
}

async function git(folder: string, args: readonly string[]): Promise<string> {
  const { stdout } = await run("git", ["-C", folder, ...args], { maxBuffer: MOST_OUTPUT_BYTES });
  return stdout;
}

async function rangesIn(folder: string, revision: string): Promise<RangesByFile> {
  const top = (await git(folder, ["rev-parse", "--show-toplevel"])).trim();
  const [diff, untracked] = await Promise.all([
    git(top, [
      "diff",
      "--no-color",
      "--no-ext-diff",
      "--no-renames",
      "--src-prefix=a/",
      "--dst-prefix=b/",
      "-U0",
      "--end-of-options",
      revision,
      "--",
    ]),
    git(top, ["ls-files", "--others", "--exclude-standard", "-z"]),
  ]);
  const byFile: RangesByFile = new Map();
  for (const [name, ranges] of rangesInDiff(diff)) byFile.set(path.join(top, name), ranges);
  for (const name of untracked.split("\0")) {
    if (name !== "") byFile.set(path.join(top, name), undefined);
  }
  return byFile;
}

/** Git answers with real paths, whatever links led to them. */
function realPath(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

/** What Git says went wrong, its first line; it names the revision or the folder itself. */
function reasonOf(error: unknown): string {
  const stderr =
    typeof error === "object" && error !== null && "stderr" in error ? String(error.stderr) : "";
  const [line = ""] = stderr.trim().split("\n");
  if (line !== "") return line.replace(/^fatal: /, "");
  return error instanceof Error ? error.message : String(error);
}

/**
 * What changed since `revision` in the repositories that hold the folders, files that Git does not
 * know yet included. An {@link Error} says why Git could not tell.
 */
export async function changedLines(
  folders: readonly string[],
  revision: string,
): Promise<ChangedLines | Error> {
  const byFile: RangesByFile = new Map();
  try {
    for (const folder of new Set(folders.map(realPath))) {
      for (const [file, ranges] of await rangesIn(folder, revision)) byFile.set(file, ranges);
    }
  } catch (error) {
    return new Error(reasonOf(error));
  }
  return {
    hasFile: (file) => byFile.has(realPath(file)),
    touches(file, first, last) {
      const real = realPath(file);
      if (!byFile.has(real)) return false;
      const ranges = byFile.get(real);
      return (
        ranges === undefined || ranges.some((range) => range.first <= last && range.last >= first)
      );
    },
  };
}

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { VERSION } from "../../../core/protocol/version.generated.ts";
import type { Finding } from "../../../server/src/engine/finding.ts";
import type { WalkedFile } from "../../../server/src/workspace/walk-files.ts";

type File = Extract<WalkedFile, { readonly kind: "file" }>;

/** Findings of one file, and what they hold for. */
export interface CacheEntry {
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** Of the content. */
  readonly hash: string;
  /** Of the rules that ran and of their severities. */
  readonly selection: string;
  /** Of all files of the project; `undefined` where only the file itself counts. */
  readonly project?: string;
  readonly findings: readonly Finding[];
}

interface CacheFile {
  /** Which build of NormLens found this. */
  readonly build: string;
  readonly entries: Readonly<Record<string, CacheEntry>>;
}

/** Findings of earlier checks, kept in one file. */
export interface CheckCache {
  /** Findings that still hold, going by the file's size and time; its hash where only these differ. */
  find(
    file: File,
    selection: string,
    project: () => string,
  ): CacheEntry | { hash: string } | undefined;
  put(file: string, entry: CacheEntry): void;
  /** Notes that the content is the same in spite of a new size or time. */
  touch(file: File): CacheEntry | undefined;
  /** Drops files that are gone under `roots`; the reason where the cache cannot be written. */
  save(roots: readonly string[]): string | undefined;
}

/** Changes with every build, so that a finding never outlives the rule that made it. */
function thisBuild(): string {
  const { size, mtimeMs } = statSync(import.meta.filename);
  return `${VERSION} ${size} ${mtimeMs}`;
}

function isCacheFile(value: unknown, build: string): value is CacheFile {
  return (
    typeof value === "object" &&
    value !== null &&
    "build" in value &&
    value.build === build &&
    "entries" in value &&
    typeof value.entries === "object" &&
    value.entries !== null
  );
}

/** A cache that is missing, torn or of another build is an empty one. */
function readEntries(file: string, build: string): Map<string, CacheEntry> {
  try {
    const value: unknown = JSON.parse(readFileSync(file, "utf8"));
    return new Map(isCacheFile(value, build) ? Object.entries(value.entries) : []);
  } catch (error) {
    if (error instanceof Error) return new Map();
    throw error;
  }
}

/** `folder` need not exist. */
export function openCheckCache(folder: string): CheckCache {
  const build = thisBuild();
  const file = path.join(folder, "check.json");
  const entries = readEntries(file, build);
  const seen = new Set<string>();
  let isChanged = false;
  return {
    find({ path: name, sizeBytes, modifiedMs }, selection, project) {
      seen.add(name);
      const entry = entries.get(name);
      if (entry === undefined || entry.selection !== selection) return undefined;
      if (entry.project !== undefined && entry.project !== project()) return undefined;
      const isSame = entry.sizeBytes === sizeBytes && entry.modifiedMs === modifiedMs;
      return isSame ? entry : { hash: entry.hash };
    },
    put(name, entry) {
      entries.set(name, entry);
      isChanged = true;
    },
    touch({ path: name, sizeBytes, modifiedMs }) {
      const entry = entries.get(name);
      if (entry === undefined) return undefined;
      const touched = { ...entry, sizeBytes, modifiedMs };
      entries.set(name, touched);
      isChanged = true;
      return touched;
    },
    save(roots) {
      for (const name of entries.keys()) {
        const isUnder = roots.some((root) => name.startsWith(`${root}${path.sep}`));
        if (isUnder && !seen.has(name)) {
          entries.delete(name);
          isChanged = true;
        }
      }
      return isChanged ? write(folder, { build, entries: Object.fromEntries(entries) }) : undefined;
    },
  };
}

function write(folder: string, content: CacheFile): string | undefined {
  const file = path.join(folder, "check.json");
  const temporary = `${file}.${process.pid}`;
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, ".gitignore"), "*\n");
    writeFileSync(temporary, JSON.stringify(content));
    renameSync(temporary, file);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Names a state of the files of a project. */
export function projectDigest(files: Iterable<WalkedFile>): string {
  const hash = createHash("sha1");
  for (const file of files) {
    if (file.kind === "file") hash.update(`${file.path}\0${file.sizeBytes}\0${file.modifiedMs}\0`);
  }
  return hash.digest("base64");
}

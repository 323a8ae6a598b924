import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import ignore, { type Ignore } from "ignore";
import { isCheckable, isNotebook, languageOf } from "../engine/language-of.ts";
import { MOST_CHARACTERS } from "../engine/size-limits.ts";
import { isNotFound } from "./is-not-found.ts";

/** Folders that hold other people's code or none at all. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  "node_modules",
  ".git",
  ".hg",
  ".svn",
  ".venv",
  ".tox",
  ".normlens",
  ".ipynb_checkpoints",
  "__pycache__",
]);

export const NOT_CHECKABLE =
  "Not a Python, JavaScript, TypeScript, YAML, JSON, TOML or notebook file";

/** Folders whose JavaScript was written by a bundler; Python has packages of these names. */
const BUNDLE_FOLDERS: ReadonlySet<string> = new Set(["dist", "build", "out", "vendor", ".next"]);

/** Most of a large notebook are the pictures in its outputs. */
const MOST_NOTEBOOK_BYTES = 32 * 1024 * 1024;

/** A file to check, one that was left out on purpose, or something that could not be looked at. */
export type WalkedFile =
  | {
      readonly kind: "file";
      readonly path: string;
      readonly sizeBytes: number;
      readonly modifiedMs: number;
    }
  | { readonly kind: "skipped" | "problem"; readonly path: string; readonly message: string };

/** One `.gitignore` and the folder that its patterns are relative to. */
interface IgnoreFile {
  readonly folder: string;
  readonly matcher: Ignore;
}

function ignoreFileIn(folder: string): readonly IgnoreFile[] {
  try {
    const text = readFileSync(path.join(folder, ".gitignore"), "utf8");
    return [{ folder, matcher: ignore().add(text) }];
  } catch (error) {
    if (isNotFound(error)) return [];
    throw error;
  }
}

/** `.gitignore` files above `folder`, outermost first, up to the top of its repository. */
function ignoreFilesAbove(folder: string): readonly IgnoreFile[] {
  if (existsSync(path.join(folder, ".git"))) return [];
  const parent = path.dirname(folder);
  if (parent === folder) return [];
  return [...ignoreFilesAbove(parent), ...ignoreFileIn(parent)];
}

/** The innermost file that has an opinion decides. */
function isIgnored(file: string, isFolder: boolean, ignoreFiles: readonly IgnoreFile[]): boolean {
  let result = false;
  for (const { folder, matcher } of ignoreFiles) {
    const relative = path.relative(folder, file).split(path.sep).join("/");
    const { ignored, unignored } = matcher.test(isFolder ? `${relative}/` : relative);
    if (ignored || unignored) result = ignored;
  }
  return result;
}

/** Links are never followed: what they point at is checked where it lives, or is not ours. */
function isOfInterest(entry: Dirent): boolean {
  if (entry.isDirectory()) return !SKIPPED_FOLDERS.has(entry.name);
  return entry.isFile() && isCheckable(entry.name);
}

function* walkFolder(
  folder: string,
  outer: readonly IgnoreFile[],
  isBundle = false,
): Generator<WalkedFile> {
  const entries = readdirSync(folder, { withFileTypes: true });
  const hasOwn = entries.some(({ name }) => name === ".gitignore");
  const ignoreFiles = hasOwn ? [...outer, ...ignoreFileIn(folder)] : outer;
  const wanted = entries.filter(isOfInterest).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of wanted) {
    const file = path.join(folder, entry.name);
    if (isIgnored(file, entry.isDirectory(), ignoreFiles)) continue;
    const isBundled = isBundle || BUNDLE_FOLDERS.has(entry.name);
    if (entry.isDirectory()) yield* walkSafely(file, walkFolder(file, ignoreFiles, isBundled));
    else if (!(isBundle && languageOf(file) === "javascript")) yield walkedFile(file);
  }
}

function walkedFile(file: string): WalkedFile {
  const { size: sizeBytes, mtimeMs: modifiedMs } = statSync(file);
  const most = mostBytes(file);
  return sizeBytes > most
    ? { kind: "skipped", path: file, message: `Larger than ${most / 2 ** 20} MiB` }
    : { kind: "file", path: file, sizeBytes, modifiedMs };
}

/** A file of so many bytes has no more characters than that. */
function mostBytes(file: string): number {
  return isNotebook(file) ? MOST_NOTEBOOK_BYTES : MOST_CHARACTERS[languageOf(file) ?? "python"];
}

/** Turns what the file system refuses into a problem, so that the rest is still walked. */
function* walkSafely(file: string, files: Generator<WalkedFile>): Generator<WalkedFile> {
  try {
    yield* files;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    yield { kind: "problem", path: file, message: `Cannot be read: ${reason}` };
  }
}

function* walkOne(file: string): Generator<WalkedFile> {
  const status = statSync(file);
  if (status.isDirectory()) {
    yield* walkFolder(file, ignoreFilesAbove(file));
  } else if (!isCheckable(file)) {
    yield { kind: "problem", path: file, message: NOT_CHECKABLE };
  } else if (!status.isFile()) {
    // A pipe or a device might never end.
    yield { kind: "problem", path: file, message: "Not a regular file" };
  } else {
    yield walkedFile(file);
  }
}

/** Whether a walk of `folders` (absolute) would look at `file`, by its place and name alone. */
export function isWalked(file: string, folders: readonly string[]): boolean {
  const root = folders.find((folder) => file.startsWith(folder + path.sep));
  if (root === undefined || !isCheckable(file)) return false;
  const steps = path.relative(root, path.dirname(file)).split(path.sep);
  return (
    !steps.some((step) => SKIPPED_FOLDERS.has(step)) &&
    !isIgnored(file, false, ignoreFilesAbove(file))
  );
}

/**
 * Files that can be checked under `paths` (absolute), in a stable order: folders are walked without
 * what `.gitignore` names; files that are named themselves always come. Reads folders one by one as
 * the walk goes on, some thousand files in 50 ms.
 */
export function* walkFiles(paths: readonly string[]): Generator<WalkedFile> {
  const seen = new Set<string>();
  for (const start of paths) {
    for (const found of walkSafely(start, walkOne(start))) {
      if (seen.has(found.path)) continue;
      seen.add(found.path);
      yield found;
    }
  }
}

import { createHash } from "node:crypto";
import type { RuleSelection } from "../../../server/src/engine/rule-selection.ts";
import type { CheckedFile, CheckOutcome } from "../../../server/src/workspace/check-files.ts";
import { readSourceNow } from "../../../server/src/workspace/read-source.ts";
import { type WalkedFile, walkFiles } from "../../../server/src/workspace/walk-files.ts";
import { type CacheEntry, type CheckCache, projectDigest } from "./check-cache.ts";
import { checkInParallel } from "./check-in-parallel.ts";
import type { CheckItem, CheckSetup, ItemResult } from "./checker.ts";

export interface PathsCheck {
  readonly files: readonly WalkedFile[];
  readonly setup: CheckSetup;
  readonly selectionOf: (file: string) => RuleSelection;
  /** `undefined` where every file is to be checked afresh. */
  readonly cache: CheckCache | undefined;
  readonly isCancelled: () => boolean;
}

type File = Extract<WalkedFile, { readonly kind: "file" }>;

interface Task {
  readonly file: File;
  readonly item: CheckItem;
}

const EMPTY = { text: "", bom: "" } as const;

function memoized<Value>(make: () => Value): () => Value {
  let value: { readonly made: Value } | undefined;
  return () => {
    value ??= { made: make() };
    return value.made;
  };
}

/** A short name of what a selection lets through. */
function selectionDigest(): (selection: RuleSelection) => string {
  const known = new WeakMap<RuleSelection, string>();
  return (selection) => {
    const digest =
      known.get(selection) ??
      createHash("sha1")
        .update(JSON.stringify([selection.rules.map(({ code }) => code), ...selection.severities]))
        .digest("base64")
        .slice(0, 12);
    known.set(selection, digest);
    return digest;
  };
}

/** A file whose findings are known; only where there are any its text is needed. */
function recalled(file: string, { findings }: CacheEntry): CheckedFile | undefined {
  const source = findings.length === 0 ? EMPTY : readSourceNow(file);
  return source && { kind: "checked", path: file, source, findings, fixedCount: 0 };
}

/** Checks walked files, in their order; those that have not changed since the last time are recalled. */
export async function checkPaths(check: PathsCheck): Promise<readonly CheckOutcome[]> {
  const { files, setup, cache, isCancelled } = check;
  const digestOf = selectionDigest();
  const selectionOf = (file: string) => digestOf(check.selectionOf(file));
  const project = memoized(() => projectDigest(walkFiles(setup.roots)));
  const outcomes = new Map<string, CheckOutcome>();
  const tasks: Task[] = [];
  for (const file of files) {
    if (file.kind !== "file") {
      outcomes.set(file.path, file);
      continue;
    }
    const known = cache?.find(file, selectionOf(file.path), project);
    const outcome = known && "findings" in known ? recalled(file.path, known) : undefined;
    if (outcome !== undefined) outcomes.set(file.path, outcome);
    else tasks.push({ file, item: itemOf(file, known) });
  }
  const items = tasks.map(({ item }) => item);
  const results = await checkInParallel(items, setup, isCancelled);
  tasks.forEach(({ file }, index) => {
    const result = results[index];
    if (result === undefined) return;
    outcomes.set(file.path, settle(file, result));
  });
  return files.flatMap(({ path }) => outcomes.get(path) ?? []);

  function settle(file: File, result: ItemResult): CheckOutcome {
    const { outcome, hash, asksProject } = result;
    const selection = selectionOf(file.path);
    const { sizeBytes, modifiedMs } = file;
    if (outcome.kind === "same") {
      const entry = cache?.touch(file);
      const known = entry && recalled(file.path, entry);
      return known ?? { kind: "problem", path: file.path, message: "Changed while it was checked" };
    }
    if (outcome.kind === "checked" && outcome.fixedCount === 0 && outcome.fault === undefined) {
      const { findings } = outcome;
      const seenProject = asksProject ? { project: project() } : {};
      cache?.put(file.path, { sizeBytes, modifiedMs, hash, selection, ...seenProject, findings });
    }
    return outcome;
  }
}

function itemOf({ path }: File, known: { readonly hash: string } | undefined): CheckItem {
  return known === undefined ? { path } : { path, knownHash: known.hash };
}

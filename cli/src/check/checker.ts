import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import type { FixLevel } from "../../../server/src/engine/apply-fixes.ts";
import type { AnyRule } from "../../../server/src/engine/rule.ts";
import { isRuleNamed, type RuleSelection } from "../../../server/src/engine/rule-selection.ts";
import { RULES } from "../../../server/src/rules/rules.generated.ts";
import {
  type CheckEnvironment,
  type CheckOutcome,
  checkBytes,
  possibleRulesIn,
} from "../../../server/src/workspace/check-files.ts";
import { lazyProject } from "../../../server/src/workspace/lazy-project.ts";
import { selectionFinder } from "../../../server/src/workspace/selection-for-file.ts";
import { settingsFinder } from "../../../server/src/workspace/settings-finder.ts";

/** All that a thread must know to check files; plain data. */
export interface CheckSetup {
  /** Folders whose code may say something about the files. */
  readonly roots: readonly string[];
  /** Rules that are chosen in place of what the settings files choose. */
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly string[];
  /** `undefined` where files stay as they are. */
  readonly fixLevel: FixLevel | undefined;
  /** Whether the files' hashes are asked for; they are empty otherwise. */
  readonly isHashing: boolean;
}

export interface CheckItem {
  readonly path: string;
  /** Content whose findings are known; it is not checked again. */
  readonly knownHash?: string;
  readonly screened?: Screened;
}

/** What is told of a file without parsing it. */
interface Screened {
  /** Of the content that it is told of. */
  readonly hash: string;
  /** Codes of the rules that may find something. */
  readonly rules: readonly string[];
}

export interface ItemResult {
  readonly outcome: CheckOutcome | { readonly kind: "same"; readonly path: string };
  readonly hash: string;
  /** Whether the findings may change when another file of the project does. */
  readonly asksProject: boolean;
}

/** What was typed wins: `--select` replaces the file's choice, `--ignore` adds to it. */
export function overrideFor({
  select,
  ignore,
}: Pick<CheckSetup, "select" | "ignore">): (selection: RuleSelection) => RuleSelection {
  return (selection) => ({
    ...selection,
    rules: (select === undefined
      ? selection.rules
      : RULES.filter((rule) => select.some((id) => isRuleNamed(id, rule)))
    ).filter((rule) => !ignore.some((id) => isRuleNamed(id, rule))),
  });
}

/** Checks files one at a time; each thread has one of its own. */
export interface Checker {
  check(item: CheckItem): ItemResult;
  /** The result where none needs parsing, else the item with what is told of it without that. */
  screen(item: CheckItem): ItemResult | CheckItem;
}

export function checker(setup: CheckSetup): Checker {
  const project = lazyProject(setup.roots);
  const environment: CheckEnvironment = {
    selectionOf: selectionFinder(settingsFinder(), undefined, overrideFor(setup)),
    project: project.facts,
    ...(setup.fixLevel === undefined
      ? {}
      : {
          fixing: {
            level: setup.fixLevel,
            write: (file, { bom, text }) => writeFileSync(file, bom + text),
          },
        }),
  };
  const hashOf = (bytes: Uint8Array): string =>
    setup.isHashing ? createHash("sha1").update(bytes).digest("base64") : "";
  const isKnown = ({ knownHash }: CheckItem, hash: string) =>
    knownHash !== undefined && knownHash === hash;
  return {
    screen(item) {
      const { path } = item;
      const bytes = read(path);
      if (bytes instanceof Error) return unreadable(path, bytes);
      const hash = hashOf(bytes);
      if (isKnown(item, hash)) return sameAsBefore(path, hash);
      const rules = possibleRulesIn(path, bytes, environment);
      if (rules === undefined) return item;
      return rules.length === 0
        ? clean(path, hash)
        : { ...item, screened: { hash, rules: rules.map(({ code }) => code) } };
    },
    check(item) {
      const { path } = item;
      const bytes = read(path);
      if (bytes instanceof Error) return unreadable(path, bytes);
      const hash = hashOf(bytes);
      if (isKnown(item, hash)) return sameAsBefore(path, hash);
      const outcome = checkBytes(path, bytes, environment, rulesTold(item, hash));
      const asksProject = project.takeAsked();
      const isClean = outcome.kind === "checked" && outcome.findings.length === 0;
      return isClean && outcome.fixedCount === 0 && outcome.fault === undefined
        ? { ...clean(path, hash), asksProject }
        : { outcome, hash, asksProject };
    },
  };
}

/** `undefined` where nothing is told of the content as it is now. */
function rulesTold({ screened }: CheckItem, hash: string): readonly AnyRule[] | undefined {
  return screened === undefined || screened.hash !== hash
    ? undefined
    : RULES.filter(({ code }) => screened.rules.includes(code));
}

const sameAsBefore = (path: string, hash: string): ItemResult => ({
  outcome: { kind: "same", path },
  hash,
  asksProject: false,
});

/** A file without findings; its text is only needed to show some. */
const clean = (path: string, hash: string): ItemResult => ({
  outcome: { kind: "checked", path, source: { text: "", bom: "" }, findings: [], fixedCount: 0 },
  hash,
  asksProject: false,
});

const unreadable = (path: string, { message }: Error): ItemResult => ({
  outcome: { kind: "problem", path, message: `Cannot be read: ${message}` },
  hash: "",
  asksProject: false,
});

function read(file: string): Uint8Array | Error {
  try {
    return readFileSync(file);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

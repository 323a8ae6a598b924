import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { type FixLevel, fixAll } from "../engine/apply-fixes.ts";
import { checkFileText, type FileText } from "../engine/check-file-text.ts";
import type { Finding } from "../engine/finding.ts";
import { hasRuleFor, possibleRules } from "../engine/has-rule-for.ts";
import { isCheckable, languageOf } from "../engine/language-of.ts";
import type { AnyRule } from "../engine/rule.ts";
import type { RuleSelection } from "../engine/rule-selection.ts";
import type { ProjectFacts } from "../project/project-facts.ts";
import { type Source, sourceOf } from "./read-source.ts";
import { NOT_CHECKABLE, type WalkedFile } from "./walk-files.ts";

export interface CheckedFile {
  readonly kind: "checked";
  readonly path: string;
  /** As it is after its fixes. */
  readonly source: Source;
  readonly findings: readonly Finding[];
  readonly fixedCount: number;
  /** Why the fixed text could not be written; the findings are those of the file as it is then. */
  readonly fault?: string;
}

type NotChecked = {
  readonly kind: "skipped" | "problem";
  readonly path: string;
  readonly message: string;
};
export type CheckOutcome = CheckedFile | NotChecked;

export interface CheckEnvironment {
  readonly selectionOf: (file: string) => RuleSelection;
  readonly project: ProjectFacts;
  /** Fixes to apply, and where a fixed file goes. */
  readonly fixing?: {
    readonly level: FixLevel;
    readonly write: (file: string, source: Source) => void;
  };
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

/**
 * Checks one text as the file of that path, and fixes it where that is asked for. A fault of our
 * own ends as a problem of this file: the other files must still be checked.
 *
 * @param possible What {@link possibleRulesIn} told of the text.
 */
function checkSource(
  file: string,
  source: Source,
  environment: CheckEnvironment,
  possible: readonly AnyRule[] | undefined,
): CheckOutcome {
  if (!isCheckable(file)) return { kind: "problem", path: file, message: NOT_CHECKABLE };
  try {
    const { project, fixing } = environment;
    const selection = environment.selectionOf(file);
    const document: FileText = { path: file, text: source.text, project };
    const findings = checkFileText(
      possible === undefined ? document : { ...document, possibleRules: possible },
      selection,
    );
    const checked = { kind: "checked", path: file, source, findings, fixedCount: 0 } as const;
    if (fixing === undefined || findings.length === 0) return checked;
    const { text, count } = fixAll(document, fixing.level, (next) =>
      checkFileText(next, selection),
    );
    if (count === 0) return checked;
    const fixed = { ...source, text };
    try {
      fixing.write(file, fixed);
    } catch (error) {
      return { ...checked, fault: `Cannot be written: ${reasonOf(error)}` };
    }
    const left = checkFileText({ ...document, text }, selection);
    return { ...checked, source: fixed, findings: left, fixedCount: count };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: "problem", path: file, message: `NormLens failed on this file: ${reason}` };
  }
}

/**
 * The rules that may find something in a file, told without parsing it: none where no rule of the
 * selection does, others than those of the selection as well where one does, `undefined` where it
 * cannot be told, as for notebooks and for what is no text.
 */
export function possibleRulesIn(
  file: string,
  bytes: Uint8Array,
  { selectionOf }: Pick<CheckEnvironment, "selectionOf">,
): readonly AnyRule[] | undefined {
  const language = languageOf(file);
  if (language === undefined || !isUtf8(bytes)) return undefined;
  const document = {
    language,
    bytes: hasByteOrderMark(bytes) ? bytes.subarray(BYTE_ORDER_MARK.length) : bytes,
    get text() {
      return sourceOf(bytes).text;
    },
  };
  return hasRuleFor(document, selectionOf(file).rules) ? possibleRules(document) : [];
}

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const hasByteOrderMark = (bytes: Uint8Array): boolean =>
  BYTE_ORDER_MARK.every((byte, index) => bytes[index] === byte);

/** Judges the bytes of a file, of which {@link possibleRulesIn} may have told before. */
export function checkBytes(
  file: string,
  bytes: Uint8Array,
  environment: CheckEnvironment,
  possible?: readonly AnyRule[],
): CheckOutcome {
  try {
    return checkSource(file, sourceOf(bytes), environment, possible);
  } catch (error) {
    return { kind: "problem", path: file, message: `Cannot be read: ${reasonOf(error)}` };
  }
}

function checkFile(file: string, environment: CheckEnvironment): CheckOutcome {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return { kind: "problem", path: file, message: `Cannot be read: ${reasonOf(error)}` };
  }
  return checkBytes(file, bytes, environment);
}

/** Checks walked files one after the other; ends early when `isCancelled` turns true. */
export function* checkFiles(
  files: Iterable<WalkedFile>,
  environment: CheckEnvironment,
  isCancelled: () => boolean = () => false,
): Generator<CheckOutcome> {
  for (const file of files) {
    if (isCancelled()) return;
    yield file.kind === "file" ? checkFile(file.path, environment) : file;
  }
}

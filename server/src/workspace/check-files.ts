import path from "node:path";
import { checkText } from "../engine/check-text.ts";
import type { LintDocument } from "../engine/document.ts";
import type { Finding } from "../engine/finding.ts";
import { languageOf } from "../engine/language-of.ts";
import type { RuleSelection } from "../engine/rule-selection.ts";
import type { ProjectFacts } from "../project/project-facts.ts";
import { readSource, type Source } from "./read-source.ts";
import { type BaseSettings, selectionForFile } from "./selection-for-file.ts";
import type { SettingsFinder } from "./settings-finder.ts";
import type { WalkedFile } from "./walk-files.ts";

export interface CheckedFile {
  readonly kind: "checked";
  readonly path: string;
  readonly source: Source;
  readonly document: LintDocument;
  readonly selection: RuleSelection;
  readonly findings: readonly Finding[];
}

export type CheckOutcome = CheckedFile | Exclude<WalkedFile, { readonly kind: "file" }>;

export interface CheckEnvironment {
  readonly finder: SettingsFinder;
  readonly project: ProjectFacts;
  /** Settings that a settings file wins over. */
  readonly base?: BaseSettings;
  /** Settings that win over a settings file: what was typed on the command line. */
  readonly override?: (selection: RuleSelection) => RuleSelection;
}

/**
 * Checks one text as the file of that path. A fault of our own ends as a problem of this file: the
 * other files must still be checked.
 */
export function checkSource(
  file: string,
  source: Source,
  environment: CheckEnvironment,
): CheckOutcome {
  const language = languageOf(file);
  if (language === undefined) {
    return { kind: "problem", path: file, message: "Not a Python, YAML, JSON or TOML file" };
  }
  try {
    const { finder, project, base, override = (selection) => selection } = environment;
    const selection = override(selectionForFile(file, finder.find(path.dirname(file)), base));
    const document: LintDocument = { path: file, language, text: source.text, project };
    const findings = checkText(document, selection);
    return { kind: "checked", path: file, source, document, selection, findings };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: "problem", path: file, message: `NormLens failed on this file: ${reason}` };
  }
}

/** Judges what `read` brings as if it were `file`. */
export async function checkFile(
  file: string,
  read: () => Promise<Source>,
  environment: CheckEnvironment,
): Promise<CheckOutcome> {
  try {
    return checkSource(file, await read(), environment);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: "problem", path: file, message: `Cannot be read: ${reason}` };
  }
}

/** Checks walked files one after the other; ends early when `isCancelled` turns true. */
export async function* checkFiles(
  files: AsyncIterable<WalkedFile> | Iterable<WalkedFile>,
  environment: CheckEnvironment,
  isCancelled: () => boolean = () => false,
): AsyncGenerator<CheckOutcome> {
  for await (const file of files) {
    if (isCancelled()) return;
    yield file.kind === "file"
      ? await checkFile(file.path, () => readSource(file.path), environment)
      : file;
  }
}

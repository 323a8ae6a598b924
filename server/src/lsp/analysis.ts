import path from "node:path";
import { pathToFileURL } from "node:url";
import { keysOf } from "../../../core/protocol/lint-settings.ts";
import type { SettingsStatus } from "../../../core/protocol/lsp.ts";
import { applyEdits, compatibleEdits, fixAll, fixToApply } from "../engine/apply-fixes.ts";
import { checkDocument } from "../engine/check-document.ts";
import { checkText } from "../engine/check-text.ts";
import type { LintDocument } from "../engine/document.ts";
import type { Finding } from "../engine/finding.ts";
import { type RuleSelection, selectRules } from "../engine/rule-selection.ts";
import type { ProjectFacts } from "../project/project-facts.ts";
import { selectionForFile } from "../workspace/selection-for-file.ts";
import type { SettingsFinder } from "../workspace/settings-finder.ts";
import { isHistory, pathOfUri } from "./document-path.ts";
import type { EditorSettings } from "./editor-settings.ts";
import type { OpenNotebooks } from "./open-notebooks.ts";
import type { SourceDocument } from "./source-document.ts";

/** Findings of open documents, computed once for each version and each state of the settings. */
export interface Analysis {
  findings(document: SourceDocument): Promise<readonly Finding[]>;
  /** Names the state that the findings of a document are of. */
  stateOf(document: SourceDocument): string;
  /** Text after all safe fixes. */
  fixed(document: SourceDocument): Promise<string>;
  settingsStatus(uri: string): Promise<SettingsStatus>;
  /** Settings or facts of the project have changed. */
  invalidate(): void;
}

export interface AnalysisParts {
  readonly finder: SettingsFinder;
  readonly editor: EditorSettings;
  readonly project: () => ProjectFacts;
  readonly notebooks: OpenNotebooks;
  /** Folder that path patterns in the editor's settings are relative to. */
  readonly rootOf: (file: string) => string;
}

interface Judged {
  readonly generation: number;
  readonly findings: readonly Finding[];
}

async function selectionFor(uri: string, parts: AnalysisParts): Promise<RuleSelection> {
  const editor = await parts.editor.of(uri);
  const file = pathOfUri(uri);
  return file === undefined
    ? selectRules(editor)
    : selectionForFile(file, parts.finder.find(path.dirname(file)), {
        settings: editor,
        root: parts.rootOf(file),
      });
}

function lintDocument(document: SourceDocument, project: ProjectFacts): LintDocument | undefined {
  const { uri, language, text } = document;
  if (language === undefined || isHistory(uri)) return undefined;
  return { path: pathOfUri(uri) ?? uri, language, text, project };
}

/** A cell alone is not the program that could be checked again between two fixes. */
function fixedOnce(text: string, findings: readonly Finding[]): string {
  const fixes = findings.flatMap((finding) => fixToApply(finding, "safe") ?? []);
  return applyEdits(text, compatibleEdits(fixes).edits);
}

export function analysis(parts: AnalysisParts): Analysis {
  const judged = new WeakMap<SourceDocument, Judged>();
  let generation = 0;

  async function findings(document: SourceDocument): Promise<readonly Finding[]> {
    const program = parts.notebooks.programOf(document);
    return program === undefined
      ? findingsOf(document)
      : program.findingsIn(document, await findingsOf(program.source));
  }

  async function findingsOf(source: SourceDocument): Promise<readonly Finding[]> {
    const now = generation;
    const known = judged.get(source);
    if (known?.generation === now) return known.findings;
    const selection = await selectionFor(source.uri, parts);
    const project = parts.project();
    const document = lintDocument(source, project);
    const syntax = document === undefined ? undefined : source.syntax(project);
    const result =
      document === undefined || syntax === undefined
        ? []
        : checkDocument(document, syntax, selection, source.lines);
    judged.set(source, { generation: now, findings: result });
    return result;
  }

  return {
    findings,
    async fixed(source) {
      const document = lintDocument(source, parts.project());
      const found = await findings(source);
      const fixable = found.some((finding) => fixToApply(finding, "safe"));
      // Editors ask at every move of the cursor; most of the time there is nothing to compute.
      if (document === undefined || !fixable) return source.text;
      if (parts.notebooks.programOf(source) !== undefined) return fixedOnce(source.text, found);
      const selection = await selectionFor(source.uri, parts);
      return fixAll(document, "safe", (next) => checkText(next, selection)).text;
    },
    async settingsStatus(uri) {
      const file = pathOfUri(uri);
      const found = file === undefined ? undefined : parts.finder.find(path.dirname(file));
      if (found === undefined) return { overridden: [], problems: [] };
      const inEditor = keysOf(await parts.editor.of(uri));
      return {
        file: pathToFileURL(found.path).href,
        overridden: keysOf(found.settings).filter((key) => inEditor.includes(key)),
        problems: found.problems,
      };
    },
    stateOf(document) {
      const { signature = document.version } = parts.notebooks.programOf(document) ?? {};
      return `${signature}.${generation}`;
    },
    invalidate() {
      generation += 1;
    },
  };
}

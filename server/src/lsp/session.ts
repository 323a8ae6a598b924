import path from "node:path";
import {
  type Connection,
  type Diagnostic,
  type InitializeParams,
  NotebookDocuments,
  TextDocuments,
} from "vscode-languageserver";
import type { Finding } from "../engine/finding.ts";
import { type ProjectIndex, projectIndex } from "../workspace/project-index.ts";
import { type SettingsFinder, settingsFinder } from "../workspace/settings-finder.ts";
import { type Analysis, analysis } from "./analysis.ts";
import { type ClientAbilities, clientAbilities } from "./client-capabilities.ts";
import { pathOfUri } from "./document-path.ts";
import { type EditorSettings, editorSettings } from "./editor-settings.ts";
import { guarded, type Log } from "./guard.ts";
import { type Lambdas, lambdas } from "./lambdas.ts";
import { type OpenNotebooks, openNotebooks } from "./open-notebooks.ts";
import { type Pauses, pauses } from "./pauses.ts";
import { rulePages } from "./rule-pages.ts";
import { SOURCE_DOCUMENTS, type SourceDocument } from "./source-document.ts";
import { toDiagnostic } from "./to-diagnostic.ts";

/** Everything that lives from `initialize` to `exit`; each feature registers its handlers on it. */
export interface Session {
  readonly connection: Connection;
  readonly log: Log;
  readonly abilities: ClientAbilities;
  readonly documents: TextDocuments<SourceDocument>;
  readonly notebooks: OpenNotebooks;
  /** Follows what the client opens, changes and closes. */
  readonly listen: () => void;
  readonly analysis: Analysis;
  readonly pauses: Pauses;
  readonly lambdas: Lambdas;
  readonly finder: SettingsFinder;
  readonly editor: EditorSettings;
  /** What the workspace's code does with its configs. */
  readonly project: ProjectIndex;
  /** Paths of the workspace folders, as they are now. */
  readonly folders: Set<string>;
  readonly rootOf: (file: string) => string;
  readonly pageOf: (finding: Finding) => string | undefined;
  readonly diagnosticOf: (document: SourceDocument, finding: Finding) => Diagnostic;
}

export interface SessionOptions {
  /** Folder with the rules' pages, which diagnostics link to. */
  readonly docsFolder: string;
  /** Frees what an answer left behind; called while nobody waits. */
  readonly collectGarbage: () => void;
}

function initialFolders(params: InitializeParams): Set<string> {
  const uris = params.workspaceFolders?.map(({ uri }) => uri) ?? [];
  return new Set(uris.flatMap((uri) => pathOfUri(uri) ?? []));
}

/** The innermost workspace folder around a file, else the file's own folder. */
function rootFinder(folders: ReadonlySet<string>): (file: string) => string {
  return (file) =>
    [...folders]
      .filter((folder) => file.startsWith(folder + path.sep))
      .toSorted((a, b) => b.length - a.length)[0] ?? path.dirname(file);
}

export function createSession(
  connection: Connection,
  params: InitializeParams,
  { docsFolder, collectGarbage }: SessionOptions,
): Session {
  const log = connection.console;
  const abilities = clientAbilities(params.capabilities);
  const finder = settingsFinder();
  const folders = initialFolders(params);
  const rootOf = rootFinder(folders);
  const editor = editorSettings(
    async (scopeUri): Promise<unknown> =>
      abilities.hasConfiguration
        ? connection.workspace.getConfiguration({ scopeUri, section: "normlens" })
        : {},
    log,
  );
  const project = projectIndex();
  const documents = new TextDocuments(SOURCE_DOCUMENTS);
  const notebookDocuments = new NotebookDocuments(documents);
  const notebooks = openNotebooks(notebookDocuments);
  documents.onDidClose(({ document }) => editor.forget(document.uri));
  notebookDocuments.onDidClose(({ uri }) => editor.forget(uri));
  const pages = rulePages(docsFolder);
  const pageOf = (finding: Finding) => (abilities.hasCodeDescription ? pages(finding) : undefined);
  const judging = analysis({ finder, editor, rootOf, project: project.facts, notebooks });
  const rehearse = guarded(log, "Rehearsal", undefined, async (document: SourceDocument) => {
    await judging.findings(document);
  });
  return {
    connection,
    log,
    abilities,
    documents,
    notebooks,
    listen() {
      documents.listen(connection);
      notebookDocuments.listen(connection);
    },
    analysis: judging,
    pauses: pauses({ collect: collectGarbage, rehearse }),
    lambdas: lambdas({ finder, editor, project: project.facts, notebooks }),
    finder,
    editor,
    project,
    folders,
    rootOf,
    pageOf,
    diagnosticOf: ({ uri, lines }, finding) =>
      toDiagnostic(finding, {
        uri,
        lines,
        pageOf,
        hasRelatedInformation: abilities.hasRelatedInformation,
      }),
  };
}
